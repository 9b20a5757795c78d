"""Excel's formulas and LibreOffice's are told into each other; addresses and typed texts are understood."""

import pytest

from xl_perf.engines.libreoffice import typed
from xl_perf.engines.libreoffice.addresses import Block, parse, text
from xl_perf.engines.libreoffice.formulas import is_impossible, to_excel, to_office

PAIRS = [
    ("=IF('01'!C3=\"\",\"\",'01'!C3)", "=IF($'01'.C3=\"\";\"\";$'01'.C3)"),
    ("=SUM('01'!$C$3:$D$4,字典!A1)", "=SUM($'01'.$C$3:$D$4;$字典.A1)"),
    ("=SUM('甲''s'!C3)", "=SUM($'甲''s'.C3)"),
    ('="a!b,c;d.A1"&1.5', '="a!b,c;d.A1"&1.5'),
    ("=SUM({1,2;3,4})", "=SUM({1;2|3;4})"),
    ("=STDEV.S(A1:A3,1.5)", "=STDEV.S(A1:A3;1.5)"),
    ("=T.DIST.2T(A1,2)", "=T.DIST.2T(A1;2)"),
    ("=SUM(首页!A:B,首页!3:5)", "=SUM($首页.A:B;$首页.3:5)"),
    ("=首页!#REF!", "=$首页.#REF!"),
]


@pytest.mark.parametrize(("excel", "office"), PAIRS)
def test_there_and_back(excel: str, office: str) -> None:
    assert to_office(excel) == office
    assert to_excel(office) == excel


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=78人", True),
        ("=SUM(1;2)", True),
        ("=SUM(1,2", True),
        ("=1E5+A1", False),
        ("=A1+B22", False),
        ("=$A$1", False),
        ('="78人"', False),
        ("='78人'!A1", False),
        ("=SUM({1,2;3,4})", False),
        ('=IF(A1="(","",1)', False),
        ("=甲2", False),
    ],
)
def test_what_is_no_formula(formula: str, expected: bool) -> None:
    assert is_impossible(formula) is expected


@pytest.mark.parametrize(
    ("address", "block", "shown"),
    [
        ("A1", Block(1, 1, 1, 1), "$A$1"),
        ("$b$2:a1", Block(1, 1, 2, 2), "$A$1:$B$2"),
        ("3:5", Block(3, 1, 3, 16384), "$3:$5"),
        ("B:C", Block(1, 2, 1048576, 2), "$B:$C"),
        ("XFD1048576", Block(1048576, 16384, 1, 1), "$XFD$1048576"),
    ],
)
def test_addresses(address: str, block: Block, shown: str) -> None:
    assert parse(address) == block
    assert text(block) == shown


@pytest.mark.parametrize(
    "address", ["", "A", "3", "A1:", "A1:B", "XFE1", "A1048577", "A0", "部门名称", "$", "A1:B2:C3"]
)
def test_no_addresses(address: str) -> None:
    assert parse(address) is None


@pytest.mark.parametrize(
    "entry",
    ["1/2", "12月31日前", "-", "--1", "1.2.3", "5%%", "1,23", "２", "2023-02-30", "2023年1-2", "1e5%", ".", "", "%"],
)
def test_texts_that_stay(entry: str) -> None:
    assert typed.understand(entry) is None


@pytest.mark.parametrize(
    ("entry", "number", "format_code"),
    [
        ("12", 12, "General"),
        (" -0.5 ", -0.5, "General"),
        (".5", 0.5, "General"),
        ("1e3", 1000, "0.00E+00"),
        ("1,619,300", 1619300, "#,##0"),
        ("28.2%", 0.282, "0.00%"),
        ("false", 0, "BOOLEAN"),
        ("1900/3/1", 61, "yyyy/m/d"),
    ],
)
def test_texts_that_become_numbers(entry: str, number: float, format_code: str) -> None:
    assert typed.understand(entry) == typed.Understood(number, format_code)
