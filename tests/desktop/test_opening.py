"""The draft of a mail is opened where a mail program is, and nowhere else; nobody waits for it."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xl_perf.desktop import opening

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="programs as Linux desktops have them")


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A desktop with xdg-open, which notes what it opens and then goes on for a minute, and with a mail program."""
    monkeypatch.delenv(opening.NOTHING)
    monkeypatch.setenv("DISPLAY", ":77")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    program(tmp_path / "xdg-mime", "echo thunderbird.desktop")
    program(tmp_path / "xdg-open", f'echo "$1" > {tmp_path}/opened; exec sleep 5')
    return tmp_path


def program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    path.chmod(0o755)


def test_it_opens_and_does_not_wait(desktop: Path) -> None:
    begin = time.monotonic()
    assert opening.open_mail(Path("草稿.eml"))
    assert time.monotonic() - begin < 3
    for _ in range(100):
        if (desktop / "opened").exists() and (desktop / "opened").read_text("utf-8"):
            break
        time.sleep(0.05)
    assert (desktop / "opened").read_text("utf-8") == "草稿.eml\n"


def test_without_a_mail_program(desktop: Path) -> None:
    program(desktop / "xdg-mime", "exit 0")
    assert not opening.open_mail(Path("草稿.eml"))
    assert not (desktop / "opened").exists()


def test_without_a_desktop(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not opening.open_mail(Path("草稿.eml"))


def test_where_nothing_shall_be_opened(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(opening.NOTHING, "1")
    assert not opening.open_mail(Path("草稿.eml"))


def test_a_program_that_hangs(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("xdg-mime", 5)

    monkeypatch.setattr(subprocess, "run", hang)
    assert shutil.which("xdg-mime")
    assert not opening.open_mail(Path("草稿.eml"))
