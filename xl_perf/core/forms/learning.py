"""Learns an office's form: which cell of a sheet that nobody described is which field, as proposals for an officer.

The words of the sheet (`form_words`) make a kind of form; the sheet is read as that kind, what is read where
(`cells_of_form`) is what is proposed (`proposals`).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, CellLine, Grid
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.amount_lists import AMOUNT_COLUMNS, HEADER_ROWS, amounts_on, said_of_list
from xl_perf.core.forms.cells_of_form import cells_of_form
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.filled_cells import left_standing, without_values
from xl_perf.core.forms.filled_texts import without_amounts
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.form_words import FormWords
from xl_perf.core.forms.in_one_cell import all_in_brackets, several_in_one_cell
from xl_perf.core.forms.kind import Family, FormKind, Holds, Shape, Stands
from xl_perf.core.forms.kinds import BY_NAME, KINDS
from xl_perf.core.forms.labels import FORM_LABELS
from xl_perf.core.forms.learned import MONEY, LearnedForm, Word, alone, learned_kind, source_of
from xl_perf.core.forms.marks import MONTH, put_behind
from xl_perf.core.forms.plans_not_read import Months, months_on
from xl_perf.core.forms.printed_room import line_before
from xl_perf.core.forms.proposals import HEADINGS, Proposal, proposals_of, two_halves
from xl_perf.core.forms.recognising import Table, recognised
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.side_by_side import ONE_A_ROW, indicators_across
from xl_perf.core.forms.stated import year_in_titles

_LABEL_BEFORE: Final = re.compile(r"(\s*(?:填报|编制|申报|主管|预算|报送)[^:：]{0,10}[:：])\s*\S+\s*\Z")
"""填报单位（盖章）：某局, above or below a form."""
NO_FORM: Final = "不像项目绩效目标表：没有标题，没有项目名称、预算数，也没有指标表"
NO_AMOUNTS: Final = (
    "清单上没有金额，别的工作表也没有按项目名称列出金额：照它读的项目没有预算数，不计入合计；"
    "金额在另一张表上的，请把两张表放在同一本里再学"
)
NO_TABLE: Final = "指标表的表头认不出来：请在表上第一行指标的格子里写 {三级指标}、{指标值}，再核对"


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
    plan: Months | None = None
    """The months of a plan that is not read, nor asked about; None for a form without one."""
    table: range = range(0)
    """The rows of the indicators that somebody filled in, below their header."""
    remedy: str = ""
    """What an officer has to change on a form that no marks make readable, without full stop; empty elsewhere."""


def learn(grid: Grid, name: str, others: Sequence[Grid] = ()) -> Learning:
    """What the first form of a sheet is; ``name`` is what its kind is to be called.

    Of a list of projects ``others`` are sheets on which their amounts may stand.
    """
    return _Learner(grid, name, others).learn()


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


def _stands_before(one: Proposal, ends: Cell) -> bool:
    """Above the row and left of the column in which further forms begin, of which nothing is kept."""
    row, column = one.label_at or one.cell or (0, 0)
    return row < ends[0] and column < ends[1]


def _asked(proposals: Sequence[Proposal]) -> set[int]:
    """The columns of the months that are marked, and of what an officer is asked."""
    own = [one for one in proposals if one.key.startswith(MONTH) or one.certainty is Certainty.CHECK]
    return {at[1] for one in own for at in (one.cell, one.label_at) if at is not None}


class _Learner:
    def __init__(self, grid: Grid, name: str, others: Sequence[Grid]) -> None:
        self.name, self.others, self.original = name, others, grid
        self.sheet = FormWords(grid)
        self.grid, self.emptied = without_values(grid, self.sheet)
        if self.emptied:  # as if nobody had filled it in
            self.sheet = FormWords(self.grid, is_filled=True)
        self.notes: list[str] = []
        self.amount_sheets: list[tuple[str, int]] = []

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
        cells = cells_of_form(sheet, found)
        number = len(found.frames) + len(found.lists)
        below, beside = self._further(form, found.frames[0].area) if found.frames else (None, None)
        ends = (below or len(self.grid.rows), beside or sheet.cells.width)
        proposals = [one for one in proposals_of(sheet, found, cells) if _stands_before(one, ends)]
        self.notes += ["这张工作表上有几张表，只学了第一张"] * (number > 1) + [NO_TABLE] * (not number)
        self.notes += two_halves(proposals)
        shown = {one.label_at for one in proposals}
        headings = {at: word for at, word in sheet.words.items() if at not in shown or word.key in HEADINGS}
        taken = {*cells.values, *self.emptied, *(one.cell for one in proposals)}
        self.notes += left_standing(sheet, taken, (below, beside))
        self.notes += several_in_one_cell(sheet, taken)
        self.notes += all_in_brackets(sheet, taken)
        has_amounts = bool(elsewhere) or any(source_of(one.key) in MONEY for one in proposals)
        self.notes += [NO_AMOUNTS] if found.lists and not has_amounts else []
        sheets, notes = tuple(self.amount_sheets), tuple(self.notes)
        across = indicators_across(sheet.cells)
        across = across if across is not None and (across.is_of_list or not number) else None
        fault = across.said if across else "" if sheet.is_like_form else NO_FORM
        reworded = self.emptied | dict(self._reworded())
        return Learning(
            form,
            headings,
            elsewhere,
            sheets,
            tuple(proposals),
            cells.values,
            notes,
            fault,
            reworded,
            number > 0,
            below,
            beside,
            months_on(self.grid, found.frames, _asked(proposals)),
            range(sheet.header + 1, sheet.foot) if sheet.header is not None and sheet.is_filled else range(0),
            ONE_A_ROW if across else "",
        )

    def _further(self, form: LearnedForm, area: Area) -> tuple[int | None, int | None]:
        """Where other forms and tables begin, below the first form and beside it."""
        _, _, bottom, right = area
        others = forms_on(self.grid, alone(form))[0].areas
        below = min((area[0] for area in others if area[0] > bottom), default=None)
        return below, min((area[1] for area in others if area[1] > right), default=None)

    def _reworded(self) -> Iterator[tuple[Cell, str]]:
        """The title without the project's name; of a filled form what stands before a colon in a cell with a value."""
        sheet = self.sheet
        if sheet.title is not None and self._title() != text_of(sheet.typed(sheet.title[1:3])).strip():
            yield sheet.title[1:3], self._title()
        if sheet.line is not None:
            before, colon, behind = re.split("([:：])", text_of(sheet.typed(sheet.line)), maxsplit=1)
            yield sheet.line, before + colon + line_before(behind)
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
        goals = {part.key for part in base.parts if part.holds is Holds.GOALS}
        required = {key for key in base.demanded | goals if key in keys or key in below}
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
            self.notes.append(said_of_list(grid, FORM_LABELS))
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
