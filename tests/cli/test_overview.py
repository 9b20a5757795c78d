"""What ``check`` says of several books: the worst first, errors first, on one screen; all of it where asked for."""

import shutil
from pathlib import Path

import pytest

from tests.command_line import Runner, project, run, write

__all__ = ["run"]  # the fixture

SCREEN = 40


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Three books: one sound, one with a warning, one with two errors."""
    folder = tmp_path / "收件"
    folder.mkdir()
    write(folder / "一.xlsx", project("一"), name="甲局")
    write(folder / "二.xlsx", project("二", budget="200000", fiscal="200000"), name="乙局")
    write(folder / "三.xlsx", project("三", budget=None), project("四", goals=["", ""]), name="丙局")
    return folder


def lines_of(out: str, start: str = "收件/") -> list[list[str]]:
    return [line.split() for line in out.splitlines() if line.startswith(start)]


def test_the_worst_book_and_errors_come_first(run: Runner, inbox: Path) -> None:
    status, out, _ = run("check", "收件")
    assert status == 1
    assert [(line[0], line[-1]) for line in lines_of(out)] == [
        ("收件/三.xlsx", "有错误"),
        ("收件/二.xlsx", "有警告"),
        ("收件/一.xlsx", "通过"),
    ]
    severities = [line.split()[0] for line in out.splitlines() if line[:2] in {"错误", "警告", "提示"}]
    assert severities == sorted(severities, key=["错误", "警告", "提示"].index)
    assert severities[0] == "错误"
    error = next(line for line in out.splitlines() if line.startswith("错误"))
    assert "收件/三.xlsx" in error, "each finding names its file"


def test_levels(run: Runner, inbox: Path) -> None:
    errors, warnings = (run("check", "收件", "--level", level)[1] for level in ("error", "warning"))
    assert "\n错误  " in errors
    assert "\n警告  " not in errors
    assert "\n警告  " in warnings
    alone = run("check", "收件/三.xlsx", "--level", "error")[1]
    assert "\n错误  " in alone
    assert "没有错误。" in run("check", "收件/二.xlsx", "--level", "error")[1]
    assert "没有发现问题。" in run("check", "收件/一.xlsx", "--level", "hint")[1]


def test_summary_only(run: Runner, inbox: Path) -> None:
    for what in ("收件", "收件/三.xlsx"):
        status, out, _ = run("check", what, "--summary")
        assert status == 1
        assert "F201" not in out
        assert "B301" not in out
        assert "预算数 / 财政资金 / 其他资金合计" in out


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--level", "error", "--json"), "--level 只管屏幕上列出什么，与 --json 不能一起用"),
        (("--summary", "--report", "报告.xlsx"), "--summary 只管屏幕上列出什么，与 --report 不能一起用"),
    ],
)
def test_options_without_effect_are_refused(run: Runner, inbox: Path, options: tuple[str, ...], named: str) -> None:
    status, out, err = run("check", "收件", *options)
    assert (status, out) == (2, "")
    assert named in err


def test_many_books_fit_a_screen(run: Runner, inbox: Path) -> None:
    """Nothing is dropped without a word: what is not listed is counted, and it is said how to see it."""
    bad = write(inbox.parent / "样.xlsx", *(project(f"项{at}", budget=None, goals=["", ""]) for at in range(3)))
    for at in range(60):
        shutil.copy(bad, inbox / f"{at:03}.xlsx")
    _, out, err = run("check", "收件")
    assert len(out.splitlines()) <= SCREEN
    assert err == ""
    books = next(line for line in out.splitlines() if line.startswith("另有 ") and "本：" in line)
    assert books.startswith("另有 51 本：")
    assert "要逐条看，请加 --level hint，或用 --report 写成工作簿" in out
    assert len(run("check", "收件", "--level", "error")[1].splitlines()) > 60


def test_a_book_counts_once_for_a_rule_however_often_it_spoke(run: Runner, inbox: Path) -> None:
    bad = write(inbox.parent / "样.xlsx", *(project(f"项{at}", budget=None, goals=["", ""]) for at in range(3)))
    for at in range(5):
        shutil.copy(bad, inbox / f"{at:03}.xlsx")
    out = run("check", "收件")[1]
    words = next(line.split() for line in out.splitlines() if " B301 " in line)
    assert words[3:5] == ["16", "6"], "the copies, and the one that had no budget before"


def test_what_the_totals_depend_on_comes_before_what_is_only_more_often(run: Runner, inbox: Path) -> None:
    goals = [project(f"项{at}", goals=["", ""]) for at in range(5)]
    bad = write(inbox.parent / "样.xlsx", project("缺", budget=None), *goals)
    for at in range(5):
        shutil.copy(bad, inbox / f"{at:03}.xlsx")
    lines = [line.split() for line in run("check", "收件")[1].splitlines() if line.startswith("错误")]
    rules = {words[1]: int(words[3]) for words in lines}
    assert list(rules).index("B301") < list(rules).index("F205")
    assert rules["B301"] < rules["F205"]
