"""Whole workbooks: blank and model forms, the year, hidden sheets; and nothing that a person typed raises."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import Rows, form
from xl_perf.core.cells.grid import Area, Book, ErrorValue, Grid, NoValue
from xl_perf.core.checking.check import check
from xl_perf.core.reading import read_department
from xl_perf.profiles import load


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
    st.sampled_from([cell for row in form() for cell in row]),
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
