"""Reads a 样表: the office's form with marks in the cells to fill in, and the sheet 对照 on which an officer decided.

Where the two differ, what was chosen in 对照 counts; else the mark in the form. What is missing, open or contradictory
is said with its cell; a 样表 with such a fault is not used for reading.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, Grid, a1
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.crossed_sources import crossed_sources
from xl_perf.core.forms.detail_tables import headers_of_details
from xl_perf.core.forms.finding import SheetForms, forms_on
from xl_perf.core.forms.guide_amounts import counted_twice, wholes_of
from xl_perf.core.forms.guide_cells import with_cells_of_columns, with_shared_cells
from xl_perf.core.forms.guide_columns import GuideColumns, is_amount
from xl_perf.core.forms.guide_faults import (
    Cell,
    Fault,
    GuideRow,
    headings_counted,
    is_found,
    misread_in,
    misread_when_filled,
    missing_in,
    rows_with,
    standing_behind,
    unknown_texts,
    unread_lines,
    without_total,
)
from xl_perf.core.forms.guide_head import base_of, faults_in_head, year_of
from xl_perf.core.forms.guide_lost_marks import broken_marks, taken_away
from xl_perf.core.forms.guide_marks import ALWAYS, MarksOfForm
from xl_perf.core.forms.guide_parts import GUIDE_SHEET, NAME, SHEET, head_of, is_guide_table
from xl_perf.core.forms.guide_rows import DecidedRows, cell_in, marks_on
from xl_perf.core.forms.kind import Holds, Shape, Value
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.forms.labels import is_known, label_key
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY, PART_OF, PARTS, TEXT, LearnedForm, Word, alone, source_of
from xl_perf.core.forms.learning import NO_AMOUNTS, NO_TABLE, Learning, learn
from xl_perf.core.forms.left_content import left_in
from xl_perf.core.forms.marks import (
    GOAL,
    GUIDE_STEM,
    MONTH,
    marks_in,
    name_of,
    unit_behind,
    without_marks,
)
from xl_perf.core.forms.plans_not_read import months_on, said_of_blank
from xl_perf.core.forms.proposals import Proposal
from xl_perf.core.forms.sheet_cells import SheetCells


class Guide(NamedTuple):
    """What a 样表 says. With ``faults`` it cannot be used; ``notes`` are worth knowing."""

    form: LearnedForm
    rows: tuple[GuideRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    sheet: str


def is_guide(grids: Sequence[Grid]) -> bool:
    """A workbook is a 样表: it has the sheet 对照, or one with marks for a project's name or budget."""
    return any(map(is_guide_table, grids)) or _marked(grids) is not None


def read_guide(grids: Sequence[Grid], name: str) -> Guide:
    """What a 样表 says; ``name`` is what its kind is called where 对照 names none."""
    return _Reader(grids, name).read()


def _marked(grids: Iterable[Grid]) -> Grid | None:
    """The first sheet with marks that name fields."""
    for grid in grids:
        if not is_guide_table(grid) and any(True for _ in marks_on(grid)):
            return grid
    return None


