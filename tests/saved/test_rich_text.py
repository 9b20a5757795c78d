"""Raised, lowered and struck characters inside a cell of .xlsx: what is read is what people see."""

from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests import builders
from tests import workbooks as made
from tests.departments import read
from tests.workbooks import MAIN, ooxml, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.cells.grid import Scalar, a1
from xl_perf.core.checking.check import check
from xl_perf.core.model.findings import Finding
from xl_perf.files.guard import Refused
from xl_perf.profiles import load
from xl_perf.saved.rich_text import as_it_looks
from xl_perf.saved.workbook import read_book

UP = '<vertAlign val="superscript"/>'
DOWN = '<vertAlign val="subscript"/>'
STRUCK = "<strike/>"
BOLD = "<b/>"


def run(text: str, looks: str = "") -> str:
    """A run of a rich text; `text` is XML."""
    return f"<r>{f'<rPr>{looks}</rPr>' if looks else ''}<t>{text}</t></r>"


def shared(content: str | bytes) -> bytes:
    """A workbook whose only cell shows the first of these shared strings."""
    parts = ooxml_parts(sheet(row(1, '<c r="A1" t="s"><v>0</v></c>')))
    parts["xl/sharedStrings.xml"] = content
    links = (("r1", "worksheet", "worksheets/sheet1.xml"), ("r99", "sharedStrings", "sharedStrings.xml"))
    parts["xl/_rels/workbook.xml.rels"] = made.relations(*links)
    return zipped(parts)


def strings(*runs: str) -> str:
    return f'<sst xmlns="{MAIN}"><si>{"".join(runs)}</si></sst>'


def inline(*runs: str, reference: str = "A1") -> str:
    return f'<c r="{reference}" t="inlineStr"><is>{"".join(runs)}</is></c>'


def text_in(folder: Path, data: bytes) -> Scalar:
    return read_book(saved(folder / "a.xlsx", data)).grids[0].rows[0][0]


CASES = {
    "superscript": ((run("120.5"), run("1", UP)), "120.5¹"),
    "all that can be raised": ((run("x"), run("0123456789+-=()", UP)), "x⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"),
    "full-width": ((run("120.5"), run("（１）", UP)), "120.5⁽¹⁾"),
    "other characters": ((run("120.5"), run("注1", UP)), "120.5注¹"),
    "subscript": ((run("CO"), run("2", DOWN), run("减排")), "CO₂减排"),
    "baseline": ((run("120"), run("5", '<vertAlign val="baseline"/>')), "1205"),
    "struck": ((run("90", STRUCK), run("85")), "9\u03360\u033685"),
    "val 1": ((run("90", '<strike val="1"/>'), run("85")), "9\u03360\u033685"),
    "val true": ((run("90", '<strike val="true"/>'), run("85")), "9\u03360\u033685"),
    "val 0": ((run("90", '<strike val="0"/>'), run("85")), "9085"),
    "val false": ((run("90", '<strike val="false"/>'), run("85")), "9085"),
    "both": ((run("120.5"), run("1", STRUCK + UP), run("2", UP)), "120.5¹\u0336²"),
    "white space": ((run("旧 数\n", STRUCK), run("85")), "旧\u0336 数\u0336\n85"),
    "bold": ((run("120", BOLD), run(".5", '<color rgb="FFFF0000"/>')), "120.5"),
    "bold beside": ((run("120", BOLD), run(".5", BOLD), run("1", BOLD + UP)), "120.5¹"),
    "until the next": ((run("1", UP), run("2"), run("3", STRUCK), run("4")), "¹23\u03364"),
    "entities": (
        (run("a&amp;b"), run("&lt;&#49;&amp;1&gt;", UP), run("&#x31;&amp;", STRUCK)),
        "a&b<¹&¹>1\u0336&\u0336",
    ),
    "CDATA": ((run("120.5"), run("<![CDATA[<1>]]>", UP)), "120.5<¹>"),
    "line feed as an entity": ((run("1&#10;2", STRUCK),), "1\u0336\n2\u0336"),
    "empty": ((run("85"), f"<r><rPr>{STRUCK}</rPr><t/></r>", run("", UP)), "85"),
    "blanks": ((run("85"), f'<r><rPr>{UP}</rPr><t xml:space="preserve"> 1 </t></r>', run("x")), "85 ¹ x"),
    "said in words": ((run("strike vertAlign superscript 1"),), "strike vertAlign superscript 1"),
    "pronounced": ((run("85"), '<rPh sb="0" eb="1"><t>1</t></rPh>', run("1", UP)), "85¹"),
}


@pytest.mark.parametrize(("runs", "expected"), CASES.values(), ids=list(CASES))
def test_runs(tmp_path: Path, runs: tuple[str, ...], expected: str) -> None:
    """Alike in shared strings and inside the cell."""
    assert text_in(tmp_path, shared(strings(*runs))) == expected
    assert text_in(tmp_path, ooxml(sheet(row(1, inline(*runs))))) == expected


@pytest.mark.parametrize(
    "part",
    [
        strings(run("120.5"), run("1", BOLD), "<phoneticPr/>"),
        strings(run("90", '<strike val="0"/>'), run("strike", '<vertAlign val="baseline"/>')),
        strings("<t>vertAlign</t>"),
        "no XML at all",
    ],
)
def test_nothing_to_rewrite(part: str) -> None:
    assert as_it_looks(part.encode()) == part.encode()


