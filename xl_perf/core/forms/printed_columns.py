"""Columns beside the amounts that an office's own form prints and does not read: 增减额, 测算依据 beside 预算数.

Whoever fills the form in has to fill them in. They count as such where the budget stands below the heading below which
the 样表 has its mark; else another column was read than the office meant, and nothing of it may be passed over.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.entries import amount_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import CellLine, Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.own_sheet import OwnSheet

_REACH: Final = 4
"""Rows above the budget in which its heading stands."""
_TALLEST: Final = 3
"""Rows over which a heading is merged."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d年?度?")
_IS_LABEL: Final = re.compile("[\u4e00-\u9fff]").search
"""What a column of labels prints, and no column of amounts."""
_NONE: Final[tuple[int, frozenset[int]]] = (0, frozenset())


def printed_columns(kind: FormKind, budget: Entry[object], cells: CellLine) -> tuple[int, frozenset[int]]:
    """The row with the headings of a form's amounts, and the columns whose headings its 样表 prints and does not read.

    ``budget`` is the form's own, ``cells`` are those of its sheet. No columns where the form has no such headings.
    """
    sheet = kind.own_sheet
    head = None if sheet is None else _head(sheet, tuple(field.key for field in kind.money))
    if head is None or budget.cell is None:
        return _NONE
    own, others = head
    for row in range(budget.row - 1, max(budget.row - _REACH, 0) - 1, -1):
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        typed = line[budget.column] if budget.column < len(line) else None
        if isinstance(typed, str) and not is_blank(typed):
            columns = (at for at in range(cells.width) if at != budget.column)
            found = (at for at in columns if _seen(_heading(cells, row, at)) in others)
            return (row, frozenset(found)) if _seen(typed) == own else _NONE
    return _NONE


def amounts_in_others(
    kind: FormKind, budget: Entry[Decimal], cells: CellLine
) -> tuple[tuple[str, Entry[Decimal]], ...]:
    """Where the budget is blank, the amounts in its row below those headings, each with its heading."""
    if kind.own_sheet is None or not budget.is_empty:
        return ()
    head, columns = printed_columns(kind, budget, cells)
    at = ((column, cells.line[budget.row * cells.width + column]) for column in sorted(columns))
    return tuple(
        (text_of(_heading(cells, head, column)), amount_entry(typed, budget.sheet, budget.row, column))
        for column, typed in at
        if (amount := to_amount(typed)) is not None and amount.value
    )


def _heading(cells: CellLine, row: int, column: int) -> Scalar:
    """What heads a column: its text in a row of headings, else one above that may be merged down to it."""
    above = (cells.line[at * cells.width + column] for at in range(row, max(row - _TALLEST, -1), -1))
    return next((typed for typed in above if not is_blank(typed)), None)


@lru_cache(maxsize=64)
def _head(sheet: OwnSheet, money: tuple[str, ...]) -> tuple[str, frozenset[str]] | None:
    """The heading above the budget of a 样表, and those in its row below which it neither reads nor prints a label,
    one that is merged down to that row as well.

    ``money`` are the keys of its amounts, the budget first.
    """
    place = next((one.area for one in sheet.fields if one.key == money[0]), None)
    if place is None:
        return None
    row, column = place[:2]
    for at in range(row - 1, max(row - _REACH, 0) - 1, -1):
        texts = sheet.texts[at]
        if texts[column].strip():
            read = {one.area[1] for one in sheet.fields if at < one.area[0]}
            rows = range(at + 1, max(one.area[0] for one in sheet.fields if one.key in money) + 1)
            labels = {one for below in rows for one, text in enumerate(sheet.texts[below]) if _IS_LABEL(text)}
            first = max((one for one in labels if one < column), default=-1) + 1
            own = [one for one in range(first, sheet.width) if one not in read | labels]
            merged = {(area[2], area[1]): area for area in sheet.merges if at - _TALLEST < area[0] < area[2] == at}
            tall = {column: sheet.texts[merged[at, column][0]][column] for column in own if (at, column) in merged}
            others = {_seen(text) for text in (*(texts[one] for one in own), *tall.values()) if text.strip()}
            return _seen(texts[column]), frozenset(others)
    return None


def _seen(text: Scalar) -> str:
    """A heading as it is compared: whatever the year that it names."""
    return bare(_YEAR.sub("", text)).text if isinstance(text, str) and text.strip() else ""


def stand_in(found: tuple[int, frozenset[int]], row: int, column: int) -> bool:
    """A cell stands below one of the headings."""
    head, columns = found
    return bool(columns) and row > head and column in columns
