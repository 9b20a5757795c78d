"""Marked copies: notes on the cells, everything else byte for byte as it was."""

import re
import time
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.departments import with_shown_heading
from tests.example_findings import NUMBER
from tests.office import Office
from tests.samples import finding
from xl_perf.core.checking.check import check
from xl_perf.core.errors import BookError, OutputError
from xl_perf.core.making import draft
from xl_perf.core.making.draft import project_content
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Acceptance, Finding, Severity
from xl_perf.core.reading import read_department
from xl_perf.files.inputs import find_books, own_kind
from xl_perf.files.output import check_copy
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book
from xl_perf.written.marked_copy import marked
from xl_perf.written.notes import drawing

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "example-2023.xlsx"
MAY_CHANGE = re.compile(
    r"\[Content_Types\]\.xml|docProps/custom\.xml|_rels/\.rels|xl/worksheets/.*|xl/drawings/.*\.vml"
)
OWN_PROPERTY = re.compile(rb'<property [^>]*name="xl-perf(?:-marked)?">.*?</property>')
LEGACY = re.compile(rb"<(?:\w+:)?legacyDrawing [^>]*/>")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name) for name in names}


def comments_of(data: bytes, sheet: str) -> dict[str, str]:
    book = openpyxl.load_workbook(BytesIO(data))
    return {cell.coordinate: cell.comment.text for row in book[sheet].iter_rows() for cell in row if cell.comment}


def with_everything(path: Path) -> bytes:
    """A sheet with comments, a button, a picture's worth of parts, a table, and a sheet without anything."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("01")
        sheet.write_string("C3", "100")
        sheet.write_comment("C3", "请核对", {"author": "张三"})
        sheet.write_comment("H9", "别处")
        sheet.insert_button("J2", {"caption": "校验"})
        sheet.add_table("A20:B22")
        book.add_worksheet("02").write_string("A1", "空")
        book.set_custom_property("文号", "冀财〔2022〕1号")
    return path.read_bytes()


def rezipped(data: bytes, change: dict[str, bytes], names: dict[str, str] | None = None) -> bytes:
    """The package with some parts changed or added, some stored under other names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/", b"")  # a folder entry, as WPS writes them
        for name, content in (parts_of(data) | change).items():
            package.writestr((names or {}).get(name, name), content)
    return out.getvalue()


def example_findings() -> list[Finding]:
    return check(read_department(read_book(EXAMPLE)), load())


def test_every_other_part_is_the_same_byte_for_byte() -> None:
    """Of the sheets only the reference to the notes is new, of the properties only the kind and the fingerprint."""
    before = EXAMPLE.read_bytes()
    parts, now = parts_of(before), parts_of(marked(before, example_findings(), "本"))
    assert parts.keys() <= now.keys()
    for name, content in parts.items():
        if not MAY_CHANGE.fullmatch(name):
            assert now[name] == content, name
        elif name.startswith("xl/worksheets/sheet"):
            assert LEGACY.sub(b"", now[name]) == content, name
    custom = "docProps/custom.xml"
    assert OWN_PROPERTY.findall(now[custom]) != OWN_PROPERTY.findall(parts[custom])
    assert OWN_PROPERTY.sub(b"", now[custom]) == OWN_PROPERTY.sub(b"", parts[custom])
    assert (
        now.keys() - parts.keys()
        == {
            *(f"xl/comments{number}.xml" for number in range(1, 10)),
            *(f"xl/drawings/vmlDrawing{number}.vml" for number in range(1, 10)),
            *(f"xl/worksheets/_rels/sheet{number}.xml.rels" for number in range(2, 11)),
        }
        - parts.keys()
    )


def test_notes_stand_on_the_cells_that_have_findings() -> None:
    copy = marked(EXAMPLE.read_bytes(), example_findings(), "本")
    cells = {one.cell for one in example_findings() if one.sheet == "08"}
    notes = comments_of(copy, "08")
    assert notes.keys() == cells
    assert notes["F13"] == (
        "【警告 I506】成本上限 1400 万元，超过预算数 500 万元。\n应为：500万元\n差额：900\n"
        "怎样改：请核对预算数与成本指标，改成一致。"
    )
    assert comments_of(copy, "首页") == {}


