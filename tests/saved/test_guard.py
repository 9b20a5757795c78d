"""Whatever the file: a Book or a BookError, in Chinese with the next step, and quickly."""

import io
import os
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests import workbooks as made
from tests.workbooks import ODS, PLAIN, XLS, XLSB, cell, ods_text, ooxml, ooxml_parts, row, saved, sheet, zipped
from xl_perf.core.errors import BookError
from xl_perf.files import compound_file as compound
from xl_perf.files import guard
from xl_perf.files import zip_package as package
from xl_perf.saved import workbook as bulk
from xl_perf.saved.workbook import read_book


def refusal(path: Path, shown: str = "收件/书") -> BookError:
    with pytest.raises(BookError) as caught:
        read_book(path, shown)
    error = caught.value
    assert error.path == shown
    assert str(error).startswith(f"{shown}：")
    assert error.remedy
    assert not any(part in str(error) for part in ("Error", "Traceback", "None"))
    return error


def test_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.xlsx").kind == "missing"
    assert refusal(saved(tmp_path / "f", b"x") / "b.xlsx").kind == "missing"
    assert refusal(Path("a\0b.xlsx")).kind == "missing"


def test_a_folder(tmp_path: Path) -> None:
    error = refusal(tmp_path)
    assert (error.kind, "文件夹" in error.message) == ("not-a-workbook", True)


def test_empty(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path / "a.xlsx", b"")).kind == "empty-file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix matter")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.xlsx")
    assert refusal(tmp_path / "p.xlsx").kind == "not-a-workbook"


@pytest.mark.parametrize(("error", "kind"), [(PermissionError, "unreadable"), (OSError, "unreadable")])
def test_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[OSError], kind: str) -> None:
    path = saved(tmp_path / "a.xlsx", PLAIN)

    def refuse(_: Path, *__: object, **___: object) -> None:
        raise error(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path).kind == kind


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_FILE", 10)
    assert refusal(saved(tmp_path / "a.xlsx", PLAIN)).kind == "unreadable"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("部门,金额\n甲,1\n".encode(), "文本"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1 x}", "RTF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "网页"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "Excel 4.0"),
        (zipped({"word/document.xml": "<w/>", "_rels/.rels": ""}), "Word"),
        (zipped({"说明.txt": "x"}), "压缩包"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": ""}), "OpenDocument"),
        (compound.packed("WordDocument", b"x"), "Word"),
        (compound.packed("Contents", b"x"), "没有工作簿"),
    ],
)
@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_not_a_workbook(tmp_path: Path, data: bytes, word: str, suffix: str) -> None:
    error = refusal(saved(tmp_path / f"a{suffix}", data))
    assert (error.kind, word in error.message) == ("not-a-workbook", True), str(error)


@pytest.mark.parametrize(
    ("data", "name", "right"),
    [
        (XLS, "a.xlsx", ".xls"),
        (XLS, "a.ods", ".xls"),
        (PLAIN, "a.xls", ".xlsx"),
        (PLAIN, "a.ods", ".xlsx"),
        (zipped(ooxml_parts(sheet()) | {"xl/vbaProject.bin": b"x"}), "a.xls", ".xlsm"),
        (ODS, "a.xlsx", ".ods"),
        (ODS, "a.et", ".ods"),
        (XLSB, "a.xlsx", ".xlsb"),
        (PLAIN, "a", ".xlsx"),
    ],
)
def test_wrong_extension(tmp_path: Path, data: bytes, name: str, right: str) -> None:
    error = refusal(saved(tmp_path / name, data))
    assert error.kind == "wrong-extension"
    assert f"改为 {right}，" in error.remedy


@pytest.mark.parametrize("name", ["A.XLSX", "b.xlsm", "c.et"])
def test_right_extensions(tmp_path: Path, name: str) -> None:
    assert read_book(saved(tmp_path / name, PLAIN)).grids[0].rows == [[5.0]]


READING = Path(__file__).parents[1] / "fixtures" / "reading"
PASSWORD = (READING / "password.xlsx").read_bytes()


