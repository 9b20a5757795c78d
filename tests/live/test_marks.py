"""Marks come, do not stack, and leave every cell as it was."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.live.desk import Desk
from tests.live.programs import office, only_libreoffice
from xl_perf.core.cells.grid import a1
from xl_perf.core.model.findings import Acceptance, Finding, Severity
from xl_perf.engines.libreoffice import bridge, uno_import
from xl_perf.live import marks, projects, validation
from xl_perf.live.protection import unlocked
from xl_perf.sheets.findings_columns import FILLS
from xl_perf.sheets.looks import INPUT_FILL, MISSING_FILL

if TYPE_CHECKING:
    import xlwings

pytestmark = office

ERROR_RGB, WARNING_RGB = (0xF8, 0xCB, 0xAD), (0xFF, 0xE6, 0x99)


def finding(code: str, severity: Severity, row: int = 2, column: int = 2, sheet: str = "01") -> Finding:
    return Finding(code, f"{code}的说明", f"{code}的改法", sheet, row, column, severity=severity)


# --- planning


def test_one_mark_a_cell_by_the_gravest() -> None:
    planned = marks.plan([finding("B304", Severity.WARNING), finding("B303", Severity.ERROR)])
    assert planned == {
        "01": [
            marks.Mark(
                2,
                2,
                Severity.ERROR,
                "错误 B303：B303的说明。\n改法：B303的改法。\n警告 B304：B304的说明。\n改法：B304的改法。",
            )
        ]
    }


def test_what_has_no_cell_gets_no_mark() -> None:
    book = Finding("S101", "没有表", "请加表", severity=Severity.ERROR)
    in_list = finding("X601", Severity.ERROR, sheet="校验结果")
    assert marks.plan([book, in_list]) == {}


def test_an_accepted_warning_gets_no_mark() -> None:
    accepted = finding("F202", Severity.WARNING)._replace(accepted=Acceptance("系统尚未发码", "李四"))
    assert marks.plan([accepted]) == {}


def test_numbers_in_notes() -> None:
    mark = marks.Mark(0, 0, Severity.HINT, "提示")
    note = marks.note_text(mark, 17, "请核对")
    assert "原批注：请核对" in note
    assert marks.number_in(note) == 17
    assert note.endswith("请核对")
    assert marks.number_in("【校验】\n警告 F202：没有填。\n〔标记9〕") == 9
    assert marks.number_in("张三：〔标记17〕") is None
    assert marks.number_in("【校验】但被人改过") is None


# --- in the book


@pytest.mark.slow
def test_every_cell_comes_back(three: Desk) -> None:
    own = three["01", "B2"]
    three.book.sheets["01"].api.Unprotect("")
    own.color = "#123456"
    own.add_note("经办人：等编码下达")
    three.book.sheets["01"].api.Protect("")
    before = three.all_looks()
    said = validation.validate(three.host)
    assert "警告" in said
    assert own.color == WARNING_RGB
    assert own.note is not None
    assert re.match(r"【校验 \d+】\n警告 F202：项目编码写的是“————”，等于没有填。\n改法：", own.note.text)
    assert "原批注：经办人：等编码下达" in own.note.text
    assert three.all_looks() != before
    assert marks.clear_marks(three.host) == "标记已清除，单元格恢复原样。"
    assert three.all_looks() == before
    assert marks.clear_marks(three.host) == "没有需要清除的标记。"


def test_notes_in_the_place_of_comments(three: Desk) -> None:
    """What LibreOffice, WPS and older Excels show of a comment that people answer in newer ones: it stays as it is."""
    sheet, cell = three.book.sheets["01"], three["01", "B2"]
    text = "[线程批注]\n\n……了解更多: https://go.microsoft.com/fwlink/?linkid=870924\n\n批注:\n    编码下达了吗？"
    sheet.api.Unprotect("")
    cell.add_note(text)
    sheet.api.Protect("")
    before = three.looks("01", "B2")
    sheet.activate()
    said = validation.validate_sheet(three.host)
    assert "01!B2 已有别人可以答复的批注，只标了颜色，没有另加说明：问题见“校验结果”。" in said
    assert three.looks("01", "B2") == {"$B$2": (WARNING_RGB, text)}
    marks.clear_marks(three.host)
    assert three.looks("01", "B2") == before


@pytest.mark.slow
def test_marking_twice_does_not_stack(three: Desk) -> None:
    before = three.all_looks()
    validation.validate(three.host)
    first = three.all_looks()
    three["01", "B2"].value = "130200001"
    three["01", "B2"].value = "————"
    validation.validate(three.host)
    second = three.all_looks()
    assert {sheet: {cell: look[0] for cell, look in cells.items()} for sheet, cells in first.items()} == {
        sheet: {cell: look[0] for cell, look in cells.items()} for sheet, cells in second.items()
    }
    assert "原批注" not in str(second)
    marks.clear_marks(three.host)
    assert three.all_looks() == before


def test_marks_that_would_be_the_same_are_left_alone(example: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    marked: list[str] = []
    put = marks._put

    def counted(sheet: "xlwings.Sheet", *rest: Any) -> Any:
        marked.append(f"{sheet.name}!{a1(rest[0].row, rest[0].column)}")
        return put(sheet, *rest)

    monkeypatch.setattr(marks, "_put", counted)
    wanted = [finding("B304", Severity.WARNING, sheet=sheet) for sheet in ("01", "02", "03")]
    marks.mark(example.host, wanted)
    looks = example.all_looks()
    marks.mark(example.host, wanted)
    assert marked == ["01!C3", "02!C3", "03!C3"]
    marked.clear()
    marks.mark(example.host, [*wanted[:2], finding("B305", Severity.ERROR, sheet="03")])  # says something else
    marks.mark(example.host, [*wanted[:1], finding("B304", Severity.WARNING, 3, sheet="02")])  # another cell; none
    assert marked == ["03!C3", "02!C4"]
    assert {one: example.all_looks()[one] for one in ("01",)} == {"01": looks["01"]}
    with unlocked(example.book.sheets["01"]):
        example["01", "C3"].color = "#123456"  # somebody's own colour is marked over, and comes back
    marks.mark(example.host, wanted[:1])
    assert marked == ["03!C3", "02!C4", "01!C3"]
    marks.clear_marks(example.host)
    assert example["01", "C3"].color == (0x12, 0x34, 0x56)
    assert {example["02", cell].note for cell in ("C3", "C4")} == {None}


@pytest.mark.slow
def test_mended_cells_lose_their_mark(three: Desk) -> None:
    validation.validate(three.host)
    three["01", "B2"].value = "1302000012345"
    validation.validate(three.host)
    assert three["01", "B2"].note is None
    assert three["01", "B2"].color == (0xFF, 0xFD, 0xF0)


def test_marks_are_found_where_they_moved_to(three: Desk) -> None:
    """A row above the cell, another name for the sheet: the note's number knows."""
    three["01", "C3"].value = 100
    validation.validate(three.host)
    sheet = three.book.sheets["01"]
    assert sheet["C3"].color == ERROR_RGB
    sheet.api.Unprotect("")
    sheet.range("1:1").insert("down")
    sheet.name = "老办公楼"
    marks.clear_marks(three.host)
    assert sheet["C4"].color == (0xFF, 0xFD, 0xF0)
    assert sheet["C4"].note is None


