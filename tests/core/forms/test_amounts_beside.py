"""Amounts beside a form's own that nobody reads: which are named, and which are none."""

from pathlib import Path

import pytest

from tests.builders import Rows, department, form, project, project_in, projects_in, write
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.making.rolling import Amounts, roll
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book

MONEY = 2
"""The row of the amounts, from 0."""


def money(*cells: Scalar, before: int = 0) -> Rows:
    """The form with another row of amounts; ``before`` blank columns stand left of it."""
    rows = form(budget=120.5)
    rows[MONEY] = ["预算规模及资金用途", *cells]
    return [[*[""] * before, *row] for row in rows]


def below(*cells: Scalar, row: int = MONEY + 1) -> Rows:
    """The form with a further row."""
    rows = form(budget=120.5)
    rows.insert(row, list(cells))
    return rows


def said(project: Project) -> list[tuple[str, str | None, str]]:
    return [(name, amount.cell, amount.text) for name, amount in project.beside]


def messages(*sheets: Rows) -> list[str]:
    book = Book("本", [Grid(f"{number:02}", rows) for number, rows in enumerate(sheets, 1)])
    return [one.message for one in check(read_department(book), load()) if one.code == "B310"]


SOURCES: tuple[Scalar, ...] = ("其中：财政资金", 120.5, "其他资金", "")


def test_a_good_form_has_none() -> None:
    assert project_in(form()).beside == ()
    assert messages(form()) == []


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("预算数", 120.5, "调整后预算数", 150.0, *SOURCES), [("调整后预算数", "E3", "150")]),
        (("预算数", 120.5, "调整后预算数", "150", *SOURCES), [("调整后预算数", "E3", "150")]),
        (("预算数", 120.5, "审减", -20.5, "审定", 100, *SOURCES), [("审减", "E3", "-20.5"), ("审定", "G3", "100")]),
        (("预算数", 120.5, 150.0, *SOURCES), [("预算数", "D3", "150")]),
        (("预算数", 120.5, "万", 150.0, *SOURCES), [("预算数", "E3", "150")]),
        (("预算数", 120.5, "万元", 150.0, *SOURCES), [("预算数", "E3", "150")]),
        (("预算数", 120.5, *SOURCES, "核定数", 100.0), [("核定数", "I3", "100")]),
        (("预算数", 120.5, *SOURCES, "", "改为130万元"), [("其他资金", "I3", "改为130万元")]),
        (("预算数", 120.5, "核定数", 100.0, 100.0, *SOURCES), [("核定数", "E3", "100")]),
        (("预算数", 120.5, "2022年", 90.0, *SOURCES), [("2022年", "E3", "90")]),
        (("预算数", 120.5, "上年结转", 20.0, *SOURCES), [("上年结转", "E3", "20")]),
        (("预算数", 120.5, *SOURCES, "占比", "30万元"), [("占比", "I3", "30万元")]),
    ],
)
def test_amounts_in_the_row_are_named(cells: tuple[Scalar, ...], found: list[tuple[str, str, str]]) -> None:
    assert said(project_in(money(*cells))) == found


@pytest.mark.parametrize(
    "cells",
    [
        ("预算数", 120.5, *SOURCES),
        ("预算数", "120.5万元", *SOURCES),
        ("预算数", 120.5, 120.5, 120.5, *SOURCES),
        ("预算数", 120.5, "万元", "其中：财政资金", 120.5, "万元", "其他资金", "", "万元"),
        ("预算数", 120.5, "占比", "100%", *SOURCES),
        ("预算数", 120.5, *SOURCES, "财政资金占比（%）", 1.0),
        ("预算数", 120.5, *SOURCES, "受益人数", 300.0),
        ("预算数", 120.5, "上年预算数", 90.0, *SOURCES),
        ("预算数", 120.5, *SOURCES, "上年预算数", "90万元"),
        ("预算数", 120.5, *SOURCES, "预算年度", 2023.0),
        ("预算数", 120.5, *SOURCES, "核对", 0.0),
        ("预算数", 120.5, *SOURCES, "合计", 120.5),
        ("预算数", 120.5, "1205000元", *SOURCES),
        ("预算数", 120.5, *SOURCES, "预算数比财政资金与其他资金之和多 5 万元"),
        ("预算数", 120.5, "预算数", 150.0, *SOURCES),
        (3.0, "预算数", 120.5, *SOURCES),
        ("预算数", 120.5, "其中：财政资金", "待定", 120.5, "其他资金", ""),
    ],
)
def test_other_cells_of_the_row_are_none(cells: tuple[Scalar, ...]) -> None:
    assert project_in(money(*cells)).beside == ()