def zip_with_password() -> bytes:
    data = bytearray(PLAIN)
    for start, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(start)
        while position >= 0:
            data[position + at] |= 1
            position = data.find(start, position + 1)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PASSWORD, "a.xlsx"),
        (PASSWORD, "a.et"),
        (PASSWORD, "a.xls"),
        ((READING / "password.xls").read_bytes(), "a.xls"),
        ((READING / "password.xls").read_bytes(), "a.xlsx"),
        (
            compound.packed("Workbook", made.workbook_stream(globals_=made.biff(0x2F, b"\1\0" + b"\0" * 52))),
            "a.xls",
        ),
        (
            zipped(made.ods_parts("") | {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
            "a.ods",
        ),
        (
            zipped({"mimetype": "x", "encrypted-package": "x", "META-INF/manifest.xml": "<m/>"}),
            "a.ods",
        ),
        (zip_with_password(), "a.xlsx"),
    ],
)
def test_encrypted(tmp_path: Path, data: bytes, name: str) -> None:
    error = refusal(saved(tmp_path / name, data))
    assert error.kind == "encrypted"
    assert error.remedy.startswith("请先取消密码")


@pytest.mark.parametrize(
    "parts",
    [
        {name: part for name, part in ooxml_parts(sheet()).items() if name != missing}
        for missing in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")
    ]
    + [
        ooxml_parts("<worksheet><sheetData>"),
        ooxml_parts(sheet(row(1, '<c r="1A"><v>1</v></c>'))),
        ooxml_parts(sheet(row(1, '<c r="A1" t="s"><v>7</v></c>'))),
        ooxml_parts('<!DOCTYPE x [<!ENTITY a "b">]>' + sheet(row(1, '<c r="A1000"><v>1</v></c>'))),
        ooxml_parts("") | {"xl/workbook.xml": "<workbook"},
    ],
)
def test_damaged_parts(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    assert refusal(saved(tmp_path / "a.xlsx", zipped(parts))).kind == "damaged"


@pytest.mark.parametrize("missing", ["META-INF/manifest.xml", "mimetype"])
def test_a_missing_manifest(tmp_path: Path, missing: str) -> None:
    parts = made.ods_parts(f"<table:table-row>{ods_text('甲')}</table:table-row>")
    del parts[missing]
    assert read_book(saved(tmp_path / "a.ods", zipped(parts))).grids[0].rows == [["甲"]]
    parts["content.xml"] = str(parts["content.xml"]).replace("office:spreadsheet", "office:text")
    assert refusal(saved(tmp_path / "a.ods", zipped(parts))).kind == "not-a-workbook"


@pytest.mark.parametrize("content", ['<text:s text:c="4000000000"/>', "<?pi?><?pi?>", "<![CDATA[", "<!x>"])
def test_what_no_office_program_writes_in_ods(tmp_path: Path, content: str) -> None:
    data = zipped(made.ods_parts(f"<table:table-row>{ods_text(content)}</table:table-row>"))
    assert refusal(saved(tmp_path / "a.ods", data)).kind == "damaged"


def test_cdata_and_comments_in_ods(tmp_path: Path) -> None:
    data = zipped(made.ods_parts(f"<table:table-row>{ods_text('a<![CDATA[<b>]]>c<!--<d>-->')}</table:table-row>"))
    assert read_book(saved(tmp_path / "a.ods", data)).grids[0].rows == [["a<b>c"]]


@pytest.mark.parametrize(("right", "wrong"), [("</table:table>", "</tablu:table>"), ("</office:body>", "")])
def test_tags_that_do_not_match_in_ods(tmp_path: Path, right: str, wrong: str) -> None:
    """calamine looked for the end of the table for ever."""
    parts = made.ods_parts(f"<table:table-row>{ods_text('甲')}</table:table-row>")
    content = parts["content.xml"]
    assert isinstance(content, str)
    assert right in content
    data = zipped(parts | {"content.xml": content.replace(right, wrong)})
    assert refusal(saved(tmp_path / "a.ods", data)).kind == "damaged"


@pytest.mark.parametrize(
    ("short", "before"),
    [
        (made.record(0x00), made.record(0x2D, b"\xff\xff\x0f\x00" * 8)),
        (made.record(0x05, b"\1\0\0"), made.record(0x2D, b"\xff\x3f\0\0" * 8)),
        (made.record(0x00, b"\1\0\0"), b""),
    ],
)
def test_rows_and_cells_cut_short_in_xlsb(tmp_path: Path, short: bytes, before: bytes) -> None:
    """calamine took the missing numbers from the record before, such as row 1048575, and then all memory."""
    part = made.binary_sheet({(0, 0): "甲", (1, 1): 5.0})
    row = part.index(made.record(0x00, struct.pack("<IIH3sI", 1, 0, 300, b"\0\0\0", 0)))
    path = made.rewritten(
        saved(tmp_path / "a.xlsb", XLSB), {"xl/worksheets/sheet1.bin": part[:row] + before + short + part[row:]}
    )
    assert refusal(path).kind == "damaged"


def test_checksums_are_checked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in ooxml_parts(sheet(row(1, cell("A1", 5555)))).items():
            archive.writestr(name, part)
    assert refusal(saved(tmp_path / "a.xlsx", out.getvalue().replace(b"5555", b"5556"))).kind == "damaged"


def test_zip_bombs_are_not_inflated(tmp_path: Path) -> None:
    sheet_xml = sheet(" " * (package.MAX_SHEET + 1))
    honest = ooxml(sheet_xml)
    assert refusal(saved(tmp_path / "a.xlsx", honest)).kind == "unreadable"
    strings = ooxml_parts(sheet()) | {"xl/workbook.xml": " " * (package.MAX_PART + 1)}
    assert refusal(saved(tmp_path / "a.xlsx", zipped(strings))).kind == "unreadable"
    # One that declares a small size: inflating stops there.
    size = struct.pack("<I", len(sheet_xml))
    began = time.perf_counter()
    assert refusal(saved(tmp_path / "b.xlsx", honest.replace(size, struct.pack("<I", 500)))).kind == "damaged"
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("declared", [0, 500, 99_999])
def test_a_small_part_that_declares_another_size(tmp_path: Path, declared: int) -> None:
    part = sheet(" " * 9_000)
    size = struct.pack("<I", len(part.encode()))
    honest = ooxml(part)
    assert read_book(saved(tmp_path / "a.xlsx", honest)).grids
    lying = honest.replace(size, struct.pack("<I", declared))
    assert refusal(saved(tmp_path / "b.xlsx", lying)).kind == "damaged"


def test_a_part_that_ends_too_early(tmp_path: Path) -> None:
    """The packed bytes are fewer than it takes, as after a download that broke off."""
    whole = ooxml(sheet(row(1, cell("A1", 5))))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        packed = archive.getinfo("xl/worksheets/sheet1.xml").compress_size
    fewer = whole.replace(struct.pack("<I", packed), struct.pack("<I", packed - 20))
    assert refusal(saved(tmp_path / "a.xlsx", fewer)).kind == "damaged"


def test_a_part_without_its_last_block(tmp_path: Path) -> None:
    """Whole, but its writer only flushed: every other reader takes it."""
    part = sheet(row(1, cell("A1", 5))).encode()
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    flushed = packer.compress(part) + packer.flush(zlib.Z_SYNC_FLUSH)
    assert package._unpacked(flushed, package.DEFLATED, len(part)) == part
    assert package._unpacked(b"", package.DEFLATED, 0) == b""


def test_many_large_parts_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 20_000)
    assert refusal(saved(tmp_path / "a.xlsx", ooxml(*[sheet(" " * 9_000)] * 3))).kind == "unreadable"


