"""``xl-perf office`` is ended from outside while somebody types: nothing is lost, nothing is left running."""

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.by_hand.conftest import TEMPLATE, Hands
from tests.display import Display, settled, until
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.engines.libreoffice import connect, office
from xl_perf.files import backups

if TYPE_CHECKING:
    import xlwings

pytestmark = pytest.mark.slow


@contextmanager
def started(path: Path, screen: Display, folder: Path) -> "Iterator[tuple[subprocess.Popen[str], xlwings.App]]":
    pipe = office.free_pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "xl_perf", "office", str(path), "--pipe", pipe],
        env=os.environ | {"DISPLAY": screen.name, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        assert "已在 LibreOffice 中打开" in process.stdout.readline()
        app = connect(pipe, headless=False)
        yield process, app
        app.impl.engine.apps.gone(app.impl)
    finally:
        process.kill()
        process.communicate()


def running_in(folder: Path) -> list[str]:
    """The programs that were started with something in the folder."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if f"{folder}/xl-perf-office".encode() in command:
                found.append(command.decode("utf-8", "replace"))
    return found


def department_of(app: "xlwings.App") -> object:
    """What 首页 of the only book says; None while books are being opened and closed."""
    try:
        return app.books.active.sheets[COVER_SHEET]["C5"].value if len(app.books) == 1 else None
    except Exception:
        return None


def test_nothing_to_recover_is_said(screen: Display, tmp_path: Path) -> None:
    """A lock whose LibreOffice is gone, and no copy."""
    path = tmp_path / "部门.xlsm"
    path.write_bytes(TEMPLATE.read_bytes())
    folder = tmp_path / "tmp"
    folder.mkdir()
    (tmp_path / ".~lock.部门.xlsm#").write_text(f",,,,file://{folder}/xl-perf-office-1-2-3;", "utf-8")
    pipe = office.free_pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "xl_perf", "office", str(path), "--pipe", pipe],
        env=os.environ | {"DISPLAY": screen.name, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        assert "上次没有正常结束，也没有留下可以恢复的副本" in process.stdout.readline()
        assert "已在 LibreOffice 中打开" in process.stdout.readline()
    finally:
        process.terminate()
        process.communicate(timeout=60)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_was_typed_comes_back(number: signal.Signals, screen: Display, tmp_path: Path) -> None:
    path = tmp_path / "部门.xlsm"
    path.write_bytes(TEMPLATE.read_bytes())
    copy = backups.unsaved_copy(str(path))
    folder = tmp_path / "tmp"
    folder.mkdir()
    with started(path, screen, folder) as (process, app):
        hands = Hands(app.books.active, screen)
        hands.click_cell(COVER_SHEET, "C5")
        screen.type("abc")
        process.send_signal(number)
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 128 + number
        assert f"没有保存的内容另存了一份，下次打开时会问要不要恢复：{copy}" in out
    assert running_in(folder) == []
    assert [one.name for one in folder.iterdir() if one.name.startswith("xl-perf-office")] == []
    assert list(tmp_path.glob(".~lock*")) == []
    assert path.read_bytes() == TEMPLATE.read_bytes()

    (tmp_path / ".~lock.部门.xlsm#").write_text(f",,,,file://{folder}/xl-perf-office-1-2-3;", "utf-8")
    with started(path, screen, folder) as (process, app):
        asked = settled(lambda: display.message_box(app), "the question")
        assert "上次没有正常结束" in asked.text
        display.answer(app, screen, "Yes")
        until(lambda: department_of(app) == "abc", "the copy")
        book = app.books.active
        assert book.fullname == str(path)
        hands = Hands(book, screen)
        hands.press(COVER_SHEET, "清除标记")
        assert hands.read_and_close() == "没有需要清除的标记。"
        book.save()
        until(lambda: not copy.exists(), "the copy gone")
        with zipfile.ZipFile(path) as saved:
            assert "xl/workbook.xml" in saved.namelist()
        book.close()
        assert process.wait(30) == 0