def test_the_copy_reads_like_the_original_and_is_known_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "副本.xlsx"
    path.write_bytes(marked(EXAMPLE.read_bytes(), example_findings(), "本"))
    assert own_kind(path) == "marked"
    assert find_books([str(path)]).errors[0].kind == "own-output"
    before, after = read_book(EXAMPLE), read_book(path)
    assert [grid.rows for grid in after.grids if grid.sheet in {"01", "08"}] == [
        grid.rows for grid in before.grids if grid.sheet in {"01", "08"}
    ]
    assert after.template_version == before.template_version


def test_a_persons_comments_stay_and_are_followed_by_the_note(tmp_path: Path) -> None:
    before = with_everything(tmp_path / "本.xlsx")
    copy = marked(before, [finding(), finding(row=5)], "本")
    notes = comments_of(copy, "01")
    assert notes.keys() == {"C3", "C6", "H9"}
    assert notes["C3"].startswith("请核对")
    assert notes["C3"].endswith("【错误 B303】预算数不等于财政资金与其他资金之和。\n怎样改：请核对三个金额。")
    assert notes["H9"] == "别处"
    parts, now = parts_of(before), parts_of(copy)
    assert parts.keys() == now.keys()
    assert now["xl/worksheets/sheet1.xml"] == parts["xl/worksheets/sheet1.xml"]
    assert now["xl/worksheets/_rels/sheet1.xml.rels"] == parts["xl/worksheets/_rels/sheet1.xml.rels"]
    shapes, own = now["xl/drawings/vmlDrawing1.vml"], parts["xl/drawings/vmlDrawing1.vml"]
    assert shapes.count(b"<v:shape ") == own.count(b"<v:shape ") + 1
    assert shapes.count(b'ObjectType="Button"') == 1
    ids = re.findall(rb'<v:shape id="([^"]+)"', shapes)
    assert len(ids) == len(set(ids))
    custom = now["docProps/custom.xml"].decode()
    assert "冀财〔2022〕1号" in custom
    assert re.findall(r'pid="(\d+)"', custom) == ["2", "3", "4"]


def test_findings_under_a_conversation_stand_on_a1_too(tmp_path: Path) -> None:
    """Excel shows the conversation, not the note of its cell."""
    before = with_everything(tmp_path / "本.xlsx")
    comments = parts_of(before)["xl/comments1.xml"]
    threaded = rezipped(before, {"xl/comments1.xml": comments.replace("张三".encode(), b"tc={0C7A5E5B-1}")})
    notes = comments_of(marked(threaded, [finding(), finding(row=5)], "本"), "01")
    assert notes.keys() == {"A1", "C3", "C6", "H9"}
    said = notes["C6"]
    assert notes["A1"] == f"C3（那里已有批注会话）：\n{said}"
    assert notes["C3"] == f"请核对\n————————\n{said}"
    both = comments_of(marked(threaded, [finding(), finding(row=None, column=None)], "本"), "01")
    assert both["A1"] == f"{said}\n\nC3（那里已有批注会话）：\n{said}"


def test_a_note_before_a_table_and_the_order_of_elements(tmp_path: Path) -> None:
    """legacyDrawing stands before tableParts (ECMA-376 Part 1, 18.3.1.99)."""
    path = tmp_path / "本.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("01")
        sheet.add_table("A20:B22")
    xml = parts_of(marked(path.read_bytes(), [finding()], "本"))["xl/worksheets/sheet1.xml"]
    assert xml.index(b"<legacyDrawing") < xml.index(b"<tableParts")
    assert comments_of(marked(path.read_bytes(), [finding()], "本"), "01").keys() == {"C3"}


def test_what_has_no_cell_stands_on_a1() -> None:
    data = EXAMPLE.read_bytes()
    findings = [finding(row=None), finding(sheet=None, row=None, code="S107"), finding(sheet="没有", row=3)]
    copy = marked(data, findings, "本")
    assert comments_of(copy, "01").keys() == {"A1"}
    assert comments_of(copy, "首页")["A1"].count("【错误") == 2


def test_accepted_warnings_say_so() -> None:
    one = finding(Severity.WARNING, accepted=Acceptance("上级文件如此", "李四"))
    notes = comments_of(marked(EXAMPLE.read_bytes(), [one], "本"), "01")
    assert notes["C3"].endswith("已由李四接受：上级文件如此")


