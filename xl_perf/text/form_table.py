"""项目绩效目标表 as Word tables: merged cells, borders and column widths of the official text.

A form is two tables, one directly below the other: so the header of the indicators stands again on every page.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.box import BLANK_LABEL, Box, Role
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.model.project import Project
from xl_perf.sheets.cells import text_or_doubt
from xl_perf.sheets.form_content import carried_contents, in_unit, with_around
from xl_perf.sheets.own_results import of_inputs_only, results_of
from xl_perf.text.figures import Type, decimals_of, fitted, width_of, with_decimals
from xl_perf.text.own_frame import OwnFrame, open_sides, with_room
from xl_perf.text.row_heights import USUAL, Heights, Setting, least_heights, set_heights, settings
from xl_perf.text.typography import BY_ID, CELL, CELL_MARGIN, FIGURE, LABEL, TEXT_HEIGHT, TEXT_WIDTH
from xl_perf.text.word_table import Cell, Table, word_table
from xl_perf.written.own_look import OwnLook

_UNITS: Final = {Value.AMOUNT: "万元", Value.PERCENT: "%", Value.WEIGHT: ""}
"""How the official text prints figures; a weight is in the unit of the profile's total."""
_CENTRED: Final = frozenset(
    {Value.CODE, Value.AMOUNT, Value.PERCENT, Value.LEVEL, Value.TARGET, Value.BASIS, Value.WEIGHT}
)
_LEVELS: Final = frozenset({"level1", "level2"})
"""What is said again on every page over which a merged cell goes; anything else that is filled in is said once."""
_Filled = Mapping[Box, Entry[object] | None]


Sides = Mapping[Box, str]
"""Where the text of a box stands on an office's own sheet: left, center, right."""


class OwnRows(NamedTuple):
    """Of an office's own form: which rows are printed, how it looks, the points that a page has left for its rows."""

    frame: OwnFrame
    look: OwnLook | None
    room: float


def form_tables(
    layout: Layout,
    project: Project,
    sides: Sides | None = None,
    own: OwnRows | None = None,
    width: float = TEXT_WIDTH,
    height: float = TEXT_HEIGHT,
) -> list[Table]:
    """The form without its title and its year, which stand above: first all but the indicators, then those.

    Amounts below each other have one number of decimals. ``own`` says how high rows of an office's own form are: lower
    where these fit on their page only then. ``width`` and ``height`` are what the page has, in points.
    """
    form = _Form(layout, project, sides or {}, own, width, height)
    if own is None:
        return form.tables()
    for setting in settings(own.look, layout):
        lowest = form.tables(setting, setting.heights[-1])
        if _height(lowest) > own.room:
            continue
        for heights in setting.heights[:-1]:
            found = form.tables(setting, heights)
            if _height(found) <= own.room:
                return found
        return lowest
    return form.tables(USUAL, USUAL.heights[0])


def _height(tables: Sequence[Table]) -> float:
    return sum(sum(table.heights) for table in tables)


