"""Tables on terminals of any width and in pipes, and texts that would command the terminal."""

import io
import re

import pytest

from xl_perf.cli.terminal import Column, beside_the_first, complain, say, table, width, with_room

COLUMNS = [
    Column("工作表"),
    Column("项目名称"),
    *(Column(heading, figures=True) for heading in ("预算数", "财政资金", "3月底计划", "12月底计划")),
    Column("状态"),
]
ROWS = [
    ["01", "村干部工资、保险和聘用人员工资", "1161.93", "1161.93", "253.5025", "1161.93", "1个警告"],
    ["02", "路", "0.07", "", "0.0175", "123456789.123456", "通过"],
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    terminal = Terminal()
    table(COLUMNS, ROWS, terminal)
    return re.sub(r"\x1b\[[0-9]*m", "", terminal.getvalue())  # bold headings


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 160])
def test_no_figure_is_ever_cut(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """A cut figure reads like another one: 1135. for 1135.76."""
    words = shown(monkeypatch, columns).split()
    figures = [cell for row in ROWS for cell in row[2:6] if cell]
    assert sorted(word for word in words if word in figures) == sorted(figures)
    assert not {word for word in words if word.replace(".", "").isdigit()} - {*figures, "01", "02"}


def test_a_wide_terminal_shows_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, 160).count("工作表") == 1
    assert "村干部工资、保险和聘用人员工资" in shown(monkeypatch, 160)


def test_a_narrow_terminal_shows_several_with_the_first_column_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, 60)
    assert [text.count(heading) for heading in ("工作表", "预算数", "12月底计划")] == [2, 1, 1]
    assert max(map(width, text.splitlines())) <= 60


def test_columns_are_parted_where_the_room_ends() -> None:
    columns = [Column("甲"), Column("乙", figures=True), Column("丙", figures=True)]
    rows = [["一", "1234567", "1234567"]]
    assert beside_the_first(columns, rows, 25) == [[0, 1, 2]]
    assert beside_the_first(columns, rows, 24) == [[0, 1], [0, 2]]
    assert beside_the_first(columns, rows, 1) == [[0, 1], [0, 2]]
    assert beside_the_first(columns[:1], [["一"]], 1) == [[0]]


def test_control_characters_do_not_reach_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither colours nor what clears the screen or renames the window."""
    nasty = "甲\x1b[2J\x9b31m\r\x07乙\t丙"
    say(nasty)
    complain(nasty)
    table([Column("名称")], [[nasty]])
    out, err = capsys.readouterr()
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal()
    table([Column("名称")], [[nasty]], terminal)
    for text in (out, err, terminal.getvalue()):
        assert "甲" in text
        assert "乙" in text
        assert not set(text) & set("\x1b\x9b\r\x07")


def test_columns_that_can_go_do_so_before_a_row_is_folded() -> None:
    columns = [Column("甲"), Column("乙", can_go=True), Column("丙", figures=True), Column("丁", can_go=True)]
    rows = [["长" * 10, "长" * 10, "1234567890", "长" * 10]]
    assert with_room(columns, rows, 82) == [0, 1, 2, 3]
    assert with_room(columns, rows, 81) == [0, 1, 2]
    assert with_room(columns, rows, 58) == [0, 2]
    assert with_room(columns, rows, 10) == [0, 2], "what cannot go stays"
