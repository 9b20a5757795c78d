"""Makes the sheet of a 样表 that is a list into data: its columns, and the rows in which projects are filled in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.grid import Area
from xl_perf.core.cells.units import UNITS
from xl_perf.core.forms.footers import is_footer, is_total_row
from xl_perf.core.forms.guide_faults import GuideRow
from xl_perf.core.forms.in_text import value_in_text
from xl_perf.core.forms.kind import FormKind, Value
from xl_perf.core.forms.list_frame import GOALS, ListFrame
from xl_perf.core.forms.own_columns import keys_of
from xl_perf.core.forms.own_sheet import OwnSheet, Place, PrintedTable

_NEEDED: Final = {"name": "项目名称", "level1": "一级指标", "target": "指标值"}
AMOUNTS_ELSEWHERE: Final = "清单上没有金额一栏，另一张表上的金额还不能一起写出"
CROSSES: Final = "合并的单元格跨过了清单的边"
HEADER_AGAIN: Final = "清单里的表头印了几次，下面还有别的行"


class ListSheet:
    """The sheet of a list; ``texts`` are what it prints, ``merges`` all of its merged areas."""

    def __init__(
        self, kind: FormKind, frame: ListFrame, texts: Sequence[Sequence[str]], merges: Sequence[Area]
    ) -> None:
        self.kind, self.frame, self.problem = kind, frame, ""
        self.texts, self.merges = [list(cells) for cells in texts], list(merges)
        self.merged = {area[:2]: area for area in merges}

    def made(self, rows: Sequence[GuideRow], title: Area | None, year: Area | None) -> OwnSheet:
        """The sheet; ``rows`` are what is marked where, ``title`` and ``year`` the cells of these lines."""
        marked = [row.cell[0] for row in rows if row.cell and row.key in self.frame.columns]
        first = min((row for row in marked if row in self.frame.rows), default=0)
        last = self._last(first)
        spans = {key: span for key, span in self.frame.columns.items() if span}
        for key, name in _NEEDED.items():
            if key not in spans:
                self._say(f"清单里没有填“{name}”的一栏")
        if not first:
            self._say("清单的表头下面没有可以填写的行")
        if self.kind.money[0].key not in spans:
            self._say(AMOUNTS_ELSEWHERE)
        if any((top < first <= bottom) or (top <= last < bottom) for top, _, bottom, _ in self.merges):
            self._say(CROSSES)
        self._say_unit(spans)
        self._empty(first, last, spans)
        columns = [one.key for one in (*self.kind.columns, *self.kind.target_parts)]
        return OwnSheet(
            tuple(map(tuple, self.texts)),
            tuple(self.merges),
            (*self._above(spans), *self._places((field.key for field in self.kind.fields), spans, first)),
            (),
            tuple(place._replace(key="goal") for place in self._places([GOALS], spans, first)),
            self._places([*columns, *self._own_columns(first, last, spans)], spans, first),
            (PrintedTable(self._header(rows, first), first, last),),
            title,
            year,
            self.problem,
        )

    def _header(self, rows: Sequence[GuideRow], first: int) -> int:
        """The first row of the header: that of a heading that is no line above the list."""
        heads = [at[0] for row in rows if row.key in self.frame.columns and (at := row.label_at) and at != row.cell]
        return min([*(row for row in heads if row < first), *self.frame.headers[:1]], default=0)

    def _say(self, problem: str) -> None:
        self.problem = self.problem or problem

    def _last(self, first: int) -> int:
        """The last row for indicators: above a footer, a total, and a header that is printed again."""
        row = first
        for row in range(first, len(self.texts)):
            said = next((text for text in self.texts[row] if text.strip()), "")
            area = self.merged.get((row, 0), (row, 0, row, 0))
            if row > first and row in self.frame.headers:
                self._cut(row)
                return row - 1
            if is_footer(said) or is_total_row(said) or area[3] == len(self.texts[row]) - 1 > 0:
                return row - 1
        return row

    def _cut(self, row: int) -> None:
        """What follows a header that is printed again is the list once more."""
        below = (next((text for text in cells if text.strip()), "") for cells in self.texts[row:])
        if any(is_footer(said) or is_total_row(said) for said in below):
            self._say(HEADER_AGAIN)
        del self.texts[row:]
        self.merges = [area for area in self.merges if area[0] < row]

    def _say_unit(self, spans: Mapping[str, range]) -> None:
        for field in self.kind.money:
            unit = self.frame.units.get(field.key)
            if field.key in spans and unit is not None and (unit.contradiction or unit.unit not in UNITS):
                self._say(f"看不出“{field.label}”的金额单位")

    def _empty(self, first: int, last: int, spans: Mapping[str, range]) -> None:
        """What stands in the columns that are filled in is no print: it is of whoever filled the list in."""
        own = keys_of(self.kind)
        filled = {column for key, span in spans.items() for column in span[:1] if key not in own}
        for row in range(first, last + 1):
            for column in filled:
                self.texts[row][column] = ""

    def _own_columns(self, first: int, last: int, spans: Mapping[str, range]) -> Iterator[str]:
        """The keys of columns that no kind has and in which nothing is printed."""
        for key in keys_of(self.kind):
            if key in spans and not any(self.texts[row][spans[key].start].strip() for row in range(first, last + 1)):
                yield key

    def _places(self, keys: Iterable[str], spans: Mapping[str, range], first: int) -> tuple[Place, ...]:
        """The columns of these keys as the first row of the body has them, from left to right."""
        found: dict[int, Place] = {}
        for key in keys:
            if key not in spans:
                continue
            left = spans[key].start
            right = self.merged.get((first, left), (first, left, first, left))[3]
            unit = self.frame.units.get(key)
            known = unit is not None and unit.unit in UNITS
            place = Place(key, (first, left, first, right), unit=unit.unit if unit is not None and known else "万元")
            found.setdefault(left, place)
        return tuple(found[left] for left in sorted(found))

    def _above(self, spans: Mapping[str, range]) -> list[Place]:
        """The lines above the list that name the department and the unit, of a list without columns for them."""
        found = []
        for key, at in (("unit_name", self.frame.unit_name), ("department_code", self.frame.department)):
            if at is None or key not in self.kind.place or key in spans:
                continue
            row, column = at
            text = self.texts[row][column]
            said = value_in_text(text, Value.TEXT)
            area = self.merged.get((row, column), (row, column, row, column))
            found.append(Place(key, area, text[: text.rindex(said)] if said else text))
        return found
