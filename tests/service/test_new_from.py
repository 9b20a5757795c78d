"""new --from a workbook: last year's figures and amounts, what is said of them, titles that follow their name."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.office import Office
from xl_perf.core.making.rolling import Amounts
from xl_perf.saved.workbook import read_book
from xl_perf.service import reports
from xl_perf.service.checking import read as read_workbook
from xl_perf.service.making import new_workbook
from xl_perf.sheets.last_year import is_of_last_year

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "example-2023.xlsx"
EVALUATED = EXAMPLE.parents[1] / "docs" / "examples" / "example-2023-12.xlsx"
SAID = "有项目的预算数与上年相同"


@pytest.mark.parametrize(
    ("year", "amounts", "is_said"),
    [(2024, Amounts.KEEP, True), (2024, Amounts.CLEAR, False), (2023, Amounts.KEEP, False)],
)
def test_that_amounts_are_last_years_is_said(tmp_path: Path, year: int, amounts: Amounts, is_said: bool) -> None:
    out = tmp_path / "新.xlsx"
    made = new_workbook(str(out), [str(EXAMPLE)], None, year, None, amounts)
    assert any("各表的金额仍是 2023 年的" in note for note in made.notes) is is_said
    cover = next(grid for grid in read_book(out, out.name).grids if grid.sheet == "首页")
    assert any(SAID in str(typed) for cells in cover.rows for typed in cells) is is_said


def beside(path: Path) -> list[str]:
    """What stands beside the forms for comparison."""
    grids = read_book(path, path.name).grids
    return [f"{grid.sheet} {one}" for grid in grids for cells in grid.rows for one in cells if is_of_last_year(one)]


def test_a_correction_keeps_last_years_figures(tmp_path: Path) -> None:
    """The same year once more: what stands beside the forms stays; of another year it is what the source says."""
    first, again, later = (str(tmp_path / f"{name}.xlsx") for name in ("24", "24改", "25"))
    new_workbook(first, [str(EXAMPLE)], None, 2024, None)
    new_workbook(again, [first], None, None, None)
    assert len(beside(Path(first))) > 8
    assert beside(Path(again)) == beside(Path(first))
    new_workbook(str(tmp_path / "24年.xlsx"), [first], None, 2024, None)
    assert beside(tmp_path / "24年.xlsx") == beside(Path(first))
    book = openpyxl.load_workbook(first)
    book["01"]["C3"] = 170
    book.save(tmp_path / "24填.xlsx")
    new_workbook(later, [str(tmp_path / "24填.xlsx")], None, 2025, None)
    assert next(one for one in beside(Path(later)) if one.startswith("01")).splitlines()[1] == "预算数 170万元"


def test_last_years_results_stand_beside(tmp_path: Path) -> None:
    """Of the self-evaluation: what was reached and scored by indicator, what was spent. Reports stay where they are."""
    out = tmp_path / "24.xlsx"
    made = new_workbook(str(out), [str(EVALUATED)], None, 2024, None)
    first = [one.removeprefix("01 ") for one in beside(out) if one.startswith("01 ")]
    assert first == [
        "上年金额（供比较）：\n预算数 161.93万元\n财政资金 161.93万元\n全年执行数 158.4万元（执行率 97.82%）",
        "上年：=78人，完成 76人，得 12.18/12.50",
        "上年：=100%，完成 97.82%，得 12.23/12.50",
        "上年：2023年12月底前，完成 2023-12-28，得 12.50/12.50",
        "上年：=161.93万元，完成 158.40万元，得 12.50/12.50",
        "上年：成效明显，完成 达成预期指标，得 27.00/30.00",
        "上年：≥90%，完成 87.5%，得 9.72/10.00",
    ]
    assert made.notes[1:] == ("上年的监控、自评没有带来；自评的结果注在各表右边",)
    read = read_workbook(out)
    assert (read.monitoring, read.evaluations) == ((), ())
    assert not {"监控-6月", "自评"} & set(read.sheets)
    assert not read.money_texts
    new_workbook(str(tmp_path / "24改.xlsx"), [str(out)], None, None, None)
    assert beside(tmp_path / "24改.xlsx") == beside(out)


def test_a_correction_keeps_its_reports(tmp_path: Path) -> None:
    made = new_workbook(str(tmp_path / "23改.xlsx"), [str(EVALUATED)], None, None, None)
    assert not any("没有带来" in note or "没有收进来" in note for note in made.notes)
    again = read_workbook(tmp_path / "23改.xlsx")
    assert (len(again.monitoring), len(again.evaluations)) == (8, 8)


def test_last_years_scores_stand_in_a_new_self_evaluation(tmp_path: Path) -> None:
    book, out = tmp_path / "24.xlsx", tmp_path / "自评.xlsx"
    new_workbook(str(book), [str(EVALUATED)], None, 2024, None)
    opened = reports.read_department([(book, "24.xlsx")], None)
    reports.evaluation_workbook(str(out), opened)
    rows = read_workbook(out).evaluations[0].indicators
    assert [str(one.last_score.value) for one in rows] == ["12.18", "12.23", "12.5", "12.5", "27", "9.72"]
    assert [one.score.value for one in rows] == [None] * 6


def test_it_is_said_as_long_as_it_is_so(tmp_path: Path, soffice: Office) -> None:
    out = tmp_path / "新.xlsx"
    new_workbook(str(out), [str(EXAMPLE)], None, 2024, None)
    assert SAID in said_on_cover(soffice, out, tmp_path)
    book = openpyxl.load_workbook(out)
    for sheet in book.sheetnames:
        if sheet.isdecimal():
            form = book[sheet]
            for cell in ("C3", "E3", "G3"):
                if isinstance(form[cell].value, int | float):
                    form[cell].value = round(form[cell].value + 1.11, 6)
    book.save(tmp_path / "改.xlsx")
    said = said_on_cover(soffice, tmp_path / "改.xlsx", tmp_path)
    assert SAID not in said
    assert "项目已填好" in said


def said_on_cover(soffice: Office, path: Path, folder: Path) -> str:
    """What the cover says next, calculated anew."""
    made = soffice.convert(Path(shutil.copy(path, folder / "a.xlsx")), "xlsx", folder / "lo")
    return str(openpyxl.load_workbook(made, data_only=True)["首页"]["C1"].value)


def test_a_title_that_shows_the_name_follows_it(tmp_path: Path) -> None:
    """A typed one that says what the formula gives becomes the formula; another stays as it was typed."""
    out = tmp_path / "新.xlsx"
    new_workbook(str(out), [str(EXAMPLE)], None, None, None)
    book = openpyxl.load_workbook(out)
    assert book["07"]["A1"].value == '=IF(E2="","",E2&CHAR(10))&"项目绩效目标表"'
    assert book["08"]["A1"].value == "电代煤\n项目绩效目标表"
