"""What stands on a sheet beside its forms: cells that are neither a label nor taken in, and titles without a form.

Whoever takes forms over into another book asks for it, so that nothing is lost in silence. Word tables and sheets of a
workbook are looked at alike.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded, simplified
from xl_perf.core.cells.entry import PartOfCell, Status
from xl_perf.core.cells.grid import Area, CellLine, Grid, NoValue, Scalar
from xl_perf.core.cells.labels import MORE, Label, bare
from xl_perf.core.cells.units import OF_FORMS
from xl_perf.core.cells.values import is_blank, is_placeholder, text_of, to_amount
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.filled_texts import amounts_within, is_blank_line_to_sign, without_nothing
from xl_perf.core.forms.finding import SheetForms, forms_on, kinds_on
from xl_perf.core.forms.footers import is_footer, is_signing, is_total_row, is_unfilled
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.in_text import IN_TEXT
from xl_perf.core.forms.indicators import counts_columns
from xl_perf.core.forms.kind import Family, FormKind
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import FORM_LABELS, FormLabels, labels_of
from xl_perf.core.forms.levels_beside import other_levels
from xl_perf.core.forms.list_frame import ListFrame
from xl_perf.core.forms.titles import CONTINUED, heading_of, is_year_line, kind_of_title
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.model.project import Project

Cell = tuple[int, int]
"""Row and column, from 0."""
BETWEEN: Final = "｜"
"""Between cells, and between lines that belong together."""
_YEAR_REACH: Final = 3
_A_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年|\Z)|[_＿ 　]")
"""Rows below a title in which the line with the year may stand."""
_SERIAL: Final = frozenset({"序号", "编号", "行号"})
_WITH_VALUE: Final = frozenset(
    f"{IN_TEXT}{key}" for key in ("name", *(one.key for kind in KINDS for one in kind.money))
)
_UNIT_WORDS: Final = re.compile(
    rf"以[上下]|本?表[中内格]?|金额|资金|货币|计量|单位|人民币|均|[为是以按用注]|备注|{'|'.join(OF_FORMS)}|[^\w]"
)
"""What a line that only states the unit consists of."""


class Left(NamedTuple):
    """Cells of one row that found no place: their columns, and what people see in them.

    ``levels`` are the columns of those with a level that is not that of the indicator in the row: forms print it.
    """

    row: int
    cells: tuple[tuple[int, str], ...]
    levels: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """All of them, in one line."""
        return BETWEEN.join(text for _, text in self.cells)


class Titles(NamedTuple):
    """The titles of project forms on a sheet: of forms that were read, of tables that cannot be read, of neither."""

    read: int
    unread: int
    lone: tuple[Cell, ...]


def not_taken_over(
    grid: Grid, projects: Iterable[Project], apart: Collection[Cell] = (), kinds: Kinds = KINDS
) -> list[Left]:
    """The same without what is carried unread: what new workbooks and texts of these projects lack."""
    own = list(projects)
    carried = {(one.entry.row, one.entry.column) for project in own for one in project.carried}
    return left_in(grid, own, {*apart, *carried}, kinds)


def left_in(grid: Grid, projects: Iterable[Project], apart: Collection[Cell] = (), kinds: Kinds = KINDS) -> list[Left]:
    """Every cell of a sheet that is neither a label of its forms nor in one of its projects, by rows.

    Where no form stands on the sheet, every cell. A table of another kind is named as a whole, so none of its cells is
    listed; nor is a formula that was stored without a result. ``apart`` are cells that belong to nobody's form.
    """
    found, cells = forms_on(grid, kinds)
    look = _Look(found, cells, list(projects), apart, labels_of(kinds_on(grid, kinds)))
    left: list[Left] = []
    for row in range(len(grid.rows)):
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        if any(not is_blank(typed) for typed in line):
            own = tuple(look.left_of(row, line))
            levels = frozenset(column for at, column in look.levels if at == row)
            left += [Left(row, own, levels)] if own and not look.are_labels(text for _, text in own) else []
    return left


def titles_on(grid: Grid) -> Titles:
    """Which titles of project forms have a form or table behind them; one said twice above a form counts once."""
    found, cells = forms_on(grid)
    labels = FORM_LABELS.places(cells)
    titles = [label for label in labels if label.key == "title" and names_project_form(_text(label, cells))]
    others = [label.row for label in labels if label.key not in {"title", "unit"}]
    areas = [*(frame.area for frame in found.frames), *(one.area for one in found.lists)]
    forms = [_head(area, others) for area in areas]
    tables = [_head(table.area, others) for table in found.tables]
    lone = [title for title in titles if not any(title.row in head for head in (*forms, *tables))]
    return Titles(
        sum(any(title.row in head for title in titles) for head in forms),
        sum(any(title.row in head for title in titles) for head in tables),
        tuple((title.row, title.column) for title in lone),
    )


def names_project_form(title: str) -> bool:
    """A title of a form for projects, and not of a monitoring table or a department's own targets."""
    kind = kind_of_title(title, KINDS)
    return kind is None or kind.family is Family.TARGETS


