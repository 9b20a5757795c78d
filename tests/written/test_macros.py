"""VBA project, ribbon and buttons of the template and the add-in: that all their names meet, and nothing is lost."""

import inspect
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile, check_file

from tests.departments import odd, parts
from tools import macros as generated
from xl_perf import buttons, profiles
from xl_perf.core.actions import ACTIONS, GROUPS, IMPORT_NAME, XLWINGS_MODULES, find
from xl_perf.core.making import draft
from xl_perf.written import macros
from xl_perf.written.messages import MESSAGES
from xl_perf.written.template import write_addin, write_department

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "macros"
TEMPLATE, ADDIN = ROOT / "workbooks" / "template.xlsm", ROOT / "workbooks" / "xl_perf.xlam"
BOTH = pytest.mark.parametrize("book", [TEMPLATE, ADDIN], ids=lambda path: path.name)
HEBEI = profiles.load("hebei-2023")
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"


def public_subs(text: str) -> dict[str, str]:
    """The bodies of the Subs that Excel lists and buttons call: public ones without arguments."""
    return dict(re.findall(r"(?ms)^Public Sub (\w+)\(\)\n(.*?)^End Sub", text))


def controls() -> list[ElementTree.Element]:
    return list(ElementTree.parse(FOLDER / "ribbon.xml").iter(f"{RIBBON}button"))


# --- the texts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.[bc]*s")), ids=lambda path: path.name)
def test_vba_is_ascii(path: Path) -> None:
    text = path.read_bytes()
    assert text.isascii()
    assert b"\r" not in text
    assert b"\t" not in text
    assert max(map(len, text.splitlines())) <= 120


def test_every_file_of_macros_is_put_in() -> None:
    names = {f"{name}.bas" for name in macros.MODULES} | {f"{macros.BOOK_MODULE}.cls", "ribbon.xml"}
    assert {path.name for path in FOLDER.iterdir()} == names


def test_what_is_made_from_the_actions_is_fresh() -> None:
    """`make template` writes it anew."""
    assert generated.RIBBON.read_text("utf-8") == generated.ribbon()
    module = generated.MODULE.read_text("ascii")
    assert module == generated.renewed(module)


def test_a_module_without_the_marks_is_left() -> None:
    with pytest.raises(ValueError, match=r"XlPerf\.bas lacks the marks"):
        generated.renewed("Option Explicit\n")


def test_every_sub_is_an_action_and_every_action_a_function() -> None:
    subs = public_subs(macros.source("XlPerf.bas"))
    assert {sub: body.strip() for sub, body in subs.items()} == {
        action.sub: f'RunAction "{action.name}"' for action in ACTIONS
    }
    assert public_subs(macros.source("Ribbon.bas")) == {}
    for action in ACTIONS:
        assert not inspect.signature(getattr(buttons, action.name)).parameters
    assert len({action.caption for action in ACTIONS}) == len({action.image for action in ACTIONS}) == len(ACTIONS)


def test_every_message_of_the_vba_stands_in_a_cell() -> None:
    names = set(re.findall(r'"(xlp_\w+)"', macros.source("XlPerf.bas"))) - {IMPORT_NAME}
    assert names == set(MESSAGES)


