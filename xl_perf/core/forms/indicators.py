"""Reads the indicator table of a form."""

from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import isfinite
from typing import Any, Final, NamedTuple

from xl_perf.core.cells.entries import target_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, PartOfCell, Status, absent
from xl_perf.core.cells.grid import Scalar, cell_at, is_blank_row
from xl_perf.core.cells.values import is_blank, is_placeholder
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.footers import begins_details, begins_with, heads_details, is_footer, is_total_row, is_unfilled
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.split_targets import Split
from xl_perf.core.forms.titles import CONTINUED
from xl_perf.core.model.project import Indicator, Levels

_new: Final = tuple.__new__
"""Makes an `Indicator` in half the time that its own constructor takes: a workbook has dozens."""
_NOTHING: Final = (None, "")
_LEAST_NAME: Final = 4
"""Characters of the name of a part; fewer are pieces of a merged label: 绩, 效."""
_FEWEST_NUMBERS: Final = 3
_POINTS_OF_ALL: Final = frozenset({Decimal(90), Decimal(100)})
_TOTAL_ENDS: Final = frozenset("计分:：)）")
NO_WEIGHT: Final[Entry[Decimal]] = Indicator._field_defaults["weight"]
_Moved = dict[tuple[int, int], int]
"""Columns of the sheet in which texts stand that a lost merge has moved, by row and number of the column."""


class Rows(NamedTuple):
    """The rows of an indicator table: those that say more than their levels, and the levels of those that do not."""

    indicators: tuple[Indicator, ...] = ()
    unfilled: tuple[Levels, ...] = ()


def read_indicators(frame: Frame, line: Sequence[Scalar], width: int, sheet: str) -> Rows:
    """The rows of the table; ``line`` are the cells of the sheet.

    A column that the kind or the form does not have is absent.
    """
    if not frame.rows or not any(frame.columns):
        return Rows()
    moved: _Moved = {}
    unfilled: list[Levels] = []
    indicators = list(_rows(frame, line, width, sheet, moved, unfilled))
    if frame.columns.get("weight"):
        indicators = _with_points_of_levels(indicators)
    if not all(frame.texts) or moved:
        indicators = [_placed(one, frame, moved, sheet) for one in indicators]
    return Rows(tuple(indicators), tuple(unfilled))


def _rows(
    frame: Frame, line: Sequence[Scalar], width: int, sheet: str, moved: _Moved, unfilled: list[Levels]
) -> Iterable[Indicator]:
    level1: Entry[str] = absent(sheet)
    level2: Entry[str] = absent(sheet)
    at1, at2, at3, at4, at5, at6 = (span.start for span in frame.texts)
    weights = frame.columns.get("weight")
    split = Split(frame.columns.get("operator"), frame.columns.get("measure"))
    table = _above_next_part(frame, line, width, list(_table(frame, line, moved)))
    for row, first, second, name, description, target, basis in _own_rows(table, frame.kind, line, width):
        if first not in _NOTHING:
            level1 = first_level(first, sheet, row, at1)
        if second not in _NOTHING:
            level2 = level_entry(second, sheet, row, at2)
        elif first not in _NOTHING:
            level2 = below_level(level1, row, at2)
        if not (name and description and target and basis):
            own = name, description, target, basis
            if is_blank_row(own):
                if (first or second) and _is_footer(first, second, ()):
                    return
                unfilled.append((level1, level2))
                continue
            name, description, target, basis = (None if typed == "" else typed for typed in own)
        level3 = text_entry(name, sheet, row, at3)
        described = text_entry(description, sheet, row, at4)
        based = text_entry(basis, sheet, row, at6)
        if not (level3[0] and described[0] and based[0]):
            filled = [typed for typed in (name, description, target, basis) if not is_blank(typed)]
            if len(filled) <= 2 and _is_footer(first, second, filled):
                return
            if not filled or all(map(_says_nothing, filled)):
                unfilled.append((level1, level2))
                continue
        if split.is_split:
            cells = line[row * width : (row + 1) * width]
            target, at = split.joined(cells, target, at5)
            aimed = target_entry(target, sheet, row, at)
        else:
            aimed = target_entry(target, sheet, row, at5)
        weight = _weight(weights, row, line, width, sheet) if weights else NO_WEIGHT
        yield _new(Indicator, (level1, level2, level3, described, aimed, based, weight))


