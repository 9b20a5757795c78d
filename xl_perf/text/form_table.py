"""项目绩效目标表 as Word tables: merged cells, borders and column widths of the official text.

A form is two tables, one directly below the other: so the header of the indicators stands again on every page.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.box import BLANK_LABEL, Box, Role
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.model.project import Project
from xl_perf.sheets.cells import text_or_doubt
from xl_perf.sheets.form_content import in_unit, with_around
from xl_perf.text.figures import decimals_of, width_of, with_decimals
from xl_perf.text.typography import BY_ID, CELL, FIGURE, LABEL
from xl_perf.text.word_table import Cell, Table, word_table

_UNITS: Final = {Value.AMOUNT: "万元", Value.PERCENT: "%", Value.WEIGHT: ""}
"""How the official text prints figures; a weight is in the unit of the profile's total."""
_CENTRED: Final = frozenset(
    {Value.CODE, Value.AMOUNT, Value.PERCENT, Value.LEVEL, Value.TARGET, Value.BASIS, Value.WEIGHT}
)
_Filled = Mapping[Box, Entry[object] | None]


Sides = Mapping[Box, str]
"""Where the text of a box stands on an office's own sheet: left, center, right."""


def form_tables(layout: Layout, project: Project, sides: Sides | None = None) -> list[Table]:
    """The form without its title and its year, which stand above: first all but the indicators, then those.

    Amounts below each other have one number of decimals.
    """
    filled = {box: in_unit(entry, box.unit) for box, entry in layout.filled(project)}
    texts = {box: printed(box, entry, layout.kind) for box, entry in filled.items()}
    widest: dict[Box, float] = {}
    for column in _columns_of_amounts(filled):
        amounts = [entry.value for entry in column.values() if entry is not None]
        decimals = decimals_of(amount for amount in amounts if isinstance(amount, Decimal))
        texts |= {box: printed(box, entry, layout.kind, decimals) for box, entry in column.items()}
        widest |= dict.fromkeys(column, max(width_of(texts[box], BY_ID[FIGURE].size) for box in column))
    boxes = {(row, box.area[1]): box for box in layout.boxes for row in range(box.area[0], box.area[2] + 1)}
    header, below_header = layout.header_row, layout.first_indicator_row
    rows = []
    for row in range(layout.head, layout.end + 1):
        cells = [boxes[row, column] for column in sorted(column for at, column in boxes if at == row)]
        made = [_cell(box, row, texts, header, below_header, sides or {}) for box in cells]
        rows.append([cell._replace(widest=widest.get(box)) for box, cell in zip(cells, made, strict=True)])
    at = header - layout.head
    above, below = rows[:at], rows[at:]
    widths = layout.text_widths
    indicators = word_table(widths, below, header=below_header - header)._replace(repeats_labels=True)
    return [word_table(widths, above, header=1)._replace(repeats_labels=True), indicators] if above else [indicators]


def printed(box: Box, entry: Entry[object] | None, kind: FormKind, decimals: int | None = None) -> str:
    """What the official text shows in a box: ``161.93万元``, ``25%``, anything else as it was typed.

    A form that says what its amounts count in has the number alone. ``decimals`` are those of a column of amounts.
    """
    if box.role is not Role.INPUT:
        return BLANK_LABEL if box.text == " " else box.text
    if any(box.around):
        value = entry.value if entry is not None and isinstance(entry.value, Decimal) else None
        said = plain(value) if value is not None else None if entry is None else text_or_doubt(entry) or None
        return str(with_around(box, said))
    if entry is None:
        return box.text
    if isinstance(entry.value, Decimal) and box.value in _UNITS:
        number = plain(entry.value) if decimals is None else with_decimals(entry.value, decimals)
        states_unit = box.value is Value.AMOUNT and kind.states_unit
        unit = box.unit if box.value is Value.AMOUNT else _UNITS[box.value]
        return number if states_unit else f"{number}{unit}"
    return text_or_doubt(entry)


def _columns_of_amounts(filled: _Filled) -> list[_Filled]:
    """The boxes whose amounts stand below each other."""
    columns: defaultdict[tuple[int, int], dict[Box, Entry[object] | None]] = defaultdict(dict)
    for box, entry in filled.items():
        if box.role is Role.INPUT and box.value is Value.AMOUNT and not any(box.around):
            columns[box.area[1], box.area[3]][box] = entry
    return [column for column in columns.values() if len(column) > 1]


def _cell(box: Box, row: int, texts: Mapping[Box, str], header: int, below: int, sides: Sides) -> Cell:
    """A cell of a row. The label of the part that begins in the ``header`` rows of the indicators stands below them."""
    top, left, bottom, right = box.area
    style = _style(box, sides.get(box))
    if top == header and bottom >= below:
        if row < below:
            merge = "" if below - header == 1 else "restart" if row == header else "continue"
            return Cell(right - left + 1, "", style, merge, open_side="bottom")
        top = below
    merge = "" if top == bottom else "restart" if row == top else "continue"
    open_side = "top" if row == below == top and box.area[0] == header else ""
    return Cell(right - left + 1, texts[box], style, merge, open_side)


def _style(box: Box, side: str | None) -> str:
    """How a box is set: as the official text does it, on the side where an office's own sheet has it."""
    if box.role is Role.LABEL:
        return CELL if box.at_left or side == "left" else LABEL
    if side is not None:
        return FIGURE if side == "center" else CELL
    return FIGURE if box.value in _CENTRED or box.key == "name" else CELL
