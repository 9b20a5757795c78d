"""What workbooks carry beside their cells is named, whichever program wrote them, and reaches no output."""

import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook

from tests.command_line import ROOT, Runner, project, run, write
from tests.office import Office
from xl_perf.saved.carried import FORMULAS_IN_ODS as IN_ODS
from xl_perf.saved.carried import future_calls, link_of, reaching_out
from xl_perf.saved.workbook import read_book

__all__ = ["run"]
LINK = "file:///D:/预算/底稿 1.xlsx"
DDE = (
    b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write(tmp_path / "甲.xlsx", project("修路"))


def carried(path: Path) -> dict[str, tuple[str, ...]]:
    return {one.kind: one.names for one in read_book(path, path.name).carried}


def with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def with_link(path: Path) -> Path:
    """As a person makes one: a formula with another workbook in it, written by openpyxl."""
    workbook = openpyxl.load_workbook(path)
    link = ExternalLink(externalBook=ExternalBook(sheetNames=None))
    link.file_link = Relationship(type="externalLinkPath", Target=LINK, TargetMode="External", Id="rId1")
    workbook._external_links.append(link)  # type: ignore[attr-defined]
    workbook["首页"]["J40"] = "=[1]Sheet1!A1"
    workbook.save(path)
    return path


def test_nothing(book: Path) -> None:
    assert carried(book) == {}


def test_a_link(book: Path) -> None:
    assert carried(with_link(book)) == {"link": (LINK,)}


def test_parts_of_a_package(book: Path) -> None:
    parts = [
        "xl/externalLinks/externalLink9.xml",
        "xl/vbaProject.bin",
        "xl/embeddings/oleObject1.bin",
        "xl/activeX/a.bin",
    ]
    with_parts(book, dict.fromkeys(parts[1:], b"x") | {parts[0]: DDE, "xl/connections.xml": b"<connections/>"})
    book = book.rename(book.with_suffix(".xlsm"))
    found = carried(book)
    assert found == {"link": ("DDE cmd|/c calc",), "connection": (), "object": (), "control": ()}
    with zipfile.ZipFile(book) as package, zipfile.ZipFile(book.with_name("别家.xlsm"), "w") as other:
        for name in package.namelist():
            if not name.startswith("docProps/custom"):
                other.writestr(name, package.read(name))
    assert list(carried(book.with_name("别家.xlsm"))) == ["link", "connection", "macros", "object", "control"]


def test_our_own_buttons() -> None:
    assert carried(ROOT / "workbooks" / "template.xlsm") == {}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsx"])
def test_as_libreoffice_saves_it(soffice: Office, tmp_path: Path, suffix: str) -> None:
    """A formula that takes a value from another workbook; a chart is no object of another program."""
    other = write(tmp_path / "底稿.xlsx", project("底稿"))
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["A2"] = 1, 3
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "C3")
    plain = tmp_path / "甲.xlsx"
    workbook.save(plain)
    flat = soffice.convert(plain, "ods", tmp_path / "ods")
    with_ods_link(flat, other.as_uri())
    found = carried(soffice.convert(flat, suffix[1:], tmp_path / "out"))
    assert list(found) == ["link"]
    assert unquote(found["link"][0]).endswith("底稿.xlsx")


def with_ods_link(path: Path, target: str) -> None:
    """The first cell takes its value from another workbook."""
    changed = path.with_name("新.ods")
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(changed, "w") as new:
        for item in package.infolist():
            content = package.read(item)
            if item.filename == "content.xml":
                formula = f"""table:formula="of:=['{target}'#$'首页'.A1]" """.encode()
                at = content.index(b"<table:table-cell") + len(b"<table:table-cell ")
                content = content[:at] + formula + content[at:]
            new.writestr(item, content)
    shutil.move(changed, path)


