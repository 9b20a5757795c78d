"""What is said of the money of monitoring and self-evaluation tables: in words."""

from pathlib import Path

import openpyxl

from tests.builders import Rows, evaluation_form, monitoring_form
from tests.year_reports import with_june, with_scores
from xl_perf import read
from xl_perf.core.cells.grid import Book, Grid, NoValue
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Finding
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.written.report_books import write_evaluation, write_monitoring

PROFILE = load("hebei-2023")


def found(rows: Rows, *codes: str, sheet: str = "监控-3月") -> list[Finding]:
    """What rules say of a table in a book of its own."""
    department = read_department(Book("案例", [Grid(sheet, rows)]))
    return [one for one in check(department, PROFILE) if one.code in codes]


def test_a_workbook_saved_without_results_counts_as_before(tmp_path: Path) -> None:
    """openpyxl drops what formulas came to: the sources make the totals, and no formula is to be typed over."""
    paths = tmp_path / "六月.xlsx", tmp_path / "自评.xlsx"
    write_monitoring(paths[0], with_june(), 6, PROFILE)
    write_evaluation(paths[1], with_scores(), PROFILE)
    for path in paths:
        again = path.with_stem(f"{path.stem}-2")
        openpyxl.load_workbook(path).save(again)
        first, second = read(path), read(again)
        for one, other in zip(
            (*first.monitoring, *first.evaluations), (*second.monitoring, *second.evaluations), strict=True
        ):
            for column in ("initial_budget", "adjusted_budget", "outturn"):
                assert getattr(one.whole, column).value == getattr(other.whole, column).value
            assert one.whole.budget.status is other.whole.budget.status
        told = {one.code for one in check(first, PROFILE)} | {"M802", "E911"}
        for finding in check(second, PROFILE):
            assert finding.code in told
            assert "COUNT" not in finding.message
            if finding.code in {"M802", "E911"}:
                assert "保存一次" in finding.remedy


def test_no_formula_is_to_be_typed_over() -> None:
    """Where the sources are not known either, the file is to be saved by a program that calculates."""
    rows = monitoring_form(3)
    rows[5][5] = rows[6][5] = NoValue("SUM(F7:F8)")
    (finding,) = found(rows, "M802")
    assert finding.message == "其中：财政拨款的执行数是公式，文件里没有保存它的结果"
    assert "打开文件，保存一次" in finding.remedy


def test_labels_lose_their_colon() -> None:
    """年度资金总额：的… is no Chinese."""
    rows = monitoring_form(3)
    rows[5][1], rows[6][1] = "年度资金总额：", "其中：财政拨款："
    rows[5][5] = 101.0
    rows[5][7] = 101.0
    (finding,) = found(rows, "M805")
    assert finding.message.startswith("年度资金总额的执行数 101 大于")


def test_a_source_without_budget_says_so() -> None:
    """其他资金 was spent, and only 财政拨款 has a budget."""
    rows = monitoring_form(3)
    rows[7][5] = 4.0
    (finding,) = found(rows, "M805")
    assert finding.message == "其他资金的执行数 4 万元，这一来源没有预算数"


def test_amounts_as_in_yuan_ask_for_the_unit() -> None:
    """A hundred times the budget, or above the profile's bound."""
    rows = monitoring_form(3)
    rows[5][5] = rows[6][5] = 240000.0
    (over,) = found(rows, "M805")
    (large,) = found(rows, "M802")
    assert "可能是按元填的" in over.remedy
    assert "填 24" in large.remedy
    evaluation = evaluation_form()
    evaluation[5][5] = evaluation[6][5] = 980000.0
    assert all("可能是按元填的" in one.remedy for one in found(evaluation, "E911", sheet="自评"))


def test_how_far_scores_are_above_spending_adds_up() -> None:
    """97.99 and 86.25 differ by 11.74 points, which are 11.98 % of 97.99."""
    rows = evaluation_form()
    rows[5][5] = rows[6][5] = 86.25
    rows[5][7], rows[5][8] = "86.25%", 8.63
    rows[11][7] = round(float(str(rows[11][7])) - 1.81, 2)
    (finding,) = found(rows, "E917", sheet="自评")
    assert "指标得分率 97.99%，执行率 86.25%：比执行率高 11.74 个百分点，占指标得分率的 11.98%" in finding.message


def test_a_table_whose_sheet_names_another_month() -> None:
    """Both are named, and which one counts."""
    (finding,) = found(monitoring_form(3), "M801", sheet="监控-6月")
    assert "1-3月执行数" in finding.message
    assert "监控-6月" in finding.message
    assert "按 1—3月计入" in finding.message
