"""The command line on Windows gives what it gives here."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document

from tools.windows.wine import Wine, decoded

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"
HARD_NAMES = (
    "预 算&表.xlsx",
    "(一) [二] {三}.xlsx",
    "'甲', ;乙=丙+丁~`@#$.xlsx",
    "^!%PATH%.xlsx",
    "%USERNAME%%%.xlsx",
    "𠮷é㐀＊☆.xlsx",  # not in code page 936
    "-o.xlsx",
)
"""Names that a person may give, each with characters that mean something to a shell, or that GBK lacks."""


def here(*arguments: str | Path, cwd: Path) -> str:
    """What the same command prints on this machine."""
    command = [sys.executable, "-m", "xl_perf", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, check=False, timeout=120)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


def there(windows: Wine, *arguments: str | Path, cwd: Path, status: tuple[int, ...] = (0, 1)) -> str:
    done = windows.run(windows.program, *arguments, cwd=cwd)
    assert done.returncode in status, decoded(done.stdout) + decoded(done.stderr)
    assert b"Traceback" not in done.stdout + done.stderr
    return decoded(done.stdout)


def cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs(path: Path) -> list[str]:
    document = Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return texts + [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def test_check(windows: Wine, folder: Path) -> None:
    """The whole document is the same: every amount, finding and text."""
    shutil.copy(EXAMPLE, folder / "部门.xlsx")
    done = windows.run(windows.program, "check", "部门.xlsx", "--json", "--details", cwd=folder)
    assert done.returncode == 0, decoded(done.stderr)
    assert done.stdout.startswith(b"{")  # UTF-8 without BOM, also where the system's code page is 936
    document = json.loads(done.stdout.decode("utf-8"))
    assert document == json.loads(here("check", "部门.xlsx", "--json", "--details", cwd=folder))
    assert document["totals"]["budget"] == "1135.76"


def test_consolidate(windows: Wine, folder: Path) -> None:
    shutil.copy(EXAMPLE, folder / "部门.xlsx")
    there(windows, "consolidate", "部门.xlsx", "-o", "汇总 那里.xlsx", cwd=folder)
    here("consolidate", "部门.xlsx", "-o", "汇总 这里.xlsx", cwd=folder)
    assert cells(folder / "汇总 那里.xlsx") == cells(folder / "汇总 这里.xlsx")


def test_publish(windows: Wine, folder: Path) -> None:
    shutil.copy(EXAMPLE, folder / "部门.xlsx")
    there(windows, "publish", "部门.xlsx", "-o", "文本 那里.docx", cwd=folder)
    here("publish", "部门.xlsx", "-o", "文本 这里.docx", cwd=folder)
    assert paragraphs(folder / "文本 那里.docx") == paragraphs(folder / "文本 这里.docx")


def test_new(windows: Wine, folder: Path) -> None:
    """The template comes along with its macros, part for part as here."""
    there(windows, "new", "那里.xlsm", cwd=folder)
    here("new", "这里.xlsm", cwd=folder)
    assert parts(folder / "那里.xlsm") == parts(folder / "这里.xlsm")


def test_hard_names(windows: Wine, folder: Path) -> None:
    """All of them at once, by a wildcard that Windows leaves to the program, and each is named in the answer."""
    for name in HARD_NAMES:
        shutil.copy(EXAMPLE, folder / name)
    document = json.loads(there(windows, "check", "--json", "--all-versions", "./*.xlsx", cwd=folder))
    named = {Path(book["path"].replace("\\", "/")).name for book in document["books"]}
    assert named == set(HARD_NAMES)


def test_a_hard_name_for_what_is_written(windows: Wine, folder: Path) -> None:
    """By its whole path, with everything that a shell or GBK might stumble over in one name."""
    source, target = folder / "^!%PATH% (一).xlsx", folder / "𠮷é㐀☆ %USERNAME%%% ^!&'[二],;=+~`@#$.xlsx"
    shutil.copy(EXAMPLE, source)
    assert "1135.76" in there(windows, "consolidate", source, "-o", target, cwd=folder)
    assert target.is_file()


def test_what_cannot_be_done_is_said(windows: Wine, folder: Path) -> None:
    """One plain line on stderr, whatever code page the console has."""
    (folder / "坏 文件.xlsx").write_bytes(b"PK\3\4 no workbook")
    done = windows.run(windows.program, "check", "坏 文件.xlsx", cwd=folder)
    said = decoded(done.stderr)
    assert done.returncode == 2
    assert "坏 文件.xlsx" in said
    assert "Traceback" not in said
