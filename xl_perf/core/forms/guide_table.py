"""Makes a 样表 of what was learned: the form with its marks, and the rows of the sheet 对照."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.grid import Grid, NoValue, Scalar, a1
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.cell_room import BLANK_TEXT
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.guide_faults import Cell
from xl_perf.core.forms.guide_parts import BASE, NAME, SHEET, YEAR
from xl_perf.core.forms.guide_rows import YES
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.forms.learned import FIELDS, TEXT
from xl_perf.core.forms.learning import Learning
from xl_perf.core.forms.marks import mark_of, name_of, put_behind, without_marks
from xl_perf.core.forms.printed_room import as_printed, is_room
from xl_perf.core.forms.proposals import Proposal

_UP_TO_COLON: Final = re.compile(r"[^:：]*[:：]?")
_LINE: Final = re.compile("[_＿]").search
_ROOM: Final = re.compile(r"[\s_＿]+")


def marked_cells(grid: Grid, learned: Learning) -> Mapping[Cell, str | None]:
    """What cells of the form are to hold instead: a mark, or nothing where somebody had filled something in."""
    cells: dict[Cell, str | None] = dict.fromkeys(learned.values)
    cells |= learned.reworded
    rows = enumerate(grid.rows)
    further = ((row, column) for row, typed in rows for column in range(len(typed)) if is_further(learned, row, column))
    cells |= dict.fromkeys(further)
    shared = {one.cell for one in learned.proposals if one.cell == one.label_at}
    for one in learned.proposals:
        if one.cell is None or (one.cell in shared and one.cell != one.label_at):
            continue  # its value stands behind another's label, in the cell of that
        typed = _typed(grid, one.cell)
        is_open = one.certainty is Certainty.CHECK
        if one.cell == one.label_at:
            text, room = str(cells.get(one.cell) or typed), ""
            if one.key.startswith(TEXT):  # what the form prints behind its room belongs to the text: ____年
                whole, text = text, _UP_TO_COLON.match(text)[0]  # type: ignore[index]
                room = _room_in(whole[len(text) :])
            mark, has_line = mark_of(one.key, is_unanswered=is_open), _LINE(text_of(typed)) is not None
            cells[one.cell] = put_behind(text, one.label, mark, has_line=has_line) + room
        elif not (isinstance(typed, str) and (is_branch(typed) or _is_level(one.key, typed, cells.get(one.cell, "")))):
            room = _room_in(typed) if isinstance(typed, str) and _is_text(one.key) else ""
            cells[one.cell] = mark_of(one.key, is_unanswered=is_open) + room
    return cells


def _is_text(key: str) -> bool:
    """What is filled in is a text, above the table."""
    return key.startswith(TEXT) or (key in FIELDS and FIELDS[key].value is Value.TEXT)


def _room_in(typed: str) -> str:
    """The room for a text that a form prints, without what somebody ticked; empty for none, or for a content."""
    printed = as_printed(typed)
    return printed if printed.strip() and is_room(printed) else ""


def taken_away(grid: Grid, learned: Learning) -> tuple[Mapping[Cell, str], int]:
    """The texts of cells that the 样表 has no more, or not all of, above the indicators and below them; how many among
    these. Room for a value is no text.
    """
    head: dict[Cell, str] = {}
    in_table = 0
    for (row, column), text in sorted(marked_cells(grid, learned).items()):
        old = text_of(_typed(grid, (row, column)))
        is_kept = _ROOM.sub("", old) == _ROOM.sub("", without_marks(text or ""))
        is_kept = is_kept or (bool(text) and BLANK_TEXT.fullmatch(old.strip()) is not None)
        if is_kept or is_further(learned, row, column):
            continue
        if row in learned.table:
            in_table += 1
        else:
            is_formula = isinstance(_typed(grid, (row, column)), NoValue)
            head[row, column] = f"={old}" if is_formula else " ".join(old.split())
    return head, in_table


def _is_level(key: str, typed: str, kept: str | None) -> bool:
    """A first or second level that the form prints, whatever it is called."""
    return key in {"level1", "level2"} and bool(typed.strip()) and kept is not None


def is_further(learned: Learning, row: int, column: int) -> bool:
    """A cell belongs to another form or table, below or beside the one that was learned."""
    is_below = learned.below is not None and row >= learned.below
    return is_below or (learned.beside is not None and column >= learned.beside)


def certainties(learned: Learning) -> Mapping[Cell, Certainty]:
    """How sure the mark of each cell is."""
    return {one.cell: one.certainty for one in learned.proposals if one.cell is not None}


def table_head(learned: Learning, sheet: str) -> Sequence[tuple[str, str]]:
    """What stands above the table of 对照."""
    form, kind = learned.form, BY_NAME[learned.form.base]
    year = "" if form.year is None else str(form.year)
    return (NAME, form.name), (YEAR, year), (BASE, f"{kind.name}（{kind.title}）"), (SHEET, sheet)


def table_rows(learned: Learning) -> Iterator[Sequence[str]]:
    """The rows of 对照, as its `HEADINGS` name their columns."""
    for one in learned.proposals:
        is_required = one.key in learned.form.required
        yield (
            one.label,
            "" if one.label_at is None else a1(*one.label_at),
            "" if one.cell is None else a1(*one.cell),
            _named(one),
            "",
            one.unit,
            YES if is_required else "",
            one.certainty.value,
            one.why,
        )


def _named(one: Proposal) -> str:
    return name_of(one.key) if one.key or one.certainty is not Certainty.CHECK else ""


def _typed(grid: Grid, cell: Cell) -> Scalar:
    row, column = cell
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else None
