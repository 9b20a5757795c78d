"""One press is one step to undo; a press whose program fails or is killed in the middle leaves the book as it was."""

import os
import re
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.live.desk import Desk
from tests.live.programs import office, only_libreoffice
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.live import cover, projects, unfinished

if TYPE_CHECKING:
    import xlwings

pytestmark = office

KILLED = """
import os, signal
from xl_perf.engines.libreoffice import connect
from xl_perf.live import unfinished
from xl_perf.live.host import Host
from xl_perf.live.lock import lock_name, one_at_a_time
pipe = os.environ["XL_PERF_PIPE"]
host = Host(connect(pipe).books.active)
with one_at_a_time(lock_name(pipe, host.book.fullname)) as held:
    held.note(unfinished.noted(host, "导入项目"))
    with host.working(), host.one_step("导入项目"):
        host.book.sheets["01"].api.Unprotect("")
        host.book.sheets["01"]["C3"].value = 5
        host.book.sheets.add("半张")
        os.kill(os.getpid(), signal.SIGKILL)
"""


def contents(book: "xlwings.Book") -> dict[str, Any]:
    """What people would miss: formulas, notes, fills of the first rows, protection."""
    return {
        sheet.name: (
            sheet.range("A1:P140").formula,
            {note.impl.location.address: note.text for note in sheet.notes},
            [cell.color for cell in sheet.range("A1:G3")],
            sheet.api.ProtectContents,
            sheet.visible,
        )
        for sheet in book.sheets
    }


def cursor(book: "xlwings.Book") -> tuple[str, str, tuple[int, int]]:
    """The sheet in front, the first cell selected on it, and the column and row (from 0) that the cursor frames."""
    controller = book.impl.controller
    parts = controller.getViewData().split(";")
    places = [part for part in parts[2:] if not part.startswith("tw:")]
    column, row = re.split(r"[/+]", places[int(parts[1])])[:2]
    assert book.selection is not None
    return book.sheets.active.name, book.selection[0, 0].address, (int(column), int(row))


@only_libreoffice
@pytest.mark.slow
@pytest.mark.parametrize(
    ("button", "sheet", "cell", "answers"),
    [
        ("validate", COVER_SHEET, "A1", ()),
        ("normalise", COVER_SHEET, "A1", ("yes",)),
        ("delete_project", "02", "A1", ("yes",)),
        ("delete_indicator_row", "03", "C14", ()),
        ("add_goal_row", "03", "A1", ()),
        ("delete_goal_row", "01", "C8", ()),
        ("copy_project", "02", "A1", ()),
    ],
)
def test_one_step_to_undo(three: Desk, button: str, sheet: str, cell: str, answers: tuple[str, ...]) -> None:
    three["03", "C3"].value = "１２３"
    manager = three.book.impl.api.getUndoManager()
    typed = manager.getAllUndoActionTitles()
    before = contents(three.book)
    three.go(sheet, cell)
    stood = cursor(three.book)
    three.press(button, sheet, answers)
    assert contents(three.book) != before
    assert manager.getAllUndoActionTitles()[1:] == typed
    after, stands = contents(three.book), cursor(three.book)
    manager.undo()
    assert contents(three.book) == before
    assert cursor(three.book) == stood  # what is selected is what the frame shows: Delete empties that
    assert manager.getAllUndoActionTitles() == typed
    if button.endswith("_row"):  # LibreOffice makes sheets anew with what they held first
        manager.redo()
        assert contents(three.book) == after
        assert cursor(three.book) == stands


@only_libreoffice
def test_a_press_that_changes_nothing_is_no_step(three: Desk) -> None:
    assert three.press("clear_marks") == "没有需要清除的标记。"
    assert three.book.impl.api.getUndoManager().getAllUndoActionTitles() == ()


@only_libreoffice
def test_a_press_that_fails_is_taken_back(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, made: object = None) -> str:
        if made is not None:  # the sheet is there already
            raise OSError("full")
        return ""

    before = contents(three.book)
    monkeypatch.setattr(cover, "refresh", fail)
    assert "程序内部出错" in three.press("add_project")
    assert contents(three.book) == before
    assert three.book.impl.api.getUndoManager().getAllRedoActionTitles() == ()


@only_libreoffice
def test_killed_in_the_middle(three: Desk) -> None:
    before = contents(three.book)
    three.book.activate()
    done = subprocess.run(
        [sys.executable, "-c", KILLED], env=os.environ | {"TMPDIR": tempfile.gettempdir()}, check=False, timeout=60
    )
    assert done.returncode == -9
    document = three.book.impl.api
    assert "半张" in three.book.sheet_names
    assert document.hasControllersLocked()
    assert (
        three.press("validate_sheet", "03")
        == "上一次的“导入项目”没有做完就中断了，工作簿已恢复到那次按按钮之前的样子。请再按一次按钮。"
    )
    assert contents(three.book) == before
    assert not document.hasControllersLocked()
    assert three.press("add_project") == "已新增项目表“04”，列在首页。"


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_where_the_program_has_no_undo(three: Desk, answer: str) -> None:
    """As in Excel."""
    host = three.host
    names = three.book.sheet_names
    three.press("add_project")
    three.book.sheets["01"].api.Unprotect("")
    three.answer(answer)
    if answer == "yes":
        assert unfinished.by_hand(host, "新增项目", names, ["01", "02"])
        found = cover.read_list(host)
        assert found is not None
        assert "04" not in found.listed
        assert [name for name in three.book.sheet_names if name != "记录"] == names
    else:
        with pytest.raises(unfinished.Unfinished, match="工作表 04 没有删除"):
            unfinished.by_hand(host, "新增项目", names, ["01", "02"])
        assert "04" in three.book.sheet_names
    assert three.book.sheets["01"].api.ProtectContents


@pytest.mark.parametrize("note", ["", "{", "[]", "{}", '{"action": "汇总", "sheets": 3}'])
def test_note_that_says_nothing(three: Desk, note: str) -> None:
    unfinished.take_back(three.host, note)
    assert projects.next_name(three.book.sheet_names) == "04"
