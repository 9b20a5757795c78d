"""A workbook with macros that LibreOffice saved is recognised."""

import zipfile
from pathlib import Path

import pytest

from xl_perf.files.saved_by import saved_by_libreoffice

OFFICE = "<Properties><Application>LibreOffice/7.4.7.2$Linux_X86_64</Application></Properties>"
EXCEL = "<Properties><Application>Microsoft Excel</Application></Properties>"


def packed(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr({"app": "docProps/app.xml", "vba": "xl/vbaProject.bin"}[name], text)
    return path


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"app": OFFICE, "vba": "x"}, True),
        ({"app": OFFICE}, False),
        ({"app": EXCEL, "vba": "x"}, False),
        ({"vba": "x"}, False),
    ],
)
def test_saved_by_libreoffice(parts: dict[str, str], expected: bool, tmp_path: Path) -> None:
    assert saved_by_libreoffice(packed(tmp_path / "书.xlsm", **parts)) is expected


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text"])
def test_what_is_no_workbook(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "书.xlsm").write_bytes(content)
    assert saved_by_libreoffice(tmp_path / "书.xlsm") is False
    assert saved_by_libreoffice(tmp_path / "没有.xlsm") is False