def _says_nothing(typed: Scalar) -> bool:
    """无, a dash or what a model says, in a row that has nothing else."""
    return isinstance(typed, str) and (is_unfilled(typed) or is_placeholder(typed))


def _with_points_of_levels(indicators: list[Indicator]) -> list[Indicator]:
    """The indicators, without weights where that column has the points of first levels, each in its level's first row.

    They are told from weights that nobody filled in by their sum. The level is then called 产出指标（50分）.
    """
    filled = [one.weight.value for one in indicators if not one.weight.is_empty]
    if not filled or len(filled) == len(indicators) or _sum(filled) not in _POINTS_OF_ALL:
        return indicators
    firsts = [at == 0 or one.level1 != indicators[at - 1].level1 for at, one in enumerate(indicators)]
    if any(is_first == one.weight.is_empty for is_first, one in zip(firsts, indicators, strict=True)):
        return indicators
    made: list[Indicator] = []
    level1 = indicators[0].level1
    for is_first, one in zip(firsts, indicators, strict=True):
        if is_first:
            typed = PartOfCell(f"{one.level1.text}（{one.weight.text.removesuffix('分')}分）")
            level1 = one.level1._replace(typed=typed)
        made.append(one._replace(level1=level1, weight=NO_WEIGHT))
    return made


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _above_next_part(
    frame: Frame, line: Sequence[Scalar], width: int, table: list[tuple[Any, ...]]
) -> list[tuple[Any, ...]]:
    """The rows of the table down to where something else stands left of it: 注：…, another part of the form."""
    columns = range(frame.area[1], frame.first_column)
    if not columns:
        return table
    own = {_lead(line, width, row, columns) for row in frame.headers}
    for at, cells in enumerate(table):
        text = _lead(line, width, cells[0], columns)
        if text and (ends_table(text, own) or _heads_details(text, line, width, cells[0])):
            return table[:at]
    return table


def _heads_details(text: str, line: Sequence[Scalar], width: int, row: int) -> bool:
    """A text begins a row that heads another table."""
    return begins_details(text) and heads_details(line[row * width : (row + 1) * width])


def _lead(line: Sequence[Scalar], width: int, row: int, columns: range) -> str:
    """The text left of the table in a row; empty for none."""
    cells = line[row * width + columns.start : row * width + min(columns.stop, width)]
    return next((typed.strip() for typed in cells if isinstance(typed, str) and typed.strip()), "")


def ends_table(text: str, own: Container[str]) -> bool:
    """A text left of the table ends it: a footer, or the name of another part of the form.

    Neither does the name of the indicators' part again, what stands beside the table's header (``own``), or a total.
    """
    is_known = label_key(text) in {"indicators_part", CONTINUED} or text in own
    return is_footer(text) or (len(text) >= _LEAST_NAME and not is_known and not is_total_row(text))


def _own_rows(
    table: Sequence[tuple[Any, ...]], kind: FormKind, line: Sequence[Scalar], width: int
) -> Iterable[tuple[Any, ...]]:
    """The rows of the table down to a line in its first column that says that the form is over, without totals."""
    is_stopped = False
    for cells in table:
        first, name = cells[1], cells[3]
        if _is_number(first) and counts_columns(cells[1:]):
            continue
        if first.__class__ is str and first:
            is_stopped = bool(kind.stop_words) and begins_with(first, kind.stop_words)
            if is_footer(first) or _heads_details(first, line, width, cells[0]):
                return
            if first[-1] in _TOTAL_ENDS and is_total_row(first):
                continue
        if not (is_stopped or (name.__class__ is str and name[-1:] in _TOTAL_ENDS and is_total_row(name))):
            yield cells