def _head(area: Area, others: Sequence[int]) -> range:
    """The rows of a form in which its title may stand: down to its first other label, by the rows of all of those."""
    top, _, bottom, _ = area
    at = bisect_left(others, top)
    first = others[at] if at < len(others) else bottom
    return range(top, min(first, bottom) + 1)


class _Look:
    """Goes through the cells of a sheet."""

    def __init__(
        self,
        found: SheetForms,
        cells: CellLine,
        projects: Sequence[Project],
        apart: Collection[Cell],
        known: FormLabels,
    ) -> None:
        self.apart, self.known = apart, known
        self.frames: dict[int, list[Frame]] = {}
        for frame in found.frames:
            for row in range(frame.area[0], frame.area[2] + 1):
                self.frames.setdefault(row, []).append(frame)
        self.tables = {row for one in found.tables for row in range(one.area[0], one.area[2] + 1)}
        self.placed = {
            (entry.row, entry.column)
            for project in projects
            for _, entry in project.entries()
            if entry.status not in {Status.ABSENT, Status.BLANK}
        }
        self.levels = {*other_levels(projects, cells)} - self.placed
        """Those in another half of the table that are not the levels of the indicators there."""
        self.within: dict[Cell, list[str]] = {}
        """The amounts that were read of cells that they share with their labels."""
        for entry in (entry for project in projects for _, entry in project.entries()):
            if isinstance(entry.typed, PartOfCell) and to_amount(entry.typed) is not None:
                self.within.setdefault((entry.row, entry.column), []).append(entry.typed)
        self.headings = {project.heading.value for project in projects}
        labels = known.places(cells) if found.frames else []
        self.labels = {(label.row, label.column) for label in labels if self._is_label(label, cells)}
        self.points = {cell for frame in found.frames for cell in _points(frame, labels, cells)}
        self.serials = {cell for frame in found.frames for cell in _serials(frame, cells)}
        extra = {label.key: label.column for label in labels if label.key.startswith(EXTRA)}
        self.extra = {
            (row, extra[one.key])
            for frame in found.frames
            for one in frame.kind.extra
            if one.key in extra and frame.kind.learned is None
            for row in _down_to_foot(frame.rows, cells, self.placed)
        }
        self.printed = {text for frame in (found.frames, found.lists) for one in frame for text in _printed(one.kind)}
        """What the office's own form prints."""
        own = (frame.kind.own_sheet for frame in found.frames)
        self.before = {_lasting(place.before) for sheet in own if sheet is not None for place in sheet.fields}
        """What it prints before a value in the same cell: 三、其他：."""
        self.extra |= set(_of_targets(found, cells, self.placed))
        for one in found.lists:
            self.extra |= set(_of_list(one, cells, known)) | set(_numbers_of_list(one, cells))
            self.extra |= set(_repeated(one, cells, self.placed))

    def left_of(self, row: int, line: Sequence[Scalar]) -> Iterable[tuple[int, str]]:
        """The cells of a row that found no place."""
        if row in self.tables and row not in self.frames:
            return
        copied: Scalar = None
        for column, typed in enumerate(line):
            if (row, column) in self.levels:
                yield column, text_of(typed)
                continue
            is_placed = (row, column) in self.placed or (row, column) in self.labels
            read = self.within.get((row, column))
            if read and isinstance(typed, str) and amounts_within(typed) > len(read):
                yield column, typed.partition(read[0])[2]  # what the amount is made of, in its cell
            is_copy = copied is not None and typed == copied
            copied = typed if is_placed or is_copy else None
            shows = not (is_blank(typed) or isinstance(typed, NoValue))
            if shows and not (is_placed or is_copy or self._is_known(row, column, typed)):
                yield column, text_of(typed)

    def are_labels(self, texts: Iterable[str]) -> bool:
        """Beside a form stand labels of other kinds of form, and nothing that belongs to them."""
        keys = (self.known.key(text) for text in texts)
        return bool(self.frames) and all(key and key.partition(MORE)[0] not in {"title", *STATEMENTS} for key in keys)

    def _is_known(self, row: int, column: int, typed: Scalar) -> bool:
        """A level that forms print, dots, a row's number, a column that nobody reads; or a cell of nobody's form."""
        if (row, column) in self.apart or (row, column) in self.extra:
            return True
        if self.printed and isinstance(typed, str) and _lasting(typed) in self.printed:
            return True
        if isinstance(typed, str) and (label := without_nothing(typed)) != typed and _lasting(label) in self.before:
            return True
        if isinstance(typed, str) and is_blank_line_to_sign(typed):
            return True
        if row not in self.frames:
            return False
        if isinstance(typed, str) and (is_branch(typed) or is_unfilled(typed) or self._is_year(row, typed)):
            return True
        if (row, column) in self.points or (is_placeholder(typed) and self._is_in_table(row)):
            return True
        return (row, column) in self.serials and _is_count(typed)

    def _is_in_table(self, row: int) -> bool:
        """A row of indicators, in which 无 stands for none."""
        return any(row in frame.rows for frame in self.frames[row])

    def _is_year(self, row: int, typed: str) -> bool:
        """The line with the year, close below a title."""
        titles = (frame.title for frame in self.frames[row])
        return is_year_line(typed) and any(title is not None and 0 < row - title[0] <= _YEAR_REACH for title in titles)

    def _is_label(self, label: Label, cells: CellLine) -> bool:
        """A label of a form that was read, in its place; a title whose heading was taken in, or that has none."""
        typed = _text(label, cells)
        if label.key in STATEMENTS:
            return not _UNIT_WORDS.sub("", simplified(folded(typed)))
        frames = self.frames.get(label.row, [])
        if label.key == CONTINUED:
            return bool(frames)
        at = label.row, label.column
        if label.key in _WITH_VALUE and at not in self.placed and at not in self.within:
            return False  # 资金总额：50万元 below a form that has its amounts
        if label.key == "title":
            heading = heading_of(typed)
            return bool(frames) and (not heading or heading in self.headings)
        return any(
            label.key in frame.kind.labels or label.key == "goal" or label.key.startswith("month:") for frame in frames
        )


