"""Marks of a 样表 that an officer took away or broke: `form check` says what is done with such a cell."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.command_line import Runner, run

__all__ = ["run"]


def _check(run: Runner, cell: str, typed: str | None) -> tuple[int, str]:
    """What is said of a shipped kind's 样表 with something else in a cell."""
    run("form", "show", "national_targets", "-o", "样表.xlsx", "--overwrite")
    book = load_workbook("样表.xlsx")
    book.worksheets[0][cell] = typed
    book.save("样表.xlsx")
    status, out, _ = run("form", "check", "样表.xlsx")
    return status, out


@pytest.fixture
def budget(run: Runner, tmp_path: Path) -> str:
    """The cell of the budget."""
    run("form", "show", "national_targets", "-o", "样表.xlsx")
    sheet = load_workbook(tmp_path / "样表.xlsx").worksheets[0]
    return next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == "{预算数}")


@pytest.mark.parametrize("typed", ["{预算数", "预算数}", "｛预算数", "{预算数？"])
def test_a_mark_with_one_brace_is_a_fault(run: Runner, budget: str, typed: str) -> None:
    status, out = _check(run, budget, typed)
    assert status == 1
    assert f"{budget} 的标记“{typed}”括号没有写全：请写成 {{预算数}}" in out


@pytest.mark.parametrize("typed", ["预算数", "[预算数]", "（预算数）"])
def test_the_name_of_a_mark_alone_is_a_fault(run: Runner, budget: str, typed: str) -> None:
    status, out = _check(run, budget, typed)
    assert status == 1
    assert f"{budget} 写着“{typed}”，不是标记，会印进每一个项目：请写成 {{预算数}}" in out


def test_full_width_braces_are_braces(run: Runner, budget: str) -> None:
    for typed in ("｛预算数｝", "{预算数｝"):
        status, out = _check(run, budget, typed)
        assert status == 0
        assert budget not in out


def test_a_mark_that_was_deleted_is_said(run: Runner, budget: str) -> None:
    """What 对照 says is followed: the amount is read all the same."""
    status, out = _check(run, budget, None)
    assert status == 0
    assert f"{budget}（预算数）表上没有标记，照“对照”的填写处读、写；不要的请在“核对”里选“不读”。" in out


def test_a_printed_text_where_something_is_filled_in_is_named(run: Runner, budget: str) -> None:
    """What is said of it is true: that cell is not read."""
    status, out = _check(run, budget, "年度资金总额")
    assert status == 1
    assert f"读的是 {budget}" not in out
    assert budget in out


def test_a_mark_without_a_label_is_told_where_to_go(run: Runner, budget: str) -> None:
    """Neither left of it nor above it stands any text."""
    run("form", "show", "national_targets", "-o", "样表.xlsx", "--overwrite")
    book = load_workbook("样表.xlsx")
    sheet = book.worksheets[0]
    sheet[budget] = None
    for area in [area.coord for area in sheet.merged_cells.ranges if area.min_row == 2]:
        sheet.unmerge_cells(area)
    for cell in sheet[2]:
        cell.value = None
    sheet["E2"] = "{预算数}"
    book.save("样表.xlsx")
    status, out, _ = run("form", "check", "样表.xlsx")
    assert status == 1
    assert f"预算数标在 E2，它的左边、上面没有标签；按表上的标签读的是 {budget}：请把标记移到 {budget}" in out