@pytest.mark.parametrize("findings", [[], [finding(found="<&>\x01", message="<&>\x01]]>")]])
def test_texts_are_escaped_and_a_clean_book_is_copied_too(findings: Sequence[Finding]) -> None:
    notes = comments_of(marked(EXAMPLE.read_bytes(), findings, "本"), "01")
    assert len(notes) == len(findings)
    assert all("<&>]]>" in text for text in notes.values())


def test_packages_as_other_programs_write_them(tmp_path: Path) -> None:
    """Macros, folder entries, backslashes in names, prefixes on every element, parts that nobody knows."""
    with xlsxwriter.Workbook(tmp_path / "本.xlsx") as book:
        book.add_worksheet("01").write_string("A1", "x")
    data = (tmp_path / "本.xlsx").read_bytes()
    sheet = parts_of(data)["xl/worksheets/sheet1.xml"].decode()
    prefixed = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", sheet).replace("xmlns=", "xmlns:x=")
    extra = {"xl/worksheets/sheet1.xml": prefixed.encode(), "xl/vbaProject.bin": bytes(range(256)) * 9, "x/y.bin": b"?"}
    strange = rezipped(data, extra, {"xl/styles.xml": "xl\\styles.xml"})
    now = parts_of(marked(strange, [finding()], "本"))
    assert now["xl/vbaProject.bin"] == extra["xl/vbaProject.bin"]
    assert now["x/y.bin"] == b"?"
    assert b"<x:legacyDrawing " in now["xl/worksheets/sheet1.xml"]
    assert "xl/" in now