class _Form:
    """What is printed of a form, to be set in tables."""

    def __init__(
        self, layout: Layout, project: Project, sides: Sides, own: OwnRows | None, width: float, height: float
    ) -> None:
        self.layout, self.sides, self.own, self.height = layout, sides, own, height
        self.filled = {box: in_unit(entry, box.unit) for box, entry in layout.filled(project)}
        self.texts = {box: printed(box, entry, layout.kind) for box, entry in self.filled.items()}
        self.texts |= _worked_out(layout, project, self.filled)
        self.columns = list(_columns_of_amounts(self.filled))
        for column in self.columns:
            amounts = [entry.value for entry in column.values() if entry is not None]
            decimals = decimals_of(amount for amount in amounts if isinstance(amount, Decimal))
            self.texts |= {box: printed(box, entry, layout.kind, decimals) for box, entry in column.items()}
        self.widths = [one * width / TEXT_WIDTH for one in layout.text_widths]
        self.first, self.last = (layout.head, layout.end) if own is None else (own.frame.first, own.frame.last)

    def tables(self, setting: Setting = USUAL, heights: Heights = USUAL.heights[0]) -> list[Table]:
        """The tables in a setting, with rows of these heights at least."""
        layout, own = self.layout, self.own
        rows = self._rows(setting)
        by_office = [] if own is None else set_heights(own.look, layout, self.height)
        least = least_heights(by_office[self.first : self.last + 1] or [None] * len(rows), heights)
        at, header = layout.header_row - self.first, layout.first_indicator_row - layout.header_row
        parts = ((slice(at), 1), (slice(at, None), header))
        made = [
            word_table(self.widths, rows[part], number, self.height, least[part], setting.margin)
            for part, number in parts
            if rows[part]
        ]
        return [table._replace(repeats_labels=True) for table in made]

    def _rows(self, setting: Setting) -> list[list[Cell]]:
        layout, sides = self.layout, self.sides
        size = BY_ID[setting.style(FIGURE)].size
        widest: dict[Box, float] = {}
        for column in self.columns:
            widest |= dict.fromkeys(column, max(width_of(self.texts[box], size) for box in column))
        texts = self.texts | dict(self._on_one_line(size))
        types = _types_of_amounts(self.filled, self.texts, self.widths, size)
        boxes = {(row, box.area[1]): box for box in layout.boxes for row in range(box.area[0], box.area[2] + 1)}
        header, below_header = layout.header_row, layout.first_indicator_row
        rows = []
        for row in range(self.first, self.last + 1):
            cells = [boxes[row, column] for column in sorted(column for at, column in boxes if at == row)]
            made = [_cell(box, row, texts, header, below_header, sides) for box in cells]
            outside = "" if self.own is None else open_sides(self.own.frame, row)
            made = [cell._replace(open_side=outside or cell.open_side) for cell in made]
            pairs = zip(cells, made, strict=True)
            made = [
                cell._replace(widest=widest.get(box), type=types.get(box), style=setting.style(cell.style))
                for box, cell in pairs
            ]
            its_sides = [sides.get(box, "left") for box in cells]
            rows.append(with_room(made, self.widths, its_sides) if outside else made)
        return rows

    def _on_one_line(self, size: float) -> Iterator[tuple[Box, str]]:
        """Levels whose text an office has broken for a narrow cell, and which have room for it on one line."""
        for box, text in self.texts.items():
            joined = text.replace("\n", "")
            if box.key in _LEVELS and joined != text and box.area[0] == box.area[2]:
                room = sum(self.widths[box.area[1] : box.area[3] + 1]) - 2 * CELL_MARGIN
                if width_of(joined, size) <= room:
                    yield box, joined


def _worked_out(layout: Layout, project: Project, filled: _Filled) -> dict[Box, str]:
    """What comes of the formulas of an office's own form, of those whose cells are all read."""
    formulas = [box for box in layout.boxes if box.formula]
    if not formulas:
        return {}
    typed: dict[Box, object] = {
        box: entry.value if entry.value is not None else entry.text for box, entry in filled.items() if entry
    }
    results = results_of(layout, typed | carried_contents(layout, project))
    return {box: plain(results[box]) for box in formulas if box in results and of_inputs_only(layout, box)}


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


def _types_of_amounts(
    filled: _Filled, texts: Mapping[Box, str], widths: Sequence[float], size: float
) -> dict[Box, Type]:
    """Amounts beside each other are set alike: as small as the one that needs it most."""
    rows: defaultdict[int, list[Box]] = defaultdict(list)
    for box in filled:
        if box.role is Role.INPUT and box.value is Value.AMOUNT and not any(box.around):
            rows[box.area[0]].append(box)
    made: dict[Box, Type] = {}
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
    flows = box.is_carried or (box.role is Role.INPUT and box.key not in _LEVELS)
    return Cell(right - left + 1, texts[box], style, merge, open_side, flows=flows)


def _style(box: Box, side: str | None) -> str:
    """How a box is set: as the official text does it, on the side where an office's own sheet has it."""
    if box.role is Role.LABEL and not box.is_carried:
        return CELL if box.at_left or side == "left" else LABEL
    if side is not None:
        return FIGURE if side == "center" else CELL
    return FIGURE if box.value in _CENTRED or box.key == "name" or box.is_carried else CELL
