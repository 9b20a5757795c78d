"""Makes the sheet of a 样表 that was read (`read_guide`) into data: what it prints, and which cell is for what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Area, Grid, NoValue, Scalar, a1
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.finding import forms_on
from xl_perf.core.forms.footers import heads_details, is_footer, is_total_row
from xl_perf.core.forms.form_reader import POINTS_BEHIND
from xl_perf.core.forms.frame import Frame
from xl_perf.core.forms.guide_faults import GuideRow
from xl_perf.core.forms.guide_form import Guide
from xl_perf.core.forms.guide_list import ListSheet
from xl_perf.core.forms.indicators import ends_table
from xl_perf.core.forms.kind import FormKind, Shape, Value
from xl_perf.core.forms.list_frame import ListFrame
from xl_perf.core.forms.marks import GOAL, MONTH, marks_in, without_marks
from xl_perf.core.forms.own_columns import keys_of
from xl_perf.core.forms.own_layout import crosses
from xl_perf.core.forms.own_sheet import Cell, OwnSheet, Place, PrintedGroup, PrintedTable
from xl_perf.core.forms.printed_room import is_room, line_before
from xl_perf.core.forms.titles import is_title, is_year_line
from xl_perf.core.forms.units import AmountUnit

_NEEDED: Final = {"target": "指标值"}
NOT_FRAMED: Final[Mapping[int, int]] = {}
NO_FORMULAS: Final[Mapping[Cell, str]] = {}
_AMOUNT: Final = 1
"""What is put in the place of a mark to see what it counts in."""
_MOST_ROWS: Final = 400
_MOST_COLUMNS: Final = 100
"""Of a sheet that is written."""


def own_sheet(
    guide: Guide,
    grid: Grid,
    kind: FormKind,
    source: str = "",
    framed: Mapping[int, int] = NOT_FRAMED,
    formulas: Mapping[Cell, str] = NO_FORMULAS,
) -> OwnSheet:
    """The sheet of a 样表 that was read without faults. ``grid`` is its form with the marks, ``kind`` what it makes.

    ``framed`` are rows with lines around their cells, each with the first column that has one: the form goes on there.
    ``formulas`` are those of its cells, also of those whose result is in the grid.
    """
    own = {(row, at): one for row, cells in enumerate(grid.rows) for at, one in enumerate(cells)}
    unread = {at: one.formula for at, one in own.items() if isinstance(one, NoValue)}
    found = {at: formula for at, formula in (unread | dict(formulas)).items() if not _is_marked(own.get(at))}
    rows = [["" if (row, at) in found else one for at, one in enumerate(cells)] for row, cells in enumerate(grid.rows)]
    made = _Maker(guide, grid._replace(rows=rows), kind, source, framed).made()
    printed = [
        (*at, formula) for at, formula in sorted(found.items()) if at[0] < len(made.texts) and at[1] < made.width
    ]
    return made._replace(formulas=tuple(printed)) if printed else made


def _is_marked(typed: Scalar) -> bool:
    return isinstance(typed, str) and any(marks_in(typed))


class _Maker:
    def __init__(self, guide: Guide, grid: Grid, kind: FormKind, source: str, framed: Mapping[int, int]) -> None:
        self.guide, self.grid, self.kind, self.source = guide, grid, kind, source
        rows = [[_printed(typed) for typed in cells] for cells in grid.rows[:_MOST_ROWS]]
        filled = [
            (row, at)
            for row, cells in enumerate(grid.rows[:_MOST_ROWS])
            for at, one in enumerate(cells)
            if not is_blank(one)
        ]
        last = max((row for row, _ in filled), default=-1)
        merges = [area for area in grid.merges if area[0] <= last]
        self.height = max([last + 1, *(area[2] + 1 for area in merges)])
        self.width = max([0, *(at + 1 for _, at in filled), *(area[3] + 1 for area in merges)])
        self.below = [row for row, column in framed.items() if self.height <= row < _MOST_ROWS and column < self.width]
        """Rows with nothing but lines, below all texts."""
        self.height = max([self.height, *(row + 1 for row in self.below)])
        self.texts = [[*cells, *[""] * (self.width - len(cells))][: self.width] for cells in rows[: self.height]]
        self.texts += [[""] * self.width for _ in range(self.height - len(self.texts))]
        self.merged = {(row, column): area for area in merges for row, column in _cells_of(area)}
        for cell, area in self.merged.items():
            if cell != area[:2]:
                self.texts[cell[0]][cell[1]] = ""
        self.merges = tuple(sorted(merges))
        self.problem = ""
        self.units: Mapping[str, AmountUnit] = {}
        """What a bare amount counts in, as a reader takes it."""

    def made(self) -> OwnSheet:
        found = forms_on(_unmarked(self.grid), (self.kind,))[0]
        if self.kind.shape is Shape.LIST:
            return self._list(found.lists)._replace(source=self.source, name=self.guide.sheet)
        frames = found.frames
        table = frames[0].table if frames else None
        if table is None:
            return OwnSheet(problem="按标签认不出它的指标表", source=self.source, name=self.guide.sheet)
        if self.width > _MOST_COLUMNS or len(self.grid.rows) > _MOST_ROWS:
            return OwnSheet(problem="表太大", source=self.source, name=self.guide.sheet)
        frame = frames[0]
        bottom, right = frame.area[2:]
        below = min((one.area[0] for one in frames if one.area[0] > bottom), default=self.height)
        beside = min((one.area[1] for one in frames if one.area[1] > right), default=self.width)
        if any(one.area[0] < below and one.area[1] < beside for one in frames[1:]):
            return OwnSheet(problem="一张工作表上有几张表", source=self.source, name=self.guide.sheet)
        self._cut(below, beside)
        self._print_points(frame)
        self.units = {**frame.units, **self._units_of_filled()}
        places = {row.key: self._place(row) for row in self.guide.rows if row.key and row.cell is not None}
        columns = self._columns(places, frame.columns)
        tables = tuple(self._tables(frame, columns))
        columns = tuple(sorted((*columns, *self._own_columns(frame, tables)), key=lambda one: one.area[1]))
        for key, name in _NEEDED.items():
            if key not in {place.key for place in columns}:
                self._say(f"指标表里没有填“{name}”的一栏")
        if not tables:
            self._say("指标表的表头下面没有可以填写的行")
        for name, label in self._doubled():
            self._say(f"“{name}”在表上有两行（{label}），由它写出来就分不开了")
        fields = [places[field.key] for field in self.kind.fields if field.key in places]
        self._look_at(fields)
        months = [(int(key.removeprefix(MONTH)), one) for key, one in places.items() if key.startswith(MONTH)]
        if any(one.before or one.after for _, one in months):
            self._say("支出计划的比例和别的文字写在同一格里")
        goals = sorted((int(key.removeprefix(GOAL)), one) for key, one in places.items() if key.startswith(GOAL))
        title, year = self._heads(tables[0].first if tables else 0)
        made = OwnSheet(
            tuple(map(tuple, self.texts)),
            self.merges,
            tuple(fields),
            tuple(sorted(months)),
            tuple(one for _, one in goals),
            columns,
            tables,
            title,
            year,
            self.problem,
            self.source,
            self.guide.sheet,
            pictures=self.grid.pictures,
            goal_periods=_periods(frame, [one for _, one in goals]),
        )
        if not made.problem and any(crosses(self.kind, made, goals=number) for number in (0, len(goals) + 2)):
            return made._replace(problem="合并的单元格跨过了指标表或者绩效目标的边")
        return made

    def _units_of_filled(self) -> Mapping[str, AmountUnit]:
        """What amounts count in as a reader takes it when they are there: some labels are such beside amounts only."""
        cells = {row.cell for row in self.guide.rows if row.cell is not None and self._is_amount(row.key)}
        rows = [
            [_with_amount(typed) if (row, column) in cells else typed for column, typed in enumerate(typed_there)]
            for row, typed_there in enumerate(self.grid.rows)
        ]
        frames = forms_on(_unmarked(self.grid._replace(rows=rows)), (self.kind,))[0].frames
        return frames[0].units if frames else {}

    def _is_amount(self, key: str) -> bool:
        return key in self.kind.place and self.kind.field(key).value is Value.AMOUNT

    def _list(self, lists: Sequence[ListFrame]) -> OwnSheet:
        if len(lists) != 1:
            return OwnSheet(problem="按标签认不出它的清单" if not lists else "一张工作表上有几张清单")
        if self.width > _MOST_COLUMNS or len(self.grid.rows) > _MOST_ROWS:
            return OwnSheet(problem="表太大")
        title, year = self._heads(min(lists[0].headers, default=0))
        return ListSheet(self.kind, lists[0], self.texts, self.merges).made(self.guide.rows, title, year)

    def _cut(self, below: int, beside: int) -> None:
        """Further forms begin in that row below the first one, or in that column beside it: it ends above and left."""
        if below < self.height:
            below = self._last(self.texts[:below]) + 1
        if beside < self.width:
            beside = self._last(list(zip(*self.texts[:below], strict=True))[:beside]) + 1
        self.height, self.width = below, beside
        self.texts = [cells[:beside] for cells in self.texts[:below]]
        self.merges = tuple(area for area in self.merges if area[2] < below and area[3] < beside)

    @staticmethod
    def _last(lines: Sequence[Sequence[str]]) -> int:
        """The last row or column that says something."""
        return max((at for at, texts in enumerate(lines) if any(map(str.strip, texts))), default=-1)

    def _print_points(self, frame: Frame) -> None:
        """执行率分值（10） is printed with a 10 in the cell beside it, which is part of the form, if that is free."""
        marked = {row.cell for row in self.guide.rows}
        for slot in frame.outturn_points[:1]:
            row, column = slot.blank
            heads = [text for at, text in enumerate(self.texts[row]) if at < column and text.strip()]
            points = POINTS_BEHIND(folded(heads[-1])) if heads else None
            is_free = slot.first not in marked and (row, column) not in marked and column < self.width
            if points is not None and is_free and not self.texts[row][column].strip():
                self.texts[row][column] = points[1]

    def _say(self, problem: str) -> None:
        self.problem = self.problem or problem

    def _look_at(self, fields: Sequence[Place]) -> None:
        seen: dict[Area, Place] = {}
        for place in fields:
            other = seen.setdefault(place.area, place)
            is_one_mark = other.before or other.after
            if other is not place and not is_one_mark:
                names = "和".join(f"“{self.kind.field(one.key).name}”" for one in (other, place))
                self._say(f"{names}填在同一格里")

    def _doubled(self) -> Iterator[tuple[str, str]]:
        """Sources with several labels on the form: 一般公共预算 and 政府性基金预算 are both money of the treasury."""
        words = self.guide.form.words
        for field in self.kind.sources:
            labels = dict.fromkeys(word.label for word in words if word.key == field.key)
            if len(labels) > 1:
                yield field.name, "、".join(labels)

    def _place(self, row: GuideRow) -> Place:
        cell = row.cell or (0, 0)
        area = self.merged.get(cell, (*cell, *cell))
        typed = _typed(self.grid, cell)
        marks = list(marks_in(typed)) if isinstance(typed, str) else []
        stated = self.units.get(row.key)
        if len(marks) > 1 and self._is_amount(row.key):
            self._say(f"{a1(*cell)} 一格里写着几项，新建的表要一项一格")
        if stated is None and self._is_amount(row.key):
            self._say(f"看不出“{row.label}”的金额按什么单位读")
        unit = "万元" if stated is None else stated.unit
        if stated is not None and (stated.contradiction or unit not in UNITS):
            self._say(f"看不出“{row.label}”的金额单位")
            unit = "万元"
        if len(marks) != 1 or not isinstance(typed, str) or not without_marks(typed).strip():
            return Place(row.key, area, unit=unit)
        before, after = typed[: marks[0].start], typed[marks[0].end :]
        room = after if is_room(after) and not self._is_amount(row.key) else line_before(after)
        after = after[len(room) :]
        behind = max((one for one in UNITS if one and after.lstrip().startswith(one)), key=len, default="")
        return Place(row.key, area, before, after, behind or unit, room)

    def _columns(self, places: Mapping[str, Place], spans: Mapping[str, range]) -> tuple[Place, ...]:
        """The table's columns as the first row of its body has them."""
        found = [(key, places[key].area) for key, span in spans.items() if span and key in places]
        return tuple(sorted((Place(key, area) for key, area in found), key=lambda one: one.area[1]))

    def _own_columns(self, frame: Frame, tables: Sequence[PrintedTable]) -> Iterator[Place]:
        """The columns that no kind has and that are blank: each row is filled in for itself."""
        for key in keys_of(self.kind):
            span = frame.columns.get(key)
            rows = [row for table in tables for row in range(table.first, table.last + 1)]
            if span and rows and not any(self.texts[row][span.start].strip() for row in rows):
                areas = [self.merged.get((row, span.start), (row, span.start, row, span.start)) for row in rows]
                if all(area[0] == area[2] and area[1] == span.start for area in areas):
                    yield Place(key, areas[0])

    def _tables(self, frame: Frame, columns: Sequence[Place]) -> Iterator[PrintedTable]:
        """The tables of indicators below each other, those that have rows."""
        headers = [row for row in frame.headers if row - 1 not in frame.headers]
        for header, end in zip(headers, (*headers[1:], self.height), strict=True):
            own = (row for row in frame.rows if header < row < end)
            rows = self._within_label(frame, list(self._body(frame, own)))
            rows += self._blank_rows_behind(frame, rows)
            if rows:
                groups = tuple(self._groups(columns, rows))
                yield PrintedTable(header, rows[0], rows[-1] if groups else self._end(rows[-1]), groups)

    def _body(self, frame: Frame, rows: Iterable[int]) -> Iterator[int]:
        """The rows in which indicators are filled in: up to a footer, a text that is merged over all of them, or
        another part of the form.
        """
        own = {text for row in frame.headers for text in self._left_of(frame, row)}
        for row in rows:
            texts = [text for text in self.texts[row] if text.strip()] if row < self.height else []
            area = self.merged.get((row, 0), (row, 0, row, 0))
            is_end = bool(texts) and (is_footer(texts[0]) or is_total_row(texts[0]) or heads_details(texts))
            if row >= self.height or is_end or area[3] == self.width - 1 > 0:
                return
            if any(ends_table(text, own) for text in self._left_of(frame, row)):
                return
            yield row

    def _within_label(self, frame: Frame, rows: list[int]) -> list[int]:
        """Without blank rows below the merged label left of the table: they stand between this form and the next."""
        beside = (self.merged.get((row, column)) for row in rows[:1] for column in range(frame.first_column))
        end = max((area[2] for area in beside if area), default=-1)
        is_blank_below = all(not any(map(str.strip, self.texts[row])) for row in rows if row > end)
        return [row for row in rows if row <= end] if end >= 0 and is_blank_below else rows

    def _blank_rows_behind(self, frame: Frame, rows: Sequence[int]) -> list[int]:
        """The blank rows below the last one that its merged labels take in: 满意度指标 beside two rows."""
        last = rows[-1] if rows else self.height
        columns = range(frame.first_column + 1)
        labels = [self.merged[last, column] for column in columns if (last, column) in self.merged]
        end = min((area[2] for area in labels), default=-1)
        behind = list(range(last + 1, min(end + 1, self.height)))
        is_blank = all(not any(map(str.strip, self.texts[row])) for row in behind)
        return behind if is_blank else []

    def _left_of(self, frame: Frame, row: int) -> list[str]:
        """The texts left of the table in a row."""
        cells = self.texts[row][: frame.first_column] if row < self.height else []
        return [text.strip() for text in cells if text.strip()]

    def _end(self, last: int) -> int:
        """The last row of a table that prints no levels: with the framed ones directly below."""
        while last + 1 in self.below:
            last += 1
        return last

    def _groups(self, columns: Sequence[Place], rows: Sequence[int]) -> Iterator[PrintedGroup]:
        at = {place.key: place.area[1] for place in columns}
        if "level1" not in at:
            printed = tuple(self._shown(row, at["level2"]) for row in rows) if "level2" in at else ()
            if any(printed):
                yield PrintedGroup("", printed)
            return
        label, seconds = "", list[str]()
        for row in rows:
            level1 = self._shown(row, at["level1"])
            begins = bool(level1.strip()) and (level1 != label or self._begins(row, at["level1"]))
            if begins:
                if seconds:
                    yield PrintedGroup(label, tuple(seconds))
                label, seconds = level1, []
            if label:
                second = self._shown(row, at["level2"]) if "level2" in at else ""
                seconds.append(second if second and is_branch(second) else "")
        if seconds:
            yield PrintedGroup(label, tuple(seconds))

    def _begins(self, row: int, column: int) -> bool:
        """A merged label begins in this row; of labels in every row none does that reads like the one above."""
        area = self.merged.get((row, column))
        return area is not None and area[0] == row and area[2] > row

    def _shown(self, row: int, column: int) -> str:
        top, left, *_ = self.merged.get((row, column), (row, column))
        return self.texts[top][left]

    def _heads(self, last: int) -> tuple[Area | None, Area | None]:
        """The cells of the title and of the line with the year."""
        title = year = None
        for row in range(min(last, self.height)):
            for column, text in enumerate(self.texts[row]):
                if not text.strip():
                    continue
                area = self.merged.get((row, column), (row, column, row, column))
                if title is None and is_title(text):
                    title = area
                elif year is None and is_year_line(text):
                    year = area
        return title, year


