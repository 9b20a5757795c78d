"""Lines that an office's own form prints and that have no mark: 填表人：, 填报单位（盖章）：      金额单位：万元.

What somebody typed behind their labels, or in the blank cells right of these, is carried as it was typed: the form
has it again. Amounts of money are none of it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entries import text_entry
from xl_perf.core.cells.entry import PartOfCell, Status
from xl_perf.core.cells.grid import Area, CellLine, Scalar
from xl_perf.core.cells.units import stated_units
from xl_perf.core.cells.values import is_blank, text_of, to_amount
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.filled_texts import is_blank_label, labels_in
from xl_perf.core.forms.footers import is_signing, is_total_row
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.own_sheet import Cell, OwnSheet
from xl_perf.core.forms.printed_room import is_room
from xl_perf.core.model.project import OwnLine, Project

_ROOM: Final = re.compile(r"[\s_＿]+")


class _Line(NamedTuple):
    """A printed line: its place, its text, its labels as they are compared; ``is_alone`` if it has no colon."""

    cell: Cell
    text: str
    labels: tuple[str, ...]
    is_alone: bool


def printed_lines(sheet: OwnSheet) -> Iterator[_Line]:
    """The lines of a 样表 outside of its tables: labels with a colon and room, and below its tables every label that
    has a blank cell beside it.
    """
    inputs = {place.area[:2] for place in (*sheet.fields, *sheet.goals, *(one for _, one in sheet.months))}
    last = sheet.tables[-1].last if sheet.tables else -1
    heads = [area[:2] for area in (sheet.title, sheet.year) if area is not None]
    bodies = {row for table in sheet.tables for row in range(table.header, table.last + 1)}
    for row, texts in enumerate(sheet.texts):
        for column, text in enumerate(texts):
            at = (row, column)
            if row in bodies or at in inputs or at in heads or not text.strip():
                continue
            if is_blank_label(text):
                yield _Line(at, text, tuple(map(_bare, labels_in(text))), is_alone=False)
            elif row > last and (is_signing(text) or (":" not in folded(text) and not is_total_row(text))):
                yield _Line(at, text, (_bare(text),), is_alone=True)


def own_lines(sheet: OwnSheet, cells: CellLine, name: str, within: Area, taken: Collection[Cell]) -> Iterator[OwnLine]:
    """What was typed into such lines of the form in those rows and columns of the sheet of that name.

    ``taken`` are the cells that are read as something else.
    """
    top, left, bottom, right = within
    shown = {_bare(text) for texts in sheet.texts for text in texts if text.strip()}
    used: set[Cell] = set()
    seen: dict[str, int] = {}
    for line in printed_lines(sheet):
        number = seen.get(line.text, 0)
        seen[line.text] = number + 1
        at = next(
            (
                (row, column)
                for row in range(top, bottom + 1)
                for column in range(left, min(right + 1, cells.width))
                if (row, column) not in used and (row, column) not in taken and _is_of(line, _typed(cells, row, column))
            ),
            None,
        )
        if at is None:
            continue
        used.add(at)
        typed = text_of(_typed(cells, *at))
        if not line.is_alone and _bare(typed) != _bare(line.text) and not is_blank_label(typed):
            if _is_in_own_unit(line, typed):
                yield OwnLine(line.text, number, 0, text_entry(typed, name, *at))
            continue
        beside = _beside(sheet, line)
        for offset in beside:
            row, column = at[0], at[1] + offset
            one = _typed(cells, row, column) if column < cells.width else None
            if is_blank(one) or one == _typed(cells, *at) or (row, column) in taken or _bare(text_of(one)) in shown:
                continue
            if is_signing(line.text) or to_amount(one) is None:
                yield OwnLine(line.text, number, offset, text_entry(one, name, row, column))
                break


def place_of_line(sheet: OwnSheet, line: OwnLine) -> Cell | None:
    """The cell of a 样表 in which it stands; None where that does not print such a line."""
    found = [one for one in printed_lines(sheet) if one.text == line.printed]
    if line.number >= len(found):
        return None
    (row, column), beside = found[line.number].cell, _beside(sheet, found[line.number])
    if not line.offset:
        return row, column
    return (row, column + beside[0]) if beside else None


def with_own_lines(projects: Sequence[Project], cells: CellLine, areas: Collection[Area]) -> list[Project]:
    """Projects of one form, or of one list, with what stands in these lines; ``areas`` are those of all forms there."""
    sheet = projects[0].kind.own_sheet if projects else None
    if sheet is None or not sheet.texts or sheet.problem:
        return [*projects]
    area = projects[0].area
    height = (len(cells.line) - 1) // cells.width if cells.width else 0
    if projects[0].kind.shape is Shape.LIST:  # what stands below a list is about all of it, and is printed nowhere
        within = 0, 0, min(area[0], height) - 1, cells.width - 1
    else:
        below = [one[0] for one in areas if one[0] > area[2] and one[1] <= area[3] and one[3] >= area[1]]
        beside = [one[1] for one in areas if one[1] > area[3] and one[0] <= area[2] and one[2] >= area[0]]
        within = area[0], area[1], min(below, default=height) - 1, min(beside, default=cells.width) - 1
    entries = (entry for project in projects for _, entry in project.entries())
    taken = {(one.row, one.column) for one in entries if one.status not in {Status.ABSENT, Status.BLANK}}
    lines = tuple(own_lines(sheet, cells, projects[0].sheet, within, taken))
    return [replace(one, own_lines=lines) for one in projects] if lines else [*projects]


def with_lines(boxes: Iterable[Box], sheet: OwnSheet, lines: Iterable[OwnLine]) -> tuple[Box, ...]:
    """The boxes of a form with these texts in the place of what it prints there."""
    said = {place: line.entry.text for line in lines if (place := place_of_line(sheet, line)) is not None}
    return tuple(
        box._replace(text=said[box.look[:2]], is_typed=True)
        if box.role is Role.LABEL and box.look is not None and box.look[:2] in said
        else box
        for box in boxes
    )


def _typed(cells: CellLine, row: int, column: int) -> Scalar:
    return cells.line[row * cells.width + column]


def _is_of(line: _Line, typed: Scalar) -> bool:
    """A cell holds the line: its labels, whatever stands behind each."""
    if not isinstance(typed, str) or isinstance(typed, PartOfCell) or is_blank(typed):
        return False
    said = _bare(typed)
    if line.is_alone:
        return said == line.labels[0]
    at = 0
    for label in line.labels:
        found = said.find(label, at)
        if found < 0 or (at == 0 and found > 0):
            return False
        at = found + len(label)
    return True


def _beside(sheet: OwnSheet, line: _Line) -> Sequence[int]:
    """The blank cells right of a line up to the next text or mark, as columns from its own."""
    row, column = line.cell
    merged = next((area for area in sheet.merges if area[:2] == line.cell), None)
    first = column + 1 if merged is None else merged[3] + 1
    inputs = {
        (at, cell)
        for place in (*sheet.fields, *sheet.goals)
        for at in range(place.area[0], place.area[2] + 1)
        for cell in range(place.area[1], place.area[3] + 1)
    }
    found = []
    for at in range(first, sheet.width):
        text = sheet.texts[row][at]
        if (row, at) in inputs or (text.strip() and not is_room(text)):
            break
        found.append(at - column)
    return found


def _is_in_own_unit(line: _Line, typed: str) -> bool:
    """It names the unit that the 样表 prints, or none: what is written has its amounts in that one."""
    named = set(stated_units(typed))
    return not named or named == set(stated_units(line.text))


def _bare(text: str) -> str:
    """A text as it is compared: without room to write."""
    return _ROOM.sub("", folded(text))
