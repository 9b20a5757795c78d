"""Workbooks that are encrypted, and open without asking all the same."""

import struct
from pathlib import Path

import pytest

from tests import workbooks as made
from tests.workbooks import biff, saved
from xl_perf.core.errors import BookError
from xl_perf.files import compound_file as compound
from xl_perf.files import default_password
from xl_perf.saved import biff_encryption
from xl_perf.saved.workbook import read_book

READING = Path(__file__).parents[1] / "fixtures" / "reading"


def test_a_form_that_opens_without_asking() -> None:
    book = read_book(READING / "velvetsweatshop.xlsx")
    assert [(grid.sheet, len(grid.rows)) for grid in book.grids] == [("01", 15), ("02", 15), ("03", 15)]
    assert book.grids[0].rows[2][2] == 120.5


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("velvet-standard.xlsx", "formats.xlsx"),
        ("velvet-rc4.xls", "formats.xls"),
        ("velvet-rc4-128.xls", "formats.xls"),
        ("velvet-rc4-40.xls", "formats.xls"),
    ],
)
def test_all_ways_of_encrypting(name: str, plain: str) -> None:
    assert read_book(READING / name).grids == read_book(READING / plain).grids


def test_the_name_still_has_to_be_right(tmp_path: Path) -> None:
    data = (READING / "velvet-standard.xlsx").read_bytes()
    with pytest.raises(BookError, match="内容却是新版 Excel 工作簿"):
        read_book(saved(tmp_path / "a.xls", data))
    assert read_book(saved(tmp_path / "a.et", data)).grids


@pytest.mark.parametrize("name", ["velvet-standard.xlsx", "velvet-rc4.xls"])
def test_large_ones_are_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (default_password, biff_encryption):
        monkeypatch.setattr(module, "MOST_DECRYPTED", 100)
    with pytest.raises(BookError, match="默认密码") as caught:
        read_book(READING / name)
    assert caught.value.kind == "encrypted"
    assert "另存为一份新的 .xlsx" in caught.value.remedy


def test_restricted_by_rights(tmp_path: Path) -> None:
    """Information rights management encrypts without a password."""
    with pytest.raises(BookError, match="权限管理") as caught:
        read_book(saved(tmp_path / "a.xlsx", compound.packed("EncryptedPackage", b"x" * 5000)))
    assert caught.value.kind == "encrypted"


@pytest.mark.parametrize("filepass", [struct.pack("<3H", 0, 7, 9), struct.pack("<2H", 7, 9)])
def test_scrambled_as_by_excel_95(tmp_path: Path, filepass: bytes) -> None:
    stream = made.workbook_stream(globals_=biff(0x2F, filepass))
    with pytest.raises(BookError, match="文件已加密") as caught:
        read_book(saved(tmp_path / "a.xls", compound.packed("Workbook", stream)))
    assert "如果打开时不用输密码" in caught.value.remedy


def test_a_filepass_of_zeros_means_nothing(tmp_path: Path) -> None:
    stream = made.workbook_stream(made.number(0, 0, 5), globals_=biff(0x2F, b"\0" * 6))
    assert read_book(saved(tmp_path / "a.xls", compound.packed("Workbook", stream))).grids[0].rows == [[5.0]]
