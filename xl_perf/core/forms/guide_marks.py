"""The marks of a 样表 compared with its sheet 对照: what was chosen there counts, else the mark in the form.

A mark may have been moved, or typed in the place of another; what contradicts is said with its cell.
"""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.guide_columns import is_amount
from xl_perf.core.forms.guide_faults import Cell, GuideRow
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import cell_in
from xl_perf.core.forms.learned import COLUMNS, FIELDS, PART_OF, TEXT, source_of
from xl_perf.core.forms.marks import NOT_READ, key_of, like, name_of

_LABEL_BEFORE: Final = re.compile(r"\s*([^:：{｛]{2,}[:：])\s*[{｛]").match
"""A mark in the cell of its label: 项目名称：{项目名称}."""
ALWAYS: Final = frozenset({"name", "budget", "level3", "target"})
"""What every form has to fill in."""


class _Mark(NamedTuple):
    """A mark, what it names, the label of its cell, and the number of the row that 对照 has for that cell."""

    cell: Cell
    name: str
    key: str
    label_at: Cell | None
    at: int | None


class MarksOfForm:
    """Takes the form with its marks and without, the rows of 对照 that an officer chose, and what takes faults."""

    def __init__(self, grid: Grid, plain: Grid, chosen: Collection[int], fault: Callable[[str, Cell], None]) -> None:
        self.grid, self.plain, self.chosen, self._fault = grid, plain, chosen, fault

    def rows(self, rows: Sequence[GuideRow], marks: Sequence[tuple[Cell, str, bool]]) -> list[GuideRow]:
        """The rows as the marks in the form have them; a mark without a row is a row of its own."""
        made = list(rows)
        for cell, name, waits in marks:
            at = [number for number, row in enumerate(made) if row.cell == cell]
            label_at = next((made[number].label_at for number in at), None) or self._label_of(cell, key_of(name) or "")
            key = key_of(name, self.text(label_at)) if name else None
            waits = waits and not self._is_decided(made, name, label_at, marks)
            if name and key is None:
                near = like(name)
                more = f"，是不是 {{{near}}}" if near else ""
                self._fault(f"{{{name}}} 不是一种栏目{more}；栏目的名称见“{GUIDE_SHEET}”的下拉", cell)
            elif key is None:
                if not at:
                    self._fault(f"{a1(*cell)} 的标记没有写它是什么：写上栏目的名称，如 {{预算数}}", cell)
            elif waits and not any(made[number].row in self.chosen for number in at):
                if not any(made[number].row is not None for number in at):  # else 对照 has said so
                    self._fault(f"{{{name}？}} 还没有核对：请改成栏目的名称，不要的写 {{{NOT_READ}}}", cell)
            elif at and is_amount(key) and made[at[0]].key == AMOUNT_COLUMN:  # that heads it, and is no label of it
                made[at[0]] = made[at[0]]._replace(cell=None)
                made.append(self._made(key, self._label_of(cell, key), cell))
            elif is_amount(key) and (moved := self._amount_moved(made, at, cell, key, marks)) is not None:
                self._say_amount_moved(moved, made[at[0]] if at else None, cell, name)
            elif not (waits or any(made[number].key == key or _are_unnamed(made[number].key, key) for number in at)):
                made = self._with_mark(made, _Mark(cell, name, key, label_at, at[0] if at else None), marks)
        return made

    def _with_mark(
        self, made: list[GuideRow], mark: "_Mark", marks: Sequence[tuple[Cell, str, bool]]
    ) -> list[GuideRow]:
        """With a mark that says something else than 对照 does, or that stands where 对照 has no row."""
        cell, name, key, label_at, at = mark
        if at is not None and made[at].row in self.chosen:
            if key != made[at].proposed:  # else 对照 corrects what the program wrote into the form
                said = f"标记是 {{{name}}}，“{GUIDE_SHEET}”里选的是“{name_of(made[at].key)}”：请改成一样"
                self._fault(said, cell)
        elif at is not None:
            own = made[at]
            made = self._without_moved(made, key, label_at, marks)
            is_labelled = own.label_at is not None or not (source_of(key) in FIELDS or key in COLUMNS)
            made[at] = own._replace(key=key)
            if not is_labelled:
                made[at] = made[at]._replace(label=self.text(label_at), label_at=label_at)
        elif (moved := self._moved(made, key, label_at, marks)) is not None:
            made[moved] = self._at(made[moved], cell, self.text(label_at), label_at)
        else:
            made.append(self._made(key, label_at, cell))
        return made

    def _is_decided(
        self, rows: Sequence[GuideRow], name: str, label_at: Cell | None, marks: Sequence[tuple[Cell, str, bool]]
    ) -> bool:
        """An officer chose so in 对照, and moved the mark afterwards, beside the same label."""
        marked = {cell for cell, *_ in marks}
        own = [row for row in rows if row.row in self.chosen and row.label_at == label_at and row.cell is not None]
        return label_at is not None and any(name_of(row.key) == name and row.cell not in marked for row in own)

    def _amount_moved(
        self,
        rows: Sequence[GuideRow],
        at: Sequence[int],
        cell: Cell,
        key: str,
        marks: Sequence[tuple[Cell, str, bool]],
    ) -> GuideRow | None:
        """The row of 对照 for an amount whose mark went to a cell beside another label; None where none did.

        ``at`` are the rows of that cell. Which label is right nobody can tell: the amount is read beside its label.
        """
        marked = {one for one, *_ in marks}
        if any(rows[number].row in self.chosen or name_of(rows[number].key) == name_of(key) for number in at):
            return None
        own = [row for row in rows if is_amount(row.key) and name_of(row.key) == name_of(key) and row.row is not None]
        left = [row for row in own if row.cell is not None and row.label_at is not None and row.cell not in marked]
        if any(row.label == self.text(self._label_of(cell, key)) for row in left):
            return None  # it still stands beside its own label, or beside the same one of another block
        return next((row for row in left if self._is_beside_another(row, [rows[number] for number in at], cell)), None)

    def _is_beside_another(self, row: GuideRow, there: Sequence[GuideRow], cell: Cell) -> bool:
        """The cell is that of another amount, or one that is neither beside nor below the label of a row."""
        own = row.label_at
        is_away = own is not None and own[0] != cell[0] and own[1] != cell[1]
        others = [one for one in there if is_amount(one.key) and one.label_at != own]
        return bool(others) or (is_away and self._label_of(cell, row.key) not in {None, own})

    def _say_amount_moved(self, row: GuideRow, there: GuideRow | None, cell: Cell, name: str) -> None:
        """Where to the mark has to go."""
        label = self.text(there.label_at if there else self._label_of(cell, row.key))
        back = "" if row.cell is None else a1(*row.cell)
        said = f"{{{name}}} 标在 {a1(*cell)}（“{label}”的一格），“{GUIDE_SHEET}”里它是“{row.label}”的：请移到 {back}"
        if there is not None and is_amount(there.key):
            said += f"，{a1(*cell)} 写上 {{{name_of(there.key)}}}"
        said += f"；“{label}”确实是{name}的，请在“{GUIDE_SHEET}”的“核对”里选，“{row.label}”也另选"
        self._fault(said, cell)

    def _made(self, key: str, label_at: Cell | None, cell: Cell) -> GuideRow:
        """The row of a mark that has none on 对照."""
        return GuideRow(key, self.text(label_at), label_at, cell, is_required=key in ALWAYS)

    def _moved(
        self, rows: Sequence[GuideRow], key: str, label_at: Cell | None, marks: Sequence[tuple[Cell, str, bool]]
    ) -> int | None:
        """The row of 对照 whose mark was moved; None where it still stands, or for none.

        Of what stands once in a form it is that row, wherever the mark went; else the one with the same label.
        """
        marked = {cell for cell, *_ in marks}
        own = [at for at, row in enumerate(rows) if row.key == key and row.cell is not None]
        if len(own) != 1 or rows[own[0]].row is None or key.startswith((TEXT, PART_OF)):
            own = [at for at in own if rows[at].label_at == label_at and label_at is not None]
        return next((at for at in own if rows[at].cell not in marked), None)

    def _without_moved(
        self, rows: list[GuideRow], key: str, label_at: Cell | None, marks: Sequence[tuple[Cell, str, bool]]
    ) -> list[GuideRow]:
        """The rows without a cell for the one whose mark took the place of another's."""
        left = self._moved(rows, key, label_at, marks)
        return [row._replace(key="", cell=None) if at == left else row for at, row in enumerate(rows)]

    def _at(self, row: GuideRow, cell: Cell, label: str, label_at: Cell | None) -> GuideRow:
        """A row of 对照 whose mark was moved to a cell; away from its label it has the one that is nearest there."""
        own = row.label_at
        stays = own is not None and (own[0] == cell[0] or own[1] == cell[1])
        return row._replace(cell=cell) if stays else row._replace(cell=cell, label=label, label_at=label_at)

    def _label_of(self, cell: Cell, key: str) -> Cell | None:
        """The nearest text left of a cell in its row, else above it; of a column of the table the one above."""
        row, column = cell
        if _LABEL_BEFORE(self._typed(cell)) and key not in COLUMNS:
            return cell
        left = [(row, at) for at in range(column - 1, -1, -1)]
        above = [(at, column) for at in range(row - 1, -1, -1)]
        places = (*above, *left) if key in COLUMNS else (*left, *above)
        return next((at for at in places if self.text(at)), None)

    def text(self, at: Cell | None) -> str:
        if at is None or at[0] >= len(self.plain.rows):
            return ""
        typed = cell_in(self.plain.rows[at[0]], at[1])
        if (found := _LABEL_BEFORE(self._typed(at))) is not None:
            typed = found[1]
        return bare(typed).text if isinstance(typed, str) and typed.strip() else ""

    def _typed(self, at: Cell) -> str:
        """The text of a cell with its marks."""
        typed = cell_in(self.grid.rows[at[0]], at[1]) if at[0] < len(self.grid.rows) else None
        return typed if isinstance(typed, str) else ""


def _are_unnamed(one: str, other: str) -> bool:
    """Both are texts, or parts of a source: what tells them apart is their labels alone."""
    return any(one.startswith(kind) and other.startswith(kind) for kind in (TEXT, PART_OF))