def _printed(kind: FormKind) -> Iterator[str]:
    own = kind.learned
    for row in own.sheet.texts if own is not None and own.sheet is not None else ():
        yield from (_lasting(text) for text in row if text)


def _lasting(text: str) -> str:
    """A printed text as it is compared: whatever the year that it names."""
    return _A_YEAR.sub("", bare(text).text)


def _down_to_foot(rows: Sequence[int], cells: CellLine, placed: Collection[Cell]) -> Sequence[int]:
    """The rows of a table above the line in which people sign, or what else stands below it."""
    filled = {row for row, _ in placed}
    for at, row in enumerate(rows):
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        first = next((typed for typed in line if not is_blank(typed)), None)
        if row not in filled and isinstance(first, str) and (is_footer(first) or is_signing(first)):
            return rows[:at]
    return rows


def _of_targets(found: SheetForms, cells: CellLine, placed: Collection[Cell]) -> Iterator[Cell]:
    """The cells that hold a part of a target: ≥ and 台 beside 12."""
    tables = [(one.kind, one.rows, one.columns) for one in found.frames]
    tables += [(one.kind, one.rows, one.columns) for one in found.lists]
    for kind, rows, columns in tables:
        for part in kind.target_parts:
            own = _down_to_foot(rows, cells, placed)
            yield from ((row, column) for row in own for column in columns.get(part.key, ()))


