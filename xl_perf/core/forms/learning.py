"""Learns an office's form: which cell of a sheet that nobody described is which field, as proposals for an officer.

The words of the sheet (`form_words`) make a kind of form; the sheet is read as that kind, and what is read where is
what is proposed. Where no table can be read, a cell is proposed by where its label stands.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, CellLine, Grid
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.amount_lists import AMOUNT_COLUMNS, HEADER_ROWS, amounts_on
from xl_perf.core.forms.amounts_beside import is_meant_for_amount
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.filled_cells import FilledIn, left_standing, without_values
from xl_perf.core.forms.filled_texts import without_amounts
from xl_perf.core.forms.finding import SheetForms, forms_on
from xl_perf.core.forms.form_words import FormWords
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.kind import Family, FormKind, Holds, Shape, Stands, Value
from xl_perf.core.forms.kinds import BY_NAME, KINDS
from xl_perf.core.forms.labels import FORM_LABELS
from xl_perf.core.forms.learned import (
    COLUMNS,
    FIELDS,
    MONEY,
    MORE,
    PART_OF,
    PARTS,
    TEXT,
    LearnedForm,
    Word,
    alone,
    learned_kind,
    more_of,
    source_of,
)
from xl_perf.core.forms.marks import GOAL, MONTH, name_of, put_behind, unit_behind
from xl_perf.core.forms.plan_in_money import UNREAD_PLAN
from xl_perf.core.forms.recognising import Table, recognised
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.stated import year_in_titles
from xl_perf.core.forms.units import AmountUnit

_LABEL_BEFORE: Final = re.compile(r"(\s*(?:填报|编制|申报|主管|预算|报送)[^:：]{0,10}[:：])\s*\S+\s*\Z")
"""填报单位（盖章）：某局, above or below a form."""
NO_FORM: Final = "不像项目绩效目标表：没有标题，没有项目名称、预算数，也没有指标表"
NOT_OF_THE_YEAR: Final = "写的是整个实施期的，不读"
_OF_WHOLE_TIME: Final = frozenset({"whole_target", "whole_budget"})
"""Keys of labels that kinds know, and beside or below which stands what is not of the year."""
NO_TABLE: Final = "指标表的表头认不出来：请在表上第一行指标的格子里写 {三级指标}、{指标值}，再核对"

ACROSS: Final = (
    "第 {row} 行把{names}等横着排，各占一栏，这样的表还不能读："
    "请改成一行一个指标（一级指标、二级指标、三级指标、指标值各一栏），一个项目占几行"
)
_MOST_LEVELS_ACROSS: Final = 3
"""So many second levels in one row are headings: the indicators stand side by side."""


class Proposal(NamedTuple):
    """What a label and the cell beside it are taken for.

    ``key`` is empty for what is not read. ``cell`` is None for a label without a cell of its own: that of a part.
    """

    key: str
    label: str
    label_at: Cell | None
    cell: Cell | None
    certainty: Certainty = Certainty.SURE
    why: str = ""
    unit: str = ""


class Learning(NamedTuple):
    """What was learned of a sheet: the form, what each cell of it is taken for, and what somebody had filled in.

    ``headings`` are the labels that tell what others mean, such as 金额 over amounts, by their cells; ``elsewhere`` are
    those of a list's amounts on another sheet. ``notes`` are sentences in Chinese. ``fault`` says why the sheet is no
    form to learn; empty where it is one.
    """

    form: LearnedForm
    headings: Mapping[Cell, Word]
    elsewhere: tuple[Word, ...] = ()
    amount_sheets: tuple[tuple[str, int], ...] = ()
    """The sheets with a list's amounts, and the row of the header of each."""
    proposals: tuple[Proposal, ...] = ()
    values: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""
    reworded: Mapping[Cell, str] = MappingProxyType({})
    """Cells that print a text and hold what somebody filled in, and what they print: 填报单位："""
    has_table: bool = False
    """The table of indicators was found, so that the sheet was read as a form."""
    below: int | None = None
    """The row in which a further form or table begins below the first one; None where nothing follows."""
    beside: int | None = None
    """The column in which one begins beside it."""
    table: range = range(0)
    """The rows of the indicators that somebody filled in, below their header."""


def learn(grid: Grid, name: str, others: Sequence[Grid] = ()) -> Learning:
    """What the first form of a sheet is; ``name`` is what its kind is to be called.

    Of a list of projects ``others`` are sheets on which their amounts may stand.
    """
    return _Learner(grid, name, others).learn()


