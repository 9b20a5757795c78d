"""A second form far from the first: named by every command, with its effect on the total."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests import builders
from tests.command_line import Runner, project, run, write
from xl_perf.core.cells.grid import Book, Far, Grid
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.reading import read_department

__all__ = ["run"]  # the fixture


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """Another project begins at row 20,000 and column 400 of the first one's sheet."""
    (tmp_path / "in").mkdir()
    path = write(tmp_path / "in" / "远.xlsx", project("道路养护"), name="甲办事处")
    book = openpyxl.load_workbook(path)
    form = book["01"]
    rows: list[list[str | float]] = [["绿化项目绩效目标表"], ["项目名称", "绿化"], ["预算数", 50.5], [" "], ["备注"]]
    for at, cells in enumerate(rows):
        for column, typed in enumerate(cells):
            form.cell(20_000 + at, 400 + column).value = typed
    book.save(path)
    write(tmp_path / "in" / "近.xlsx", project("村级公路"), name="乙办事处")
    return path


def test_check_of_one_book_and_of_many(run: Runner, far: Path) -> None:
    for arguments in ([far], [far.parent]):
        code, out, _ = run("check", *arguments)
        assert code == 1
        assert "合计不含 1 张表里读不出的金额" in out
        assert "OJ20000" in out
        document = json.loads(run("check", *arguments, "--json")[1])
        (missing,) = document["totals"]["incomplete"]
        assert (missing["sheet"], "远离表格" in missing["reason"]) == ("01", True)


def test_consolidate(run: Runner, far: Path, tmp_path: Path) -> None:
    _, out, _ = run("consolidate", far.parent, "-o", tmp_path / "汇总.xlsx")
    assert "合计不含" in out
    texts = [
        str(cell.value) for sheet in openpyxl.load_workbook(tmp_path / "汇总.xlsx") for row in sheet for cell in row
    ]
    assert any("OJ20000" in text for text in texts)


def test_a_lone_cell_is_only_a_hint() -> None:
    for found, lacks in (
        (Far(1, 1, 19_999, 399), False),
        (Far(900, 0, 19_999, 0), False),
        (Far(2, 2, 19_999, 0), True),
    ):
        department = read_department(Book("本", [Grid("01", builders.form(), far=found)]))
        (one,) = department.unread
        assert (one.lacks_money, one.row) == (lacks, 19_999)
        assert bool(totals_of_department(department).note) is lacks


def test_a_sheet_without_forms_whose_rows_go_on_is_only_a_hint() -> None:
    grid = Grid("数据", [["数"], *([[5]] * 9_999)], far=Far(90_000, 90_000, 10_000, 0))
    department = read_department(Book("本", [Grid("01", builders.form()), grid]))
    assert {one.sheet for one in department.unread} == {"数据"}
    assert not any(one.lacks_money for one in department.unread)
