"""Finds the forms and tables of a sheet by their labels.

Thousands of workbooks come from one template, so the same labels stand in the same places over and over: what is found
is worked out once per layout and remembered.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import BEYOND, Area, CellLine, Grid, Scalar
from xl_perf.core.cells.labels import LONGEST_LABEL, MORE, Label, bare
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.dated_labels import year_in_label
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.framing import Framer
from xl_perf.core.forms.in_text import IN_TEXT
from xl_perf.core.forms.kind import Family, FormKind, Shape
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import labels_of
from xl_perf.core.forms.learned import lasting
from xl_perf.core.forms.list_frame import ListFrame, list_frame
from xl_perf.core.forms.mirrored import is_mirrored
from xl_perf.core.forms.recognising import Table, looks_like_form, names_money, recognised
from xl_perf.core.forms.segments import bands_of, segments_of
from xl_perf.core.forms.stated import BELOW_TITLE
from xl_perf.core.forms.units import STATEMENTS, Statement, statements_in

_MOST_HIDDEN: Final = 20_000
"""Cells under merged areas of a sheet that are looked at; no form has a hundred."""
_FEWEST_LABELS: Final = 2
_HEADING_ROWS: Final = 3
"""How far above a form a line with its unit may stand, below another form."""
_REMEMBERED: Final = 512
_COLUMN: Final = "annual_column"
_HEADS: Final = STATEMENTS | {"title"}
_MAY_STATE: Final = STATEMENTS | {_COLUMN}


_MAY_HEAD: Final = frozenset({_COLUMN, "whole_column", "budget", "whole_budget", "row_total"})
"""Labels that may head columns of amounts."""
_PLANS: Final = frozenset({kind.plan.key for kind in KINDS if kind.plan is not None})
"""Labels of plans, whose whole text tells whether they are of shares: 支出计划（%）."""


class SheetForms(NamedTuple):
    """A sheet as its labels lay it out: its forms, its tables of other kinds, left to right, top to bottom."""

    frames: tuple[Frame, ...]
    tables: tuple[Table, ...]
    lists: tuple[ListFrame, ...] = ()
    damaged: tuple[Label, ...] = ()
    """The first labels of what looks like a form and is none that could be read."""
    mirrored: tuple[Label, ...] = ()
    """The first labels of forms whose columns run from right to left."""
    money: tuple[Label, ...] = ()
    """Labels of amounts that stand in no head of a form, in no table of another kind and in no header of a list."""

    @property
    def areas(self) -> tuple[Area, ...]:
        """Where its forms and tables stand."""
        return *(one.area for one in self.frames), *(one.area for one in self.tables)


Pick = Callable[[Sequence[Scalar]], tuple[Scalar, ...]]
"""Takes some cells out of a line of cells."""


class _Known(NamedTuple):
    """A sheet that was read before.

    ``labels`` picks its labels out of its cells, ``headings`` what else stands in the headers of its tables and what
    labels its plan, which read ``said``; ``hidden`` picks what merged areas hide.
    """

    labels: Pick
    headings: Pick
    said: tuple[Scalar, ...]
    merges: tuple[Area, ...]
    hidden: Pick | None
    forms: SheetForms


_NO_FORMS: Final = SheetForms((), ())
_REMEMBERED_SHEETS: Final = 16
_looks: Final[dict[tuple[object, ...], tuple[Kinds, SheetForms, CellLine]]] = {}
"""By what stands on a sheet, and the kinds that are looked for: a sheet is looked at several times while it is read."""
_layouts: Final[dict[tuple[object, ...], _Known]] = {}
"""By the keys of all labels, the rows and columns of the sheet, and the kinds that are looked for."""


def forms_on(grid: Grid, kinds: Kinds = KINDS, cells: CellLine | None = None) -> tuple[SheetForms, CellLine]:
    """The forms and tables of a sheet, and its cells as a person sees them: without what merged areas hide.

    A sheet has the layout of an earlier one if it is as large and merged alike, and has the same labels and headers in
    the same cells and no others.
    """
    cells = cells or CellLine(grid.rows)
    if all(kind.learned is None for kind in kinds):
        return _forms_by(grid, kinds, cells)
    _, found, seen = _looked_at(grid, kinds, cells)
    return found, seen


def kinds_on(grid: Grid, kinds: Kinds, cells: CellLine | None = None) -> Kinds:
    """The kinds by which a sheet is read: without the offices' own forms of which none stands on it.

    What such a form calls its cells, and which labels it does not read, says nothing of other forms.
    """
    if all(kind.learned is None for kind in kinds):
        return kinds
    return _looked_at(grid, kinds, cells or CellLine(grid.rows))[0]


def _looked_at(grid: Grid, kinds: Kinds, cells: CellLine) -> tuple[Kinds, SheetForms, CellLine]:
    """Of a sheet the kinds by which it is read, its forms by these, and its cells."""
    key = (tuple(cells.line), tuple(map(type, cells.line)), cells.width, tuple(grid.merges), kinds)
    if key not in _looks:
        if len(_looks) >= _REMEMBERED_SHEETS:
            _looks.clear()
        own = [kind for kind in kinds if kind.learned is not None]
        used = kinds if len(own) == len(kinds) else _with_own(kinds, _own_on(grid, kinds, own, cells))
        _looks[key] = (used, *_forms_by(grid, used, cells))
    return _looks[key]


def _own_on(grid: Grid, kinds: Kinds, own: Sequence[FormKind], cells: CellLine) -> Sequence[FormKind]:
    """Of the offices' own kinds those of which forms stand on a sheet."""
    # Each without the others first: their labels may be words of it that mean something else.
    fitting = [kind for kind in own if kind in _found_on(grid, _with_own(kinds, [kind]), cells)]
    while len(fitting) > 1:
        found = [kind for kind in fitting if kind in _found_on(grid, _with_own(kinds, fitting), cells)]
        if found == fitting:
            break
        best = max(fitting, key=partial(_share, texts=_texts(cells)))
        fitting = found if best in found else [best]
    return fitting