_QUARTER: Final = re.compile(r"第?[一二三四1-4]季度?(?:支出|进度)*").fullmatch
_ADDS_UP: Final = re.compile("累计|截至").search
_OF_PLAN: Final = frozenset(bare(part.label).text for part in PARTS.values() if part.holds is Holds.PLAN)
"""What official forms call a plan whose shares add up: 资金支出计划."""
_ASK_QUARTER: Final = "看不出“{text}”填的是这一季的还是累计的：累计到季末的选“{name}”，各季分开的选“不读”"
_OF_GOALS: Final = frozenset(part.key for part in PARTS.values() if part.holds is Holds.GOALS)


def lacks_unit(learned: Learning) -> bool:
    """The form has amounts, and prints nowhere what they count in."""
    amounts = [one for one in learned.proposals if _is_amount(one)]
    bare = [one for one in amounts if one.cell != one.label_at]  # behind others their unit may stand in the cell
    return bool(amounts) and not any(one.unit for one in bare or amounts)


def with_unit(learned: Learning, unit: str) -> Learning:
    """With what amounts count in, where the form does not print it."""
    if not lacks_unit(learned):
        return learned
    return learned._replace(
        proposals=tuple(one._replace(unit=unit) if _is_amount(one) else one for one in learned.proposals)
    )


def _is_amount(one: Proposal) -> bool:
    return source_of(one.key) in MONEY and one.cell is not None


def _has_own_row(key: str) -> bool:
    """A label of a field, a column or a part: not one that only tells what others mean."""
    return key.startswith((TEXT, PART_OF, MORE)) or key in FIELDS or key in COLUMNS or key in PARTS


