"""What people typed into an output of ours: it is carried over when the output is written again.

People type into the columns that are left to them (处理情况, 备注), into columns that they added, and into 接受理由 and
接受人 where those were blank. What stands in a row goes to the row of the same thing (finding, department, project);
what has no row any more is listed on a sheet of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Book, Grid, Scalar, column_letters
from xl_perf.core.cells.values import text_of, trimmed
from xl_perf.core.workbook.row_marks import MARKS_SHEET, RowMarks, mark_beside_formulas, mark_of, shown, unpacked

FORMER_SHEET: Final = "以前填写的"
FORMER_LABELS: Final = ("工作表", "哪一行", "栏目", "填写的内容")
LEFT_BLANK: Final = frozenset({"接受理由", "接受人"})
"""Columns of ours which hold something in few rows: people type into the others."""
DATE_LABEL: Final = "填报日期："
"""Begins the one cell above a list that people complete."""
_BLANK_DATE: Final = f"{DATE_LABEL}年月日"
_HEADER_ROWS: Final = 60
"""The headings of a list stand within the first rows."""
_MOST_ROWS: Final = 5
"""Of one sheet, that are named one by one."""

Typed = str | int | float


class Former(NamedTuple):
    """A text that has no row any more: where it stood, below which heading, and what it says."""

    sheet: str
    row: str
    label: str
    content: Typed


@dataclass
class Earlier:
    """What people typed into an output that is to be written anew; the writer takes it row by row."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By sheet the headings of the columns that are not ours, left to right."""
    rows: dict[tuple[str, str], dict[int, dict[str, Typed]]] = field(default_factory=dict)
    """By sheet and what a row is about, counted where several are about the same, what was typed by heading."""
    former: list[Former] = field(default_factory=list)
    """What stood in no row of a list."""
    date: str = ""
    """填报日期 with a date, as it stands above the list of 部门汇总."""
    changed: tuple[str, ...] = ()
    """Where people changed what is ours: a text for each sheet."""
    places: int = 0
    """How many rows and sheets that are."""
    carried: int = 0
    _met: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def holds_any(self) -> bool:
        """Somebody typed something."""
        return bool(self.rows or self.former or self.date)

    def more_columns(self, sheet: str, labels: Sequence[str]) -> list[str]:
        """The headings of columns that people added to a sheet; ``labels`` are those that it has anyhow."""
        return [label for label in self.columns.get(sheet, ()) if label not in labels]

    def take(self, sheet: str, row: Sequence[str | None], labels: Sequence[str]) -> dict[str, Typed]:
        """What is carried over into the next row about this, by heading; only below these headings."""
        if not self.rows:
            return {}
        key = sheet, row_name(row)
        number = self._met[key]
        self._met[key] += 1
        typed = self.rows.get(key, {}).get(number)
        if not typed:
            return {}
        taken = {label: typed.pop(label) for label in labels if label in typed}
        self.carried += len(taken)
        return taken

    def left(self) -> list[Former]:
        """What nobody took."""
        rows = (
            Former(sheet, row, label, content)
            for (sheet, row), numbered in self.rows.items()
            for typed in numbered.values()
            for label, content in typed.items()
        )
        return [*rows, *self.former]


def row_name(parts: Sequence[str | None]) -> str:
    """What a row is about, in one text."""
    return " · ".join(filter(None, (trimmed(part) for part in parts if part)))


def key_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """The columns of a list that say what a row is about, by the headings of the list."""
    if "规则" in labels:
        wanted: tuple[str, ...] = ("规则", "文件", "工作表", "单元格")
    elif "文件" in labels:
        wanted = ("文件", "工作表")
    else:
        wanted = next(((label,) for label in ("部门", "文件夹", "项目名称") if label in labels), ())
    return tuple(label for label in wanted if label in labels)


def typed_in(book: Book) -> Earlier:
    """What people typed into an output of ours. ValueError if it has no marks, which tell it from what is ours."""
    grids = {grid.sheet: grid for grid in book.grids}
    if MARKS_SHEET not in grids:
        raise ValueError(MARKS_SHEET)
    earlier = Earlier()
    columns: dict[str, Sequence[str]] = {}
    changed: list[str] = []
    for sheet, known in unpacked(grids.pop(MARKS_SHEET).rows).items():
        if sheet == FORMER_SHEET:
            continue
        grid = grids.pop(sheet, None)
        if grid is None:
            changed.append(f"“{sheet}”整张不见了")
            earlier.places += 1
        else:
            reading = _Reading(grid, known)
            columns[sheet] = reading.take_in(earlier)
            changed += reading.said
            earlier.places += reading.places
    _read_former(grids.pop(FORMER_SHEET, None), earlier)
    changed += [f"“{sheet}”是后加的" for sheet in grids]
    earlier.places += len(grids)
    earlier.columns, earlier.changed = columns, tuple(changed)
    return earlier


