"""Monitoring and self-evaluation tables are read to the value, however offices change their layout."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Book, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.forms.monitoring import MONITORING
from xl_perf.core.forms.reader import read_forms
from xl_perf.core.forms.report_words import heading, month_in, month_of_sheet
from xl_perf.core.model.progress import Evaluation, Monitoring, Report
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book

FORMS = Path(__file__).parents[2] / "fixtures" / "forms"
CASES = ("c04-sichuan-self-2023", "c05-anhui-self-2022", "c06-monitor-136", "c14-chongqing-dept-self-2021")
Change = Callable[[Grid], Grid]


def grid_of(case: str) -> Grid:
    path = FORMS / f"{case}.xlsx"
    return read_book(path, str(path)).grids[0]


def reports(grid: Grid) -> list[Monitoring | Evaluation]:
    read = read_forms(grid)
    return [*read.monitoring, *read.evaluations]


def report(grid: Grid) -> Any:
    (one,) = reports(grid)
    return one


def said(one: Report) -> tuple[Any, ...]:
    """All that a table says, without where it stands."""
    record: Any = one
    fields = {field.key: entry.value for field, entry in zip(one.kind.fields, one.values, strict=True)}
    funds = [(line.key, line.label.value, *(entry.value for entry in line[2:8])) for line in one.funds]
    rows = [[entry.value for entry in row] for row in record.indicators]
    more = [
        getattr(record, key).value for key in ("month", "total", "total_weight", "goal_done") if hasattr(record, key)
    ]
    return fields, funds, rows, record.goal.value, more, one.missing, one.unread, len(one.unfilled)


# --- the published tables, whole -----------------------------------------------------------------------------------


def test_monitoring() -> None:
    one = report(grid_of("c06-monitor-136"))
    assert (one.name.value, one.month.value, one.year and one.year.value) == ("安全巡查服务项目", 7, 2024)
    assert (one.month.cell, one.name.cell, one.goal.cell) == ("F6", "C4", "C10")
    assert one.value("department_code").value == "[201]某市某局"
    assert one.value("unit_name").value == "某市某支队"
    assert [
        (line.key, line.initial_budget.value, line.outturn.value, line.outturn_rate.value) for line in one.funds
    ] == [
        ("budget", 80, Decimal("41.2"), Decimal("51.5")),
        ("fiscal", 80, Decimal("41.2"), Decimal("51.5")),
        ("other", 0, 0, None),
    ]
    assert [line.expected_outturn.value for line in one.funds] == [78, 78, 0]
    assert one.whole.budget.cell == "E7"
    assert one.goal.value == "完成全年巡查任务，事故起数下降。"
    assert [(row.level1.value, row.level2.value, row.level3.value) for row in one.indicators] == [
        ("产出", "数量", "巡查次数"),
        ("产出", "质量", "验收合格率"),
        ("产出", "时效", "完成时间"),
        ("产出", "成本", "项目成本"),
        ("效果", "社会效益", "事故下降率"),
        ("满意度", "服务对象满意度", "群众满意度"),
    ]
    assert [(row.target.text, row.reached.text, row.expected.text) for row in one.indicators][:2] == [
        ("≥48次", "28次", "48次"),
        ("100%", "100%", "100%"),
    ]
    assert {row.possibility for row in one.indicators} == {"确定能"}
    assert {row.reason_names for row in one.indicators} == {()}
    first = one.indicators[0]
    assert (first.certain.cell, first.possible.cell, first.impossible.cell) == ("N13", "O13", "O13")
    assert one.table == (10, 1)
    assert (one.missing, one.unread, one.unfilled, one.conflicts, one.unit) == ((), (), (), (), None)


def test_self_evaluation() -> None:
    one = report(grid_of("c05-anhui-self-2022"))
    assert (one.name.value, one.year and one.year.value) == ("委托业务项目", 2022)
    assert [
        (line.key, line.initial_budget.value, line.adjusted_budget.value, line.outturn.value) for line in one.funds
    ] == [
        ("budget", 0, 0, 0),
        ("fiscal", 90, Decimal("89.974"), Decimal("89.974")),
        ("carried_over", None, None, None),
        ("other", None, None, None),
    ]
    assert (one.whole.weight.value, one.whole.outturn_rate.value, one.whole.score.value) == (10, 0, 0)
    assert one.goal_done.value == "完成预算资金89.97万元。"
    assert [(row.level1.value, row.weight.value, row.score.value) for row in one.indicators] == [
        *(("产出", 8, 8),) * 5,
        ("产出", 10, 10),
        *(("效果", 10, 10),) * 3,
        ("满意度", 10, 8),
    ]
    assert one.indicators[0].level1.text == "产出指标\n（50分）"
    assert [row.actual.text for row in one.indicators][:4] == ["50", "100", "达成预期指标", "达成预期指标"]
    assert (one.total_weight.value, one.total.value) == (100, 98)
    assert [(first.value, second.value) for first, second in one.unfilled] == [("效果", "经济效益")]
    assert (one.missing, one.unread) == ((), ())


def test_self_evaluation_with_split_targets_and_a_code_before_the_name() -> None:
    one = report(grid_of("c04-sichuan-self-2023"))
    assert (one.code.value, one.name.value) == ("51000021R000000019951", "工资性支出")
    assert one.key == "51000021R000000019951"
    assert [line.key for line in one.funds] == ["budget", "fiscal", "special_account", "unit_money", "other"]
    assert one.whole.adjusted_budget.value == Decimal("251.89")
    assert one.whole.outturn_rate.value == 100
    assert [row.target.text for row in one.indicators] == ["＝100%", "＝100%"]
    assert [row.actual.text for row in one.indicators] == ["100%", "100%"]
    assert (one.goal.value, one.goal_done.value) == ("保障工资及时、足额发放。", "已完成")
    assert (one.total_weight.value, one.total.value) == (100, 100)
    assert one.value("reviewed_by").value == "某甲"


def test_self_evaluation_of_a_department() -> None:
    one = report(grid_of("c14-chongqing-dept-self-2021"))
    assert one.kind.name == "department_evaluation"
    assert one.name.value == "某区融媒体中心"
    whole = one.whole
    assert [entry.value for entry in whole[2:8] if entry.status is not Status.ABSENT] == [
        0,
        Decimal("2350.6"),
        Decimal("1786.5"),
        76,
        10,
    ]
    assert (whole.score.value, one.total.value) == (Decimal("7.6"), Decimal("97.6"))
    assert [row.target.text for row in one.indicators] == ["≤100%", "≥76%", "≥6次", "≥2200篇", "≥90%"]
    assert {row.level1.status for row in one.indicators} == {Status.ABSENT}
    assert (one.goal.value, one.goal_done.value) == ("整合媒体资源，营造良好氛围。", "完成")
    assert one.missing == ()


def test_books_of_reports_alone_have_a_year_and_no_project() -> None:
    grid = grid_of("c04-sichuan-self-2023")
    department = read_department(Book("a.xlsx", [grid]))
    assert department.year == 2023
    assert (department.projects, len(department.tables), len(department.evaluations)) == ((), 1, 1)


# --- layouts varied --------------------------------------------------------------------------------------------------


def shifted(grid: Grid) -> Grid:
    """Two columns and three rows further."""
    rows = [[], [], [], *([None, None, *row] for row in grid.rows)]
    return grid._replace(rows=rows, merges=[(a + 3, b + 2, c + 3, d + 2) for a, b, c, d in grid.merges], formats={})


def with_blank_rows(grid: Grid) -> Grid:
    """A blank row above every indicator and every source but the first."""
    rows: list[list[Scalar]] = []
    for row in grid.rows:
        if sum(one not in (None, "") for one in row) > 2:
            rows.append([])
        rows.append(list(row))
    return grid._replace(rows=rows, merges=[], formats={})


def without_merges(grid: Grid) -> Grid:
    return grid._replace(merges=[])


def filled(grid: Grid) -> Grid:
    """Merges lost, and their cells filled with what stood in the first: as copying to other programs does."""
    rows = [list(row) + [None] * 20 for row in grid.rows]
    for top, left, bottom, right in grid.merges:
        for row in range(top, bottom + 1):
            rows[row][left : right + 1] = [rows[top][left]] * (right + 1 - left)
    return grid._replace(rows=rows, merges=[])


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("change", [shifted, without_merges, filled])
def test_layouts_varied(case: str, change: Change) -> None:
    grid = grid_of(case)
    assert said(report(change(grid))) == said(report(grid))


@pytest.mark.parametrize("case", ["c05-anhui-self-2022", "c14-chongqing-dept-self-2021"])
def test_rows_inserted(case: str) -> None:
    grid = grid_of(case)
    assert said(report(with_blank_rows(grid)))[:3] == said(report(grid))[:3]


@pytest.mark.parametrize("case", ["c05-anhui-self-2022", "c06-monitor-136", "c14-chongqing-dept-self-2021"])
def test_stacked(case: str) -> None:
    grid = grid_of(case)
    number = len(grid.rows)
    merges = [*grid.merges, *((a + number, b, c + number, d) for a, b, c, d in grid.merges)]
    found = reports(grid._replace(rows=[*grid.rows, *grid.rows], merges=merges))
    assert [said(one) for one in found] == [said(report(grid))] * 2


def changed(grid: Grid, **cells: Scalar) -> Grid:
    """Cells such as ``A6`` hold something else."""
    rows = [list(row) + [None] * 20 for row in (*grid.rows, *[[]] * 5)]
    for name, typed in cells.items():
        rows[int(name[1:]) - 1][ord(name[0]) - ord("A")] = typed
    return grid._replace(rows=rows)


@pytest.mark.parametrize("cells", [{"A6": "项目资金（元）"}, {"A6": "项目资金", "A3": "（2024年度）  单位：元"}])
def test_yuan(cells: dict[str, Scalar]) -> None:
    grid = changed(grid_of("c06-monitor-136"), **cells, E7=800000.0, F7="412000")
    one = report(grid)
    assert (one.whole.initial_budget.value, one.whole.outturn.value) == (80, Decimal("41.2"))
    assert one.unit is not None
    assert one.unit.unit == "元"


def test_yuan_in_one_heading_only() -> None:
    one = report(changed(grid_of("c06-monitor-136"), F6="1-7月执行数（元）", F7=412000.0))
    assert (one.whole.initial_budget.value, one.whole.outturn.value) == (80, Decimal("41.2"))


def test_units_that_contradict_give_no_value() -> None:
    grid = changed(grid_of("c06-monitor-136"), F6="1-7月执行数（元）", C7="年度资金总额（万元）：")
    one = report(grid)
    assert (one.whole.outturn.value, one.whole.outturn.status) == (None, Status.CONTRADICTED)
    assert [conflict.name for conflict in one.conflicts] == ["执行数"]


def test_large_amounts_without_a_unit_give_no_value() -> None:
    one = report(changed(grid_of("c06-monitor-136"), A6="项目资金", E7=800000.0))
    assert one.whole.initial_budget.status is Status.CONTRADICTED
    assert one.whole.outturn.value == Decimal("41.2")


def test_amounts_of_unknown_rows_and_columns_are_named() -> None:
    grid = changed(grid_of("c06-monitor-136"), C9="捐赠收入", E9=5.0, J6="审定数")
    one = report(grid)
    assert [(label, amount.cell, amount.value) for label, amount in one.unread] == [
        ("审定数", "J7", 78),
        ("审定数", "J8", 78),
        ("捐赠收入", "E9", 5),
    ]
    assert [line.key for line in one.funds] == ["budget", "fiscal", ""]
    assert one.missing == ()


def test_missing_labels_are_named() -> None:
    one = report(changed(grid_of("c06-monitor-136"), A4="名", F6="累计", E11="甲"))
    assert one.missing == ("name", "outturn", "target")


def test_blank_tables_are_none_and_copied_targets_with_a_name_are() -> None:
    grid = grid_of("c06-monitor-136")
    blank = changed(grid, C4=None, **{f"{column}{row}": None for column in "EFHJ" for row in (7, 8, 9)})
    assert reports(blank) == []
    assert len(read_forms(blank).tables) == 1
    named = changed(blank, C4="安全巡查服务项目")
    one = report(named)
    assert one.whole.initial_budget.status is Status.BLANK
    assert len(one.indicators) == 6


def test_ticks() -> None:
    grid = changed(
        grid_of("c06-monitor-136"),
        N13=None,
        O13="√",
        H13="V",
        J13="☑",
        L13="说不清",
        O14="完全不可能",
        N14=None,
        Q12=None,
    )
    first, second, *_ = report(grid).indicators
    assert first.possibility == "有可能/完全不可能"
    assert first.reason_names == ("经费保障", "人员保障")
    assert first.other_reason.status is Status.UNREADABLE
    assert second.possibility == "完全不可能"
    assert second.possible.status is Status.BLANK


def test_three_possibilities_and_what_stands_right_of_the_printed_table() -> None:
    grid = changed(grid_of("c06-monitor-136"), R11="性质", R13="累计")
    rows = [list(row) for row in grid.rows]
    rows[11][14:16] = ["有可能", "完全不可能"]
    rows[10][15], rows[10][16] = None, "备注"
    merges = [one for one in grid.merges if one[0] not in range(10, 12) or one[1] < 13]
    made = grid._replace(rows=rows, merges=[*merges, (10, 13, 10, 15)])
    one = report(made)
    first = one.indicators[0]
    assert (first.certain.cell, first.possible.cell, first.impossible.cell) == ("N13", "O13", "P13")
    assert (first.remark.cell, first.nature.value) == ("Q13", "累计")


@pytest.mark.parametrize(
    ("typed", "heading", "rate"),
    [
        (0.515, "1-7月执行率", "51.5"),
        (51.5, "1-7月执行率", "51.5"),
        (0.515, "1-7月执行率（%）", "0.515"),
        ("51.5%", "执行率", "51.5"),
    ],
)
def test_rates(typed: Scalar, heading: str, rate: str) -> None:
    one = report(changed(grid_of("c06-monitor-136"), H7=typed, H6=heading))
    assert one.whole.outturn_rate.value == Decimal(rate)


def test_what_stands_below_the_indicators() -> None:
    grid = changed(
        grid_of("c06-monitor-136"),
        A19="整改要求和建议",
        C19="加强巡查",
        A20="整改结果和结论",
        C20="已整改",
        A21="填报人：某甲    审核人：某乙",
        H21="填报日期：2024-08-05",
    )
    one = report(grid._replace(merges=[area for area in grid.merges if area[0] < 18]))
    assert len(one.indicators) == 6
    found = [one.value(key).value for key in ("rectify", "rectified", "filled_by", "reviewed_by", "date")]
    assert found == ["加强巡查", "已整改", "某甲", "某乙", "2024-08-05"]


def test_grade_and_total() -> None:
    grid = changed(grid_of("c05-anhui-self-2022"), A26="评价等级", B26="优", A27="填报人", B27="某甲")
    one = report(grid._replace(merges=[area for area in grid.merges if area[0] < 25]))
    assert (one.grade.value, one.value("filled_by").value, one.total.value) == ("优", "某甲", 98)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1-7月执行数", 7),
        ("（2024年1—7月）", 7),
        ("1－12月执行情况", 12),
        ("截至9月底执行数", 9),
        ("上半年执行率", 6),
        ("前三季度执行数", 9),
        ("1-N月执行数", None),
        ("执行数", None),
        ("12月底前", None),
    ],
)
def test_months(text: str, month: int | None) -> None:
    assert month_in(text) == month


def test_month_of_the_sheets_name() -> None:
    assert [month_of_sheet(name) for name in ("监控-6月", "12月监控", "1-9月", "监控")] == [6, 12, 9, None]
    grid = changed(grid_of("c06-monitor-136"), F6="执行数", H6="执行率", F11="执行情况")
    assert report(grid._replace(sheet="监控-6月")).month.value == 6
    assert report(grid).month.status is Status.ABSENT


def test_headings_count_without_months_and_brackets() -> None:
    assert {heading(text) for text in ("1-7月执行数", "1—6月执行数（元）", "上半年执行数", "执行数（B）")} == {"执行数"}


# --- whatever stands there -------------------------------------------------------------------------------------------

ANYTHING: tuple[Scalar, ...] = (
    *("", None, "√", 1.0, 0, -5.0, 1e300, float("nan"), float("inf"), ErrorValue("#REF!"), NoValue(), True, "1e400"),
    *(
        "合计",
        "小计",
        "单位：元",
        "/",
        "符号",
        "值",
        "其他/原因说明",
        "项目名称：甲",
        "注：",
        "1-7月",
        "目标1：",
        "（元）",
    ),
    *(column.label for kind in (MONITORING, EVALUATION) for column in (*kind.columns, *kind.fund_columns)),
    *(field.label for kind in (MONITORING, EVALUATION) for field in kind.fields),
)


@pytest.mark.parametrize("case", CASES)
def test_damaged_tables_never_raise(case: str) -> None:
    """Cells changed, rows repeated and gone, columns inserted, merges lost: an amount that is read stood there."""
    grid = grid_of(case)
    found = 0
    for seed in range(80):
        chance = Random(seed)
        rows = [[*row, None, None, None] for row in grid.rows]
        for _ in range(chance.randrange(1, 12)):
            row = chance.choice(rows)
            row[chance.randrange(len(row))] = chance.choice(ANYTHING)
            rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
            del rows[chance.randrange(len(rows))]
        merges = [area for area in grid.merges if chance.random() < 0.6]
        typed = {one for row in rows for one in row if isinstance(one, int | float)}
        for one in reports(grid._replace(rows=rows, merges=merges)):
            found += 1
            assert all(
                entry.typed in typed or not isinstance(entry.typed, int | float)
                for line in one.funds
                for entry in line[2:5]
            )
    assert found > 40


@pytest.mark.parametrize(
    ("stored", "code", "said"), [(0.9782, "0.00%", "97.82%"), (1, "0%", "100%"), (0.9, '"≥"0%', "≥90%"), (95, "0", 95)]
)
def test_a_rate_that_the_cell_shows_in_per_cent(stored: float, code: str, said: str | int) -> None:
    """A percentage pasted from elsewhere is stored as its share of 1."""
    grid = grid_of("c06-monitor-136")
    first = report(grid).indicators[0]
    for entry in (first.target, first.reached):
        place = entry.row, entry.column
        rows = [list(row) for row in grid.rows]
        rows[place[0]][place[1]] = stored
        one = report(grid._replace(rows=rows, formats={place: code}))
        again = one.indicators[0].target if entry is first.target else one.indicators[0].reached
        assert again.typed == said
