"""What must read alike: every variant of the form that design/form names, and whole workbooks."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.casebook import GOOD_FORM
from xl_perf.core import draft
from xl_perf.core.checking import check
from xl_perf.core.grid import Area, Book, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.model import Project, Status
from xl_perf.core.reading import read_department
from xl_perf.core.rules import RULES
from xl_perf.profiles import load

Rows = list[list[Scalar]]
MERGES: tuple[Area, ...] = ((0, 0, 0, 6), (1, 1, 1, 2), (1, 4, 1, 6), (2, 0, 3, 0), (3, 1, 3, 6), (9, 0, 12, 0))


def form() -> Rows:
    return [list(row) for row in GOOD_FORM]


def projects_in(rows: Rows, merges: tuple[Area, ...] = ()) -> list[Project]:
    return list(read_department(Book("本", [Grid("01", rows, merges)])).projects)


def project_in(rows: Rows, merges: tuple[Area, ...] = ()) -> Project:
    found = projects_in(rows, merges)
    assert len(found) == 1
    return found[0]


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
    assert (project.budget.total.cell, project.budget.total.typed) == ("E15", "１００ 万元")
    assert project.budget.total.value == Decimal(100)
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
    assert project.budget.other.status is Status.BLANK
    assert project.budget.other.cell == "H3"


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
    assert found[1].budget.total.cell == "K3"


def test_label_words_inside_the_table_are_content() -> None:
    """An indicator that is called 财政资金 is no label."""
    rows = form()
    rows[9][2] = "财政资金"
    project = project_in(rows)
    assert project.indicators[0].level3.value == "财政资金"
    assert project.budget.fiscal.value == Decimal(100)


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
    assert (project.budget.other.status, project.budget.other.value) == (Status.PLACEHOLDER, None)


@pytest.mark.parametrize(("typed", "status"), [(ErrorValue("#REF!"), Status.ERROR), (NoValue(), Status.NO_VALUE)])
def test_error_values_are_never_blank(typed: Scalar, status: Status) -> None:
    """An error value and a formula without a result have a status of their own, in every field."""
    rows = form()
    rows[1][1] = rows[1][4] = rows[2][2] = rows[3][1] = rows[5][1] = rows[6][2] = rows[9][5] = typed
    project = project_in(rows)
    entries = [project.code, project.name, project.budget.total, project.budget.purpose, project.goals[0]]
    statuses = [entry.status for entry in entries]
    assert statuses == [status] * 5
    assert project.percent(3).status is status
    assert project.indicators[0].target.status is status


def test_blank_form_is_no_project_and_the_model_form_is_nothing() -> None:
    """A blank form is set apart; the one that a defined name marks is not even that."""
    blank = form()
    blank[0][0] = "项目绩效目标表"
    for at, column in ((1, 1), (1, 4), (2, 2), (2, 4), (3, 1), (5, 1), (5, 2), (5, 3), (5, 5), (6, 2), (7, 2)):
        blank[at][column] = ""
    for row in blank[9:]:
        row[2:] = [""] * 5
    grids = [Grid("01", form()), Grid("02", blank), Grid("样表", blank), Grid("空白表", blank)]
    named = read_department(Book("本", grids, {"空白项目表": "'样表'!$A$1"}))
    assert [project.sheet for project in named.projects] == ["01"]
    assert [one.sheet for one in named.blank_forms] == ["02", "空白表"]
    unnamed = read_department(Book("本", grids))
    assert [one.sheet for one in unnamed.blank_forms] == ["02", "样表"]


def test_year_of_the_book() -> None:
    """首页, else a title line, else the year that most deadlines name, else none; never the clock."""

    def year(first: Rows, deadline: str = "12月底前") -> int | None:
        rows = form()
        rows[11][5] = deadline
        return read_department(Book("本", [Grid("首页", first), Grid("01", rows)])).year

    assert year([["2022年部门预算绩效文本"], ["预算年度", "2024年"]], "2023年12月底前") == 2024
    assert year([["2022年部门预算绩效文本"]], "2023年12月底前") == 2022
    assert year([["首页"]], "2023年12月底前") == 2023
    assert year([["首页"]]) is None


def test_hidden_sheet_is_read_and_known() -> None:
    """A form on a hidden sheet is not skipped."""
    department = read_department(Book("本", [Grid("01", form(), hidden=True)]))
    assert [project.hidden for project in department.projects] == [True]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.just(ErrorValue("#N/A")),
    st.just(NoValue()),
    st.sampled_from([cell for row in GOOD_FORM for cell in row]),
)


@given(st.lists(st.lists(CELLS, max_size=9), max_size=24))
def test_random_grids_never_raise(rows: Rows) -> None:
    """Whatever stands on a sheet: a model and findings, never an exception and never K000."""
    merges: tuple[Area, ...] = ((0, 0, 1, 1), (3, 2, 3, 8))
    sheets = ("首页", "整体绩效目标", "部门汇总", "01")
    book = Book("本", [Grid(sheet, rows, merges) for sheet in sheets])
    assert "K000" not in {finding.code for finding in check(read_department(book), load())}


@given(st.data())
def test_mutilated_forms_never_raise(data: st.DataObject) -> None:
    """A good form with cells overwritten, rows dropped and rows shuffled."""
    rows = form()
    for _ in range(data.draw(st.integers(0, 12))):
        row = data.draw(st.integers(0, len(rows) - 1))
        rows[row][data.draw(st.integers(0, 6))] = data.draw(CELLS)
    rows = data.draw(st.permutations(rows)) if data.draw(st.booleans()) else rows
    del rows[: data.draw(st.integers(0, 6))]
    book = Book("本", [Grid("01", rows)])
    assert "K000" not in {finding.code for finding in check(read_department(book), load())}
