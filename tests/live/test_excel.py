"""What Excel does otherwise than LibreOffice: each was a fault of a button, on xlwings' own engine for Windows."""

import atexit
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.excel.errors import CellError
from tests.excel.model import Sheet
from tests.excel.sheets import Worksheet
from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk
from tests.live.programs import StandIn, only_excel
from xl_perf import buttons
from xl_perf.live.protection import set_very_hidden

pytestmark = only_excel


def behind(desk: Desk, sheet: str) -> Sheet:
    """What the stand-in holds of a sheet."""
    assert isinstance(desk.program, StandIn)
    found = desk.program.excel.book(desk.book.name).data.sheet(sheet)
    assert found is not None
    return found


def test_a_deleted_form_counts_no_more(example: Desk) -> None:
    """It stays in the book, very hidden: Excel's 2 is no False."""
    assert "已删除项目表“03”" in example.press("delete_project", "03", ("yes",))
    assert behind(example, "已删除03").visible == 2
    assert [one.sheet for one in example.read().projects] == ["01", "02", "04", "05", "06", "07", "08"]
    assert example["首页", "E22"].value == 1085.76


def test_amounts_with_a_currency_format(example: Desk) -> None:
    """Through Value Excel cuts them to four places."""
    cell = behind(example, "01").cell(3, 3)
    cell.value, cell.look.number_format = 161.93456789, "¥#,##0.00"
    assert example["01", "C3"].value == 161.93456789
    assert example["01", "C3:D3"].value == [161.93456789, *example["01", "D3:E3"].value[:1]]
    (project,) = (one for one in example.read().projects if one.sheet == "01")
    assert project.budget.typed == 161.93456789


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#N/A"])
def test_errors_are_no_amounts(example: Desk, error: str) -> None:
    """Those that are newer than xlwings' list come as negative numbers."""
    behind(example, "01").cell(3, 3).value = CellError(error)
    (project,) = (one for one in example.read().projects if one.sheet == "01")
    assert project.budget.value is None
    assert project.budget.text == error


def test_a_book_in_the_cloud(example: Desk) -> None:
    """FullName is a URL there, for which xlwings wants to know a folder on this computer."""
    assert isinstance(example.program, StandIn)
    book = example.program.excel.book(example.book.name)
    book.full_name = "https://d.docs.live.net/0123456789abcdef/文档/部门.xlsx"
    assert "已新增项目表“09”" in example.press("add_project")
    assert "工作簿在云端" in example.press("publish")


