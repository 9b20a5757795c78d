"""Values and formulas go in and come out as in Excel."""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from xl_perf.engines.libreoffice.protection import Refused

if TYPE_CHECKING:
    import xlwings


@pytest.mark.parametrize(
    ("written", "read", "format_code"),
    [
        (None, None, "General"),
        ("", None, "General"),
        (161.93, 161.93, "General"),
        (0.1 + 0.2, 0.1 + 0.2, "General"),
        (7, 7.0, "General"),
        (Decimal("253.5025"), 253.5025, "General"),
        (True, True, "BOOLEAN"),
        ("TRUE", True, "BOOLEAN"),
        ("项目", "项目", "General"),
        ("161.93", 161.93, "General"),
        ("1,135.76", 1135.76, "#,##0.00"),
        ("90%", 0.9, "0%"),
        ("90.5%", 0.905, "0.00%"),
        ("'90%", "90%", "@"),  # LibreOffice keeps no apostrophe, it changes the format
        ("'=78人", "=78人", "@"),
        ("=", "=", "General"),
        ("≥90%", "≥90%", "General"),
        ("161.93万元", "161.93万元", "General"),
        ("2023-12-31", datetime.datetime(2023, 12, 31), "yyyy/m/d"),
        ("2023年12月31日", datetime.datetime(2023, 12, 31), 'yyyy"年"m"月"d"日"'),
        ("2023年12月底前", "2023年12月底前", "General"),
        (datetime.date(2023, 12, 31), datetime.datetime(2023, 12, 31), "yyyy/m/d"),
        (datetime.datetime(2023, 12, 31, 8, 30), datetime.datetime(2023, 12, 31, 8, 30), "yyyy/m/d h:mm"),
        ("=1+1", 2.0, "General"),
        ('="甲"&"乙"', "甲乙", "General"),
        ("两行\n文字", "两行\n文字", "General"),
    ],
)
def test_general_cell(sheet: "xlwings.Sheet", written: Any, read: Any, format_code: str) -> None:
    sheet["B2"].value = written
    assert sheet["B2"].value == read
    assert type(sheet["B2"].value) is type(read)
    assert sheet["B2"].number_format == format_code


@pytest.mark.parametrize("text", ["=78人", "=1+1", "90%", "161.93", "'甲", "TRUE", "2023-12-31", "0012"])
def test_text_cell_keeps_every_text(sheet: "xlwings.Sheet", text: str) -> None:
    sheet["A1:B1"].number_format = "@"
    sheet["A1"].value = text
    sheet["B1"].formula = text
    assert sheet["A1:B1"].value == [text, text]
    assert sheet["A1"].formula == text


def test_format_of_a_cell_decides_and_not_of_its_neighbour(sheet: "xlwings.Sheet") -> None:
    sheet["B1:B2"].number_format = "@"
    sheet["A2"].number_format = "0.00"
    sheet["A1:B2"].value = [["=1+1", "=1+1"], ["90%", "90%"]]
    assert sheet["A1:B2"].value == [[2.0, "=1+1"], [0.9, "90%"]]
    assert sheet["A2"].number_format == "0.00"  # a format of one's own stays


def test_block_with_a_formula_keeps_texts_and_numbers(sheet: "xlwings.Sheet") -> None:
    rows = [[1, "二", None, "=A1+1"], [0.1, "'=78人", "90%", '=IF(B1="二","是;否","")']]
    sheet["A1"].value = rows
    assert sheet["A1:D2"].value == [[1.0, "二", None, 2.0], [0.1, "=78人", 0.9, "是;否"]]
    formulas: Any = sheet["A1:D2"].formula
    assert formulas == (
        ("1", "二", "", "=A1+1"),
        ("0.1", "=78人", "0.9", '=IF(B1="二","是;否","")'),
    )


def test_one_value_fills_all_cells(sheet: "xlwings.Sheet") -> None:
    sheet["A1:B2"].value = "甲"
    assert sheet["A1:B2"].value == [["甲", "甲"], ["甲", "甲"]]
    with pytest.raises(NotImplementedError, match=r"Range\.formula"):
        sheet["A1:B2"].value = "=1+1"


def test_formulas_reach_other_sheets(book: "xlwings.Book", sheet: "xlwings.Sheet") -> None:
    book.sheets.add("01", after=sheet)["C3"].value = 161.93
    book.sheets.add("甲's", after=sheet)["C3"].value = 1
    formulas = ("=IF('01'!C3=\"\",\"\",'01'!C3)", "=SUM('01'!$A$1:$C$3,'甲''s'!C3)")
    sheet["A1:B1"].formula = formulas
    assert sheet["A1:B1"].value == [161.93, 162.93]
    assert sheet["A1:B1"].formula == (formulas,)


@pytest.mark.parametrize(
    ("formula", "code"),
    [("=1/0", "#DIV/0!"), ("=NA()", "#N/A"), ("=甲乙丙", "#NAME?"), ('=1+"甲"', "#VALUE!"), ("=10^1000", "#NUM!")],
)
def test_error_values(sheet: "xlwings.Sheet", formula: str, code: str) -> None:
    sheet["A1:B1"].value = [formula, 1]
    assert sheet["A1:B1"].value == [None, 1.0]
    assert sheet["A1"].value is None
    assert sheet["A1"].options(err_to_str=True).value == code
    assert sheet["A1:B1"].options(err_to_str=True).value == [code, 1.0]
    assert sheet["A1"].formula == formula


@pytest.mark.parametrize("text", ["=78人", "=(1", "=1+*2", "=SUM(1;2"])
def test_what_excel_takes_for_no_formula_is_refused(sheet: "xlwings.Sheet", text: str) -> None:
    with pytest.raises(Refused, match="not a formula"):
        sheet["A1"].value = text
    assert sheet["A1"].value is None


def test_options_of_xlwings(sheet: "xlwings.Sheet") -> None:
    sheet["A1"].value = [[1, datetime.date(2023, 3, 1)], [None, "甲"]]
    cells = sheet["A1:B2"]
    assert cells.options(numbers=int, empty="空", dates=datetime.date).value == [
        [1, datetime.date(2023, 3, 1)],
        ["空", "甲"],
    ]
    assert sheet["A1"].options(ndim=2).value == [[1.0]]
    assert sheet["A1"].expand("right").address == "$A$1:$B$1"


def test_clear_contents_leaves_looks(sheet: "xlwings.Sheet") -> None:
    sheet["A1"].value = 1
    sheet["A1"].color = (255, 199, 206)
    sheet["A1"].add_note("注意")
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (255, 199, 206))
    assert len(list(sheet.notes)) == 1
    sheet["A1"].clear()
    assert [sheet["A1"].color, len(list(sheet.notes))] == [None, 0]


def test_value_that_no_cell_takes(sheet: "xlwings.Sheet") -> None:
    with pytest.raises(TypeError, match="complex"):
        sheet["A1"].options(convert=None).value = [[1j]]