# --- panics ----------------------------------------------------------------------------------------------------------


class PanicException(BaseException):
    """As pyo3 names it."""


@pytest.mark.parametrize("half", ["opened", "grids_of"])
def test_a_panic_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, half: str) -> None:
    def panic(*_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(bulk, half, panic)
    assert refusal(saved(tmp_path / "a.xlsx", PLAIN)).kind == "damaged"


@pytest.mark.parametrize("half", ["opened", "grids_of"])
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_interruptions_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interruption: type[BaseException], half: str
) -> None:
    def stop(*_: object) -> None:
        raise interruption

    monkeypatch.setattr(bulk, half, stop)
    with pytest.raises(interruption):
        read_book(saved(tmp_path / "a.xlsx", PLAIN))


def test_a_real_panic_is_not_heard(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A sheet whose relation is missing makes calamine panic; if it ever stops doing so, this needs another way."""
    path = made.rewritten(
        saved(tmp_path / "a.xlsb", XLSB), {"xl/_rels/workbook.bin.rels": made.relations(("r9", "worksheet", "x.bin"))}
    )
    with pytest.raises(BaseException, match="no entry") as panic:
        CalamineWorkbook.from_path(path)
    assert type(panic.value).__name__ == "PanicException"
    assert "panicked" in capfd.readouterr().err
    assert refusal(path).kind == "damaged"
    assert capfd.readouterr() == ("", "")