def test_the_book_that_the_macros_name(opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a variable, where "=" and %NAMES% are plain text; a command line with a name is that of older macros."""
    desks = [opened(Path(shutil.copy(EXAMPLE, tmp_path / name))) for name in ("预算=%TEMP%.xlsx", "部门.xlsx")]
    monkeypatch.setenv(buttons.BOOK, "预算=%TEMP%.xlsx")
    monkeypatch.setattr(sys, "argv", ["xl-perf", "button", "add_project", "--from_xl=1", "--hwnd=66666"])
    assert buttons.add_project() == 0
    assert ["09" in desk.book.sheet_names for desk in desks] == [True, False]
    monkeypatch.setattr(sys, "argv", [*sys.argv, "--wb=部门.xlsx"])
    assert buttons.add_project() == 0
    assert ["09" in desk.book.sheet_names for desk in desks] == [True, True]


def test_a_goal_below_a_single_one(blank: Desk) -> None:
    """Its part's label stands in two rows for a moment: Excel would ask whether one of them may go."""
    while len(rows := [row for row in range(1, 14) if str(blank["01", f"B{row}"].value).startswith("目标")]) > 1:
        blank["01", f"{rows[-1]}:{rows[-1]}"].api.Parent.Unprotect("")
        blank["01", f"{rows[-1]}:{rows[-1]}"].delete("up")
    assert blank.press("add_goal_row", "01") == ""
    assert blank.press("add_goal_row", "01") == ""
    assert blank.column("01", f"B{rows[0]}:B{rows[0] + 2}") == ["目标1", "目标2", "目标3"]
    assert blank["01", f"A{rows[0] + 2}"].merge_area.address == f"$A${rows[0]}:$A${rows[0] + 2}"


def test_a_filled_clipboard_is_not_pasted(example: Desk) -> None:
    """Insert pastes what somebody has copied before."""
    example["字典", "A1:I1"].api.Copy()
    example.go("01", "D11")
    example.press("add_indicator_row", "01")
    assert [cell.number_format for cell in example["01", "A12:I12"]] == [
        cell.number_format for cell in example["01", "A11:I11"]
    ]
    assert not example["01", "D12"].value
    assert example.host.app.cut_copy_mode is None


def test_the_log_behind_a_very_hidden_sheet(example: Desk) -> None:
    """Excel moves no very hidden sheet, which is how xlwings puts a sheet last."""
    set_very_hidden(example.book.sheets["字典"])
    assert example.book.sheets[-1].name == "字典"
    assert "已新增项目表“09”" in example.press("add_project")


def test_manual_calculation(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read and what is left behind is calculated, and the setting stays."""
    assert isinstance(example.program, StandIn)
    application, done = example.program.excel.application, []
    application.Calculation = -4135
    monkeypatch.setattr(type(application), "Calculate", lambda _: done.append(1))
    try:
        example.press("add_project")
        assert len(done) >= 2
        assert application.Calculation == -4135
    finally:
        application.Calculation = -4105


def test_comments_that_people_answer(example: Desk) -> None:
    """Excel puts no note into their cells: AddComment fails there."""
    cell, before = behind(example, "01").cell(2, 2), example.looks("01", "B2")
    cell.thread[:] = ["编码下达了吗？", "还没有"]
    said = example.press("validate")
    assert "01!B2 已有别人可以答复的批注，只标了颜色，没有另加说明：问题见“校验结果”。" in said
    assert cell.thread == ["编码下达了吗？", "还没有"]
    assert example["01", "B2"].note is None
    assert example.looks("01", "B2") != before
    assert example.press("clear_marks") == "标记已清除，单元格恢复原样。"
    assert (example.looks("01", "B2"), cell.thread) == (before, ["编码下达了吗？", "还没有"])


@pytest.mark.parametrize("answers", [[], ["知道了"]])
def test_marks_that_excel_made_comments_of(example: Desk, answers: list[str]) -> None:
    """As 转换为批注 does with all notes of a book: ours go with their marks, unless somebody has answered."""
    example.press("validate")
    cell = behind(example, "01").cell(2, 2)
    cell.thread[:], cell.note = [str(cell.note), *answers], None
    thread = [*cell.thread]
    assert thread[0].startswith("【校验 ")
    example.press("clear_marks")
    assert cell.thread == (thread if answers else [])
    assert cell.look.color == 0xF0FDFF


def test_an_older_excel_shows_a_note_in_their_place(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows no such comments; what is written into that note Excel throws away."""
    monkeypatch.delattr(Worksheet, "CommentsThreaded")
    text = "[线程批注]\n\n……了解更多: https://go.microsoft.com/fwlink/?linkid=870924\n\n批注:\n    编码下达了吗？"
    cell = behind(example, "01").cell(2, 2)
    cell.note = text
    assert "01!B2 已有别人可以答复的批注" in example.press("validate")
    assert cell.note == text
    example.press("clear_marks")
    assert (cell.note, cell.look.color) == (text, 0xF0FDFF)


def test_a_summary_with_comments_on_it(example: Desk) -> None:
    """What a note would say there is said instead."""
    example["01", "C3"].value = "161.93万元"
    first = example.press("consolidate")
    place = next(place for place, cell in behind(example, "部门汇总").cells.items() if cell.note)
    list_cell = behind(example, "部门汇总").cell(*place)
    assert "【汇总】" in str(list_cell.note)
    assert "写的是文字" not in first
    list_cell.thread[:], list_cell.note = ["为什么是文字？"], None
    said = example.press("consolidate")
    assert "01!C3 写的是文字“161.93万元”，这里按 161.93 万元 计。" in said
    assert (list_cell.thread, list_cell.note) == (["为什么是文字？"], None)


def test_columns_with_numbers(example: Desk) -> None:
    """In the style R1C1 a link to C3 leads to the third column, and nobody finds the cells that messages name."""
    assert isinstance(example.program, StandIn)
    excel, application = example.program.excel, example.program.excel.application
    example["01", "C3"].value = 1
    example.press("validate")
    link = next(one for one in example["校验结果", "D1:D40"].formula for one in one if "'01'!C3" in one)
    application.ReferenceStyle = -4150
    try:
        assert excel.follow(example.book.name, link) == "$C:$C"
        said = example.press("validate")
        assert said.endswith("要改回：“文件→选项→公式”，勾选“R1C1 引用样式”。")
        assert application.ReferenceStyle == 1
        assert excel.follow(example.book.name, link) == "$C$3"
        assert "R1C1" not in example.press("validate")
        application.ReferenceStyle = -4150
        assert "R1C1" in example.press("delete_indicator_row", "首页")  # refused, and said
    finally:
        application.ReferenceStyle = 1


def test_a_shared_workbook(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel merges, protects and deletes nothing there: said before anything is done."""
    assert isinstance(example.program, StandIn)
    book = example.program.excel.book(example.book.name)
    monkeypatch.setattr(type(book), "MultiUserEditing", True)
    names = example.book.sheet_names
    assert "工作簿是共享的" in example.press("add_project")
    assert example.book.sheet_names == names


def test_notes_are_as_wide_as_a_person_reads(example: Desk) -> None:
    """AutoSize alone puts a whole paragraph into one line."""
    example.press("validate")
    cell = example["02", "B2"]
    shape = cell.note.api.Shape  # type: ignore[union-attr]
    assert 150 <= shape.Width <= 320
    assert shape.Height >= 40


def test_no_other_excel_is_killed(example: Desk) -> None:
    """xlwings' hook at the end of a process kills every Excel that shows no workbook; loaded by us, it is not there."""
    assert isinstance(example.program, StandIn)
    engine = import_module("xlwings._xlwindows")
    before = atexit._ncallbacks()
    atexit.unregister(engine.cleanup)
    assert atexit._ncallbacks() == before