class _Reader:
    def __init__(self, grids: Sequence[Grid], name: str) -> None:
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self.table = next(filter(is_guide_table, grids), None)
        self.head = head_of(self.table)
        chosen = self.head.get(NAME) or GUIDE_STEM
        self.name = name if chosen == GUIDE_STEM else chosen  # nobody chose one: the file's name tells them apart
        named = self.head.get(SHEET)
        forms = [grid for grid in grids if not is_guide_table(grid)]
        marked = next((grid for grid in forms if grid.sheet == named), None) or _marked(forms)
        self.grid = marked or next(iter(forms), Grid("", ()))
        self.plain = unmarked(self.grid)
        self.decided = DecidedRows(self.table, self.grid, self._fault)
        self.marked = MarksOfForm(self.grid, self.plain, self.decided.chosen, self._fault)
        self.others = [grid for grid in forms if grid.sheet != self.grid.sheet]

    def read(self) -> Guide:
        self.faults += faults_in_head(self.head)
        learned = learn(self.plain, self.name, self.others)
        marks = list(marks_on(self.grid))
        if not marks:
            self._fault("没有标记：在要填写的格子里写 {预算数} 这样的标记，或用 xl-perf form learn 生成样表")
        proposed = self.decided.rows() if self.table else _of_proposals(learned.proposals, marks)
        listed = {(row.row, row.cell) for row in proposed}
        rows = with_shared_cells(self.marked.rows(proposed, marks), learned.proposals)
        whole = [at for at, word in learned.headings.items() if word.key == "whole_budget"]
        rows = self._with_cells_beside(with_cells_of_columns(rows, self.decided.chosen), whole)
        columns = GuideColumns(rows, self.plain, self.decided.chosen, self._fault)
        rows = columns.rows
        form = self._form(rows, learned)
        details = headers_of_details(columns.sheet, [(row.key, row.label_at, row.cell) for row in rows])
        form = form._replace(printed=tuple(dict.fromkeys([*form.printed, *columns.unread])), details=tuple(details))
        found, _ = forms_on(self._filled_in(rows), alone(form)[:1])
        printed, behind = _printed_units(found), self._units_behind(rows)
        bare_amounts = [row for row in rows if source_of(row.key) in MONEY and row.cell not in {None, row.label_at}]
        form = form._replace(unit=self._unit(rows, set(printed.values())))
        rows = [row._replace(unit=printed.get(row.key, behind.get(row.key, row.unit))) for row in rows]
        form = form._replace(wholes=tuple(wholes_of(form, rows, self.plain)))
        has_unit = bool(form.unit or printed or not is_found(found) or (behind and not bare_amounts))
        chosen = self.decided.chosen if self.table is not None else None
        twice = [
            (row, said, is_plain and chosen is not None and row.row not in chosen)  # nobody has decided so
            for row, said, is_plain in counted_twice(rows, self.plain)
        ]
        broken = list(broken_marks(self.grid, rows))
        formulas = list(unknown_texts(self.grid)) or broken
        self.faults += formulas or missing_in(form, rows, self.grid.sheet, has_unit=has_unit)
        self.faults += headings_counted(rows, self.plain)
        for row, said, is_fault in twice:
            if is_fault:
                self._fault(f"{said}；是另外一项的，在“核对”里选“{name_of(row.key)}”", row.label_at)
        if not self.faults:
            self.faults += misread_in(found, rows, self.plain)
            for said, cell in without_total(found, rows, self.plain):
                self.notes.append(said) if cell is None else self._fault(said, cell)
        if not self.faults and found.frames:
            everywhere = self._filled_everywhere(rows)
            self.faults += misread_when_filled(forms_on(everywhere, alone(form)[:1])[0], rows, self.plain)
        for said, cell in crossed_sources(columns.sheet, rows) if not self.faults else ():
            self._fault(said, cell)
        if learned.remedy:  # nothing to mark helps
            self.faults = [Fault(f"{learned.fault}：{learned.remedy}", self.grid.sheet)]
        says_table = bool(learned.remedy) or is_found(found)
        has_amounts = bool({source_of(row.key) for row in rows} & MONEY)
        unfit = {NO_TABLE: says_table, NO_AMOUNTS: has_amounts}
        notes = [note for note in learned.notes if not unfit.get(note)]
        notes += [said for _, said, is_fault in twice if not is_fault]
        notes += unread_lines(found, rows)
        notes += taken_away(self.grid, [row for row in rows if (row.row, row.cell) in listed]) if marks else []
        marked = {row.cell[1] for row in rows if row.key.startswith(MONTH) and row.cell is not None}
        months = None if self.faults else months_on(self.plain, found.frames, marked)
        notes += [said_of_blank(months)] if months else []
        notes += [*standing_behind(self.grid), *left_in(self.grid)]
        return Guide(form, tuple(rows), tuple(self.faults), (*notes, *self.decided.notes, *self.notes), self.grid.sheet)

    def _fault(self, said: str, cell: Cell | None = None, sheet: str = "") -> None:
        self.faults.append(Fault(said, sheet or self.grid.sheet, "" if cell is None else a1(*cell)))

    def _with_cells_beside(self, rows: Sequence[GuideRow], whole: Sequence[Cell]) -> list[GuideRow]:
        """What an officer chose for a label without a cell of its own is filled in right of it, where that is blank; an
        amount under a heading beside headings of other amounts is filled in below it. Labels below those of ``whole``
        are about the whole time, and have no cell.
        """
        chosen, taken = self.decided.chosen, {row.cell for row in rows}
        made: list[GuideRow] = []
        for row in rows:
            is_field = source_of(row.key) in FIELDS or row.key.startswith((TEXT, PART_OF))
            of_year = row.label_at is not None and not any(
                row.label_at[1] == column and row.label_at[0] > at for at, column in whole
            )
            if row.row in chosen and row.cell is None and row.label_at is not None and is_field and of_year:
                at, column = row.label_at
                beside = (at, self._area(row.label_at)[3] + 1)
                cell = (self._area(row.label_at)[2] + 1, column) if self._is_heading(row, rows) else beside
                if (below := self._first_of_list(row, rows)) is not None:
                    cell = below
                is_there = cell[0] < len(self.plain.rows)
                is_free = is_there and cell not in taken and is_blank(cell_in(self.plain.rows[cell[0]], cell[1]))
                row = row._replace(cell=cell if is_free else None)
            made.append(row)
        return made

    def _first_of_list(self, row: GuideRow, rows: Sequence[GuideRow]) -> Cell | None:
        """Below an amount's heading in a list, in the row where the other columns are filled in; None elsewhere."""
        base = base_of(self.head)
        is_list = base in BY_NAME and BY_NAME[base].shape is Shape.LIST
        tops = [one.cell[0] for one in rows if one.key in COLUMNS and one.cell is not None]
        if not is_list or not tops or row.label_at is None or row.key not in MONEY or row.label_at[0] >= min(tops):
            return None
        return min(tops), row.label_at[1]

    def _is_heading(self, row: GuideRow, rows: Sequence[GuideRow]) -> bool:
        """The label stands directly beside that of another amount, and nothing stands below either."""
        if row.label_at is None or not is_amount(row.key):
            return False
        at, left, bottom, right = self._area(row.label_at)
        others = [self._area(one.label_at) for one in rows if is_amount(one.key) and one.label_at and one is not row]
        beside = [area for area in others if area[0] == at and (area[3] + 1 == left or area[1] == right + 1)]
        columns = [left, *(area[1] for area in beside)]
        return bool(beside) and not any(self.marked.text((bottom + 1, column)) for column in columns)

    def _area(self, cell: Cell) -> Area:
        """A cell with what is merged to it."""
        return next((area for area in self.plain.merges if area[:2] == cell), (*cell, *cell))

    # --- the form -------------------------------------------------------------------------------------------------

    def _form(self, rows: Sequence[GuideRow], learned: Learning) -> LearnedForm:
        of_rows = [(row.label_at, row) for row in rows if row.label_at is not None]
        words = [(at, Word(key, row.label, at == row.cell)) for at, row in of_rows if (key := self._key_of_label(row))]
        known = {at for at, row in of_rows if row.key or at not in learned.headings}
        meant = {row.label: row.key for row in rows if row.row in self.decided.chosen and row.key}
        headings = [(at, word) for at, word in learned.headings.items() if at not in known]
        words += [(at, word) for at, word in headings if meant.get(word.label, word.key) == word.key]
        unread = self._unread(rows, {word.label for at, word in words if at in known}, learned.form.printed)
        words = [(at, word) for at, word in words if word.label not in unread]
        words.sort(key=lambda one: one[0])
        header = min((at[0] for at, row in of_rows if row.key in COLUMNS), default=None)
        headings_not_read = [(at, row) for at, row in of_rows if not row.key and row.label and at in known]
        extra = [row.label for at, row in headings_not_read if self._is_in_header(at, header)]
        labelled = {row.key for row in rows if row.label_at is not None}
        unlabelled = [row.key for row in rows if row.label_at is None and row.key in FIELDS and row.key not in labelled]
        base = base_of(self.head)
        return LearnedForm(
            self.name,
            learned.form.title,
            base if base in BY_NAME else learned.form.base,
            tuple(dict.fromkeys([*(word for _, word in words), *learned.elsewhere])),
            tuple(unlabelled),
            frozenset(self._required(rows)),
            tuple(dict.fromkeys(extra)),
            "",
            year_of(self.head),
            printed=tuple(
                dict.fromkeys([*self._printed_beside(rows, {at for at, row in of_rows if row.key}), *unread])
            ),
        )

    def _is_in_header(self, at: Cell, header: int | None) -> bool:
        """A heading stands in the header's row; or goes down into it, from a row above, in a list."""
        base = base_of(self.head)
        is_list = base in BY_NAME and BY_NAME[base].shape is Shape.LIST
        return at[0] == header or (is_list and header is not None and at[0] < header <= self._area(at)[2])

    def _required(self, rows: Sequence[GuideRow]) -> Iterator[str]:
        """What every form has to fill in; no plan where none of its months is read."""
        has_plan = any(row.key.startswith(MONTH) for row in rows)
        for row in rows:
            is_plan = row.key in PARTS and PARTS[row.key].holds is Holds.PLAN
            if row.is_required and row.key and not row.key.startswith((GOAL, MONTH)) and (has_plan or not is_plan):
                yield row.key

    def _unread(self, rows: Sequence[GuideRow], read: Collection[str], printed: Collection[str]) -> list[str]:
        """Labels that shipped kinds know, and that nobody reads: an officer chose so, or they only head amounts."""
        chosen = self.decided.chosen
        marked = {cell for cell, *_ in marks_on(self.grid)}
        left = [row for row in rows if not row.key and row.label and row.label not in read]
        left = [row for row in left if row.row in chosen or row.cell in marked or row.label in printed]
        return [row.label for row in left if is_known(row.label)]

    def _units_behind(self, rows: Sequence[GuideRow]) -> dict[str, str]:
        """What stands behind the marks of amounts in the cells of their labels: 财政拨款：{财政资金}万元."""
        own = [row for row in rows if row.key in MONEY and row.cell == row.label_at]
        typed = {row.key: cell_in(self.plain.rows[row.cell[0]], row.cell[1]) for row in own if row.cell is not None}
        units = {row.key: unit_behind(str(typed.get(row.key, "")), row.label) for row in own}
        return {key: unit for key, unit in units.items() if unit}

    def _printed_beside(self, rows: Sequence[GuideRow], labels: Collection[Cell]) -> Iterator[str]:
        """Texts that the form prints right of where a field is filled in, up to the next label: no content of it."""
        inputs = {row.cell for row in rows if row.cell is not None}
        for row in rows:
            if not row.key.startswith(TEXT) and (row.key not in FIELDS or row.cell in {None, row.label_at}):
                continue
            if row.cell is None:
                continue
            at, column = row.cell
            for beside in range(column + 1, len(self.plain.rows[at])):
                if (at, beside) in labels or (at, beside) in inputs:
                    break
                if (text := self.marked.text((at, beside))) and label_key(text) is None:  # else the next label
                    yield text

    def _key_of_label(self, row: GuideRow) -> str:
        """What a row's label is a label of; that of a goal's cell is the part's, unless goals are numbered by it."""
        if row.key.startswith(GOAL):
            return "" if label_key(row.label) == "goal" else "goals_part"
        instead = COLUMNS[row.key].instead if row.key in COLUMNS and row.key != "level3" else ""
        if instead and label_key(row.label) == instead:
            return instead  # 指标名称 serves as what an indicator is
        return "" if row.key.startswith(MONTH) else row.key

    def _unit(self, rows: Sequence[GuideRow], printed: Collection[str]) -> str:
        """What bare amounts count in, where the form does not print it."""
        # What stands behind the room for an amount is that one's unit alone.
        units = {row.unit for row in rows if row.unit and source_of(row.key) in FIELDS and row.cell != row.label_at}
        if printed:
            others = [row for row in rows if row.unit and row.unit not in printed and row.key in FIELDS]
            for row in others:
                said = f"表上印的金额单位是{'、'.join(sorted(printed))}，“{GUIDE_SHEET}”里写的是{row.unit}：请改成一样"
                self._fault(said, None if row.row is None else (row.row, 5), GUIDE_SHEET)
            return ""
        if len(units) > 1:
            self._fault(f"金额单位写了几种（{'、'.join(sorted(units))}），一张表只能有一种", sheet=GUIDE_SHEET)
        return next(iter(units)) if len(units) == 1 else ""

    def _filled_in(self, rows: Sequence[GuideRow]) -> Grid:
        """The form with something in each marked cell: whether an amount is read may depend on one being there."""
        keys = {row.cell: row.key for row in rows if row.cell is not None}
        made = [list(cells) for cells in self.plain.rows]
        for (row, column), *_ in marks_on(self.grid):
            text = str(self.grid.rows[row][column])
            sample = _SAMPLES.get(_value_of(keys.get((row, column), "")), "示例")
            for mark in reversed(list(marks_in(text))):
                text = text[: mark.start] + sample + text[mark.end :]
            made[row][column] = text
        return self.plain._replace(rows=made)

    def _filled_everywhere(self, rows: Sequence[GuideRow]) -> Grid:
        """The form with an amount in each blank cell beside a marked one, too: departments fill in 小计 | 本年预算,
        though one of them alone is marked, and a heading may be told by what stands below it. So in rows that repeat
        the label of an amount. No two are equal, for equal cells side by side are copies that a lost merge has left.
        """
        filled = self._filled_in(rows)
        sheet, made, numbers = SheetCells(filled), [list(cells) for cells in filled.rows], count(101)
        amounts = [row for row in rows if row.cell is not None and is_amount(row.key)]
        for at in {row.cell[0] for row in amounts if row.cell} | set(rows_with(self.plain, amounts)):
            first = next((column for column, typed in enumerate(made[at]) if not is_blank(typed)), len(made[at]))
            for column in range(first + 1, len(made[at])):
                if is_blank(made[at][column]) and not sheet.is_covered((at, column)):
                    made[at][column] = next(numbers)
        return self.plain._replace(rows=made)


