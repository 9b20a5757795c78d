"""Workbooks under foreign extensions: also damaged and encrypted ones are never passed over in silence."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.workbooks import ODS, PLAIN, XLS, XLSB, saved, zipped
from xl_perf.files.compound_file import packed
from xl_perf.files.inputs import find_books
from xl_perf.files.own_files import KIND_PROPERTY
from xl_perf.files.zip_package import stored

ENCRYPTED = packed("EncryptedPackage", b"x" * 100)
LONG = "".join(f"<row>{number}</row>" for number in range(20_000))
LARGE = zipped({"xl/sharedStrings.xml": LONG, "xl/workbook.xml": "<workbook/>"})
WITHOUT_WORKBOOK = zipped({"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet1.xml": "<worksheet/>"})
PACKED_ODS = zipped(
    {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "encrypted-package": b"x",
        "META-INF/manifest.xml": "",
    }
)
STORED_ODS = stored({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"x" * 999})
WITHOUT_TABLE = XLS[:30] + b"\7\7" + XLS[32:]
"""A compound file with sectors of no known size."""
WORD = zipped({"[Content_Types].xml": "<Types/>" * 2000, "word/document.xml": LONG})
FOREIGN = {
    "半.xlsx(1)": (PLAIN[: len(PLAIN) // 2], "damaged", "没有下载完"),
    "半.bin": (LARGE[: len(LARGE) * 9 // 10], "damaged", "没有下载完"),
    "半.ods_": (ODS[: len(ODS) // 2], "damaged", "没有下载完"),
    "半.dat": (STORED_ODS[: len(STORED_ODS) // 2], "damaged", "没有下载完"),
    "半.download": (XLSB[: len(XLSB) // 2], "damaged", "没有下载完"),
    "缺件.tmp": (WITHOUT_WORKBOOK, "damaged", "没有下载完"),
    "旧.tmp": (WITHOUT_TABLE, "damaged", "没有下载完"),
    "旧.xls(1)": (XLS[:700], "damaged", "没有下载完"),
    "零.xlsx.download": (bytes(5000), "damaged", "全是零"),
    "空.xlsx.download": (b"", "empty-file", "空的"),
    "防泄密.xlsx.bak": (b"%TSD-Header-###%" + bytes(100), "encrypted", "加密（防泄密）软件"),
    "密.xlsx(1)": (ENCRYPTED, "wrong-extension", "内容是加了密的工作簿"),
    "密.tmp": (ENCRYPTED, "encrypted", "看不出是不是工作簿"),
    "密": (ENCRYPTED, "encrypted", "看不出是不是工作簿"),
    "密.bak": (PACKED_ODS, "wrong-extension", "内容是工作簿"),
}
NO_WORKBOOKS = {
    "文档.docx": ENCRYPTED,
    "半.tmp": WORD[: len(WORD) // 2],
    "扫描.xlsx.pdf": b"%PDF-1.7\n",
    "说明.xlsx.txt": "说明".encode(),
    "图.png": b"\x89PNG" + bytes(100),
    "别的.tmp": packed("Other", b"x"),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("is_zipped", [False, True], ids=["file", "member"])
def test_what_cannot_be_read_is_missing(
    name: str, is_zipped: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, kind, what = FOREIGN[name]
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "收件"
    folder.mkdir()
    saved(folder / "好.xlsx", PLAIN)
    if is_zipped:
        saved(folder / "包.zip", zipped({name: data}))
    else:
        saved(folder / name, data)
    found = find_books(["收件"])
    (error,) = found.errors
    assert (error.kind, what in error.message) == (kind, True), error
    assert error.path == (f"收件/包.zip!{name}" if is_zipped else f"收件/{name}")
    assert len(found.books) == 1
    assert found.skipped == []


@pytest.mark.parametrize("name", NO_WORKBOOKS)
def test_others_are_passed_over(name: str, tmp_path: Path) -> None:
    saved(tmp_path / "好.xlsx", PLAIN)
    saved(tmp_path / name, NO_WORKBOOKS[name])
    found = find_books([str(tmp_path)])
    assert not found.errors
    assert len(found.skipped) == 1


def test_members_behind_a_password(tmp_path: Path) -> None:
    """Only what is called a workbook is one; nobody can look into the others."""
    data = zipped({"甲.xlsx(1)": PLAIN, "图.png": b"x"})
    data = data.replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1").replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1")
    assert all(one.flag_bits & 1 for one in zipfile.ZipFile(io.BytesIO(data)).infolist())
    saved(tmp_path / "包.zip", data)
    saved(tmp_path / "好.xlsx", PLAIN)
    (error,) = find_books([str(tmp_path)]).errors
    assert (error.kind, "设有密码" in error.message) == ("encrypted", True)
    assert error.path.endswith("包.zip!甲.xlsx(1)")


def ours() -> bytes:
    """A summary that we wrote."""
    custom = (
        '<Properties xmlns:vt="t"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" '
        f'name="{KIND_PROPERTY}"><vt:lpwstr>summary</vt:lpwstr></property></Properties>'
    )
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as plain:
        return zipped({**{name: plain.read(name) for name in plain.namelist()}, "docProps/custom.xml": custom})


def test_own_outputs_under_foreign_extensions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are passed over, be they in a folder or in an archive; one that is named itself is refused as such."""
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "好.xlsx", PLAIN)
    saved(tmp_path / "汇总.xlsx(1)", ours())
    saved(tmp_path / "包.zip", zipped({"汇总.bak": ours()}))
    found = find_books(["."])
    assert not found.errors
    assert {(one.path, one.reason) for one in found.skipped} == {
        ("./包.zip!汇总.bak", "xl-perf 写出的汇总"),
        ("./汇总.xlsx(1)", "xl-perf 写出的汇总"),
    }
    (error,) = find_books(["汇总.xlsx(1)"]).errors
    assert error.kind == "own-output"