class _Learner:
    def __init__(self, grid: Grid, name: str, others: Sequence[Grid]) -> None:
        self.name, self.others, self.original = name, others, grid
        self.sheet = FormWords(grid)
        self.grid, self.emptied = without_values(grid, self.sheet)
        if self.emptied:  # as if nobody had filled it in
            self.sheet = FormWords(self.grid, is_filled=True)
        self.notes: list[str] = []
        self.amount_sheets: list[tuple[str, int]] = []
        self.unread_plan: list[Proposal] = []
        self.area: Area = (0, 0, len(grid.rows), self.sheet.cells.width)

    def learn(self) -> Learning:
        """The proposals, made by reading the sheet as the kind that its words make."""
        sheet = self.sheet
        read = recognised(sheet.labels, sheet.cells, KINDS) if sheet.labels else None
        kind = read.kind if isinstance(read, Table) else read
        base = self._likely_base() if kind is None or kind.family is not Family.TARGETS else kind
        form = self._form(base)
        if kind is not None and kind is not base:
            return Learning(form, {}, fault=f"这张表像“{kind.title}”，不是项目绩效目标表")
        elsewhere = tuple(dict.fromkeys(self._words_elsewhere())) if base.shape is Shape.LIST else ()
        if elsewhere:
            form = form._replace(words=tuple(dict.fromkeys([*form.words, *elsewhere])))
        found, _ = forms_on(self._with_samples(), (learned_kind(form),))
        proposals, values = self._proposals(found)
        number = len(found.frames) + len(found.lists)
        below, beside = self._further(form) if found.frames else (None, None)
        self.notes += ["这张工作表上有几张表，只学了第一张"] * (number > 1) + [self._no_table()] * (not number)
        shown = {one.label_at for one in proposals}
        headings = {at: word for at, word in sheet.words.items() if at not in shown or word.key in _OF_WHOLE_TIME}
        taken = {*values, *self.emptied, *(one.cell for one in proposals)}
        self.notes += left_standing(sheet, taken, (below, beside))
        sheets, notes = tuple(self.amount_sheets), tuple(self.notes)
        fault = "" if sheet.is_like_form else NO_FORM
        reworded = self.emptied | dict(self._reworded())
        return Learning(
            form,
            headings,
            elsewhere,
            sheets,
            tuple(proposals),
            tuple(values),
            notes,
            fault,
            reworded,
            number > 0,
            below,
            beside,
            range(sheet.header + 1, sheet.foot) if sheet.header is not None and sheet.is_filled else range(0),
        )

    def _no_table(self) -> str:
        """Why no table of indicators is found."""
        for row in range(len(self.grid.rows)):
            across = [text_of(typed) for typed in self.sheet.row(row) if isinstance(typed, str) and is_branch(typed)]
            if len(set(across)) >= _MOST_LEVELS_ACROSS:
                return ACROSS.format(row=row + 1, names="、".join(dict.fromkeys(across[:3])))
        return NO_TABLE

    def _further(self, form: LearnedForm) -> tuple[int | None, int | None]:
        """Where other forms and tables begin, below the first form and beside it."""
        _, _, bottom, right = self.area
        others = forms_on(self.grid, alone(form))[0].areas
        below = min((area[0] for area in others if area[0] > bottom), default=None)
        return below, min((area[1] for area in others if area[1] > right), default=None)

    def _reworded(self) -> Iterator[tuple[Cell, str]]:
        """The title without the project's name; of a filled form what stands before a colon in a cell with a value."""
        sheet = self.sheet
        if sheet.title is not None and self._title() != text_of(sheet.typed(sheet.title[1:3])).strip():
            yield sheet.title[1:3], self._title()
        if sheet.line is not None:
            before, colon, _ = re.split("([:：])", text_of(sheet.typed(sheet.line)), maxsplit=1)
            yield sheet.line, before + colon
        for at, word in sheet.words.items() if sheet.is_filled else ():
            if word.is_in_text and word.key in MONEY:  # with what the amount is made of: （其中：上级：60万元）
                yield at, without_amounts(text_of(sheet.typed(at)))
        for row in range(len(self.grid.rows) if sheet.is_filled else 0):
            for column in range(sheet.cells.width):
                typed = sheet.typed((row, column))
                found = _LABEL_BEFORE.match(typed) if isinstance(typed, str) else None
                is_own = (row, column) in sheet.words or (row, column) in sheet.statements
                if found is not None and not is_own and not sheet.is_covered((row, column)):
                    yield (row, column), found[1]

    def _with_samples(self) -> Grid:
        """The sheet with an amount wherever there is room for one behind its label: then the label is found."""
        rows = [list(cells) for cells in self.grid.rows]
        for (row, column), word in self.sheet.words.items():
            for own in (word, *self.sheet.inner.get((row, column), ())) if word.is_in_text else ():
                rows[row][column] = put_behind(text_of(rows[row][column]), own.label, "1")
        return self.grid._replace(rows=rows)

    def _form(self, base: FormKind) -> LearnedForm:
        sheet = self.sheet
        own = [word for at in sorted(sheet.words) for word in (sheet.words[at], *sheet.inner.get(at, ()))]
        words = tuple(dict.fromkeys(own))
        keys = {word.key for word in words}
        below = [
            one.key
            for one in base.fields
            if one.stands is Stands.BELOW_PART and one.part in keys and one.key not in keys
        ]
        required = {key for key in base.demanded if key in keys or key in below}
        title = self._title()
        extra = tuple(dict.fromkeys(sheet.extra))
        return LearnedForm(
            self.name,
            " ".join(title.split()),
            base.name,
            words,
            tuple(below),
            frozenset(required),
            extra,
            year=year_in_titles([self.original]),
            printed=tuple(self._other_columns({word.label for word in words})),
        )

    def _other_columns(self, own: Collection[str]) -> Iterator[str]:
        """Headings of amounts that are not read."""
        yield from (one for one in dict.fromkeys(self.sheet.other_columns) if one not in own)

    def _title(self) -> str:
        """What the form prints as its title, without the name of the project that somebody filled in."""
        sheet = self.sheet
        if sheet.title is None:
            return sheet.first_line()
        title = text_of(sheet.typed(sheet.title[1:3])).strip()
        beside = [sheet.beside((one.row, one.column)) for one in sheet.labels if one.key == "name"]
        names = [text_of(sheet.typed(at)).strip() for at in beside if at is not None]
        return next((title.removeprefix(name).strip() for name in names if name and name != title), title)

    def _words_elsewhere(self) -> Iterator[Word]:
        """The headings of sheets that list amounts by the names of projects; the sheets are noted."""
        for grid in self.others:
            cells = CellLine(grid.rows)
            if amounts_on(grid, cells, FORM_LABELS) is None:
                continue
            labels = FORM_LABELS.places(cells)
            header = next(label.row for label in labels if label.key == "name")
            self.amount_sheets.append((grid.sheet, header))
            for label in labels:
                if header <= label.row < header + HEADER_ROWS and label.key in AMOUNT_COLUMNS:
                    typed = cells.line[label.row * cells.width + label.column]
                    yield Word(label.key, bare(text_of(typed)).text)

    def _likely_base(self) -> FormKind:
        """The kind whose parts such a form is likely to have, where its own words do not tell."""
        labels = self.sheet.labels
        if any(one.key == "name" and one.row == self.sheet.header for one in labels):
            return BY_NAME["target_list"]
        keys = {one.key for one in labels}
        has_plan = any(key.startswith(MONTH) for key in keys)
        return BY_NAME["project_targets" if has_plan or "goal" in keys else "national_targets"]

    # --- cells ---------------------------------------------------------------------------------------------------

    def _proposals(self, found: SheetForms) -> tuple[list[Proposal], list[Cell]]:
        """What each label and cell is, and the cells that somebody had filled in."""
        if found.frames:
            frame = found.frames[0]
            months = () if frame.plans_money else self._of_months(frame)
            self.unread_plan = list(self._of_unread_plan(frame)) if frame.plans_money else []
            places = [*self._of_fields(frame), *months, *self._of_goals(frame)]
            rows, columns, listed_units = frame.rows, frame.columns, {}
            headers, self.area = frame.headers, frame.area
        elif found.lists:
            listed = found.lists[0]
            numbered = [row for row in listed.rows if counts_columns(self.sheet.row(row))]
            labelled = {row for row, _ in self.sheet.words}
            rows, columns = tuple(row for row in listed.rows if row not in {*numbered, *labelled}), listed.columns
            places = []
            headers, self.area = listed.headers, listed.area
            listed_units = {key: unit.unit for key, unit in listed.units.items() if unit.where}
        else:
            return self._rows_of(self._by_geometry(), {}), []
        rows = rows or (1 + max(headers, default=0),)  # blank rows below the header are not stored
        cells = {key: cell for key, cell, _ in places}
        units = {key: unit for key, _, unit in places} | listed_units
        cells |= {key: (rows[0], span.start) for key, span in columns.items() if span and rows and key in COLUMNS}
        units |= {key: unit for key, unit in self._units_behind() if not units.get(key)}
        return self._rows_of(cells, units), list(
            dict.fromkeys(FilledIn(self.sheet, self.area).cells([cell for _, cell, _ in places], rows, columns))
        )

    def _units_behind(self) -> Iterator[tuple[str, str]]:
        """What stands behind the room for an amount in the cell of its label: 财政拨款：    万元."""
        for at, word in self.sheet.words.items():
            for own in (word, *self.sheet.inner.get(at, ())) if word.is_in_text else ():
                if own.key in MONEY and (unit := unit_behind(text_of(self.sheet.typed(at)), own.label)):
                    yield own.key, unit

    def _by_geometry(self) -> dict[str, Cell]:
        """Where no table could be read: right of the labels of fields, below those of columns."""
        found: dict[str, Cell] = {}
        for (row, column), word in self.sheet.words.items():
            if word.key in FIELDS and (beside := self.sheet.beside((row, column))) is not None:
                found.setdefault(word.key, beside)
            elif word.key in COLUMNS:
                found.setdefault(word.key, (row + 1, column))
        return found

    def _rows_of(self, cells: Mapping[str, Cell], units: Mapping[str, str]) -> list[Proposal]:
        """In reading order of the labels; cells whose label is printed nowhere stand behind."""
        rows: list[Proposal] = []
        left = {key: cell for key, cell in cells.items() if not self._is_print(cell)}
        for at in sorted({*self.sheet.words, *self.sheet.doubts}):
            word = self.sheet.words.get(at)
            key = word.key if word else ""
            certainty, why = self.sheet.doubts.get(at, (Certainty.SURE, ""))
            if key in _OF_WHOLE_TIME:
                rows.append(Proposal("", word.label if word else "", at, None, Certainty.UNKNOWN, NOT_OF_THE_YEAR))
            serves = next((column for column, one in COLUMNS.items() if one.instead == key and column in left), "")
            if serves and not _has_own_row(key) and word is not None:
                rows.append(Proposal(serves, word.label, at, left.pop(serves)))
                continue
            if key and not _has_own_row(key) and at not in self.sheet.column_heads:
                continue  # a heading that tells the kind: nobody fills anything in beside it
            cell = left.pop(key, None)
            if key.startswith((TEXT, PART_OF)) and not (word is not None and word.is_in_text):
                cell = self._beside(at)
            elif word is not None and word.is_in_text:
                cell = at
                key = f"{GOAL}1" if key in _OF_GOALS else key
            label = self.sheet.label_at(at) if word is None else word.label
            if cell is None and key and (first := next((one for one in rows if one.key == key), None)) is not None:
                if key in MONEY and key != "budget" and first.label != label:
                    why = why or f"与“{first.label}”是同一种资金：两项都算的，选“{name_of(more_of(key, label))}”"
                    rows.append(Proposal(key, label, at, None, Certainty.CHECK, why))
                continue  # the second time it stands there
            rows.append(Proposal(key, label, at, cell, certainty, why, units.get(key, "")))
            for inner in self.sheet.inner.get(at, ()):
                left.pop(inner.key, None)
                rows.append(Proposal(inner.key, inner.label, at, at, unit=units.get(inner.key, "")))
        return [
            *rows,
            *self.unread_plan,
            *(self._unlabelled(key, cell, units.get(key, "")) for key, cell in left.items()),
        ]

    def _unlabelled(self, key: str, cell: Cell, unit: str) -> Proposal:
        """A cell whose label is in no row above; a quarter's is asked, where nobody says that its share adds up."""
        found = next((one for one in self.sheet.labels if one.key == key and key.startswith(MONTH)), None)
        text = "" if found is None else bare(text_of(self.sheet.typed(found[1:3]))).text
        beside = () if found is None else [text_of(typed) for typed in self.sheet.row(found.row)]
        adds_up = any(_ADDS_UP(one) or bare(one).text in _OF_PLAN for one in beside)
        if found is None or _QUARTER(text) is None or adds_up:
            return Proposal(key, "", None, cell, unit=unit)
        return Proposal(key, text, found[1:3], cell, Certainty.CHECK, _ASK_QUARTER.format(text=text, name=name_of(key)))

    def _is_print(self, at: Cell) -> bool:
        """A mark there would stand in the place of a text of a blank form; one of a level stays beside it."""
        return self.sheet.is_print(at) and not is_branch(text_of(self.sheet.typed(at)))

    def _beside(self, at: Cell) -> Cell | None:
        """Right of the label of a text, where a blank form prints nothing."""
        beside = self.sheet.beside(at)
        return None if beside is None or self._is_print(beside) else beside

    def _of_fields(self, frame: Frame) -> Iterator[tuple[str, Cell, str]]:
        for field, slot in zip(frame.kind.fields, frame.slots, strict=True):
            is_amount = field.value is Value.AMOUNT
            has_no_row = field.stands is Stands.BELOW_PART and slot is not None and not slot.rows
            if slot is not None and not has_no_row and (cell := self._place(slot, is_amount=is_amount)) is not None:
                unit: AmountUnit | None = frame.units.get(field.key)
                yield field.key, cell, unit.unit if unit is not None and unit.where else ""

    def _of_months(self, frame: Frame) -> Iterator[tuple[str, Cell, str]]:
        for month, slot in frame.months:
            if (cell := self._place(slot)) is not None:
                yield f"{MONTH}{month}", cell, ""

    def _of_unread_plan(self, frame: Frame) -> Iterator[Proposal]:
        """The months of a plan of amounts, which an officer is asked to leave out."""
        at = {f"{MONTH}{number}" for number, _ in frame.months}
        for label in self.sheet.labels:
            if label.key in at:
                slot = next(slot for number, slot in frame.months if label.key == f"{MONTH}{number}")
                where, own = label[1:3], self.sheet.label_at(label[1:3])
                yield Proposal("", own, where, self._place(slot), Certainty.CHECK, UNREAD_PLAN)

    def _of_goals(self, frame: Frame) -> Iterator[tuple[str, Cell, str]]:
        cells = [self._place(slot) for slot in (*frame.goals, *frame.unnamed_goals)]
        own = sorted({cell for cell in cells if cell is not None and cell not in self.sheet.words})
        for number, cell in enumerate(own, 1):
            yield f"{GOAL}{number}", cell, ""

    def _place(self, slot: Slot, *, is_amount: bool = False) -> Cell | None:
        """The cell of a slot that is filled in, else the one that is to be; None where it is part of another cell.

        Where an amount belongs, a text that is none is the next label.
        """
        sheet = self.sheet
        for at in ((row, column) for row in slot.rows for column in slot.columns if column < sheet.cells.width):
            typed = sheet.typed(at)
            if is_blank(typed) or sheet.is_covered(at):
                continue
            if not is_amount or is_meant_for_amount(typed):
                return at
            break
        is_there = slot.columns and not sheet.is_covered(slot.blank) and slot.blank[1] < sheet.cells.width
        return slot.blank if is_there else None
