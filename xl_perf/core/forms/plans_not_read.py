"""Plans of spending that an office's form prints and its 样表 does not read: by months in money, by quarters.

Nothing of them counts, which is to be said: to the officer of the blank form, to the clerk of what is filled in.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import CellLine, Grid, Scalar, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.kind import Shape
from xl_perf.core.forms.labels import month_of
from xl_perf.core.model.project import Project

_MONTH: Final = re.compile(r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月份?").fullmatch
_FEWEST: Final = 3
"""So many months side by side head a plan."""
_REACH: Final = 2
"""Rows below the months in which the plan is filled in."""
_SHOWN: Final = 3
_DIGIT: Final = re.compile(r"\d").search


class Months(NamedTuple):
    """The headings of months in one row of a form of which the plan is not read."""

    row: int
    columns: tuple[int, ...]
    names: tuple[str, ...]

    def __str__(self) -> str:
        named = "、".join(self.names[:_SHOWN])
        return f"“{named}”等 {len(self.names)} 栏" if len(self.names) > _SHOWN else f"“{named}”"


def months_in(cells: Sequence[Scalar]) -> dict[int, str]:
    """The months that a row of a form has as headings, by column; empty where they are too few for a plan."""
    texts = {at: bare(typed).text for at, typed in enumerate(cells) if isinstance(typed, str) and not is_blank(typed)}
    found = {at: text for at, text in texts.items() if _MONTH(text) or month_of(text) is not None}
    return found if len(found) >= _FEWEST else {}


def months_on(grid: Grid, frames: Sequence[Frame], read: Collection[int]) -> Months | None:
    """Those of the first form on its blank sheet, above its table; ``read`` are columns that are marked or asked."""
    for frame in frames[:1]:
        end = frame.area[2] if frame.table is None else frame.table[0]
        return _not_read(CellLine(grid.rows), range(frame.area[0], end), read)
    return None


def _not_read(cells: CellLine, rows: Iterable[int], read: Collection[int]) -> Months | None:
    """The first row with headings of months of which some are in none of the columns that are ``read``."""
    for row in rows:
        found = months_in(cells.line[row * cells.width : (row + 1) * cells.width])
        left = [at for at in sorted(found) if at not in read]
        if left:
            return Months(row, tuple(left), tuple(found[at] for at in left))
    return None


def said_of_blank(months: Months) -> str:
    """What the officer is told of a plan on the blank form, without full stop."""
    at = a1(months.row, months.columns[0])
    return f"{at} 起的支出计划（{months}）不读：填的不计入累计支出，新建的表照样印着这几栏"


def plans_not_read(forms: Iterable[tuple[Grid, Sequence[Project]]]) -> Iterator[str]:
    """One sentence on the forms of a book in which such a plan is filled in, without full stop."""
    found = [place for grid, projects in forms for place in _filled_in(grid, projects)]
    if found:
        named = "、".join(f"{sheet}!{a1(one.row, one.columns[0])}" for sheet, one in found[:_SHOWN])
        more = f"等 {len(found)} 张表" if len(found) > _SHOWN else ""
        yield f"支出计划样表选了不读，填的没有读，没有计入累计支出：{named}{more}（{found[0][1]}）"


def _filled_in(grid: Grid, projects: Sequence[Project]) -> Iterator[tuple[str, Months]]:
    own = [one for one in projects if one.kind.learned is not None and one.kind.shape is Shape.FORM]
    cells = CellLine(grid.rows if own else ())
    for project in own:
        if project.table is None:
            continue
        read = {point.percent.column for point in project.plan}
        months = _not_read(cells, range(project.area[0], project.table[0]), read)
        if months is not None and _has_numbers(cells, months):
            yield grid.sheet, months


def _has_numbers(cells: CellLine, months: Months) -> bool:
    """Something with a digit in it stands below one of the months."""
    rows = range(months.row + 1, min(months.row + 1 + _REACH, len(cells.line) // cells.width))
    typed = (cells.line[row * cells.width + column] for row in rows for column in months.columns)
    return any(not is_blank(one) and _DIGIT(text_of(one)) for one in typed)
