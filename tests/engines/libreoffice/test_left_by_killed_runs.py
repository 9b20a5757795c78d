"""What a killed LibreOffice of ours leaves beside workbooks and copies: the next start takes it away."""

import os
from pathlib import Path

from xl_perf.engines.libreoffice import unsaved


def locked_by(book: Path, profile: Path) -> Path:
    lock = book.with_name(f".~lock.{book.name}#")
    lock.write_text(f",张三,pc,29.11.2026 10:00,file://{profile};", "utf-8")
    return lock


def test_a_lock_of_ours_says_that_something_was_killed(tmp_path: Path) -> None:
    book, profile = tmp_path / "部门.xlsm", tmp_path / "xl-perf-office-1-2-3"
    assert not unsaved.remove_stale_lock(book)
    lock = locked_by(book, profile)
    profile.mkdir()
    assert not unsaved.remove_stale_lock(book)  # it runs
    profile.rmdir()
    assert unsaved.remove_stale_lock(book)
    assert not lock.exists()
    somebodys = locked_by(book, tmp_path / "user")
    assert not unsaved.remove_stale_lock(book)
    assert somebodys.exists()


def test_in_the_folder_of_copies(tmp_path: Path) -> None:
    """Locks, and what LibreOffice was writing; what may be in use, and what is not ours, stays."""
    ours = locked_by(tmp_path / "部门 未保存.xlsm", tmp_path / "xl-perf-office-1-2-3")
    other = locked_by(tmp_path / "部门.xlsm", tmp_path / "user")
    half, young, copy = tmp_path / "lu12ab3.tmp", tmp_path / "lu9.tmp", tmp_path / "部门 未保存.xlsm"
    for path in (half, young, copy):
        path.touch()
    os.utime(half, (0, 0))
    os.utime(copy, (0, 0))
    unsaved.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([other, young, copy])
    assert not ours.exists()
    unsaved.sweep(tmp_path / "没有")