def _texts(cells: CellLine) -> set[str]:
    """What stands on a sheet as labels are compared, also before colons."""
    short = {typed.partition("：")[0] for typed in cells.line if isinstance(typed, str)}
    return {lasting(bare(text).text) for text in short if len(text) <= LONGEST_LABEL}


def _share(kind: FormKind, texts: Collection[str]) -> float:
    """How much of what an office's own form prints stands on a sheet."""
    own = kind.learned
    printed = () if own is None else (*(word.label for word in own.words), *own.printed, *own.extra)
    labels = {lasting(bare(text).text) for text in printed}
    return len(labels.intersection(texts)) / len(labels) if labels else 0


def _with_own(kinds: Kinds, own: Collection[FormKind]) -> Kinds:
    """The shipped ones of some kinds, and those of the offices' that are wanted."""
    return tuple(kind for kind in kinds if kind.learned is None or kind in own)


def _found_on(grid: Grid, kinds: Kinds, cells: CellLine) -> set[FormKind]:
    """The kinds of the forms and lists on a sheet."""
    found, _ = _forms_by(grid, kinds, cells)
    return {one.kind for one in found.frames} | {one.kind for one in found.lists}


def _forms_by(grid: Grid, kinds: Kinds, cells: CellLine) -> tuple[SheetForms, CellLine]:
    """The forms and tables of a sheet by these kinds, and its cells."""
    labels = labels_of(kinds)
    texts = labels.texts(cells)
    if len(texts) < _FEWEST_LABELS:
        return _NO_FORMS, cells
    key = (tuple(map(labels.key, texts)), len(grid.rows), cells.width, kinds)
    merges = tuple(grid.merges)
    known = _layouts.get(key)
    if known is None or not _is_same(known, cells.line, texts, merges):
        under = _hidden(merges, len(grid.rows), cells.width)
        hidden = itemgetter(*under, BEYOND) if under else None
        if hidden is not None and any(hidden(cells.line)):
            return _forms_by(grid, kinds, _seen(cells, under))
        known = _made(labels.places(cells, texts), merges, hidden, len(grid.rows), cells, kinds)
        if len(_layouts) >= _REMEMBERED:
            _layouts.clear()
        if not (any(map(_names_other_unit, key[0])) or any(map(_names_year, known.said))):
            _layouts[key] = known
    elif known.hidden is not None and any(known.hidden(cells.line)):
        return _forms_by(grid, kinds, _seen(cells, _hidden(merges, len(grid.rows), cells.width)))
    return known.forms, cells


