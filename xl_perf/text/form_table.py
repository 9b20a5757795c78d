"""项目绩效目标表 as Word tables: merged cells, borders and column widths of the official text.

A form is two tables, one directly below the other: so the header of the indicators stands again on every page.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
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
from xl_perf.sheets.own_results import of_inputs_only, results_of
from xl_perf.text.figures import Type, decimals_of, fitted, width_of, with_decimals
from xl_perf.text.own_frame import OwnFrame, open_sides, with_room
from xl_perf.text.typography import BY_ID, CELL, FIGURE, LABEL, TEXT_HEIGHT, TEXT_WIDTH
from xl_perf.text.word_table import ROW, Cell, Table, word_table

_UNITS: Final = {Value.AMOUNT: "万元", Value.PERCENT: "%", Value.WEIGHT: ""}
"""How the official text prints figures; a weight is in the unit of the profile's total."""
_CENTRED: Final = frozenset(
    {Value.CODE, Value.AMOUNT, Value.PERCENT, Value.LEVEL, Value.TARGET, Value.BASIS, Value.WEIGHT}
)
_LEVELS: Final = frozenset({"level1", "level2"})
"""What is said again on every page over which a merged cell goes; anything else that is filled in is said once."""
_Filled = Mapping[Box, Entry[object] | None]


Rows = Sequence[Sequence[Cell]]
_LOWER: Final = (28.0, 26.0, 24.0, 22.0, 20.0, 19.0)
"""Points of a row of an office's own form that does not fit on its page otherwise; a line of text needs 18.5."""
Sides = Mapping[Box, str]
"""Where the text of a box stands on an office's own sheet: left, center, right."""


def form_tables(
    layout: Layout,
    project: Project,
    sides: Sides | None = None,
    frame: OwnFrame | None = None,
    room: float = 0,
    width: float = TEXT_WIDTH,
    height: float = TEXT_HEIGHT,
) -> list[Table]:
    """The form without its title and its year, which stand above: first all but the indicators, then those.

    Amounts below each other have one number of decimals. ``frame`` is that of an office's own form; its rows are lower
    where it has ``room``, in points, for them only then; ``width`` and ``height`` are what the page has, in points.
    """
    filled = {box: in_unit(entry, box.unit) for box, entry in layout.filled(project)}
    texts = {box: printed(box, entry, layout.kind) for box, entry in filled.items()}
    texts |= _worked_out(layout, filled)
    widest: dict[Box, float] = {}
    for column in _columns_of_amounts(filled):
        amounts = [entry.value for entry in column.values() if entry is not None]
        decimals = decimals_of(amount for amount in amounts if isinstance(amount, Decimal))
        texts |= {box: printed(box, entry, layout.kind, decimals) for box, entry in column.items()}
        widest |= dict.fromkeys(column, max(width_of(texts[box], BY_ID[FIGURE].size) for box in column))
    widths = [one * width / TEXT_WIDTH for one in layout.text_widths]
    types = _types_of_amounts(filled, texts, widths)
    boxes = {(row, box.area[1]): box for box in layout.boxes for row in range(box.area[0], box.area[2] + 1)}
    header, below_header = layout.header_row, layout.first_indicator_row
    first, last = (layout.head, layout.end) if frame is None else (frame.first, frame.last)
    rows = []
    for row in range(first, last + 1):
        cells = [boxes[row, column] for column in sorted(column for at, column in boxes if at == row)]
        made = [_cell(box, row, texts, header, below_header, sides or {}) for box in cells]
        outside = "" if frame is None else open_sides(frame, row)
        made = [cell._replace(open_side=outside or cell.open_side) for cell in made]
        pairs = zip(cells, made, strict=True)
        made = [cell._replace(widest=widest.get(box), type=types.get(box)) for box, cell in pairs]
        rows.append(with_room(made, widths, [(sides or {}).get(box, "left") for box in cells]) if outside else made)
    at = header - first
    for least in (ROW, *(() if frame is None else _LOWER)):
        found = _tables(widths, rows[:at], rows[at:], below_header - header, least, height)
        if sum(sum(table.heights) for table in found) <= room:
            return found
    return _tables(widths, rows[:at], rows[at:], below_header - header, ROW, height)


def _worked_out(layout: Layout, filled: _Filled) -> dict[Box, str]:
    """What comes of the formulas of an office's own form, of those whose cells are all read."""
    formulas = [box for box in layout.boxes if box.formula]
    if not formulas:
        return {}
    typed = {box: entry.value if entry.value is not None else entry.text for box, entry in filled.items() if entry}
    results = results_of(layout, typed)
    return {box: plain(results[box]) for box in formulas if box in results and of_inputs_only(layout, box)}


def _tables(widths: Sequence[float], above: Rows, below: Rows, header: int, least: float, height: float) -> list[Table]:
    parts = ((above, 1), (below, header))
    made = [word_table(widths, rows, header=number, page=height, least=least) for rows, number in parts if rows]
    return [table._replace(repeats_labels=True) for table in made]


def printed(box: Box, entry: Entry[object] | None, kind: FormKind, decimals: int | None = None) -> str:
    """What the official text shows in a box: ``161.93万元``, ``25%``, anything else as it was typed.

    A form that says what its amounts count in has the number alone. ``decimals`` are those of a column of amounts.
    """
    if box.role is not Role.INPUT:
        return BLANK_LABEL if box.text == " " else box.text
    if any(box.around) or box.room:
        value = entry.value if entry is not None and isinstance(entry.value, Decimal) else None
        said = plain(value) if value is not None else None if entry is None else text_or_doubt(entry) or None
        return str(with_around(box, said) or "")
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


def _types_of_amounts(filled: _Filled, texts: Mapping[Box, str], widths: Sequence[float]) -> dict[Box, Type]:
    """Amounts beside each other are set alike: as small as the one that needs it most."""
    rows: defaultdict[int, list[Box]] = defaultdict(list)
    for box in filled:
        if box.role is Role.INPUT and box.value is Value.AMOUNT and not any(box.around):
            rows[box.area[0]].append(box)
    size, made = BY_ID[FIGURE].size, dict[Box, Type]()
    for boxes in rows.values():
        types = [fitted(texts[box], size, sum(widths[box.area[1] : box.area[3] + 1])) for box in boxes]
        if len(set(types)) > 1:
            made |= dict.fromkeys(boxes, min(types))
    return made


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
    flows = box.role is Role.INPUT and box.key not in _LEVELS
    return Cell(right - left + 1, texts[box], style, merge, open_side, flows=flows)


def _style(box: Box, side: str | None) -> str:
    """How a box is set: as the official text does it, on the side where an office's own sheet has it."""
    if box.role is Role.LABEL:
        return CELL if box.at_left or side == "left" else LABEL
    if side is not None:
        return FIGURE if side == "center" else CELL
    return FIGURE if box.value in _CENTRED or box.key == "name" else CELL