def _periods(frame: Frame, goals: Sequence[Place]) -> tuple[str, ...]:
    """What the places of goals are for, as the headings beside or above them say."""
    of_cell = {
        (row, column): frame.goal_periods.get(slot.first, "")
        for slot in frame.unnamed_goals
        for row in slot.rows
        for column in slot.columns
    }
    return tuple(of_cell.get(place.area[:2], "") for place in goals)


def _printed(typed: Scalar) -> str:
    return without_marks(typed) if isinstance(typed, str) else text_of(typed)


def _unmarked(grid: Grid) -> Grid:
    rows = [[without_marks(one) if isinstance(one, str) else one for one in cells] for cells in grid.rows]
    return grid._replace(rows=rows)


def _with_amount(typed: Scalar) -> Scalar:
    """An amount in the place of the mark."""
    marks = list(marks_in(typed)) if isinstance(typed, str) else []
    if not marks or not isinstance(typed, str):
        return typed
    around = typed[: marks[0].start], typed[marks[0].end :]
    return f"{around[0]}{_AMOUNT}{around[1]}" if any(map(str.strip, around)) else _AMOUNT


def _typed(grid: Grid, cell: Cell) -> Scalar:
    row, column = cell
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else None


def _cells_of(area: Area) -> Iterator[Cell]:
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