def _is_number(typed: Scalar) -> bool:
    return (isinstance(typed, int | float) and not isinstance(typed, bool) and isfinite(typed)) or (
        isinstance(typed, str) and typed.strip().isdecimal()
    )


def counts_columns(cells: Sequence[Scalar]) -> bool:
    """A row of column numbers: 1 2 3 4."""
    filled = [typed for typed in cells if not is_blank(typed)]
    if len(filled) < _FEWEST_NUMBERS or not all(map(_is_number, filled)):
        return False
    numbers = [int(typed) for typed in filled if isinstance(typed, str | int | float)]
    return all(later == earlier + 1 for earlier, later in pairwise(numbers))


def _table(frame: Frame, line: Sequence[Scalar], moved: _Moved) -> Iterable[tuple[Any, ...]]:
    """The rows of the table: their number, and what their columns from 一级指标 to 依据 hold.

    Where a merged column has lost its merge, what stands in another than its first cell counts as well: ``moved`` says
    where.
    """
    first, last = frame.rows[0], frame.rows[-1]
    blanks: list[Scalar] = [None] * (last + 1 - first)
    columns = [blanks if cells is None else list(line[cells]) for cells in frame.cells]
    for number, column, cells in frame.beside:
        beside, own = line[cells], columns[number]
        if not is_blank_row(beside):
            for at, typed in enumerate(beside):
                if own[at] in _NOTHING and typed not in _NOTHING:
                    own[at] = typed
                    moved[first + at, number] = column
    table = zip(range(first, last + 1), *columns, strict=True)
    if len(frame.rows) == len(blanks):
        return table
    rows = frozenset(frame.rows)
    return [cells for cells in table if cells[0] in rows]


def _placed(indicator: Indicator, frame: Frame, moved: Mapping[tuple[int, int], int], sheet: str) -> Indicator:
    """The indicator with the cells where its texts stand, and without those that have no column."""
    row = indicator.level3.row
    entries: list[Entry[Any]] = list(indicator)
    for number, span in enumerate(frame.texts[2:], 2):
        column = moved.get((row, number), span.start)
        entries[number] = entries[number]._replace(column=column) if span else absent(sheet)
    return Indicator._make(entries)


def _weight(columns: range, row: int, line: Sequence[Scalar], width: int, sheet: str) -> Entry[Decimal]:
    for column in columns:
        typed = line[cell_at(row, column, width)]
        if typed not in _NOTHING:
            return weight_entry(typed, sheet, row, column)
    return weight_entry(None, sheet, row, columns.start)


def _is_footer(first: Scalar, second: Scalar, own: Sequence[Scalar]) -> bool:
    """The form is over: a line such as 填表人 in the first cell of the row, or alone in it."""
    for typed in (first, second, *own):
        if typed is not None and typed != "":
            return isinstance(typed, str) and is_footer(typed)
    return False


def first_level(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A first level by its plain name; 服务对象满意度 is a second level's name, and stands for 满意度 here."""
    level = level_entry(typed, sheet, row, column)
    return level._replace(value="满意度") if level.value == "服务对象满意度" else level


def below_level(level1: Entry[str], row: int, column: int) -> Entry[str]:
    """The second level where none stands: what a first level such as 服务对象满意度指标 names as well, else blank."""
    named = None if level1.value is None else branch_key(level1.text)
    if named is not None and named != level1.value:
        return level1._replace(value=named)
    return Entry(None, Status.BLANK, None, level1.sheet, row, column)


def level_entry(typed: Scalar, sheet: str, row: int, column: int) -> Entry[str]:
    """A first or second level, by its plain name."""
    if typed.__class__ is str and (name := branch_key(typed)):
        return _new(Entry, (name, Status.FILLED, typed, sheet, row, column))
    return text_entry(typed, sheet, row, column)
