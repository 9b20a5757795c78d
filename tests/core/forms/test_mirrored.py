"""Forms whose columns run from right to left are named, never read wrongly."""

import pytest

from tests.builders import Rows, form, national_form
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.reading import read_department


def mirrored(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [[*[None] * (width - len(cells)), *reversed(cells)] for cells in rows]


def read(rows: Rows) -> Department:
    return read_department(Book("本", (Grid("01", rows),)))


@pytest.mark.parametrize("rows", [form(), national_form()])
def test_a_mirrored_form(rows: Rows) -> None:
    department = read(mirrored(rows))
    assert department.projects == ()
    (unread,) = department.unread
    assert "从右到左" in unread.reason
    totals = totals_of_department(department)
    assert totals.budget == 0
    assert totals.amounts["other"] == 0
    assert "从右到左" in totals.incomplete[0].reason


@pytest.mark.parametrize("rows", [form(), national_form()])
def test_a_form_as_it_should_be(rows: Rows) -> None:
    assert len(read(rows).projects) == 1


def test_beside_a_form_as_it_should_be() -> None:
    department = read([*form(), [None], *mirrored(form(name="路灯维修", code="13020123450002"))])
    assert [one.name.value for one in department.projects] == ["村级道路养护"]
    assert any("从右到左" in one.reason for one in department.unread)
