"""Where Excel refuses and LibreOffice would go ahead in silence, the engine raises."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from xl_perf.engines.libreoffice.protection import Refused

if TYPE_CHECKING:
    import xlwings

Act = Callable[["xlwings.Sheet"], object]


def set_to(name: str, value: object, cells: str = "A1") -> Act:
    return lambda sheet: setattr(sheet[cells], name, value)


@pytest.fixture
def protected(sheet: "xlwings.Sheet") -> "xlwings.Sheet":
    """A1 is locked, B1 is not."""
    sheet["A1:B1"].value = [1, 2]
    sheet["A1"].add_note("甲")
    unlocked = sheet["B1"].api.CellProtection
    unlocked.IsLocked = False
    sheet["B1"].api.CellProtection = unlocked
    sheet.api.Protect()
    return sheet


ACTS: dict[str, Act] = {
    "value": set_to("value", 5),
    "formula": set_to("formula", "=1+1"),
    "value of both": set_to("value", [[5, 6]], "A1:B1"),
    "clear_contents": lambda sheet: sheet["A1"].clear_contents(),
    "clear": lambda sheet: sheet["B1"].clear(),
    "color": set_to("color", (255, 0, 0)),
    "color of unlocked": set_to("color", (255, 0, 0), "B1"),
    "number_format": set_to("number_format", "@"),
    "bold": lambda sheet: setattr(sheet["A1"].font, "bold", True),
    "wrap_text": set_to("wrap_text", True),
    "row_height": set_to("row_height", 30),
    "column_width": set_to("column_width", 30),
    "hide row": lambda sheet: setattr(sheet["A1"].rows, "hidden", True),
    "add_note": lambda sheet: sheet["B1"].add_note("乙"),
    "note text": lambda sheet: setattr(sheet["A1"].note, "text", "乙"),
    "note delete": lambda sheet: sheet["A1"].note.delete() if sheet["A1"].note else None,
    "insert": lambda sheet: sheet["1:1"].insert("down"),
    "delete": lambda sheet: sheet["1:1"].delete("up"),
    "merge": lambda sheet: sheet["A1:B1"].merge(),
    "hyperlink": lambda sheet: sheet["A1"].add_hyperlink("#A1", "甲"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_protected_sheet(protected: "xlwings.Sheet", act: Act) -> None:
    with pytest.raises(Refused):
        act(protected)
    assert protected["A1:B1"].value == [1.0, 2.0]
    assert protected["A1"].color is protected["B1"].color is None
    assert [note.text for note in protected.notes] == ["甲"]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_unprotected_sheet(protected: "xlwings.Sheet", act: Act) -> None:
    protected.api.Unprotect()
    act(protected)


def test_unlocked_cell_takes_values(protected: "xlwings.Sheet") -> None:
    protected["B1"].value = "=A1+1"
    assert protected["B1"].value == 2.0
    protected["B1"].clear_contents()
    assert protected["B1"].value is None


def test_password_of_somebody(sheet: "xlwings.Sheet") -> None:
    sheet.api.Protect("秘密", AllowFormattingRows=True)
    assert sheet.api.ProtectContents
    with pytest.raises(Refused, match="another password"):
        sheet.api.Unprotect()
    assert sheet.api.ProtectContents
    sheet.api.Unprotect("秘密")
    assert not sheet.api.ProtectContents


def test_part_of_merged_cells(sheet: "xlwings.Sheet") -> None:
    sheet["A1:B1"].merge()
    sheet["A1"].value = "甲"
    with pytest.raises(Refused, match="merged"):
        sheet["A1"].clear_contents()
    sheet["A1:B1"].clear_contents()
    assert sheet["A1"].value is None


def test_last_visible_sheet(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    other = book.sheets.add("另一张", after=sheet)
    other.visible = False
    with pytest.raises(Refused):
        sheet.delete()
    with pytest.raises(Refused):
        sheet.visible = False
    other.visible = True
    sheet.delete()
    assert book.sheet_names == ["另一张"]


def test_name_twice(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    book.sheets.add("甲", after=sheet)
    with pytest.raises(Refused):
        sheet.name = "甲"


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (lambda sheet: sheet.tables.count, r"Sheet\.tables"),
        (lambda sheet: sheet.book.app.cut_copy_mode, r"App\.cut_copy_mode"),
        (lambda sheet: setattr(sheet.book.app, "cut_copy_mode", False), r"App\.cut_copy_mode"),
        (lambda sheet: sheet.api.Hyperlinks, r"Sheet\.?Api\.Hyperlinks"),
        (lambda sheet: setattr(sheet, "show_gridlines", False), r"Sheet\.show_gridlines"),
        (lambda sheet: sheet.book.save("甲.csv"), r"Book\.save as \.csv"),
        (lambda sheet: sheet.book.save("甲.xlsx", password="密"), r"Book\.save as \.xlsx with a password"),
    ],
)
def test_what_is_lacking_is_named(sheet: "xlwings.Sheet", act: Act, name: str) -> None:
    with pytest.raises(NotImplementedError, match=name):
        act(sheet)