class _Reading:
    """One sheet of an output, of which it is known what its rows held when it was written."""

    def __init__(self, grid: Grid, known: RowMarks) -> None:
        labels = known.labels
        self._grid, self._marks = grid, Counter(known.marks)
        self._whole: dict[int, list[int]] = {}
        for beside, whole in known.beside_formulas:
            self._whole.setdefault(beside, []).append(whole)
        self._header = self._header_row(labels)
        self._heads = [shown(cell) for cell in grid.rows[self._header]] if self._header >= 0 else []
        places = {label: self._heads.index(label) if label in self._heads else at for at, label in enumerate(labels)}
        self._own = sorted(set(places.values()))
        self._blank = {places[label]: label for label in LEFT_BLANK if label in places}
        self._key = [places[label] for label in key_labels(labels)]
        width = max(map(len, grid.rows), default=0)
        self._others = {at: self._heading(at) for at in range(width) if at not in self._own}
        self._changed: list[int] = []
        self._deleted = 0

    def _header_row(self, labels: Sequence[str]) -> int:
        """The last row among the first that has the most of the headings; -1 where none has any."""
        wanted = set(labels)
        fitting = [len(wanted.intersection(map(shown, cells))) for cells in self._grid.rows[:_HEADER_ROWS]]
        return max(range(len(fitting)), key=lambda row: (fitting[row], row)) if any(fitting) else -1

    def _heading(self, at: int) -> str:
        """What a column is called, also where it has no heading."""
        heading = self._heads[at].strip() if at < len(self._heads) else ""
        return heading or f"{column_letters(at)}列"

    def take_in(self, earlier: Earlier) -> list[str]:
        """Puts what was typed into ``earlier``; gives the headings of the columns that are not ours."""
        met: Counter[tuple[str, str]] = Counter()
        used = {at for at in self._others if at < len(self._heads) and self._heads[at].strip()}
        for row, cells in enumerate(self._grid.rows):
            typed = self._typed(row, cells, earlier)
            used |= self._others.keys() & typed.keys()
            contents = {(self._others | self._blank)[at]: content for at, content in typed.items()}
            name = self._name(cells) if row > self._header >= 0 else ""
            key = self._grid.sheet, name
            if name and contents:
                earlier.rows.setdefault(key, {})[met[key]] = contents
            elif contents:
                place = f"第 {row + 1} 行"
                earlier.former += [Former(self._grid.sheet, place, label, one) for label, one in contents.items()]
            met[key] += 1
        self._deleted = max(0, sum(self._marks.values()) - len(self._changed))
        return [label for at, label in self._others.items() if at in used]

    def _is_dated(self, row: int, cells: Sequence[Scalar], earlier: Earlier) -> bool:
        """A row above the list in which people have filled in the date, and nothing else."""
        for at, cell in enumerate(cells if row < self._header else ()):
            if isinstance(cell, str) and cell.startswith(DATE_LABEL) and re.search(r"\d", cell):
                earlier.date = cell
                return self._is_ours(self._own, [*cells[:at], _BLANK_DATE, *cells[at + 1 :]])
        return False

    def _typed(self, row: int, cells: Sequence[Scalar], earlier: Earlier) -> dict[int, Typed]:
        """What people typed into a row, by column; a row in which they changed what is ours is noted."""
        headings = self._others if row <= self._header else {}
        typed = {at: one for at, one in _contents(cells, self._others) if one != headings.get(at)}
        is_dated = self._is_dated(row, cells, earlier)
        if not is_dated and not self._is_ours(self._own, cells):
            blank = dict(_contents(cells, self._blank)) if row > self._header else {}
            typed |= blank
            if not blank or not self._is_ours([at for at in self._own if at not in blank], cells):
                self._changed.append(row)
        return typed

    def _is_ours(self, columns: Sequence[int], cells: Sequence[Scalar]) -> bool:
        """These cells of a row hold what some row held; every row counts once."""
        own = [cells[at] for at in columns if at < len(cells)]
        marks = {mark_of(own), mark_of(own, rounded=True)}
        if None in marks:
            return True
        beside = mark_beside_formulas(own), mark_beside_formulas(own, rounded=True)
        for mark in (*marks, *(whole for one in beside if one is not None for whole in self._whole.get(one, ()))):
            if mark is not None and self._marks[mark] > 0:
                self._marks[mark] -= 1
                return True
        return False

    def _name(self, cells: Sequence[Scalar]) -> str:
        """What a row is about; empty for a row that does not say it."""
        return row_name([shown(cells[at]) for at in self._key if at < len(cells)])

    @property
    def said(self) -> Iterator[str]:
        """What was changed, in words."""
        if self._changed:
            rows = "、".join(str(row + 1) for row in self._changed[:_MOST_ROWS])
            more = f"等 {len(self._changed)} 行" if len(self._changed) > _MOST_ROWS else "行"
            yield f"“{self._grid.sheet}”第 {rows} {more}"
        if self._deleted:
            yield f"“{self._grid.sheet}”少了 {self._deleted} 行"

    @property
    def places(self) -> int:
        """How many rows were changed or taken out."""
        return len(self._changed) + self._deleted


def _contents(cells: Sequence[Scalar], columns: Iterable[int]) -> Iterator[tuple[int, Typed]]:
    """What is not blank in some columns of a row."""
    for at in columns:
        content = _content(cells[at]) if at < len(cells) else ""
        if content != "":
            yield at, content


def _content(cell: Scalar) -> Typed:
    """What somebody typed: numbers stay numbers."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    return text_of(cell)


def _read_former(grid: Grid | None, earlier: Earlier) -> None:
    """What has had no row for some time: perhaps it has one again. People may have changed or removed it."""
    rows = grid.rows if grid else ()
    heads = [tuple(map(shown, cells[: len(FORMER_LABELS)])) for cells in rows]
    first = heads.index(FORMER_LABELS) + 1 if FORMER_LABELS in heads else 0
    for cells in rows[first:]:
        contents = [*map(_content, cells), *[""] * len(FORMER_LABELS)]
        sheet, name, label = map(str, contents[:3])
        for content in filter(lambda one: one != "", contents[3:]):
            typed = earlier.rows.setdefault((sheet, name), {}).setdefault(0, {})
            if label in typed:
                earlier.former.append(Former(sheet, name, label, content))
            else:
                typed[label] = content