def _of_list(one: ListFrame, cells: CellLine, known: FormLabels) -> Iterator[Cell]:
    """The header of a list with its column numbers, its title, what names its unit, and rows that add up."""
    if one.title is not None:
        yield one.title
    if one.unit_name is not None:
        yield one.unit_name
    if one.department is not None:
        yield one.department
    for row in (*one.headers, *one.rows):
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        first = next((text_of(typed) for typed in line if not is_blank(typed)), "")
        if row in one.headers:
            yield from ((row, column) for column, typed in enumerate(line) if known.key(typed))
        elif counts_columns(line) or is_total_row(first):
            yield from ((row, column) for column in range(cells.width))
        else:
            names = (column for column in one.columns.get("name", ()) if column < len(line))
            yield from ((row, column) for column in islice((at for at in names if not is_blank(line[at])), 1))


def _numbers_of_list(one: ListFrame, cells: CellLine) -> Iterator[Cell]:
    """The numbers of projects or rows below 序号."""
    for row in range(one.area[0], min(one.rows, default=0)):  # it may stand above the headings of the indicators
        line = cells.line[row * cells.width : (row + 1) * cells.width]
        for column in (at for at, typed in enumerate(line) if isinstance(typed, str) and folded(typed) in _SERIAL):
            yield from ((at, column) for at in one.rows if _is_count(cells.line[at * cells.width + column]))


def _repeated(one: ListFrame, cells: CellLine, placed: Collection[Cell]) -> Iterator[Cell]:
    """What a project's first row says and its other rows say again: merged cells that were filled down."""
    fields = {field.key for field in one.kind.fields} | {part.key for part in one.kind.parts}
    for column in (column for key in fields for column in one.columns.get(key, ())):
        said: Scalar = None
        for row in one.rows:
            typed = cells.line[row * cells.width + column] if column < cells.width else None
            if (row, column) in placed:
                said = typed
            elif typed == said and not is_blank(typed):
                yield row, column


def _text(label: Label, cells: CellLine) -> str:
    return str(cells.line[label.row * cells.width + label.column])


def _at(place: Cell, cells: CellLine) -> Scalar:
    return cells.line[place[0] * cells.width + place[1]]


def _points(frame: Frame, labels: Iterable[Label], cells: CellLine) -> Iterator[Cell]:
    """The numbers beside or below labels that say the same number: 执行率分值（10） 10."""
    printed = {one.key for one in frame.kind.known if one.is_printed}
    top, _, bottom, right = frame.area
    for label in labels:
        if label.key in printed and top <= label.row <= bottom:
            beside = [(label.row, column) for column in range(label.column + 1, right + 1)]
            below = [(row, label.column) for row in range(label.row + 1, bottom + 1)]
            for places in (beside, below):
                found = next((at for at in places if not is_blank(_at(at, cells))), None)
                if found is not None and f"({text_of(_at(found, cells))})" in folded(_text(label, cells)):
                    yield found


def _serials(frame: Frame, cells: CellLine) -> Iterable[Cell]:
    """The cells of columns that number the rows of the indicator table, with their heading."""
    if frame.table is None:
        return
    first, last = frame.table[0], frame.area[2]
    for column, typed in enumerate(cells.line[first * cells.width : (first + 1) * cells.width]):
        if isinstance(typed, str) and folded(typed) in _SERIAL:
            yield from ((row, column) for row in range(first, last + 1))


def _is_count(typed: Scalar) -> bool:
    text = text_of(typed)
    return text in _SERIAL or (text.isdecimal() and len(text) <= 3)