@pytest.mark.parametrize(
    ("encoded", "named"),
    [
        ("\x01\x01D预算\x03底稿.xls", "D预算\\底稿.xls"),
        ("\x01底稿.xls", "底稿.xls"),
        ("Excel\x03甲.xls", "DDE Excel|甲.xls"),
        (" ", None),
        ("\0", None),
    ],
)
def test_encoded_paths(encoded: str, named: str | None) -> None:
    """[MS-XLS] 2.5.277."""
    assert link_of(encoded) == named


def test_it_is_said_and_goes_no_further(run: Runner, book: Path, tmp_path: Path) -> None:
    with_link(book)
    with_parts(book, {"xl/embeddings/oleObject1.bin": b"HARMFUL"})
    status, out, _ = run("check", book.name, "--level", "hint")
    assert status == 0
    assert "S113" in out
    assert f"工作簿里有外部链接（{LINK}），没有跟过去" in out.replace("\n", "").replace(" ", "").replace(
        "底稿1", "底稿 1"
    )
    assert run("consolidate", book.name, "-o", "汇总.xlsx")[0] == 0
    assert run("check", book.name, "--report", "报告.xlsx")[0] == 0
    assert run("new", "新.xlsx", "--from", book.name)[0] == 0
    for output in ("汇总.xlsx", "报告.xlsx", "新.xlsx"):
        with zipfile.ZipFile(tmp_path / output) as package:
            names = package.namelist()
            assert not [name for name in names if "externalLink" in name or "embeddings" in name], output
            assert not any(b"HARMFUL" in package.read(name) for name in names), output


CALLS = {
    "B40": ("=cmd|' /C calc'!A0", "DDE cmd|' /C calc'"),
    "B41": ('=DDE("soffice","/etc/passwd","A1")', 'DDE("soffice","/etc/passwd","A1")'),
    "B42": ('=IF(1,_xlfn.WEBSERVICE("http://甲.example/x"),"")', 'WEBSERVICE("http://甲.example/x")'),
}


def test_formulas_that_reach_out(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    for cell, (formula, _) in CALLS.items():
        workbook["首页"][cell] = formula
    workbook.save(book)
    assert carried(book) == {"link": tuple(name for _, name in CALLS.values())}


@pytest.mark.parametrize("name", ["Dde", "WebService", "DDE ", "webService  "])
def test_however_a_function_is_spelt(book: Path, name: str) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook["首页"]["B40"] = f'={name}("http://a.example","a","b")'
    workbook.save(book)
    assert [one.partition("(")[0] for one in carried(book)["link"]] == [name]


def test_formulas_that_do_not(book: Path) -> None:
    """A bar in a text, a name that ends so, a text that tells of such a function."""
    workbook = openpyxl.load_workbook(book)
    workbook["首页"]["B40"] = '="甲|乙"&首页!B2'
    workbook["首页"]["B41"] = '=IF(首页!B2="","cmd|DDE(1)!","WEBSERVICE(x)")'
    workbook["首页"]["B42"] = "WEBSERVICE(、DDE(、cmd|x!A0 都是危险的"
    workbook.save(book)
    assert carried(book) == {}


def test_formulas_of_an_ods() -> None:
    content = (
        b'<table:table-cell table:formula="of:=WEBSERVICE(&quot;http://a.example/&quot;)"/>'
        b'<table:table-cell table:formula="of:=DDE(&quot;soffice&quot;;&quot;a&quot;;&quot;b&quot;)"/>'
        b'<table:table-cell table:formula="of:=SUM({1;2|3;4})"/>'
    )
    assert reaching_out(content, IN_ODS) == ['WEBSERVICE("http://a.example/")', 'DDE("soffice";"a";"b")']


@pytest.mark.parametrize("spelt", [b"_xlfn.WEBSERVICE", "_xlfn.WEBSERVICE".encode("utf-16-le")])
def test_functions_that_a_binary_workbook_names(spelt: bytes) -> None:
    assert future_calls(b"..." + spelt + b"...") == ["WEBSERVICE"]
    assert future_calls(b"WEBSERVICE") == []
