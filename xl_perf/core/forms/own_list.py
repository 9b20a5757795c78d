"""The boxes of a list on an office's own sheet: what the 样表 prints, and below its header a row per indicator.

What is a project's own stands in its first row, merged over its rows where the 样表 merges that column: readers take a
blank cell for what stands above. Levels that are merged there are merged here. What stands below moves down.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from xl_perf.core.cells.grid import Area
from xl_perf.core.errors import FormError
from xl_perf.core.forms.box import Box, BranchRows, Role
from xl_perf.core.forms.footers import is_signing, is_total_row
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.own_columns import COUNTING
from xl_perf.core.forms.own_sheet import Cell, OwnSheet, Place
from xl_perf.core.forms.target_lists import CODED
from xl_perf.core.forms.variants import EXTRA
from xl_perf.core.model.project import Indicator, Project

FEWEST_ROWS: Final = 12
"""Rows for indicators that a blank list has at least."""
SPARE_ROWS: Final = 10
"""Blank rows below the last project."""
TOTAL: Final = "total:"
"""Begins the key of the cell of a row 合计 below the heading of an amount: ``total:budget``."""
NUMBER: Final = "number:"
"""Begins the key of a cell of the column 序号: ``number:project`` where projects are counted, ``number:row``."""
_IDENTITY: Final = ("unit_name", "code")
_LEVELS: Final = ("level1", "level2")


def printed_name(sheet: OwnSheet, project: Project) -> str:
    """A project's name as the list prints it: behind its code, where that has no column and is one of a system."""
    name, code = project.name.text, project.code.text
    has_column = any(place.key == "code" for place in sheet.fields)
    together = f"{code}-{name}"
    return together if code and name and not has_column and re.fullmatch(CODED, together) else name


def check_list(sheet: OwnSheet, projects: Sequence[Project]) -> None:
    """Raises `FormError` for a project that readers would take for a part of the one above it, or for a unit's name."""
    before: dict[str, str] = {}
    for at, project in enumerate(projects):
        own = {key: project.value(key).text.strip() for key in _IDENTITY if _has_column(sheet, key)}
        own["name"] = printed_name(sheet, project).strip()
        if not own["name"]:
            said = f"第 {at + 1} 个项目没有名称，清单上会并进上一个项目"
            raise FormError(said, "请在来源里补上它的项目名称")
        if before and all(text in {"", before[key]} for key, text in own.items()):
            raise FormError(f"有两个项目都叫“{own['name']}”，清单上会并成一个", "请在来源里改其中一个的名称")
        says_more = any(entry.text for entry in (*project.goals, *(one.level3 for one in project.indicators)))
        amounts = any(project.value(field.key).text for field in project.kind.money)
        if not says_more and not amounts and not any(one.target.text for one in project.indicators):
            said = f"“{own['name']}”只有名称，清单上会被当成单位的名称"
            raise FormError(said, "请在来源里填上它的金额或者指标，或者去掉它")
        before = own


def _has_column(sheet: OwnSheet, key: str) -> bool:
    return any(place.key == key and place.area[0] == sheet.body[0] for place in sheet.fields)