def frames_in(grid: Grid, kinds: Kinds = KINDS) -> tuple[Frame, ...]:
    """The forms of a sheet, left to right, top to bottom."""
    return forms_on(grid, kinds)[0].frames


def _made(
    labels: Sequence[Label],
    merges: tuple[Area, ...],
    hidden: Pick | None,
    rows: int,
    cells: CellLine,
    kinds: Kinds,
) -> _Known:
    """What is remembered of a sheet whose merged areas hide nothing."""
    width = cells.width
    layout = _laid_out(labels, merges, rows, cells, kinds)
    own = {label.row * width + label.column for label in labels}
    headers = {row for frame in layout.frames for row in frame.headers}
    headers |= {row for frame in layout.lists for row in frame.headers}
    others = {row * width + column for row in headers for column in range(width)} - own
    of_plan = (label for label in labels if label.key in _PLANS or label.key.startswith("month:"))
    others |= {label.row * width + label.column for label in of_plan}
    # Which column of amounts is the budget's depends on what their headings read.
    others |= {label.row * width + label.column for label in labels if label.key in _MAY_HEAD}
    others |= {row * width + column for frame in layout.frames for row, column in _telling_year(frame, rows, width)}
    headings = itemgetter(*sorted(others), BEYOND, BEYOND)
    return _Known(itemgetter(*sorted(own)), headings, headings(cells.line), merges, hidden, layout)


def _telling_year(frame: Frame, rows: int, width: int) -> Iterator[tuple[int, int]]:
    """Where the texts stand that tell which of several amounts are the year's, and the lines that may say the year."""
    if frame.told_by:
        top = frame.area[0] if frame.title is None else frame.title[0]
        yield from frame.told_by
        yield from ((row, column) for row in range(top, min(top + BELOW_TITLE, rows)) for column in range(width))


def _is_same(known: _Known, line: Sequence[Scalar], texts: tuple[Scalar, ...], merges: tuple[Area, ...]) -> bool:
    return known.labels(line) == texts and known.headings(line) == known.said and known.merges == merges


def _hidden(merges: Iterable[Area], rows: int, width: int) -> list[int]:
    """Where the cells that merged areas hide stand in the line of cells: all but the first of each."""
    found: list[int] = []
    for top, left, bottom, right in merges:
        for row in range(top, min(bottom + 1, rows)):
            first = row * width
            found += range(first + left + (row == top), first + min(right + 1, width))
            if len(found) > _MOST_HIDDEN:
                return found[:_MOST_HIDDEN]
    return found


def _seen(cells: CellLine, hidden: Iterable[int]) -> CellLine:
    """The cells with blanks where merged areas hide something."""
    seen = CellLine(())
    seen.width, seen.line = cells.width, list(cells.line)
    for at in hidden:
        seen.line[at] = None
    return seen


def _names_year(said: Scalar) -> bool:
    """A heading that names a year: whether it is the form's depends on more than labels and headings."""
    return isinstance(said, str) and year_in_label(said) is not None


def _names_other_unit(said: str | None) -> bool:
    """A statement of another unit than 万元: whether it is about a form depends on more than the labels."""
    key, _, unit = (said or "").partition(MORE)
    return key in _MAY_STATE and unit not in ("", "万元")


def _laid_out(labels: Sequence[Label], merges: Iterable[Area], rows: int, cells: CellLine, kinds: Kinds) -> SheetForms:
    merged_to = {(top, left): right for top, left, _, right in merges}
    labels = _with_line_of_unit(labels, cells)
    units = statements_in(labels)
    others = [label for label in labels if label.key not in STATEMENTS]
    frames: list[Frame] = []
    tables: list[Table] = []
    lists: list[ListFrame] = []
    damaged: list[Label] = []
    mirrored: list[Label] = []
    bands = bands_of(others)
    lasts = [min(label.column for label in band) - 1 for band in bands[1:]]
    for band, of_band, last in zip(bands, _units_by_band(units, bands, cells), [*lasts, cells.width], strict=False):
        start = 0
        segments = segments_of(band, rows, kinds)
        for number, (segment, end) in enumerate(segments):
            kind = recognised(segment, cells, kinds)
            following = [one.row for one, *_ in (labels for labels, _ in segments[number + 1 : number + 2])]
            stop = _heading_of_next(of_band, segment[-1].row, following[0], cells) if following else rows
            if isinstance(kind, Table):
                own = [one for one in of_band if start <= one.row < stop]
                tables.append(kind.until(end, last, own or [one for one in of_band if one.row < start]))
            elif kind is not None and kind.shape is Shape.LIST:
                lists.append(list_frame(kind, segment, end, merged_to, cells, of_band))
            elif kind is not None and is_mirrored(segment):
                mirrored.append(segment[0])
            elif kind is not None:
                framer = Framer(kind, segment, end, merged_to, cells, of_band)
                own = [one for one in of_band if start <= one.row < stop]
                frames.append(framer.frame(own, [one for one in of_band if one.row < start]))
            elif looks_like_form(segment) or (frames and names_money(segment)):
                damaged.append(segment[0])
            start = stop
    found = SheetForms(tuple(frames), tuple(tables), tuple(lists), tuple(damaged), tuple(mirrored))
    return found._replace(money=tuple(_money_outside(others, found, kinds)))


