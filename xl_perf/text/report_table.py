"""Monitoring and self-evaluation tables as Word tables, from the boxes that a sheet has as well.

A table is two, one directly below the other: so the header of the indicators stands again on every page. Monitoring
has seventeen columns and lies on its side.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.forms.box import Role
from xl_perf.core.forms.kind import Family, FormKind, Value
from xl_perf.core.making.report_layout import ReportBox, ReportLayout
from xl_perf.text.figures import decimals_of, needed_width, width_of, with_decimals
from xl_perf.text.typography import (
    BY_ID,
    SMALL,
    SMALL_LABEL,
    SMALL_TEXT,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    WIDE_HEIGHT,
    WIDE_WIDTH,
)
from xl_perf.text.widths import usual
from xl_perf.text.word_table import Cell, Table, word_table

ROW: Final = 24.0
"""Points that a row has at least."""
LOW_ROW: Final = 16.5
"""The same of a table that fits on its page so, and not otherwise."""
_BETWEEN: Final = 1.5
"""Points of the paragraph behind a table, and of the line below its last row."""
_LEFT: Final = frozenset({Value.LONG_TEXT})
_NUMBERS: Final = frozenset({Value.AMOUNT, Value.RATE, Value.SCORE, Value.WEIGHT})
_GROWING: Final = frozenset({"level3", "target", "reached", "actual", "expected", "explanation", "reason", "remark"})
"""Columns of texts, which share what the others leave."""
_MOST_GROWTH: Final = 3.0
"""A column of texts becomes at most so many times as wide as it usually is."""
_PAIR: Final = 2


class Paper(NamedTuple):
    """What a page has for a table, in points."""

    width: float
    height: float


PAPERS: Final[Mapping[Family, Paper]] = {
    Family.MONITORING: Paper(WIDE_WIDTH, WIDE_HEIGHT),
    Family.EVALUATION: Paper(TEXT_WIDTH, TEXT_HEIGHT),
}


def report_tables(
    layout: ReportLayout, widths: Sequence[float], fits: Callable[[float], bool] = lambda _: True
) -> list[Table]:
    """The table without its title and the line below, which stand above: first all but the indicators, then those.

    Its rows are lower where it ``fits`` on its page then, and not otherwise. Numbers below each other have one number
    of decimals. ``widths`` are those of the columns, see `column_widths`.
    """
    boxes = [box for box in layout.boxes if _is_printed(box)]
    texts = _texts(boxes)
    widest = _widest(boxes, texts)
    by_row: defaultdict[int, list[ReportBox]] = defaultdict(list)
    for box in boxes:
        for row in range(box.area[0], box.area[2] + 1):
            by_row[row].append(box)
    header = next(box.area[0] for box in boxes if box.key == "indicators_part")
    first = layout.first_indicator_row
    rows = []
    for row in sorted(by_row):
        its = sorted(by_row[row], key=lambda box: box.area[1])
        rows.append([_cell(box, row, texts[box], (header, first))._replace(widest=widest.get(box)) for box in its])
    at = header - min(by_row)
    page = PAPERS[layout.kind.family].height
    parts = [(rows[:at], 1), (rows[at:], first - header)]
    low, usual_ones = (
        [
            word_table(widths, part, head, page, [least] * len(part))._replace(repeats_labels=True)
            for part, head in parts
            if part
        ]
        for least in (LOW_ROW, ROW)
    )
    return low if fits(_height(low)) and not fits(_height(usual_ones)) else usual_ones


def _height(tables: Iterable[Table]) -> float:
    """Points that tables directly below each other take, with the paragraphs between and behind them."""
    return sum(sum(one.heights) + _BETWEEN for one in tables)


def column_widths(kind: FormKind, layouts: Iterable[ReportLayout]) -> list[float]:
    """Points of the columns, the same for all tables of a document: those of long texts are wider.

    A text takes its width from its area, so that a long explanation does not become a narrow tower.
    """
    usual_widths, total = kind.text_widths, PAPERS[kind.family].width
    columns = [None, *(column for column in kind.columns if not column.is_outside)]
    size, line = BY_ID[SMALL_TEXT].size, BY_ID[SMALL_TEXT].line
    wanted = list(usual_widths)
    least = list(usual_widths)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for layout in layouts:
        for box in layout.boxes:
            if (
                _is_printed(box)
                and box.item is not None
                and isinstance(box.content, str)
                and box.area[1] == box.area[3]
            ):
                found[box.key].append(box.content)
    for at, column in enumerate(columns):
        if column is None or column.key not in _GROWING:
            continue
        texts = found[column.key]
        area = max((sum(map(usual, text)) * size * line for text in texts), default=0.0)
        # About twice as wide as high.
        shape = math.sqrt(2 * area)
        wanted[at] = min(max(usual_widths[at], shape), usual_widths[at] * _MOST_GROWTH)
        least[at] = max(min(usual_widths[at], 36.0), needed_width(texts, size) if texts else 0)
    growing = [at for at, column in enumerate(columns) if column is not None and column.key in _GROWING]
    room = total - sum(one for at, one in enumerate(usual_widths) if at not in growing)
    return _shared(wanted, least, growing, room)


def _shared(wanted: Sequence[float], least: Sequence[float], growing: Sequence[int], room: float) -> list[float]:
    """Those columns share the room as they want it, none gets less than its least (as long as there is that much)."""
    made = list(wanted)
    open_, left = list(growing), room
    while open_:
        scale = left / sum(wanted[at] for at in open_)
        short = [at for at in open_ if wanted[at] * scale < least[at]]
        if not short or sum(least[at] for at in growing) > room:
            for at in open_:
                made[at] = wanted[at] * scale
            break
        for at in short:
            made[at] = least[at]
            left -= least[at]
            open_.remove(at)
    return made


def _is_printed(box: ReportBox) -> bool:
    return not box.is_aside and box.role not in {Role.TITLE, Role.YEAR}


# --- what stands in the cells ---------------------------------------------------------------------------------------


def _texts(boxes: Sequence[ReportBox]) -> dict[ReportBox, str]:
    """What each box shows."""
    texts = {}
    for (value, _), its in _columns(boxes).items():
        numbers = [box.content for box in its if isinstance(box.content, Decimal)]
        decimals = _decimals(value, numbers)
        for box in its:
            texts[box] = _number(box.content, value, decimals) if isinstance(box.content, Decimal) else ""
    lacks_score = any(_is_score(box) and not isinstance(box.content, Decimal) for box in boxes)
    for box in boxes:
        if not isinstance(box.content, Decimal):
            texts[box] = _words(box)
        elif box not in texts:
            texts[box] = f"{box.content:f}"
        # What some scores come to is no total.
        if box.key == "total:score" and lacks_score:
            texts[box] = ""
    return texts


def _words(box: ReportBox) -> str:
    """A heading is broken where its column ends, not where a sheet's does."""
    text = box.content if isinstance(box.content, str) else ""
    return text.replace("\n", "") if box.key.endswith(":heading") else text