_SAMPLES: Final[Mapping[Value | None, str]] = {
    Value.AMOUNT: "1",
    Value.PERCENT: "100%",
    Value.TARGET: "≥1",
    Value.WEIGHT: "1",
}


def _printed_units(found: SheetForms) -> dict[str, str]:
    """What the form itself says that its amounts count in, by their keys."""
    units = [*(one.units for one in found.frames[:1]), *(one.units for one in found.lists[:1])]
    return {key: unit.unit for own in units for key, unit in own.items() if unit.where}


def _value_of(key: str) -> Value | None:
    """What belongs into the cell of a key."""
    if key.startswith(MONTH):
        return Value.PERCENT
    if key.startswith(PART_OF):
        return Value.AMOUNT
    key = source_of(key)
    return FIELDS[key].value if key in FIELDS else COLUMNS[key].value if key in COLUMNS else None


def _of_proposals(proposals: Iterable[Proposal], marks: Iterable[tuple[Cell, str, bool]]) -> list[GuideRow]:
    """What the program takes each label for, where there is no 对照; the cells are those that are marked."""
    marked = {cell for cell, *_ in marks}
    return [
        GuideRow(one.key, one.label, one.label_at, cell, one.unit, one.key in ALWAYS)
        for one in proposals
        for cell in (one.cell if one.cell in marked else None,)
        if one.certainty is Certainty.SURE
    ]


def unmarked(grid: Grid) -> Grid:
    """The sheet without its marks: as the form prints it."""
    rows = [
        [
            without_marks(typed) if isinstance(typed, str) and ("{" in typed or "｛" in typed) else typed
            for typed in cells
        ]
        for cells in grid.rows
    ]
    return grid._replace(rows=rows)
