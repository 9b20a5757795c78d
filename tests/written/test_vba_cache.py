"""The VBA project as [MS-OVBA] demands it of a program that is not VBA, byte for byte."""

import io
import struct
import zipfile
from pathlib import Path

import olefile
import pytest
from oletools.olevba import VBA_Parser, decompress_stream

from xl_perf.written.macros import source

ROOT = Path(__file__).resolve().parents[2]
BOOKS = (ROOT / "workbooks" / "template.xlsm", ROOT / "workbooks" / "xl_perf.xlam")


def project(path: Path) -> olefile.OleFileIO:
    with zipfile.ZipFile(path) as archive:
        return olefile.OleFileIO(io.BytesIO(archive.read("xl/vbaProject.bin")))


def records(directory: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at + 6 <= len(directory):
        kind, length = struct.unpack_from("<HI", directory, at)
        length = 6 if kind == 9 else length  # PROJECTVERSION: the length is reserved
        found.append((kind, directory[at + 6 : at + 6 + length]))
        at += 6 + length
    return found


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_no_cache(path: Path) -> None:
    """2.3.4.1: 0x61CC, version 0xFFFF, a zero, and two bytes that nobody reads; nothing else."""
    assert project(path).openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("CC61FFFF000000")
    assert not [name for name in project(path).listdir() if name[-1].startswith("__SRP_")]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_modules_begin_with_their_source(path: Path) -> None:
    """2.3.4.2.3.2.5: every offset is 0, and what stands there is a compressed container (its first byte is 1)."""
    file = project(path)
    directory = records(decompress_stream(file.openstream("VBA/dir").read()))
    offsets = [content for kind, content in directory if kind == 0x31]
    names = [content.decode("gbk") for kind, content in directory if kind == 0x1A]
    assert len(offsets) == len(names) >= 5
    assert set(offsets) == {b"\0\0\0\0"}
    assert {file.openstream(f"VBA/{name}").read(1) for name in names} == {b"\1"}


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_the_sources_are_all_there(path: Path) -> None:
    """Read back by another's program."""
    parser = VBA_Parser(str(path))
    found = {name.rpartition(".")[0]: code for _, _, name, code in parser.extract_macros()}
    for name in ("XlPerf", "Ribbon"):
        wanted = source(f"{name}.bas").partition("\n")[2].strip()
        assert "\n".join(found[name].splitlines()).partition("\n")[2].strip() == wanted
    assert source("ThisWorkbook.cls").strip().splitlines()[-1] in found["ThisWorkbook"]
