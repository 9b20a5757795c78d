"""Our totals and those of the sheet: they agree after 汇总 and after any recalculation, or a finding says why not."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.departments import values
from tests.live.conftest import EXAMPLE, Open
from tests.live.desk import Desk
from tests.live.programs import only_libreoffice
from tests.office import Office
from xl_perf.core.cells.grid import Book, Scalar
from xl_perf.core.cells.values import to_amount
from xl_perf.core.checking.check import check
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import SUMMARY_SHEET
from xl_perf.live import summary
from xl_perf.profiles import load
from xl_perf.saved.workbook import read_book

pytestmark = [pytest.mark.slow, only_libreoffice]

COLUMNS = {3: "budget", 4: "fiscal", 5: "other", 10: "planned:3", 11: "planned:6", 12: "planned:10", 13: "planned:12"}
"""Of 部门汇总, from 0."""
TELLING = {"B301", "B304", "B309", "P407", "S105", "S106", "T701", "T702"}
"""What says of a book that its own totals are other ones."""


def _in_order(desk: Desk) -> None:
    """Formulas, a hidden sheet, a percentage without its format: all as good as what stood there."""
    desk["01", "C3"].formula = "=E3+G3"
    desk["02", "C3"].formula = "=70+1.75"
    desk["02", "E3"].formula = "=C3"
    desk["03", "F6"].value = 1
    desk.book.sheets["05"].visible = False


def _as_texts(desk: Desk) -> None:
    """What people understand and formulas of sheets skip."""
    desk["01", "C3"].value = "'161.93"
    desk["02", "C3"].value = "７１.75万元"
    desk["02", "E3"].value = "717500元"
    desk["04", "B6"].value = "'10%"
    desk["04", "C6"].value = "'20%"


def _unreadable(desk: Desk) -> None:
    """Nobody can add these up, nor does the sheet."""
    desk["04", "C3"].value = "约八十"
    desk["04", "E3"].value = "见附件"
    desk["05", "C3"].value = None
    desk["05", "E3"].value = None
    desk["06", "C3"].value = "————"


def _error(desk: Desk) -> None:
    desk["04", "C3"].formula = "=1/0"


PLACE = SUMMARY_SHEET, 0
PLANNED = {key for key in COLUMNS.values() if key.startswith("planned")}
OF_TEXTS = {"budget", "fiscal"} | PLANNED


class Case(NamedTuple):
    """What a person does to the example after 汇总; the figures that its own totals then lack, and what says why.

    ``after``: the same when 汇总 has been pressed again.
    """

    do: Callable[[Desk], None]
    before: tuple[set[str], set[str]]
    after: tuple[set[str], set[str]]


CASES = {
    "in order": Case(_in_order, (set(), set()), (set(), set())),
    "texts": Case(_as_texts, (OF_TEXTS, {"B309"}), (set(), {"B309"})),
    "unreadable": Case(_unreadable, (set(), {"B301"}), (set(), {"B301"})),
    "an error": Case(_error, ({"budget"}, {"S105"}), ({"budget"}, {"S105"})),
}
"""首页 keeps its own formula, which skips texts also after 汇总: so B309 stays until the texts are numbers."""


def shown_totals(book: Book) -> dict[str, Decimal]:
    """What 部门汇总 itself shows: above its charts and below its list, the same twice."""
    cells = values(book)
    rows = [at for (sheet, at, column), typed in cells.items() if (sheet, column) == PLACE and typed == "合计"]
    shown = [{key: _amount(cells.get((SUMMARY_SHEET, at, column))) for column, key in COLUMNS.items()} for at in rows]
    top, last = shown
    assert top == last
    return {key: value for key, value in top.items() if value is not None}


def _amount(typed: Scalar | None) -> Decimal | None:
    amount = to_amount("" if typed is None else typed)
    return None if amount is None else amount.value


def judged(path: Path) -> tuple[set[str], set[str]]:
    """Figures that the saved workbook shows otherwise than we do, and what of `TELLING` is said of it."""
    book = read_book(path)
    department = read_department(book)
    ours, shown = totals_of_department(department).figures, shown_totals(book)
    codes = {one.code for one in check(department, load())}
    return {key for key in COLUMNS.values() if shown.get(key) != ours[key]}, codes & TELLING


def test_after_the_button_and_after_a_recalculation(opened: Open, soffice: Office, tmp_path: Path) -> None:
    """In one go, since LibreOffice takes its time for each start."""
    saved: list[Path] = []
    for number, case in enumerate(CASES.values()):
        source = tmp_path / f"{number}.xlsx"
        source.write_bytes(EXAMPLE.read_bytes())
        desk = opened(source)
        summary.consolidate(desk.host)
        case.do(desk)
        for when in ("before", "after"):
            if when == "after":
                summary.consolidate(desk.host)
            saved.append(tmp_path / f"{number}-{when}.xlsx")
            desk.book.save(str(saved[-1]))
    again = {to: soffice.convert_all(saved, to, tmp_path / to) for to in ("xlsx", "ods")}
    for at, path in enumerate(saved):
        case = [*CASES.values()][at // 2]
        expected = case.after if at % 2 else case.before
        for one in (path, again["xlsx"][at], again["ods"][at]):
            assert judged(one) == expected, one