def test_serial_numbers_left_of_the_form_are_none() -> None:
    rows = money("预算数", 120.5, *SOURCES, before=1)
    for number, row in enumerate(rows):
        row[0] = float(number + 1)
    assert project_in(rows).beside == ()
    rows[0][:2] = rows[0][1::-1]  # a title over the column of the numbers
    assert project_in(rows).beside == ()


def test_rows_below_are_named_while_they_hold_a_name_and_a_number() -> None:
    rows = below("", "调减数", -20.0, "调整后", 100.5)
    rows.insert(MONEY + 2, ["", "追加预算数", 29.5])
    assert said(project_in(rows)) == [("调减数", "C4", "-20"), ("调整后", "E4", "100.5"), ("追加预算数", "C5", "29.5")]


@pytest.mark.parametrize(
    "cells",
    [
        ("", "资金主要用于道路养护，共需 120.5 万元。"),
        ("", "资金主要用于村级道路的日常养护和桥梁的修缮", "", 150.0),
        ("", "预算数", 150.0),
        ("", "养护人数", 12.0),
        ("", "", 150.0),
    ],
)
def test_other_rows_below_are_none(cells: tuple[Scalar, ...]) -> None:
    assert project_in(below(*cells)).beside == ()


def test_below_the_indicators_only_budgets_are_named() -> None:
    rows = form(budget=120.5)
    rows += [[], ["追加预算数", 30.0], ["预算合计", 120.5], ["材料费", 60.0], ["注：另有追加预算 30 万元。"]]
    rows.append(["填表人：张三", "电话", 3150001234.0])
    assert said(project_in(rows)) == [("追加预算数", "B17", "30")]


def side_by_side(left: Rows, right: Rows) -> list[Project]:
    width = max(map(len, left)) + 1
    return projects_in([[*one, *[""] * (width - len(one)), *other] for one, other in zip(left, right, strict=True)])


def test_a_form_beside_has_its_own_amounts() -> None:
    left, right = form(budget=120.5), form(name="桥梁维修", budget=80.5, goals=["完成桥梁维修。", "减少危桥。"])
    first, second = side_by_side(left, right)
    assert (first.beside, second.beside) == ((), ())
    left[MONEY].append(90.0)
    first, second = side_by_side(left, right)
    assert (said(first), second.beside) == ([("其他资金", "H3", "90")], ())


def test_amounts_count_in_the_unit_of_the_form() -> None:
    rows = money("预算数（元）", 1205000.0, "核定数", 1000000.0, "其中：财政资金", 1205000.0, "其他资金")
    ((_, amount),) = project_in(rows).beside
    assert amount.value == 100
    assert messages(rows) == ["“核定数”1000000 没有读，合计里是预算数 120.5 万元"]


def test_messages_name_what_stands_there() -> None:
    two = money("预算数", 120.5, 150.0, *SOURCES)
    among_words = money("预算数", 120.5, *SOURCES, "改为130万元")
    assert messages(two) == ["“预算数”后面的 150 没有读，合计里是预算数 120.5 万元"]
    assert messages(among_words) == ["“改为130万元”没有读，合计里是预算数 120.5 万元"]


def test_at_most_five_of_a_form_are_named_and_the_rest_are_counted() -> None:
    cells = [cell for number in range(7) for cell in (f"第{number + 1}次调整", 100.0 + number)]
    found = messages(money("预算数", 120.5, *SOURCES, *cells))
    assert len(found) == 5
    assert found[-1] == "“第5次调整”104 没有读，合计里是预算数 120.5 万元；这张表里这样的数还有 2 个"


def test_our_own_books_have_none(tmp_path: Path) -> None:
    """Neither those with last year's amounts beside the forms, nor those whose amounts do not add up."""
    old = department(project(budget=120.5), project(name="桥梁维修", budget=80.5, other=5.0))
    new = roll(old, 2024, Amounts.LAST_YEAR).department
    assert all(one.last_year for one in new.projects)
    for number, one in enumerate((old, new)):
        book = read_book(write(tmp_path / f"{number}.xlsx", one))
        assert [found.beside for found in read_department(book).projects if found.beside] == []
