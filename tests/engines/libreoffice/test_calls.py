"""Reading or writing a block costs the same number of calls, however many cells it has."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.libreoffice.counting import Counted
from xl_perf.engines.libreoffice.app import App

if TYPE_CHECKING:
    import xlwings

FEW, MANY = 5, 500
"""Rows."""


class CountedSheet:
    """A sheet, and the calls that its use costs."""

    def __init__(self, sheet: "xlwings.Sheet", calls: list[str]) -> None:
        self.sheet = sheet
        self._calls = calls

    def cost(self, work: Callable[[], object]) -> list[str]:
        del self._calls[:]
        work()
        return list(self._calls)


@pytest.fixture
def counted(office_app: "xlwings.App", book: "xlwings.Book") -> CountedSheet:
    import xlwings

    context = Counted(office_app.impl._context)
    app = xlwings.App(impl=App(office_app.impl.engine, context, headless=True))
    sheet = app.books[book.name].sheets[0]
    sheet["G1"].number_format = "@"  # what is asked once only has been asked
    assert sheet["A1"].value is None
    return CountedSheet(sheet, context.calls)


def block(rows: int) -> list[list[Any]]:
    """All kinds of values."""
    return [
        [n, f"第{n}行", None, "90%", n % 2 == 0, datetime.date(2023, 1, 1 + n % 28), "=78人", f"=A{n + 1}*2"]
        for n in range(rows)
    ]


def costs_of_values(counted: CountedSheet, rows: int) -> dict[str, int]:
    sheet = counted.sheet
    cells = sheet[f"A1:H{rows}"]
    sheet["A1:F600"].clear()
    sheet["H1:H600"].clear()
    written = counted.cost(lambda: setattr(sheet["A1"], "value", block(rows)))
    read = counted.cost(lambda: cells.value)
    assert written.count("setFormulaArray") + written.count("setDataArray") == 1
    assert read.count("getDataArray") == 1
    last = cells.value[-1]
    assert last[:5] == [rows - 1.0, f"第{rows - 1}行", None, 0.9, (rows - 1) % 2 == 0]
    assert last[6:] == ["=78人", (rows - 1) * 2.0]
    return {"write": len(written), "read": len(read), "formula": len(counted.cost(lambda: cells.formula))}


def test_writing_and_reading(counted: CountedSheet) -> None:
    counted.sheet["G1:G600"].number_format = "@"
    costs_of_values(counted, FEW)  # the first time formats are asked for what they mean
    few, many = costs_of_values(counted, FEW), costs_of_values(counted, MANY)
    assert few == many
    assert max(many.values()) < 80


def test_plain_values_cost_next_to_nothing(counted: CountedSheet) -> None:
    sheet = counted.sheet
    rows = [[f"第{n}行", "说明", None] for n in range(MANY)]
    # Most of these calls come from xlwings, which compares books.
    assert len(counted.cost(lambda: setattr(sheet["A1"], "value", rows))) <= 45
    assert len(counted.cost(lambda: sheet[f"A1:C{MANY}"].value)) <= 10


def costs_of_looks(counted: CountedSheet, rows: int) -> dict[str, int]:
    cells = counted.sheet[f"A1:C{rows}"]
    works: dict[str, Callable[[], object]] = {
        "color": lambda: setattr(cells, "color", (255, 0, 0)),
        "row_height": lambda: setattr(cells, "row_height", 20),
        "used": lambda: counted.sheet.used_range,
        "clear": cells.clear,
    }
    return {name: len(counted.cost(work)) for name, work in works.items()}


def test_looks_of_a_block(counted: CountedSheet) -> None:
    assert costs_of_looks(counted, FEW) == costs_of_looks(counted, MANY)
