"""Sheets, names, notes, links, looks and rows, as xlwings hands them out."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import xlwings


def test_sheets_are_added_copied_moved_and_deleted(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    sheet.name = "01"
    book.sheets.add("03", after=sheet)
    assert book.sheets.active.name == "03"
    sheet["C3"].value = 161.93
    sheet.names.add("预算数", "='01'!$C$3")
    copied = sheet.copy(after=sheet, name="02")
    assert book.sheet_names == ["01", "02", "03"]
    assert (copied["C3"].value, copied["预算数"].address, book.sheets.active.name) == (161.93, "$C$3", "02")
    assert copied.names["预算数"].refers_to == "='02'!$C$3"
    book.sheets["03"].move(before=sheet)
    assert book.sheet_names == ["03", "01", "02"]
    book.sheets["01"].delete()
    assert book.sheet_names == ["03", "02"]
    assert "01" not in book.sheets
    with pytest.raises(KeyError):
        book.sheets["01"]


def test_copy_of_a_protected_sheet_is_protected(sheet: "xlwings.Sheet") -> None:
    sheet.api.Protect()
    assert sheet.copy(name="副本").api.ProtectContents


def test_copy_to_another_book(office_app: "xlwings.App", sheet: "xlwings.Sheet") -> None:
    other = office_app.books.add()
    try:
        sheet.name = "来自别处"
        sheet["A1"].value = 7
        sheet.copy(after=other.sheets[0])
        assert other.sheet_names[1] == "来自别处"
        assert other.sheets[1]["A1"].value == 7
    finally:
        other.close()


def test_visible_and_active(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    hidden = book.sheets.add("记录", after=sheet)
    hidden.api.Visible = 2  # very hidden, in Excel
    assert (hidden.visible, hidden.api.Visible) == (0, 0)
    sheet.activate()
    sheet["B2:C3"].select()
    assert book.sheets.active.name == sheet.name
    selected = book.app.selection
    assert selected is not None
    assert selected.address == "$B$2:$C$3"


def test_names_of_book_and_sheet(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    sheet.name = "首页"
    book.names.add("部门名称", "=首页!$C$5")
    sheet.names.add("预算数", "=首页!$C$3")
    book.sheets.add("01", after=sheet).names.add("预算数", "='01'!$C$3")
    assert [name.name for name in book.names] == ["部门名称", "首页!预算数", "'01'!预算数"]
    assert [name.refers_to_range.address for name in sheet.names] == ["$C$3"]
    assert "部门名称" in book.names
    assert "没有" not in book.names
    sheet["部门名称"].value = "某街道"
    assert sheet["C5"].value == "某街道"
    book.names["部门名称"].refers_to = "=首页!$C$6"
    assert sheet["部门名称"].address == "$C$6"
    book.names["部门名称"].delete()
    assert "部门名称" not in book.names


def test_notes(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    sheet["B2"].add_note("B303 预算数不平")
    with pytest.raises(ValueError, match="already"):
        sheet["B2"].add_note("再写一次")
    assert [(note.location.address, note.text) for note in sheet.notes] == [("$B$2", "B303 预算数不平")]
    note = sheet["B2"].note
    assert note is not None
    note.text = "改过"
    assert sheet.notes["B2"].text == "改过"
    note.delete()
    assert sheet["B2"].note is None
    assert book.notes.count == 0


def test_links(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    book.sheets.add("01", after=sheet)
    sheet["A1"].add_hyperlink("#'01'!C3", "去看")
    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("去看", "#'01'!C3")
    sheet["A2"].add_hyperlink("https://example.org/", "网址")
    assert sheet["A2"].hyperlink == "https://example.org/"


def test_looks(sheet: "xlwings.Sheet") -> None:
    cells = sheet["A1:B1"]
    assert cells.color is None
    sheet["A1"].color = "#ffc7ce"
    assert sheet["A1"].color == (255, 199, 206)
    assert cells.color is None  # not the same
    sheet["A1"].color = None
    assert sheet["A1"].color is None
    cells.number_format = "0.00%"
    cells.wrap_text = True
    cells.horizontal_alignment = "center"
    cells.vertical_alignment = "top"
    cells.font.bold = True
    cells.font.color = (156, 0, 6)
    assert (cells.number_format, cells.wrap_text) == ("0.00%", True)
    assert (cells.horizontal_alignment, cells.vertical_alignment) == ("center", "top")
    assert (cells.font.bold, cells.font.color) == (True, (156, 0, 6))
    sheet["B1"].number_format = 'General"万元"'
    assert sheet["B1"].number_format == 'General"万元"'
    assert cells.number_format is None


def test_rows_and_columns(sheet: "xlwings.Sheet") -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["2:2"].insert("down")
    assert sheet["A1:A4"].value == [1.0, None, 2.0, 3.0]
    sheet["2:2"].delete("up")
    assert sheet["A1:A3"].value == [1.0, 2.0, 3.0]
    sheet["A1:A2"].insert("right")
    assert sheet["A1:B3"].value == [[None, 1.0], [None, 2.0], [3.0, None]]
    sheet["A1:A3"].row_height = 30
    assert (sheet["A2"].row_height, sheet["A1:A4"].row_height) == (30, None)
    sheet["A:B"].column_width = 20
    assert sheet["B1"].column_width == 20
    sheet["A3"].wrap_text = True
    sheet["A3"].value = "很长的文字" * 20
    sheet["A3"].rows.autofit()
    height = sheet["A3"].row_height
    assert height is not None
    assert height > 60
    sheet["3:3"].rows.hidden = True
    assert sheet["A3"].rows.hidden is True


def test_merged_cells(sheet: "xlwings.Sheet") -> None:
    sheet["B2:C4"].merge()
    assert sheet["C4"].merge_area.address == "$B$2:$C$4"
    assert sheet["B2"].merge_cells
    sheet["B2:C4"].unmerge()
    assert sheet["B2"].merge_area.address == "$B$2"
    assert not sheet["B2:C4"].merge_cells


def test_used_range_and_ends(sheet: "xlwings.Sheet") -> None:
    sheet["B2"].value = [[1, 2, 3], [4, None, 6]]
    assert sheet.used_range.address == "$B$2:$D$3"
    assert sheet["B2"].end("right").address == "$D$2"
    assert sheet["B2"].end("down").address == "$B$3"
    assert sheet["B3"].end("right").address == "$D$3"
    assert sheet["D3"].end("up").address == "$D$2"
    assert sheet["B2"].expand().address == "$B$2:$D$3"
    assert sheet["A1"].end("down").address == "$A$1048576"
    assert sheet["B2"].current_region.address == "$B$2:$D$3"


def test_status_bar_screen_and_alerts(office_app: "xlwings.App", book: "xlwings.Book") -> None:
    with office_app.properties(status_bar="正在校验……", screen_updating=False, display_alerts=False):
        assert (office_app.status_bar, office_app.screen_updating) == ("正在校验……", False)
        book.sheets[0]["A1"].value = 1
    assert (office_app.status_bar, office_app.screen_updating, office_app.display_alerts) == (False, True, True)
    alerts = office_app.impl.alerts
    del alerts.kept[:]
    assert office_app.alert("校验完成", "xl-perf") == "ok"
    assert office_app.alert("要删除吗", "xl-perf", buttons="yes_no") == "no"
    alerts.answers.append("yes")
    assert office_app.alert("要删除吗", "xl-perf", buttons="yes_no", mode="critical") == "yes"
    assert [(one.prompt, one.mode, one.answer) for one in alerts.kept] == [
        ("校验完成", "info", "ok"),
        ("要删除吗", "info", "no"),
        ("要删除吗", "critical", "yes"),
    ]


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".ods"])
def test_saved_and_opened_again(office_app: "xlwings.App", book: "xlwings.Book", suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"某局{suffix}"
    book.sheets[0]["A1"].value = "甲"
    book.save(path)
    assert (book.name, book.fullname) == (path.name, str(path))
    book.sheets[0]["A1"].value = "乙"
    book.save()
    book.to_pdf(tmp_path / "某局.pdf")
    assert (tmp_path / "某局.pdf").read_bytes().startswith(b"%PDF")
    copy = tmp_path / f"另一本{suffix}"
    copy.write_bytes(path.read_bytes())
    again = office_app.books.open(copy)
    try:
        assert again.sheets[0]["A1"].value == "乙"
        assert office_app.books["另一本" + suffix] == again
        assert office_app.books.open(copy) == again
    finally:
        again.close()
    assert copy.name not in office_app.books