def _is_score(box: ReportBox) -> bool:
    """A score that the total adds up."""
    return box.key == "score" and box.role is Role.INPUT and box.item is not None and box.content != "-"


def _columns(boxes: Iterable[ReportBox]) -> dict[tuple[Value, tuple[int, int]], list[ReportBox]]:
    """The boxes with numbers that stand below each other."""
    found: defaultdict[tuple[Value, tuple[int, int]], list[ReportBox]] = defaultdict(list)
    for box in boxes:
        if box.role is Role.INPUT and box.value in _NUMBERS:
            value = Value.WEIGHT if box.key == "total:weight" else box.value
            found[value, (box.area[1], box.area[3])].append(box)
    return found


def _decimals(value: Value, numbers: Sequence[Decimal]) -> int:
    if value is Value.WEIGHT and all(number == number.to_integral_value() for number in numbers):
        return 0
    return decimals_of(numbers)


def _number(number: Decimal, value: Value, decimals: int) -> str:
    text = with_decimals(number, decimals) if decimals else f"{number.to_integral_value():f}"
    return f"{text}%" if value is Value.RATE else text


def _widest(boxes: Sequence[ReportBox], texts: Mapping[ReportBox, str]) -> dict[ReportBox, float]:
    """How wide the longest number of its column is, for boxes that hold one: so their points stand below each other."""
    size = BY_ID[SMALL].size
    made: dict[ReportBox, float] = {}
    for its in _columns(boxes).values():
        numbers = [box for box in its if isinstance(box.content, Decimal)]
        if len(numbers) >= _PAIR:
            made |= dict.fromkeys(numbers, max(width_of(texts[box], size) for box in numbers))
    return made


def _cell(box: ReportBox, row: int, text: str, indicators: tuple[int, int]) -> Cell:
    """A cell of a row. The label of the indicators stands below their header, which is repeated without it."""
    top, left, bottom, right = box.area
    header, first = indicators
    style = SMALL_TEXT if box.value in _LEFT or box.at_left or box.key in {"level3", "remark"} else SMALL
    if box.role is Role.LABEL and box.value is not Value.LEVEL and not box.at_left:
        style = SMALL_LABEL
    open_side = ""
    if box.key == "indicators_part":
        if row < first:
            merge = "" if first - header == 1 else "restart" if row == header else "continue"
            return Cell(right - left + 1, "", style, merge, open_side="bottom")
        top = first
        open_side = "top" if row == first else ""
    merge = "" if top == bottom else "restart" if row == top else "continue"
    return Cell(right - left + 1, text, style, merge, open_side)
