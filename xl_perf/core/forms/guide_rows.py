"""The rows of the sheet 对照 of a 样表: what each label and cell is, as an officer decided."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Grid, Scalar, a1, cell_place
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.units import OF_FORMS
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.guide_faults import Cell, GuideRow
from xl_perf.core.forms.guide_moves import Listed, moves
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.marks import NOT_READ, OF_PART, key_of, like, marks_in, without_marks

HEADINGS: Final = ("标签", "标签所在", "填写处", "是什么", "核对", "金额单位", "必填", "把握", "说明")
"""Of the sheet 对照: a row for each label or cell."""
YES: Final = "是"
_MOST_ROWS: Final = 400


class DecidedRows:
    """Reads them. ``grid`` is the form with its marks; ``fault`` takes what is wrong, its cell and its sheet."""

    def __init__(self, table: Grid | None, grid: Grid, fault: Callable[[str, Cell, str], None]) -> None:
        self.table, self.grid, self._said = table, grid, fault
        self.notes: list[str] = []
        """Labels that were written anew on the form, in Chinese."""

    def _fault(self, said: str, cell: Cell) -> None:
        self._said(said, cell, GUIDE_SHEET)

    def rows(self) -> list[GuideRow]:
        """Every row, top to bottom; what is wrong in one is a fault."""
        table = self.table
        header = None if table is None else _header_row(table)
        if table is None or header is None:
            self._fault(f"没有表头“{'、'.join(HEADINGS[:5])}”，看不出每一栏是什么", (0, 0))
            return []
        columns = {text_of(typed).strip(): at for at, typed in enumerate(table.rows[header])}
        said_in: dict[int, Mapping[str, str]] = {}
        for number, cells in enumerate(table.rows[header + 1 : header + 1 + _MOST_ROWS], header + 1):
            said = {name: text_of(cell_in(cells, columns.get(name))).strip() for name in HEADINGS}
            if any(said[name] for name in HEADINGS[:5]):
                said_in[number] = said
        listed = [self._listed(said, number) for number, said in said_in.items()]
        moved = moves(listed, self.grid)
        self.notes += [moved.said] if moved.said else []
        for number, unclear in moved.unclear.items():
            self._fault(unclear, (number, 2))
        places = {one.number: moved.placed.get(one.number, (one.label_at, one.cell)) for one in listed}
        return [row for number, said in said_in.items() for row in self._row(said, number, *places[number])]

    def _listed(self, said: Mapping[str, str], number: int) -> Listed:
        label_at, cell = self._place(said["标签所在"], number), self._place(said["填写处"], number)
        names = {said["核对"], said["是什么"].strip("？?")} - {"", NOT_READ}
        return Listed(number, bare(without_marks(said["标签"])).text, label_at, cell, frozenset(names))

    def _row(
        self, said: Mapping[str, str], number: int, label_at: Cell | None, cell: Cell | None
    ) -> Iterator[GuideRow]:
        chosen = said["核对"] or said["是什么"].strip("？?")
        is_marked = self._marked_otherwise(cell, {chosen, said["是什么"].strip("？?")})
        printed = bare(without_marks(said["标签"])).text
        label: str | None = printed
        if chosen != NOT_READ and not chosen.endswith(OF_PART):
            label = self._label(printed, label_at, cell, number, is_in_place=not is_marked)
        if label is None:
            return
        key = key_of(chosen, label) if chosen else None
        if chosen and key is None:
            near = like(chosen)
            more = f"，是不是“{near}”" if near else ""
            self._fault(f"“{chosen}”不是一种栏目{more}；请在“核对”一栏的下拉里选", (number, 4))
            return
        is_open = not said["核对"] and (not chosen or said["把握"] == Certainty.CHECK)
        unit = said["金额单位"]
        if unit and unit not in OF_FORMS:
            self._fault(f"“{unit}”不是金额单位；可用的有 {'、'.join(OF_FORMS)}", (number, 5))
            unit = ""
        proposed = key_of(said["是什么"].strip("？?"), label)
        row = GuideRow(key or "", label, label_at, cell, unit, said["必填"] == YES, number, proposed)
        if is_open and not self._is_answered_in_form(row):
            place = label_at or cell
            where = "" if place is None else a1(*place)
            why = f"（{said['说明']}）" if said["说明"] else ""
            named = f"{where} 的“{label}”" if label else where
            self._fault(f"{named}还没有核对{why}：请在“核对”一栏选它是什么", (number, 4))
        yield row

    def _marked_otherwise(self, cell: Cell | None, names: Collection[str]) -> bool:
        """The cell has the mark of something else: rows were put in or taken away above it."""
        marks = [name for at, name, _ in self._marks if at == cell and name]
        return bool(marks) and not any(name.strip("？?") in names for name in marks)

    def _label(self, label: str, at: Cell | None, cell: Cell | None, number: int, *, is_in_place: bool) -> str | None:
        """The label as the form prints it now; None where it is gone from the form, which is a fault."""
        shares_cell = cell == at or cell is None
        if not label or at is None or label in self._texts or any(_stands_in(label, one) for one in self._texts):
            return label
        if shares_cell and any(label in text for text in self._texts):
            return label
        now = self._text_at(at)
        if now and label.endswith(now):  # 实施期三级指标 of 三级指标 in the half of the whole time
            return label
        if now and is_in_place and now not in self._labels:
            self.notes.append(f"{a1(*at)} 的标签“{label}”在表上改成了“{now}”，照表上的")
            return now
        said = (
            f"标签“{label}”（原来在 {a1(*at)}）表上没有了：不要的请在这里删去这一行，改了名的请把这里的标签改成表上的"
        )
        self._fault(said, (number, 0))
        return None

    def _text_at(self, at: Cell) -> str:
        row = self.grid.rows[at[0]] if at[0] < len(self.grid.rows) else ()
        return bare(without_marks(text_of(cell_in(row, at[1])))).text

    @cached_property
    def _marks(self) -> tuple[tuple[Cell, str, bool], ...]:
        """The marks on the form."""
        return tuple(marks_on(self.grid))

    @cached_property
    def _texts(self) -> frozenset[str]:
        """What the form prints, as labels are compared."""
        typed = (one for cells in self.grid.rows for one in cells if isinstance(one, str) and one.strip())
        plain = (without_marks(one) for one in typed)
        return frozenset(text for one in plain for text in (bare(one).text, "".join(folded(one).split())))

    @cached_property
    def _labels(self) -> frozenset[str]:
        """The labels that 对照 names."""
        rows = () if self.table is None else self.table.rows
        return frozenset(bare(without_marks(text_of(cells[0]))).text for cells in rows if cells)

    def _is_answered_in_form(self, row: GuideRow) -> bool:
        """An officer wrote the mark without a question mark into the form itself."""
        if row.cell is None:
            return False
        own = [(name, waits) for cell, name, waits in self._marks if cell == row.cell]
        return any(name and not waits for name, waits in own)

    def _place(self, name: str, number: int) -> Cell | None:
        if not name:
            return None
        if re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", name.upper()) is None:
            self._fault(f"“{name}”不是单元格的名称，应为 B5 这样", (number, 1))
            return None
        return cell_place(name.upper())

    @cached_property
    def chosen(self) -> frozenset[int]:
        """Rows of 对照 in which an officer chose something."""
        header = None if self.table is None else _header_row(self.table)
        if self.table is None or header is None:
            return frozenset()
        column = next(
            (at for at, typed in enumerate(self.table.rows[header]) if text_of(typed).strip() == "核对"), None
        )
        rows = enumerate(self.table.rows)
        return frozenset(number for number, cells in rows if number > header and not is_blank(cell_in(cells, column)))


def _stands_in(label: str, text: str) -> bool:
    """It is the label of what stands behind it in a longer text: 填报单位：    单位：万元."""
    return f"{label}:" in text or f"{label}(" in text


def marks_on(grid: Grid) -> Iterator[tuple[Cell, str, bool]]:
    """Each mark that names something, or waits for an answer: its cell, the name, and whether it waits."""
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if isinstance(typed, str) and ("{" in typed or "｛" in typed):
                for mark in marks_in(typed):
                    if mark.name or mark.is_unanswered:
                        yield (row, column), mark.name, mark.is_unanswered


def _header_row(table: Grid) -> int | None:
    own = {*HEADINGS[:5]}
    rows = enumerate(table.rows)
    return next((at for at, cells in rows if own <= {text_of(typed).strip() for typed in cells}), None)


def cell_in(cells: Sequence[Scalar], column: int | None) -> Scalar:
    """What stands in a column of a row; None beyond it."""
    return cells[column] if column is not None and column < len(cells) else None