def test_sixteen_hundred_notes_have_shapes_of_their_own() -> None:
    findings = [finding(row=row) for row in range(1600)]
    shapes = parts_of(marked(EXAMPLE.read_bytes(), findings, "本"))["xl/drawings/vmlDrawing1.vml"]
    ids = re.findall(rb'<v:shape id="_x0000_s(\d+)"', shapes)
    assert len(set(ids)) == 1600
    blocks = re.search(rb'<o:idmap v:ext="edit" data="([\d,]+)"', shapes)
    assert blocks
    assert {int(one) // 1024 for one in ids} == {int(one) for one in blocks[1].split(b",")}


@pytest.mark.parametrize("cut", [0, 100, 5000])
def test_what_cannot_be_patched_is_refused(cut: int) -> None:
    with pytest.raises(BookError, match="本"):
        marked(EXAMPLE.read_bytes()[:cut], [finding()], "本")


@pytest.mark.slow
def test_libreoffice_shows_the_notes(tmp_path: Path, soffice: Office) -> None:
    """It opens the copy, with a note on every cell, beside the comments that were there."""
    for name, data, findings, expected in (
        ("示例", EXAMPLE.read_bytes(), example_findings(), NUMBER),
        ("批注", with_everything(tmp_path / "w.xlsx"), [finding(), finding(row=5), finding(sheet="02")], 4),
    ):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(marked(data, findings, "本"))
        ods = soffice.convert(path, "ods", tmp_path)
        content: Any = zipfile.ZipFile(ods).read("content.xml")
        assert content.count(b"<office:annotation ") == expected


# --- mailed back ---------------------------------------------------------------------------------------------------
# Whoever gets a marked copy may mend it in place, and mail it back.

MARK = re.compile(rb'<property [^>]*name="xl-perf-marked">.*?</property>')


def copy_of(tmp_path: Path, source: Path = EXAMPLE, *, as_0_1: bool = False) -> Path:
    """A marked copy as it leaves us; version 0.1 wrote no fingerprint."""
    tmp_path.mkdir(exist_ok=True)
    path = tmp_path / f"标注-{source.name}"
    found = check(read_department(read_book(source)), load())
    data = marked(source.read_bytes(), found, "本")
    if as_0_1:
        custom = parts_of(data)["docProps/custom.xml"]
        data = rezipped(data, {"docProps/custom.xml": MARK.sub(b"", custom)})
    path.write_bytes(data)
    return path


def edited(path: Path, cell: str = "E2", typed: str = "改正后的名称") -> Path:
    """Somebody types into the first project and saves."""
    book = openpyxl.load_workbook(path)
    book["01"][cell] = typed
    book.save(path)
    return path


def is_input(path: Path) -> bool:
    return bool(find_books([str(path)]).books)


def read(path: Path) -> Department:
    return read_department(read_book(path))


@pytest.mark.parametrize("as_0_1", [False, True])
def test_an_edited_copy_is_a_workbook_like_any_other(tmp_path: Path, as_0_1: bool) -> None:
    """An unedited one is passed over, and replaced without asking; not so what a person typed."""
    path = copy_of(tmp_path, as_0_1=as_0_1)
    assert not is_input(path)
    check_copy(path)
    edited(path)
    assert is_input(path)
    with pytest.raises(OutputError, match="写出后有人改过"):
        check_copy(path)
    department, before = read(path), read(EXAMPLE)
    assert department.projects[0].name.value == "改正后的名称"
    # openpyxl saves no result of a formula, such as that of a title which repeats the name.
    after, original = (
        [with_shown_heading(project_content(one)) for one in book.projects[1:]] for book in (department, before)
    )
    assert after == original
    assert (department.kind, department.template_version) == ("department", before.template_version)


@pytest.mark.parametrize("as_0_1", [False, True])
@pytest.mark.parametrize("to", ["xlsx", "ods"])
def test_marks_are_no_values_after_another_program_saved_the_copy(
    tmp_path: Path, soffice: Office, to: str, as_0_1: bool
) -> None:
    """LibreOffice saves everything anew: the copy counts, and says what the original says."""
    path = soffice.convert(edited(copy_of(tmp_path, as_0_1=as_0_1)), to, tmp_path / "lo")
    assert is_input(path)
    department, before = read(path), read(EXAMPLE)
    assert (department.kind, department.name) == ("department", before.name)
    said = [draft.project_content(project) for project in department.projects]
    expected = [draft.project_content(project) for project in before.projects]
    assert said[1:] == expected[1:]
    assert "【" not in str(department)


def test_saved_without_an_edit(tmp_path: Path, soffice: Office) -> None:
    """Nobody can tell that from an edit without reading it: it is read."""
    assert is_input(soffice.convert(copy_of(tmp_path), "xlsx", tmp_path / "lo"))


def test_packed_anew_is_not_edited(tmp_path: Path) -> None:
    """What mail gateways and archives do to a file changes no part of it."""
    path = copy_of(tmp_path)
    path.write_bytes(rezipped(path.read_bytes(), {}))
    assert not is_input(path)


@pytest.mark.parametrize("name", ["本.xlsx", "本.xlsm"])
def test_a_copy_of_somebodys_own_workbook(tmp_path: Path, name: str) -> None:
    """It was no department workbook of ours before, and is none after."""
    with xlsxwriter.Workbook(tmp_path / "本.xlsx") as book:
        book.add_worksheet("01").write_string("A1", "x")
    path = tmp_path / name
    path.write_bytes(marked((tmp_path / "本.xlsx").read_bytes(), [finding()], "本"))
    assert own_kind(path) == "marked"
    assert own_kind(edited(path, "A1", "y")) == ""


def test_a_copy_of_an_edited_copy(tmp_path: Path) -> None:
    """It is marked again, and its fingerprint is its own."""
    path = copy_of(tmp_path)
    again = copy_of(tmp_path / "再", edited(path))
    assert own_kind(again) == "marked"
    assert parts_of(again.read_bytes())["docProps/custom.xml"].count(b'name="xl-perf-marked"') == 1
    assert own_kind(edited(again)) == "department"


def test_notes_of_an_earlier_marking_do_not_stay(tmp_path: Path) -> None:
    """What was mended says so, what was not has the new note alone; a person's own comment stays."""
    original = with_everything(tmp_path / "本.xlsx")
    first = marked(original, [finding(), finding(row=5), finding(row=6), finding(sheet="02", row=0)], "本")
    saved = tmp_path / "改.xlsx"
    saved.write_bytes(first)
    openpyxl.load_workbook(saved).save(saved)
    for copy in (first, saved.read_bytes()):
        again = marked(copy, [finding(row=5), finding(row=8)], "本")
        note = "【错误 B303】预算数不等于财政资金与其他资金之和。\n怎样改：请核对三个金额。"
        mended = "上次标注的问题已经没有了。"
        assert comments_of(again, "01") == {"C3": "请核对", "C6": note, "C7": mended, "C9": note, "H9": "别处"}
        assert comments_of(again, "02") == {"C1": mended}


def test_a_drawing_full_of_unfinished_tags() -> None:
    """Each was looked through to the end of the drawing."""
    began = time.perf_counter()
    assert drawing.highest_block(b"<o:idmap " * 500_000 + b'<o:idmap v:ext="edit" data="1, 7"/>') == 7
    assert time.perf_counter() - began < 2