def _money_outside(labels: Sequence[Label], found: SheetForms, kinds: Kinds) -> Iterator[Label]:
    """The labels of amounts that stand in no head of a form, in no other table, and in no header of a list."""
    money = {field.key for kind in kinds if kind.is_read and kind.family is Family.TARGETS for field in kind.money}
    heads = [
        (top, left, bottom if frame.table is None else frame.table[0], right)
        for frame in found.frames
        for top, left, bottom, right in [frame.area]
    ]
    taken = [*heads, *(table.area for table in found.tables)]
    headers = {row for one in found.lists for row in one.headers}
    for label in labels:
        _, row, column, _ = label
        if label.key.removeprefix(IN_TEXT) not in money or row in headers:
            continue
        if not any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in taken):
            yield label


def _with_line_of_unit(labels: Sequence[Label], cells: CellLine) -> Sequence[Label]:
    """The labels, where 金额（元） in a row of its own above the form heads no column: it states the unit."""
    first = next((at for at, label in enumerate(labels) if label.key not in _HEADS), None)
    if first is None or labels[first].key != _COLUMN or not labels[first].more:
        return labels
    label = labels[first]
    if sum(not is_blank(typed) for typed in cells.line[label.row * cells.width : (label.row + 1) * cells.width]) > 1:
        return labels
    return [*labels[:first], label._replace(key="unit"), *labels[first + 1 :]]


def _units_by_band(
    units: Sequence[Statement], bands: Sequence[Sequence[Label]], cells: CellLine
) -> list[list[Statement]]:
    """What states units, for each of the forms that stand beside each other.

    A line above them that stands only once is about all: for those beside it, it counts as if it stood above them. So
    is a note below them that has its row for itself.
    """
    if len(bands) < 2:
        return [list(units) for _ in bands]
    lefts = [0, *(min(label.column for label in band) for band in bands[1:]), 1 << 30]
    found: list[list[Statement]] = []
    for band, (left, right) in zip(bands, pairwise(lefts), strict=True):
        own = [one for one in units if left <= one.column < right]
        top, last = min(label.row for label in band), max(label.row for label in band)
        above = [one for one in own if one.row <= top] or [one for one in units if one.row <= top]
        below = [one for one in units if one not in own and one.row > last and _is_alone_in_row(one, cells)]
        shared = [one._replace(column=left) for one in (*above, *below)]
        found.append(sorted([*shared, *(one for one in own if one.row > top)], key=lambda one: one.row))
    return found


def _is_alone_in_row(one: Statement, cells: CellLine) -> bool:
    row = cells.line[one.row * cells.width : (one.row + 1) * cells.width]
    return sum(not is_blank(typed) for typed in row) == 1


def _heading_of_next(units: Sequence[Statement], last: int, following: int, cells: CellLine) -> int:
    """The row from which statements of units are about the next form, whose first label is in the row ``following``.

    One that stands between two forms heads the lower one, unless it follows the upper one at once and the lower one
    after a blank row.
    """

    def is_blank_row(row: int) -> bool:
        return all(map(is_blank, cells.line[row * cells.width : (row + 1) * cells.width]))

    between = [one.row for one in units if last < one.row < following]
    for row in between:
        follows, precedes = not is_blank_row(row - 1), not is_blank_row(row + 1)
        if following - row <= _HEADING_ROWS and (precedes or not follows):
            return row
    return following
