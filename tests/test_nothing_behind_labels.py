"""无, / and — behind a label in its cell say that there is nothing: such a cell is no strange one, and none is lost."""

from pathlib import Path

import pytest

from tests.command_line import Runner, run
from tests.test_labels_that_share_a_cell import learned, rows_of, write

__all__ = ["run"]


@pytest.mark.parametrize("nothing", ["无", "/万元", "——", "无。", "没有", "__/__万元"])
def test_nothing_is_neither_strange_nor_lost(tmp_path: Path, run: Runner, nothing: str) -> None:
    learned(tmp_path, rows_of())
    rows = rows_of("困难群众补贴", budget="300.15")
    rows[6] = (None, f"单位自筹：{nothing}")
    write(tmp_path / "人社局.xlsx", rows)
    assert "S116" not in run("check", tmp_path / "人社局.xlsx")[1]
    _, out, err = run("new", tmp_path / "新.xlsx", "--from", tmp_path / "人社局.xlsx")
    assert "单位自筹" not in out + err


@pytest.mark.parametrize("text", ["单位自筹：无法确定", "捐赠：无"])
def test_what_says_something_stays_strange(tmp_path: Path, run: Runner, text: str) -> None:
    learned(tmp_path, rows_of())
    rows = rows_of("困难群众补贴", budget="300.15")
    rows[6] = (None, text)
    write(tmp_path / "人社局.xlsx", rows)
    assert "S116" in run("check", tmp_path / "人社局.xlsx")[1]