def test_only_such_runs_are_rewritten() -> None:
    before = f"<?xml version=\"1.0\"?><sst><!-- {UP} --><si><t a='1'>&#49;</t></si><si>{run('&#50;', BOLD)}"
    after = "<si><t>最后</t></si></sst>"
    part = f"{before}{run('1', UP)}</si>{after}"
    assert as_it_looks(part.encode()).decode() == (
        f'{before}<r><rPr>{UP}</rPr><t xml:space="preserve">¹</t></r></si>{after}'
    )


def test_a_prefix(tmp_path: Path) -> None:
    runs = "<x:r><x:t>90</x:t></x:r><x:r><x:rPr><x:strike/></x:rPr><x:t>85</x:t></x:r>"
    content = f'<x:sst xmlns:x="{MAIN}"><x:si>{runs}</x:si></x:sst>'
    assert text_in(tmp_path, shared(content)) == "908\u03365\u0336"
    cell = f'<x:c r="A1" t="inlineStr"><x:is>{runs}</x:is></x:c>'
    part = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">{cell}</x:row></x:sheetData></x:worksheet>'
    assert text_in(tmp_path, ooxml(part)) == "908\u03365\u0336"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_an_encoding(tmp_path: Path, encoding: str) -> None:
    declared = "UTF-8" if encoding == "utf-8-sig" else encoding
    content = f'<?xml version="1.0" encoding="{declared}"?>{strings(run("元120.5"), run("1", UP))}'
    assert text_in(tmp_path, shared(content.encode(encoding))) == "元120.5¹"


def test_what_openpyxl_writes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet(index=0)
    page["A1"] = CellRichText("120.5", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    page["B1"] = CellRichText(TextBlock(InlineFont(strike=True), "90"), "85")
    book.save(tmp_path / "a.xlsx")
    assert list(read_book(tmp_path / "a.xlsx").grids[0].rows[0]) == ["120.5¹", "9\u03360\u033685"]


def test_a_control_character_keeps_its_spelling() -> None:
    part = strings(run("1_x000D_\n2", STRUCK)).encode()
    assert '<t xml:space="preserve">1\u0336_x000D_\n2\u0336</t>' in as_it_looks(part).decode()


@pytest.mark.parametrize("part", [strings(run("1", UP))[:-3], f"<!DOCTYPE sst>{strings(run('1', UP))}"])
def test_what_no_office_program_writes(part: str) -> None:
    with pytest.raises(Refused) as refused:
        as_it_looks(part.encode())
    assert refused.value.kind == "damaged"


def test_many_runs_take_no_longer_each() -> None:
    part = strings(*[run("90 & 85".replace("&", "&amp;") * 20, STRUCK + UP)] * 20_000).encode()
    assert as_it_looks(part).count("\u0336".encode()) == 20_000 * 20 * 5


# --- in a form -------------------------------------------------------------------------------------------------------


def findings_of(folder: Path, changed: dict[tuple[int, int], str]) -> list[Finding]:
    """What is said of a good form in which some cells hold these runs."""
    cells = []
    for line, typed in enumerate(builders.form()):
        texts = [
            inline(changed.get((line, at), run(escape(str(value)))), reference=a1(line, at))
            if isinstance(value, str) or (line, at) in changed
            else made.cell(a1(line, at), value)
            for at, value in enumerate(typed)
            if value != ""
        ]
        cells.append(row(line + 1, *texts))
    return check(read(saved(folder / "部门.xlsx", ooxml(sheet(*cells)))), load())


AMOUNTS = {
    "footnote": (run("100") + run("1", UP), "100¹"),
    "corrected": (run("90", STRUCK) + run("85"), "9\u03360\u033685"),
    "last digit": (run("10") + run("0", STRUCK), "100\u0336"),
    "with a unit": (run("90", STRUCK) + run("85万元"), "9\u03360\u033685万元"),
    "number with a unit": (run("90万元", STRUCK) + run("85万元"), "9\u03360\u0336万\u0336元\u033685万元"),
}


@pytest.mark.parametrize(("runs", "seen"), AMOUNTS.values(), ids=list(AMOUNTS))
def test_such_an_amount_is_no_number(tmp_path: Path, runs: str, seen: str) -> None:
    found = [one for one in findings_of(tmp_path, {(2, 2): runs}) if one.code == "B301"]
    assert [one.cell for one in found] == ["C3"]
    assert f"“{seen}”" in found[0].message


def test_a_unit_behind_which_a_mark_stands(tmp_path: Path) -> None:
    assert "B301" not in {one.code for one in findings_of(tmp_path, {(2, 2): run("100万元") + run("1", UP)})}


@pytest.mark.parametrize(
    "runs",
    [run("预算数", STRUCK), run("预算") + run("数", STRUCK), run("预算数") + run("1", UP)],
    ids=["struck", "partly struck", "footnote"],
)
def test_a_label_that_is_lost_is_missed(tmp_path: Path, runs: str) -> None:
    """A struck label is none any more, and one with a footnote mark was none before: both are said."""
    found = findings_of(tmp_path, {(2, 1): runs})
    assert [(one.code, one.field) for one in found] == [("S102", "预算数")]


def test_a_good_form_in_runs(tmp_path: Path) -> None:
    assert findings_of(tmp_path, {(2, 1): run("预算", BOLD) + run("数", '<strike val="0"/>')}) == []
