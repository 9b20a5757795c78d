"""The date that we write is nobody's: a workbook that was only written by us was never saved by a person."""

from pathlib import Path

import openpyxl

from tests.command_line import Runner, project, run, write
from xl_perf.saved.workbook import read_book

__all__ = ["run"]


def test_what_nobody_has_saved(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.xlsx", project("修路"))
    assert read_book(path, path.name).modified == ""
    openpyxl.load_workbook(path).save(path)
    assert read_book(path, path.name).modified > "2024"


def test_versions_that_nobody_has_saved(run: Runner, tmp_path: Path) -> None:
    """The dates of the files decide."""
    import os

    for name, budget, time in (("一稿", "10", 1_700_000_000), ("二稿", "20", 1_710_000_000)):
        path = write(tmp_path / f"{name}.xlsx", project("修路", budget=budget))
        os.utime(path, (time, time))
    _, out, _ = run("check", "一稿.xlsx", "二稿.xlsx", "--summary")
    assert "20" in out
    assert "没有计入合计 1 本" in out
    assert "一稿.xlsx" in out.partition("没有计入合计")[2]