def test_ribbon_shows_the_actions() -> None:
    text = (FOLDER / "ribbon.xml").read_text("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = ElementTree.fromstring(text)
    assert root.tag == f"{RIBBON}customUI"
    tab = root.find(f"{RIBBON}ribbon/{RIBBON}tabs/{RIBBON}tab")
    assert tab is not None
    assert tab.get("label") == "预算绩效"
    shown = [
        (
            group.get("label"),
            *(control.get(name) for name in ("id", "tag", "label", "screentip", "supertip", "imageMso")),
        )
        for group in tab
        for control in group
    ]
    assert shown == [
        (group, action.sub, action.name, action.caption, action.tip, action.help, action.image)
        for group in GROUPS
        for action in ACTIONS
        if action.group == group
    ]


def test_ribbon_calls_public_subs() -> None:
    called = {control.get("onAction") for control in controls()} | {"RibbonVisible"}
    assert called == set(re.findall(r"(?m)^Public Sub (\w+)\(control As Object", macros.source("Ribbon.bas")))
    subs = public_subs(macros.source("XlPerf.bas"))
    assert all(control.get("id") in subs for control in controls())


# --- the workbooks ---------------------------------------------------------------------------------------------------


def test_committed_workbooks_are_up_to_date(tmp_path: Path) -> None:
    """`make template` builds them anew."""
    profile = profiles.for_form(HEBEI.forms[0])
    write_department(tmp_path / "template.xlsm", draft.department(), profile, macros=True)
    write_addin(tmp_path / "xl_perf.xlam")
    for committed in (TEMPLATE, ADDIN):
        assert parts(tmp_path / committed.name) == parts(committed)


def test_same_department_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        write_department(target, odd(), HEBEI, macros=True)
    assert first.getvalue() == second.getvalue()


@BOTH
def test_olevba_reads_exactly_what_stands_in_macros(book: Path) -> None:
    parser = VBA_Parser(str(book))
    read = {name: code for _, _, name, code in parser.extract_macros()}
    parser.close()
    for module, file in (("XlPerf", "XlPerf.bas"), ("Ribbon", "Ribbon.bas"), ("ThisWorkbook", "ThisWorkbook.cls")):
        body = "".join(
            line
            for line in read[f"{module}{Path(file).suffix}"].splitlines(keepends=True)
            if not line.startswith("Attribute VB_")
        )
        text = (FOLDER / file).read_text("ascii").removeprefix(f'Attribute VB_Name = "{module}"\n')
        assert body.replace("\r\n", "\n") == text
        assert body.count("\n") == body.count("\r\n")


@BOTH
def test_every_sheet_has_its_document_module(book: Path) -> None:
    content = {name: part.decode("utf-8", "replace") for name, part in parts(book).items()}
    assert '<workbookPr codeName="ThisWorkbook"' in content["xl/workbook.xml"]
    sheets = [
        re.findall(r'<sheetPr [^>]*codeName="(\w+)"|<sheetPr codeName="(\w+)"', part)
        for name, part in sorted(content.items())
        if name.startswith("xl/worksheets/sheet")
    ]
    names = {name for found in sheets for pair in found for name in pair if name}
    assert len(names) == len(sheets)
    with ExcelFile(book) as file:
        modules = set(file.vba_project().module_names())
    own = {*macros.MODULES, *XLWINGS_MODULES, "ThisWorkbook"}
    assert modules == names | own


@BOTH
def test_integrity(book: Path) -> None:
    report = check_file(book)
    assert report.issues == ()
    assert report.ok
    assert report.checked_parts >= len(parts(book))


@BOTH
def test_package(book: Path) -> None:
    content = {name: part.decode("utf-8", "replace") for name, part in parts(book).items()}
    kind = "addin" if book is ADDIN else "sheet"
    assert (
        f'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.{kind}.macroEnabled.main+xml"'
        in (content["[Content_Types].xml"])
    )
    related = re.findall(r'Type="([^"]+/ui/extensibility)" Target="([^"]+)"', content["_rels/.rels"])
    assert related == [
        ("http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml")
    ]
    assert content["customUI/customUI14.xml"] == (FOLDER / "ribbon.xml").read_text("utf-8")
    with zipfile.ZipFile(book) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_xlwings_modules_are_the_installed_ones() -> None:
    """Template and add-in share the user's settings; no name of a workbook stands in a command of Windows."""
    for book, addin in ((TEMPLATE, False), (ADDIN, True)):
        with ExcelFile(book) as file:
            module = file.get_module("xlwings")
            assert module.replace("\r\n", "\n") == macros.xlwings_sources(addin=addin)["xlwings"]
            assert "--wb=" not in module
            assert '" --from_xl=1"' in module
            assert 'PROJECT_NAME As String = "xlwings"' in module
            assert "Public Property Get Count" in file.get_module("Dictionary")


# --- the buttons -----------------------------------------------------------------------------------------------------


def pressed(drawing: str) -> list[tuple[str, str]]:
    """Caption and macro of each button."""
    captions = re.findall(r"<font [^>]*>([^<]+)</font>", drawing)
    return list(zip(captions, re.findall(r"<x:FmlaMacro>\[0\]!([^<]+)</x:FmlaMacro>", drawing), strict=True))


def test_buttons_call_the_subs_of_their_captions() -> None:
    drawings = [
        part.decode() for name, part in sorted(parts(TEMPLATE).items()) if name.startswith("xl/drawings/vmlDrawing")
    ]
    cover = [(action.caption, f"XlPerf.{action.sub}") for action in ACTIONS if action.on_cover]
    project = [(action.caption, f"XlPerf.{action.sub}") for action in ACTIONS if action.on_form]
    library = [(action.caption, f"XlPerf.{action.sub}") for action in ACTIONS if action.on_library]
    assert [pressed(drawing) for drawing in drawings] == [cover, project, project, library]  # 首页, 01, 空白表, 指标库
    for drawing in drawings:
        assert drawing.count("<x:PrintObject>False</x:PrintObject>") == len(pressed(drawing))
        sizes = set(re.findall(r"width:([\d.]+pt;height:[\d.]+pt)", drawing))
        assert len(sizes) == 1


def test_help_says_what_each_button_does() -> None:
    strings = parts(TEMPLATE)["xl/sharedStrings.xml"].decode()
    for action in ACTIONS:
        assert f">{action.caption}<" in strings
        assert f">{action.help}<" in strings
    assert "不含宏，可直接邮寄" not in strings


def test_without_macros_there_is_no_trace_of_them(tmp_path: Path) -> None:
    target = tmp_path / "部门.xlsx"
    write_department(target, draft.department(), HEBEI)
    content = parts(target)
    assert not [name for name in content if "vba" in name.lower() or "customUI" in name or "vml" in name]
    assert b"xlp_" not in content["xl/workbook.xml"]


def test_actions_are_found_by_name() -> None:
    assert find("validate") is next(action for action in ACTIONS if action.caption == "校验全部")
    assert find("Validate") is None
