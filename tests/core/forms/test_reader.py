"""What must read alike: every variant of the form that offices are known to print."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tests.builders import Rows, form, project_in, projects_in
from xl_perf.core.cells.entry import Status
from xl_perf.core.cells.grid import Area, Book, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.cells.values import to_amount
from xl_perf.core.checking.check import check
from xl_perf.core.checking.rules import RULES
from xl_perf.core.making import draft
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book

MERGES: tuple[Area, ...] = ((0, 0, 0, 6), (1, 1, 1, 2), (1, 4, 1, 6), (2, 0, 3, 0), (3, 1, 3, 6), (9, 0, 12, 0))
PLAIN = draft.project_content(project_in(form(), MERGES))


def shifted(rows: Rows) -> Rows:
    above: Rows = [[""] * 9 for _ in range(12)]
    return above + [["", "", *row] for row in rows]


def spread_labels(rows: Rows) -> Rows:
    rows[1][0], rows[1][3] = "项目\n编码", "项 目 名 称："
    rows[2][0], rows[2][3] = "预算规模\n及资金用途", "其中:财政资金"
    rows[4][0], rows[6][0] = "资金支出计划(%)", "绩效\n目标"
    rows[8][0], rows[9][0] = "一级 指标", "产出\n指标 "
    return rows


def other_words(rows: Rows) -> Rows:
    rows[1][0], rows[2][3], rows[2][5] = "项目代码", "其中：财政拨款", "其它资金"
    rows[8][3], rows[8][5], rows[8][6] = "指标解释", "年度指标值", "依据"
    rows[9][0], rows[13][0], rows[14][0] = "产出", "效益指标", "满意度"
    return rows


def full_width_labels(rows: Rows) -> Rows:
    rows[2][1], rows[2][3], rows[2][5] = "预算数（万元）", "财政资金", "其他资金："
    rows[4] = ["资金支出计划（％）", "３月底", "６月底", "１０月底", "", "１２月底", ""]
    rows[6][1], rows[7][1] = "目标１", "目标 ２："
    return rows


def set_upright(rows: Rows) -> Rows:
    """Labels in narrow cells, a character a line, with blanks that no key types."""
    rows[4][0], rows[6][0], rows[9][0] = "资金\n支出\n计划\n（%）", "绩\n效\n目\n标", "产\n出\n指\n标"
    rows[1][0], rows[1][3], rows[8][5] = "项目\xa0编码", "　项目名称　", "指标\r\n值"
    rows[12][1], rows[14][1] = "成本\n指标", "服务对象\n满意度\n指标"
    return rows


def blank_rows(rows: Rows) -> Rows:
    blank: list[Scalar] = [""] * 7
    for at in (14, 12, 9, 8, 7, 5, 3, 2):
        rows.insert(at, list(blank))
    return rows


def text_around(rows: Rows) -> Rows:
    before: Rows = [["附件2"], ["测试街道办事处2023年部门预算绩效文本"], []]
    after: Rows = [[], ["填表人：张三", "", "联系电话：123", "", "", "", ""], ["注：本表一式两份"]]
    return before + rows + after


def remark_beside(rows: Rows) -> Rows:
    return [[*row, "", f"审核意见{at}"] for at, row in enumerate(rows)]


def heading_above(rows: Rows) -> Rows:
    above: Rows = [["村级道路养护"], [], ["项目绩效目标表"]]
    return above + rows[1:]


def unmerged_and_filled(rows: Rows) -> Rows:
    rows[3][0], rows[5][0], rows[7][0] = "预算规模及资金用途", "资金支出计划（%）", "绩效目标"
    for at in (10, 11, 12):
        rows[at][0] = "产出指标"
    return rows


def ragged(rows: Rows) -> Rows:
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    return rows


def header_of_two_rows(rows: Rows) -> Rows:
    rows.insert(9, [""] * 7)
    return rows


def header_again_after_a_page(rows: Rows) -> Rows:
    rows.insert(13, list(rows[8]))
    return rows


def spare_rows(rows: Rows) -> Rows:
    for at, second in ((13, "成本指标"), (12, "时效指标"), (10, "数量指标")):
        rows.insert(at, ["", second, "", " ", "", None, ""])
    return rows


@pytest.mark.parametrize(
    "variant",
    [
        shifted,
        spread_labels,
        other_words,
        full_width_labels,
        set_upright,
        blank_rows,
        text_around,
        remark_beside,
        heading_above,
        unmerged_and_filled,
        ragged,
        header_of_two_rows,
        header_again_after_a_page,
        spare_rows,
    ],
)
def test_reads_alike(variant: Callable[[Rows], Rows]) -> None:
    """The same form, however it is laid out: the same project, and no finding that the layout gave."""
    rows = variant(form())
    assert draft.project_content(project_in(rows)) == PLAIN
    book = Book("本", [Grid("01", rows)])
    found = [finding.code for finding in check(read_department(book), load())]
    assert found == (["S103"] if variant is header_again_after_a_page and "S103" in {r.code for r in RULES} else [])


def test_every_value_keeps_its_cell_and_what_was_typed() -> None:
    """Cell names of a form that stands somewhere else."""
    rows = form()
    rows[2][2], rows[2][4] = "１００ 万元", 100.0
    project = project_in(shifted(rows))
    assert (project.budget.cell, project.budget.typed) == ("E15", "１００ 万元")
    assert project.budget.value == Decimal(100)
    assert [point.percent.cell for point in project.plan] == ["D18", "E18", "F18", "H18"]
    first = project.indicators[0]
    assert [entry.cell for entry in first] == ["C22", "D22", "E22", "F22", "H22", "I22", None]
    assert project.indicators[1].level1.cell == "C22", "a merged label stands for the rows that it covers"


def test_blank_value_is_placed_beside_a_merged_label() -> None:
    """The cell of a blank 其他资金 whose label is merged over two columns."""
    rows = form()
    for row in rows:
        row.insert(6, "")
    project = project_in(rows, ((2, 5, 2, 6),))
    assert project.value("other").status is Status.BLANK
    assert project.value("other").cell == "H3"


def test_as_many_goals_and_indicators_as_needed() -> None:
    """Twelve goals, and thirty indicators under four first levels whose labels stand once."""
    rows = form()
    goals: Rows = [["", f"目标{number}", f"做好第{number}件事。", "", "", "", ""] for number in range(2, 13)]
    more: Rows = [["", "数量指标", f"数量{number}", "说明", "", f"≥{number}个", "计划"] for number in range(24)]
    rows = [*rows[:7], *goals, *rows[8:10], *more, *rows[10:]]
    project = project_in(rows)
    assert [goal.value for goal in project.goals[1:]] == [f"做好第{number}件事。" for number in range(2, 13)]
    assert [len(project.indicators), project.indicators[24].level3.value] == [30, "数量23"]
    assert [one.level1.value for one in project.indicators] == ["产出"] * 28 + ["效果", "满意度"]
    assert project.indicators[29].target.typed == "≥90%"


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        (100.0, "100", ""),
        ("100万元", "100", "万元"),
        ("１００．００ 万元", "100", "万元"),
        ("1,000,000元", "100", "元"),
        ("0.01亿元", "100", "亿元"),
        (99.99999999999999, "100", ""),
    ],
)
def test_an_amount_keeps_what_was_typed_and_its_unit(typed: Scalar, value: str, unit: str) -> None:
    """The value in 万元, exactly; B306 says the unit."""
    rows = form()
    rows[2][2] = typed
    total = project_in(rows).budget
    assert (total.value, total.typed) == (Decimal(value), typed)
    read = to_amount(typed)
    assert read is not None
    assert read.unit == unit


@pytest.mark.parametrize(
    "typed",
    [(0.25, 0.5, 0.75, 1.0), (25.0, 50.0, 75.0, 100.0), ("25%", "５０％", "75 ％", 1.0), ("25", 50, 0.75, "100%")],
)
def test_percentages_of_a_form_are_read_together(typed: tuple[Scalar, ...]) -> None:
    rows = form()
    for column, one in zip((1, 2, 3, 5), typed, strict=True):
        rows[5][column] = one
    assert [point.percent.value for point in project_in(rows).plan] == [25, 50, 75, 100]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("≥90%", "number"), ("70-80公里", "range"), (datetime.date(2023, 12, 31), "deadline"), ("是", "yes-no")],
)
def test_a_target_is_kept_as_typed_beside_what_was_understood(typed: Scalar, kind: str) -> None:
    rows = form()
    rows[14][5] = typed
    target = project_in(rows).indicators[5].target
    assert target.value is not None
    assert (target.typed, target.value.kind) == (typed, kind)


def test_two_forms_below_each_other() -> None:
    """Two whole forms on a sheet are two forms, the second without a title of its own."""
    second = form()[1:]
    second[0][1], second[0][4] = "13020123450002", "桥梁检测"
    found = projects_in([*form(), [], *second])
    assert [project.name.value for project in found] == ["村级道路养护", "桥梁检测"]
    assert [len(project.indicators) for project in found] == [6, 6]
    assert found[1].code.cell == "B17"


def test_two_forms_beside_each_other() -> None:
    """Forms side by side do not mix."""
    second = form()
    second[1][4] = "桥梁检测"
    found = projects_in([[*left, "", *right] for left, right in zip(form(), second, strict=True)])
    assert [project.name.value for project in found] == ["村级道路养护", "桥梁检测"]
    assert [draft.project_content(project) == PLAIN for project in found] == [True, False]
    assert found[1].budget.cell == "K3"


def test_label_words_inside_the_table_are_content() -> None:
    """An indicator that is called 财政资金 is no label."""
    rows = form()
    rows[9][2] = "财政资金"
    project = project_in(rows)
    assert project.indicators[0].level3.value == "财政资金"
    assert project.fiscal.value == Decimal(100)


@pytest.mark.parametrize("name", ["项目名称", "编制绩效目标表", "预算数", "项目编码"])
def test_an_indicator_called_like_a_label_does_not_end_the_form(name: str) -> None:
    """Neither alone nor with another form below."""
    rows = form()
    rows[10][2] = name
    second = form()
    second[1][4] = "桥梁检测"
    assert len(project_in(rows).indicators) == 6
    found = projects_in([*rows, [], *second])
    assert [(len(one.indicators), one.name.value) for one in found] == [(6, "村级道路养护"), (6, "桥梁检测")]


def test_lists_of_projects_are_no_forms() -> None:
    """A list with 项目编码, 项目名称, 预算数 and months is not a form."""
    rows: Rows = [
        ["部门汇总"],
        ["序号", "项目编码", "项目名称", "预算数", "财政资金", "其他资金", "3月底", "6月底", "10月底", "12月底"],
        [1.0, "1302", "村级道路养护", 100.0, 100.0, "", 0.25, 0.5, 0.75, 1.0],
    ]
    assert projects_in(rows) == []


def test_numeric_code_and_cut_code() -> None:
    """A numeric code prints without ``.0``; beyond 15 digits it stays what Excel has left of it."""
    rows = form()
    rows[1][1] = 1302012345.0
    assert project_in(rows).code.value == "1302012345"
    rows[1][1] = 123456789012345678.0
    assert project_in(rows).code.value == "123456789012346000"


@pytest.mark.parametrize("typed", ["————", "-", "/", "无", "—"])
def test_placeholders_of_code_and_amount(typed: str) -> None:
    """A placeholder is no code; in an amount it means blank."""
    rows = form()
    rows[1][1], rows[2][6] = typed, typed
    project = project_in(rows)
    assert (project.code.status, project.code.value, project.code.text) == (Status.PLACEHOLDER, None, typed)
    assert (project.value("other").status, project.value("other").value) == (Status.PLACEHOLDER, None)


@pytest.mark.parametrize(("typed", "status"), [(ErrorValue("#REF!"), Status.ERROR), (NoValue(), Status.NO_VALUE)])
def test_error_values_are_never_blank(typed: Scalar, status: Status) -> None:
    """An error value and a formula without a result have a status of their own, in every field."""
    rows = form()
    rows[1][1] = rows[1][4] = rows[2][2] = rows[3][1] = rows[5][1] = rows[6][2] = rows[9][5] = typed
    project = project_in(rows)
    entries = [project.code, project.name, project.budget, project.purpose, project.goals[0]]
    statuses = [entry.status for entry in entries]
    assert statuses == [status] * 5
    assert project.percent(3).status is status
    assert project.indicators[0].target.status is status


def test_the_year_s_amount_serves_where_the_first_label_heads_the_whole_time() -> None:
    """资金总额 | 实施期资金总额 | 160000 | 2023年资金总额 | a date: the date is named, nothing fails."""
    book = read_book(Path(__file__).parents[2] / "fixtures" / "layouts" / "l14-special-fund-year-in-label.xlsx")
    (grid,) = book.grids
    rows = [list(cells) for cells in grid.rows]
    rows[4][4] = datetime.date(2024, 3, 5)
    for width in (0, 1):  # as it is, and with a column inserted
        wide = [[*cells[:1], *[None] * width, *cells[1:]] for cells in rows]
        (project,) = read_department(Book("本", [grid._replace(rows=wide, merges=())])).projects
        assert project.budget.value is None
