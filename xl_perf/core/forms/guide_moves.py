"""Where the labels and cells that 对照 names stand on the form now: rows and columns are put in and taken away.

Labels count, then marks; the addresses on 对照 are a hint, for labels that stand several times.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.guide_faults import Cell
from xl_perf.core.forms.marks import marks_in, without_marks

_ROW, _COLUMN = 0, 1
_PUT_IN: Final = ("插了 {} 行", "插了 {} 列")
_TAKEN_AWAY: Final = ("删了 {} 行", "删了 {} 列")
_MOST: Final = 4
"""Labels that a sentence names."""


class Listed(NamedTuple):
    """A row of 对照: its number, label, the two cells, and what its mark may be called."""

    number: int
    label: str
    label_at: Cell | None
    cell: Cell | None
    names: frozenset[str]


class Moves(NamedTuple):
    """Where rows of 对照 have their label and their cell now, by number; what is said of it, and what is unclear."""

    placed: Mapping[int, tuple[Cell | None, Cell | None]]
    said: str
    unclear: Mapping[int, str]


def moves(listed: Sequence[Listed], grid: Grid) -> Moves:
    """``grid`` is the form with its marks."""
    return _Moves(listed, grid).found()


class _Line:
    """Which row is which now, or which column: of those that labels or marks tell, and of those between."""

    def __init__(self, votes: Iterable[tuple[int, int]], further: Iterable[tuple[int, int]]) -> None:
        self.own = dict(_rising(_agreed(votes)))
        known = {*self.own.values()}
        added = {old: new for old, new in _agreed(further).items() if old not in self.own and new not in known}
        self.all = dict(_rising({**added, **self.own}, self.own))

    def candidates(self, at: int) -> list[int]:
        """Where a row is now: one place, or several between neighbours that moved by different numbers."""
        if at in self.all:
            return [self.all[at]]
        before = [new - old for old, new in self.all.items() if old < at][-1:]
        behind = [new - old for old, new in self.all.items() if old > at][:1]
        shifts = (before or [0]) + (behind or before or [0])
        return [at + shift for shift in range(min(shifts), max(shifts) + 1) if at + shift >= 0]

    def said(self, axis: int) -> Iterator[str]:
        """How many were put in, and how many taken away."""
        shifts = [0, *(new - old for old, new in self.own.items())]
        jumps = [after - before for before, after in pairwise(shifts)]
        put_in, taken = sum(one for one in jumps if one > 0), -sum(one for one in jumps if one < 0)
        yield from [_PUT_IN[axis].format(put_in)] if put_in else []
        yield from [_TAKEN_AWAY[axis].format(taken)] if taken else []


class _Moves:
    def __init__(self, listed: Sequence[Listed], grid: Grid) -> None:
        self.listed, self.grid = listed, grid
        self.texts: dict[str, list[Cell]] = defaultdict(list)
        self.marks: dict[str, list[Cell]] = defaultdict(list)
        for row, cells in enumerate(grid.rows):
            for column, typed in enumerate(cells):
                if isinstance(typed, str) and typed.strip():
                    self._take((row, column), typed)
        self.times = Counter(one.label for one in listed if one.label)
        self.once = {one.number: at for one in listed if (at := self._only_place(one)) is not None}
        own = [(one.label_at, self.once[one.number]) for one in listed if one.number in self.once and one.label_at]
        named = Counter(name for one in listed for name in one.names)
        marked = [
            (one.cell, self.marks[name][0])
            for one in listed
            if one.cell is not None
            for name in one.names
            if named[name] == 1 and len(self.marks[name]) == 1
        ]
        self.printed = {at for places in self.texts.values() for at in places}
        self.kept = set(self.once.values())
        self.rows, self.columns = (
            _Line([(old[axis], new[axis]) for old, new in own], [(old[axis], new[axis]) for old, new in marked])
            for axis in (_ROW, _COLUMN)
        )

    def _take(self, at: Cell, typed: str) -> None:
        text = without_marks(typed)
        for part in {bare(text).text, bare(text.replace("：", ":").partition(":")[0]).text} - {""}:
            self.texts[part].append(at)
        for mark in marks_in(typed):
            self.marks[mark.name].append(at)

    def _only_place(self, one: Listed) -> Cell | None:
        """Where a label stands that the form prints once, and that 对照 names once."""
        places = self.texts.get(one.label, [])
        return places[0] if one.label_at is not None and self.times[one.label] == 1 and len(places) == 1 else None

    def found(self) -> Moves:
        placed: dict[int, tuple[Cell | None, Cell | None]] = {}
        unclear: dict[int, str] = {}
        alone: list[str] = []
        for one in self.listed:
            label_at = self._label_at(one)
            cells = self._cells(one, label_at)
            if label_at and one.label_at and label_at not in self._places(one.label_at) and one.number in self.once:
                if one.cell is not None:
                    cells = [_as_far(one.cell, one.label_at, label_at)]
                    if not self._is_marked(cells[0], one):
                        continue  # its mark has not gone with it
                alone.append(f"“{one.label}”移到了 {a1(*self.once[one.number])}")
            elif one.cell is not None and not self._is_marked(cells[0], one) and self._is_marked(one.cell, one):
                continue
            elif len(cells) > 1:
                first, other = a1(*cells[0]), a1(*cells[-1])
                old = a1(*one.cell) if one.cell else ""
                unclear[one.number] = (
                    f"表上插了行、列，看不出“{one.label or '、'.join(sorted(one.names))}”的填写处（原来在 {old}）"
                    f"现在是 {first} 还是 {other}：请把“填写处”改成其中一格，或在那一格写上标记"
                )
            placed[one.number] = (label_at, cells[0] if one.cell is not None else None)
        lines = [*self.rows.said(_ROW), *self.columns.said(_COLUMN), *alone[:_MOST]]
        return Moves(placed, f"表上{'、'.join(lines)}：“对照”里的格号照表上的读" if lines else "", unclear)

    def _places(self, at: Cell) -> list[Cell]:
        """Where a cell may be now."""
        rows, columns = self.rows.candidates(at[_ROW]), self.columns.candidates(at[_COLUMN])
        return [(row, column) for row in rows for column in columns]

    def _label_at(self, one: Listed) -> Cell | None:
        if one.number in self.once or one.label_at is None:
            return self.once.get(one.number)
        places = self._places(one.label_at)
        if (own := next((at for at in places if at in self.texts.get(one.label, [])), None)) is not None:
            return own
        # It was renamed, or its row was taken away.
        return next((at for at in places if at in self.printed and at not in self.kept), one.label_at)

    def _cells(self, one: Listed, label_at: Cell | None) -> list[Cell]:
        """Where the cell of a row may be now; that with its mark, where one has it."""
        if one.cell is None:
            return [(0, 0)]
        old, now = one.label_at, label_at
        rows = [now[_ROW]] if old and now and old[_ROW] == one.cell[_ROW] else self.rows.candidates(one.cell[_ROW])
        is_below = old is not None and old[_COLUMN] == one.cell[_COLUMN]
        columns = [now[_COLUMN]] if now and is_below else self.columns.candidates(one.cell[_COLUMN])
        cells = [(row, column) for row in rows for column in columns]
        marked = [at for at in cells if self._is_marked(at, one)]
        free = [at for at in cells if at == one.label_at or self._is_free(at)]
        return marked[:1] or free or cells[:1]

    def _is_marked(self, at: Cell, one: Listed) -> bool:
        return any(at in self.marks[name] for name in one.names if name in self.marks)

    def _is_free(self, at: Cell) -> bool:
        """Something can be filled in: it is blank, and no part of a merged cell that begins elsewhere."""
        row, column = at
        cells = self.grid.rows[row] if row < len(self.grid.rows) else ()
        areas = (area for area in self.grid.merges if area[0] <= row <= area[2] and area[1] <= column <= area[3])
        is_blank_cell = column >= len(cells) or is_blank(cells[column]) or not text_of(cells[column]).strip()
        return is_blank_cell and all(area[:2] == at for area in areas)


def _as_far(cell: Cell, old: Cell, new: Cell) -> Cell:
    """As far from one cell as before from another."""
    return max(cell[0] + new[0] - old[0], 0), max(cell[1] + new[1] - old[1], 0)


def _agreed(votes: Iterable[tuple[int, int]]) -> dict[int, int]:
    """What most labels of a row say, more than half of them."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for old, new in votes:
        found[old][new] += 1
    best = {old: counted.most_common(1)[0] for old, counted in sorted(found.items())}
    return {old: new for old, (new, times) in best.items() if 2 * times > found[old].total()}


def _rising(places: Mapping[int, int], kept: Collection[int] = ()) -> list[tuple[int, int]]:
    """As many as keep their order; among these those of ``kept``, which do."""
    chains: list[list[tuple[int, int]]] = []
    for pair in sorted(places.items()):
        before = [chain for chain in chains if chain[-1][1] < pair[1]]
        longest = max(before, key=lambda chain: _weight(chain, kept), default=[])
        chains.append([*longest, pair])
    return max(chains, key=lambda chain: _weight(chain, kept), default=[])


def _weight(chain: Sequence[tuple[int, int]], kept: Collection[int]) -> tuple[int, int, int]:
    return sum(old in kept for old, _ in chain), len(chain), sum(old == new for old, new in chain)