def test_what_people_coloured_since_stays(three: Desk) -> None:
    validation.validate(three.host)
    sheet = three.book.sheets["01"]
    sheet.api.Unprotect("")
    sheet["B2"].color = (1, 2, 3)
    marks.clear_marks(three.host)
    assert sheet["B2"].color == (1, 2, 3)
    assert sheet["B2"].note is None


@pytest.mark.slow
def test_sheet_with_a_password_of_somebodys_own(three: Desk) -> None:
    sheet = three.book.sheets["01"]
    sheet.api.Unprotect("")
    sheet.api.Protect("geheim")
    before = three.looks("01", "A1:G18")
    said = validation.validate(three.host)
    assert "工作表 01 设有密码保护，问题已列出，单元格没有标记。要标记请先在“审阅”中撤消保护。" in said
    assert three.looks("01", "A1:G18") == before
    listed = three.column("校验结果", "C4:C20")
    assert "01" in listed
    assert three["03", "B2"].color == WARNING_RGB
    assert sheet.api.ProtectContents


@pytest.mark.slow
def test_one_sheet_only(three: Desk) -> None:
    three.go("03")
    assert validation.validate_sheet(three.host).startswith("工作表“03”校验完成：")
    assert three["03", "B2"].color == WARNING_RGB
    assert three["01", "B2"].note is None
    assert set(three.column("校验结果", "C4:C20")) == {"03", None}
    validation.validate(three.host)
    three["03", "B2"].value = "1302000012345"
    three.go("03")
    validation.validate_sheet(three.host)
    assert three["03", "B2"].note is None
    assert three["01", "B2"].color == WARNING_RGB
    assert {"01", "02"} <= set(three.column("校验结果", "C4:C20"))
    assert ["F202", "03"] not in three["校验结果", "B4:C200"].value


def test_a_forms_own_colours_give_way_to_marks(three: Desk) -> None:
    """The name that its conditional formats ask says which cells are marked, and which of them were blank."""
    sheet = three.book.sheets["01"]
    three["01", "F10"].value = None
    three.go("01")
    validation.validate_sheet(three.host)
    told = str(sheet["H1"].value)
    assert three["01", "F10"].color == ERROR_RGB
    assert ["|F10|F10=|" in told, "B2|" in told, "B2=" in told] == [True, True, False]
    three.go("02")
    projects.copy(three.host)
    assert three["04", "H1"].value is None
    marks.clear_marks(three.host)
    assert sheet["H1"].value is None


@only_libreoffice
def test_colours_of_blank_cells_that_are_marked(three: Desk) -> None:
    """As they show: an error's colour, and none once something was filled in."""
    cell = three["01", "F10"]
    cell.value = None
    assert shown(three, "01", "F10") == MISSING_FILL
    three.go("01")
    validation.validate_sheet(three.host)
    assert shown(three, "01", "F10") == FILLS[Severity.ERROR]
    cell.value = "=78人"
    assert shown(three, "01", "F10") == INPUT_FILL
    validation.validate_sheet(three.host)
    assert shown(three, "01", "F10") in {INPUT_FILL, FILLS[Severity.HINT]}


def shown(desk: Desk, sheet: str, cell: str) -> str:
    """The colour that a cell has on paper, conditional ones included: what most of its picture is, but for white."""
    path = Path(desk.book.fullname).with_name("格.pdf")
    options = uno_import.load().Any(
        "[]com.sun.star.beans.PropertyValue", bridge.properties(Selection=desk[sheet, cell].impl.api)
    )
    stored = bridge.properties(FilterName="calc_pdf_Export", FilterData=options)
    desk.book.impl.api.storeToURL(bridge.url(str(path)), stored)
    command = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", str(path)]
    picture = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.split(b"\n", 3)[3]
    colours = Counter(picture[at : at + 3].hex().upper() for at in range(0, len(picture) - 2, 3))
    del colours["FFFFFF"]
    return f"#{colours.most_common(1)[0][0]}"


def test_fills_by_severity() -> None:
    assert FILLS[Severity.ERROR] == "#F8CBAD"