class OwnList:
    """Where everything stands on a list of these projects; without any it has ``rows`` blank rows.

    ``spare`` blank rows stand below the last project. Rows and columns count from 0.
    """

    def __init__(
        self, kind: FormKind, sheet: OwnSheet, projects: Sequence[Project], *, spare: int = SPARE_ROWS, rows: int = 0
    ) -> None:
        self.kind, self.sheet, self.projects = kind, sheet, projects
        self.first, printed_last = sheet.body
        printed = printed_last - self.first + 1
        blank = spare if projects else max(rows, printed, FEWEST_ROWS)
        needed = [rows_of(project) for project in projects]
        self.last = self.first + sum(needed) + blank - 1
        """The last row for indicators."""
        self.starts = [self.first + sum(needed[:at]) for at in range(len(needed) + 1)]
        """The first row of each project, and of the blank ones below them."""
        self.sources = list(range(self.first))
        """The row of the 样表 that each row is made of."""
        number = self.last - self.first + 1
        self.sources += [_source(at, number, self.first, printed_last) for at in range(number)]
        self.sources += range(printed_last + 1, len(sheet.texts))

    # --- the sheet -------------------------------------------------------------------------------------------------

    def outside(self) -> Iterator[Box]:
        """The boxes above and below the rows of projects."""
        first, last = self.sheet.body
        covered = {cell for area in self.sheet.merges for cell in _cells_of(area) if cell != area[:2]}
        for top in (*range(first), *range(last + 1, len(self.sheet.texts))):
            for left in range(self.sheet.width):
                if (top, left) not in covered:
                    yield self._outside(self._merged.get((top, left), (top, left, top, left)))

    def _outside(self, area: Area) -> Box:
        top, left, bottom, right = area
        moved = 0 if top < self.first else self.last - self.sheet.body[1]
        placed = top + moved, left, bottom + moved, right
        text = self.sheet.texts[top][left]
        line = next((place for place in self.sheet.fields if place.area[:2] == area[:2]), None)
        if line is not None:
            return Box(Role.INPUT, line.key, placed, text, Value.TEXT, look=area, around=(line.before, ""))
        if area == self.sheet.title:
            return Box(Role.TITLE, "title", placed, text, look=area)
        if area == self.sheet.year:
            return Box(Role.YEAR, "year_line", placed, text, look=area)
        summed = self._summed(top, left)
        if summed is not None:
            return Box(Role.LABEL, f"{TOTAL}{summed.key}", placed, "", Value.AMOUNT, look=area, unit=summed.unit)
        is_open = top >= self.first and (not text.strip() or is_signing(text))
        return Box(Role.LABEL, f"{top}:{left}", placed, text, look=area, is_open=is_open)

    def _summed(self, row: int, column: int) -> Place | None:
        """The amount that a row 合计 adds up in a column."""
        said, *others = [text for text in self.sheet.texts[row] if text.strip()] or [""]
        # 合计 | 财政 | 其他 is the second row of a header: more words stand in it.
        if row <= self.sheet.header or not is_total_row(said) or any(one.isidentifier() for one in others):
            return None
        amounts = {field.key for field in self.kind.money}
        return next((one for one in self.sheet.fields if one.key in amounts and one.area[1] == column), None)

    def blanks(self) -> Iterator[Box]:
        """Boxes of all cells for projects, with nothing in them, that no project fills in."""
        taken = {
            cell for at in range(len(self.projects)) for box in self.of_project(at) for cell in _cells_of(box.area)
        }
        for row in range(self.first, self.last + 1):
            for key, left, right in self._columns:
                area = row, left, row, right
                if (row, left) in taken:
                    continue
                look = self._look(area)
                if key:
                    yield Box(Role.INPUT, key, area, "", self._value(key), look=look, unit=self._unit(key))
                else:
                    counted = self._counted.get(left, "")
                    text = "" if counted else self._printed.get(left, "")
                    label = f"{NUMBER}{counted}" if counted else f"{row}:{left}"
                    yield Box(Role.LABEL, label, area, text, look=look, is_open=not text)

    # --- one project -----------------------------------------------------------------------------------------------

    def of_project(self, at: int) -> Iterator[Box]:
        """The boxes that a project fills in."""
        project, first = self.projects[at], self.starts[at]
        last, number = self.starts[at + 1] - 1, len(project.indicators)
        for key, left, right in self._columns:
            is_merged = left in self._merging
            if key == "goal":
                yield from self._goals(project, first, last, (left, right), is_merged=is_merged)
            elif key in self.kind.place:
                area = first, left, last if is_merged else first, right
                yield Box(Role.INPUT, key, area, "", self._value(key), look=self._look(area), unit=self._unit(key))
            elif key in _LEVELS and is_merged:
                for begin, end in self._runs(project.indicators, key):
                    area = first + begin, left, first + end, right
                    yield Box(Role.INPUT, key, area, "", self._value(key), begin, look=self._look(area))
            elif key.startswith(EXTRA) and is_merged:
                area = first, left, last, right
                yield Box(Role.INPUT, key, area, "", self._value(key), 0, look=self._look(area))
            elif key:
                for item in range(number):
                    area = first + item, left, first + item, right
                    yield Box(Role.INPUT, key, area, "", self._value(key), item, look=self._look(area))

    def _goals(
        self, project: Project, first: int, last: int, columns: tuple[int, int], *, is_merged: bool
    ) -> Iterator[Box]:
        """The goals below each other; one alone over all rows of its project, where the column is merged."""
        number = max(len(project.goals), 1)
        for item in range(number):
            end = last if is_merged and item == number - 1 else first + item
            area = first + item, columns[0], end, columns[1]
            yield Box(Role.INPUT, "goal", area, "", Value.LONG_TEXT, item, look=self._look(area))

    def _runs(self, indicators: Sequence[Indicator], key: str) -> Iterator[tuple[int, int]]:
        """The first and last of the indicators under one level, which stands in one cell.

        A blank second level below a filled one begins a new first level: readers would take the one above for it.
        """
        begin = 0
        for item in range(1, len(indicators) + 1):
            if item < len(indicators) and self._goes_on(indicators[item - 1], indicators[item], key):
                continue
            if indicators:
                yield begin, item - 1
            begin = item

    def _goes_on(self, above: Indicator, below: Indicator, key: str) -> bool:
        is_first = above.level1.text == below.level1.text and not (above.level2.text and not below.level2.text)
        return is_first and (key == "level1" or above.level2.text == below.level2.text != "")

    def branches(self, at: int) -> tuple[BranchRows, ...]:
        """The rows of each first level of a project; one without a name where it has no indicator."""
        project, first = self.projects[at], self.starts[at]
        rows = [
            BranchRows(project.indicators[begin].level1.value or "", first + begin, first + end)
            for begin, end in self._runs(project.indicators, "level1")
        ]
        return tuple(rows) or (BranchRows("", first, self.starts[at + 1] - 1),)

    # --- columns ---------------------------------------------------------------------------------------------------

    @cached_property
    def _merged(self) -> dict[Cell, Area]:
        return {area[:2]: area for area in self.sheet.merges}

    @cached_property
    def _merging(self) -> frozenset[int]:
        """The columns that the 样表 merges over several rows of a project."""
        first, last = self.sheet.body
        return frozenset(left for top, left, bottom, _ in self.sheet.merges if first <= top < bottom <= last)

    @cached_property
    def _columns(self) -> list[tuple[str, int, int]]:
        """Key (empty for one that is not read), first and last column, from left to right."""
        own = {one.area[1]: one for one in (*self.sheet.columns, *self.sheet.goals, *self.sheet.fields)}
        own = {left: one for left, one in own.items() if one.area[0] == self.first}
        found: list[tuple[str, int, int]] = []
        column = 0
        while column < self.sheet.width:
            place = own.get(column)
            right = self._merged.get((self.first, column), (0, 0, 0, column))[3] if place is None else place.area[3]
            found.append(("" if place is None else place.key, column, right))
            column = right + 1
        return found

    @cached_property
    def _printed(self) -> dict[int, str]:
        """What the columns that are not read print in every row."""
        first, last = self.sheet.body
        texts = {left: {self.sheet.texts[row][left] for row in range(first, last + 1)} for _, left, _ in self._columns}
        return {left: next(iter(found)) for left, found in texts.items() if len(found) == 1}

    @cached_property
    def _counted(self) -> dict[int, str]:
        """Columns that are headed 序号, each with what it counts: ``row`` where the 样表 numbers its rows."""
        first, last = self.sheet.body
        numbers = [str(number) for number in range(1, last - first + 2)]
        found = {}
        for key, left, _ in self._columns:
            heads = {"".join(self.sheet.texts[row][left].split()) for row in range(self.sheet.header, first)}
            if not key and heads & COUNTING:
                own = [self.sheet.texts[row][left].strip() for row in range(first, last + 1)]
                found[left] = "row" if own == numbers and last > first else "project"
        return found

    def _look(self, area: Area) -> Area:
        """The cells of the 样表 that an area looks like."""
        top, left, bottom, right = area
        return self.sources[top], left, self.sources[bottom], right

    def _value(self, key: str) -> Value:
        if key == "goal":
            return Value.LONG_TEXT
        if key in self.kind.place:
            return self.kind.field(key).value
        columns = (*self.kind.columns, *self.kind.target_parts)
        return next((column.value for column in columns if column.key == key), Value.TEXT)

    def _unit(self, key: str) -> str:
        return next((place.unit for place in self.sheet.fields if place.key == key), "万元")


def rows_of(project: Project) -> int:
    """How many rows a project takes."""
    return max(len(project.indicators), len(project.goals), 1)


def _source(at: int, rows: int, first: int, last: int) -> int:
    """The row of the 样表 that a row looks like: the last one like the last, whose line below may be a thick one."""
    return last if at == rows - 1 else min(first + at, max(last - 1, first))


def _cells_of(area: Area) -> Iterator[Cell]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
