"""Where everything stands in a monitoring or self-evaluation table: the boxes, drawn from its kind and its content.

The workbook writer and the Word writer draw the same boxes. Rows and columns count from 0. The columns right of the
table, behind a narrow blank one, are for those who fill it in, and are not printed.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.figures.rounding import rounded, share, total_of
from xl_perf.core.forms.box import Role
from xl_perf.core.forms.kind import Column, Family, FormKind, Value
from xl_perf.core.forms.report_fields import ASIDE_OF_FUNDS
from xl_perf.core.making.report_draft import Cell, DraftFund, DraftRow, ReportDraft, period
from xl_perf.core.report_settings import EvaluateSettings, MonitorSettings

_SHORT: Final = 3
"""Characters of a heading that fit into a narrow column."""


class ReportBox(NamedTuple):
    """A cell or merged area with what stands in it. ``formula`` has ``content`` as its result.

    ``is_aside``: right of the table. ``is_proposed``: somebody has still to confirm it.
    """

    role: Role
    key: str
    area: Area
    content: Cell = None
    value: Value | None = None
    item: int | str | None = None
    formula: str = ""
    at_left: bool = False
    is_aside: bool = False
    is_proposed: bool = False


class ReportLayout(NamedTuple):
    """The boxes of one table, in reading order; its first row, the row below its last, and where its parts begin."""

    kind: FormKind
    boxes: tuple[ReportBox, ...]
    top: int
    end: int
    first_indicator_row: int
    first_fund_row: int


class _Grid(NamedTuple):
    """How the columns are shared: the label of a part, that of a source, and two pairs of label and value."""

    part: int
    label: int
    halves: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]


_GRIDS: Final[Mapping[Family, _Grid]] = {
    Family.MONITORING: _Grid(2, 2, ((0, 1), (2, 7), (8, 9), (10, 16))),
    Family.EVALUATION: _Grid(1, 2, ((0, 0), (1, 3), (4, 4), (5, 8))),
}
COMPUTED: Final[Mapping[Family, tuple[Column, ...]]] = {
    Family.MONITORING: (
        Column("share", "完成比", Value.RATE, 1),
        Column("light", "灯", Value.TEXT, 1),
    ),
    Family.EVALUATION: (
        Column("computed", "计算得分", Value.SCORE, 1),
        Column("explained", "计分说明", Value.TEXT, 1),
    ),
}
"""Right of the indicators, before what people fill in there."""


def aside_columns(kind: FormKind) -> tuple[Column, ...]:
    """The columns right of the indicators."""
    own = tuple(column for column in kind.columns if column.is_outside)
    first, rest = COMPUTED[kind.family], own
    return (*rest, *first) if kind.family is Family.MONITORING else (*first, *rest)


def printed_columns(kind: FormKind) -> tuple[Column, ...]:
    """The columns of the indicators that are printed."""
    return tuple(column for column in kind.columns if not column.is_outside)


class _Drawing:
    """Draws one table from a row on."""

    def __init__(self, draft: ReportDraft, top: int, monitor: MonitorSettings, evaluate: EvaluateSettings) -> None:
        self.draft, self.kind, self.top = draft, draft.kind, top
        self.monitor, self.evaluate = monitor, evaluate
        self.grid = _GRIDS[draft.kind.family]
        self.columns = printed_columns(draft.kind)
        self.width = 1 + len(self.columns)
        self.aside = self.width + 1
        self.boxes: list[ReportBox] = []
        self.row = top

    def layout(self) -> ReportLayout:
        """The whole table."""
        last = self.width - 1
        self._add(Role.TITLE, "title", (self.row, 0, self.row, last), self.kind.title)
        self.row += 1
        middle = last - (self.grid.halves[3][1] - self.grid.halves[3][0]) // 2
        self._add(Role.YEAR, "period_line", (self.row, 0, self.row, middle - 1), period(self.draft))
        self._add(Role.YEAR, "unit", (self.row, middle, self.row, last), "单位：万元")
        self.row += 1
        self._pair(("name", "code"))
        self._pair(("department_code", "unit_name"))
        funds = self._funds()
        self._outcomes() if self.kind.family is Family.EVALUATION else self._goal()
        first = self._indicators()
        self._footer()
        return ReportLayout(self.kind, tuple(self.boxes), self.top, self.row, first, funds)

    def _add(self, role: Role, key: str, area: Area, content: Cell = None, **more: object) -> None:
        self.boxes.append(ReportBox(role, key, area, content, **more))  # type: ignore[arg-type]

    def _pair(self, keys: tuple[str, ...]) -> None:
        """A row with labels and values side by side; one alone takes the whole row."""
        halves = self.grid.halves
        for at, key in enumerate(keys):
            label, value = halves[2 * at], halves[2 * at + 1]
            if len(keys) == 1:
                value = (value[0], self.width - 1)
            field = self.kind.field(key)
            self._add(Role.LABEL, f"{key}:label", (self.row, label[0], self.row, label[1]), field.label)
            area = self.row, value[0], self.row, value[1]
            self._add(Role.INPUT, key, area, self.draft.fields.get(key), value=field.value)
        self.row += 1

    # --- money ----------------------------------------------------------------------------------------------------

    def _fund_columns(self) -> list[tuple[Column, int, int]]:
        """The columns of amounts, with the first and last column of the sheet that each takes."""
        columns = [column for column in self.kind.fund_columns if not column.is_outside]
        if self.kind.family is Family.MONITORING and not self.monitor.show_adjusted:
            columns = [column for column in columns if column.key != "adjusted_budget"]
        made, left = [], self.grid.part + self.grid.label
        for number, column in enumerate(columns, 1):
            right = self.width - 1 if number == len(columns) else left + column.width - 1
            made.append((column, left, right))
            left = right + 1
        return made

    def _funds(self) -> int:
        top, part = self.row, self.grid.part
        label = next(one for one in self.kind.parts if one.key == "budget_part")
        bottom = top + len(self.draft.funds)
        self._add(Role.LABEL, "budget_part", (top, 0, bottom, part - 1), label.printed or label.label)
        self._add(Role.LABEL, "fund:label", (top, part, top, part + self.grid.label - 1), "")
        columns = self._fund_columns()
        for column, left, right in columns:
            self._add(Role.LABEL, f"{column.key}:heading", (top, left, top, right), self._heading(column))
        if self.kind.family is Family.MONITORING:
            for at, column in enumerate(ASIDE_OF_FUNDS, self.aside):
                self._add(Role.LABEL, f"{column.key}:aside", (top, at, top, at), column.label, is_aside=True)
        for row, fund in enumerate(self.draft.funds, top + 1):
            area = row, part, row, part + self.grid.label - 1
            said = fund.label.rstrip("：:")
            text = f"{said}：" if fund.key == "budget" else f"  {said}"
            self._add(Role.LABEL, f"{fund.key}:row", area, text, at_left=True)
            for column, left, right in columns:
                self._fund_cell(fund, column, (row, left, row, right), top + 1, columns)
            for at, column in enumerate(ASIDE_OF_FUNDS, self.aside):
                content = fund.aside.get(column.key)
                if content is not None and self.kind.family is Family.MONITORING:
                    area = row, at, row, at
                    self._add(Role.INPUT, column.key, area, content, value=column.value, item=fund.key, is_aside=True)
        self.row = bottom + 1
        return top + 1

    def _heading(self, column: Column) -> str:
        if self.draft.month and column.key in {"outturn", "outturn_rate"}:
            return f"1-{self.draft.month}月{column.label}"
        return column.label

    def _fund_cell(
        self,
        fund: DraftFund,
        column: Column,
        area: Area,
        first: int,
        columns: list[tuple[Column, int, int]],
    ) -> None:
        row, left = area[:2]
        content, formula = fund.values.get(column.key), ""
        at = {one.key: (row, its) for one, its, _ in columns}
        is_whole = fund.key == "budget"
        if column.value is Value.AMOUNT and is_whole and len(self.draft.funds) > 1:
            parts = [one.values.get(column.key) for one in self.draft.funds[1:]]
            known = [one for one in parts if isinstance(one, Decimal)]
            is_sum = (content is None and not self._has_repeated) or content == total_of(known)
            if is_sum and len(known) == sum(one is not None for one in parts):
                below = f"{a1(first + 1, left)}:{a1(first + len(self.draft.funds) - 1, left)}"
                formula = f'=IF(COUNT({below})=0,"",ROUND(SUM({below}),6))'
                content = total_of(known) if known else ""
        elif column.key == "outturn_rate":
            budget, formula = self._budget(fund), self._rate_formula(at)
            outturn = _number(self._amount(fund, "outturn"))
            rate = None if budget is None or outturn is None else share(outturn, budget)
            content = "" if rate is None else rounded(rate)
        elif column.key in {"weight", "score"} and not is_whole:
            content = "-"
        self._add(
            Role.INPUT,
            column.key,
            area,
            content,
            value=column.value,
            item=fund.key,
            formula=formula,
            is_proposed=(fund.key, column.key) in self.draft.proposed,
        )

    def _amount(self, fund: DraftFund, key: str) -> Cell:
        """An amount of a row; of all the money what its parts come to, where it is not given."""
        own = fund.values.get(key)
        if own is not None or fund.key != "budget" or self._has_repeated:
            return own
        parts = [_number(one.values.get(key)) for one in self.draft.funds[1:]]
        known = [one for one in parts if one is not None]
        return total_of(known) if known else None

    def _budget(self, fund: DraftFund) -> Decimal | None:
        adjusted = self._amount(fund, "adjusted_budget")
        return _number(adjusted if adjusted is not None else self._amount(fund, "initial_budget"))

    @property
    def _has_repeated(self) -> bool:
        """Several rows are of one source: one may be a part of another, so what they come to is not known."""
        return any("#" in fund.key and fund.key[0] != "#" for fund in self.draft.funds)

    def _rate_formula(self, at: Mapping[str, tuple[int, int]]) -> str:
        initial, outturn = a1(*at["initial_budget"]), a1(*at["outturn"])
        budget = initial
        if "adjusted_budget" in at:
            adjusted = a1(*at["adjusted_budget"])
            budget = f'IF({adjusted}="",{initial},{adjusted})'
        return f'=IF(OR(N({budget})=0,{outturn}=""),"",ROUND(N({outturn})/N({budget}),4))'

    # --- goals ----------------------------------------------------------------------------------------------------

    def _goal(self) -> None:
        label, value = self.grid.halves[0], (self.grid.halves[1][0], self.width - 1)
        part = next(one for one in self.kind.parts if one.key == "goals_part")
        self._add(Role.LABEL, "goals_part", (self.row, label[0], self.row, label[1]), part.printed or part.label)
        area = self.row, value[0], self.row, value[1]
        self._add(Role.INPUT, "goal", area, self.draft.fields.get("goal"), value=Value.LONG_TEXT)
        self.row += 1
        progress = self.draft.fields.get("goal_progress")
        if progress is not None:
            label_area = self.row, label[0], self.row, label[1]
            self._add(Role.LABEL, "goal_progress:label", label_area, "年度总体目标执行情况")
            area = self.row, value[0], self.row, value[1]
            self._add(Role.INPUT, "goal_progress", area, progress, value=Value.LONG_TEXT)
            self.row += 1

    def _outcomes(self) -> None:
        part = next(one for one in self.kind.parts if one.key == "goals_part")
        middle = self.grid.halves[2][1]
        self._add(Role.LABEL, "goals_part", (self.row, 0, self.row + 1, 0), part.printed or part.label)
        for key, left, right in (("goal", 1, middle), ("goal_done", middle + 1, self.width - 1)):
            field = self.kind.field(key)
            self._add(Role.LABEL, f"{key}:label", (self.row, left, self.row, right), field.label)
            area = self.row + 1, left, self.row + 1, right
            self._add(Role.INPUT, key, area, self.draft.fields.get(key), value=field.value)
        self.boxes.sort(key=lambda box: box.area[:2])
        self.row += 2

    # --- indicators -----------------------------------------------------------------------------------------------

    def _indicators(self) -> int:
        kind, rows = self.kind, self.draft.rows
        top = self.row
        has_groups = any(column.group for column in self.columns)
        head = 1 + has_groups
        part = next(one for one in kind.parts if one.key == "indicators_part")
        bottom = top + head + max(len(rows), 1) - 1
        self._add(Role.LABEL, "indicators_part", (top, 0, bottom, 0), part.printed or part.label)
        for group, columns in groupby(enumerate(self.columns, 1), key=lambda one: one[1].group):
            found = list(columns)
            if group:
                self._add(Role.LABEL, f"{group}:group", (top, found[0][0], top, found[-1][0]), group)
            for at, column in found:
                area = (top + 1, at, top + 1, at) if group else (top, at, top + head - 1, at)
                self._add(Role.LABEL, f"{column.key}:heading", area, self._indicator_heading(column))
        for at, column in enumerate(aside_columns(kind), self.aside):
            area = top, at, top + head - 1, at
            self._add(Role.LABEL, f"{column.key}:aside", area, column.label, is_aside=True)
        first = top + head
        for item, row in enumerate(rows):
            self._indicator(first + item, item, row)
        if not rows:
            for at in range(1, self.width):
                self._add(Role.INPUT, "blank", (first, at, first, at))
        self.row = bottom + 1
        if kind.family is Family.EVALUATION:
            self._total(first, bottom)
        return first

    def _indicator_heading(self, column: Column) -> str:
        if column.key == "reached" and self.draft.month:
            return f"1-{self.draft.month}月{column.label}"
        half = (len(column.label) + 1) // 2 if len(column.label) != 5 else 2
        is_narrow = column.value is Value.TICK and len(column.label) > _SHORT
        return f"{column.label[:half]}\n{column.label[half:]}" if is_narrow else column.label

    def _indicator(self, at_row: int, item: int, row: DraftRow) -> None:
        rows = self.draft.rows
        for at, column in enumerate(self.columns, 1):
            content = row.values.get(column.key)
            if column.value is Value.LEVEL:
                keys = ("level1",) if column.key == "level1" else ("level1", "level2")
                own = [row.values.get(key) for key in keys]
                if item and own == [rows[item - 1].values.get(key) for key in keys] and own[-1] is not None:
                    continue
                last = item
                while last + 1 < len(rows) and own == [rows[last + 1].values.get(key) for key in keys] and own[-1]:
                    last += 1
                area = at_row, at, at_row + last - item, at
                text = self._level(content, column, item, last)
                self._add(Role.LABEL, column.key, area, text, value=column.value, item=item)
                continue
            self._add(
                Role.INPUT,
                column.key,
                (at_row, at, at_row, at),
                content,
                value=column.value,
                item=item,
                is_proposed=(item, column.key) in self.draft.proposed,
            )
        for at, column in enumerate(aside_columns(self.kind), self.aside):
            area = at_row, at, at_row, at
            content = row.values.get(column.key)
            self._add(Role.INPUT, column.key, area, content, value=column.value, item=item, is_aside=True)

    def _level(self, content: Cell, column: Column, first: int, last: int) -> Cell:
        """A first level of a self-evaluation is printed with its points: 产出指标（50分）."""
        if self.kind.family is not Family.EVALUATION or column.key != "level1" or not isinstance(content, str):
            return content
        points = [_number(row.values.get("weight")) for row in self.draft.rows[first : last + 1]]
        known = [one for one in points if one is not None]
        if len(known) != len(points) or "分" in content:
            return content
        return f"{content}\n（{total_of(known).normalize():f}分）"

    def _total(self, first: int, last: int) -> None:
        """总分: points and scores, those for spending the budget among them."""
        keys = [column.key for column in self.columns]
        weight, score = 1 + keys.index("weight"), 1 + keys.index("score")
        self._add(Role.LABEL, "total:label", (self.row, 0, self.row, weight - 1), "总分")
        whole = next((fund for fund in self.draft.funds if fund.key == "budget"), None)
        fund_row = next((box.area[0] for box in self.boxes if box.item == "budget"), None)
        for key, at in (("weight", weight), ("score", score)):
            own = [_number(row.values.get(key)) for row in self.draft.rows]
            own.append(None if whole is None else _number(whole.values.get(key)))
            known = [one for one in own if one is not None]
            span = f"{a1(first, at)}:{a1(last, at)}"
            column = next((its for one, its, _ in self._fund_columns() if one.key == key), None)
            spent = f",{a1(fund_row, column)}" if fund_row is not None and column is not None else ""
            # A total of some of the scores would look like that of all.
            lacks = f"<{len(own)}" if key == "score" else "=0"
            formula = f'=IF(COUNT({span}{spent}){lacks},"",ROUND(SUM({span}{spent}),2))'
            area = self.row, at, self.row, at
            content = total_of(known) if known and (key != "score" or len(known) == len(own)) else ""
            self._add(Role.INPUT, f"total:{key}", area, content, value=Value.SCORE, formula=formula)
        self._add(Role.LABEL, "total:rest", (self.row, score + 1, self.row, self.width - 1), "")
        self.row += 1

    # --- below ----------------------------------------------------------------------------------------------------

    def _footer(self) -> None:
        if self.kind.family is Family.MONITORING:
            self._pair(("rectify",))
            self._pair(("rectified",))
        elif self.evaluate.print_grade:
            self._pair(("grade",))
        for text in self._sign_off():
            self.boxes.append(text)
        self.row += 1

    def _sign_off(self) -> Iterator[ReportBox]:
        """The line for those who sign: three labels, three values."""
        keys = ("filled_by", "reviewed_by", "date")
        each = self.width // len(keys)
        for at, key in enumerate(keys):
            left = at * each
            right = self.width - 1 if key == keys[-1] else left + each - 1
            label = left + (1 if self.kind.family is Family.MONITORING else 0)
            field = self.kind.field(key)
            yield ReportBox(Role.LABEL, f"{key}:label", (self.row, left, self.row, label), field.label)
            area = self.row, label + 1, self.row, right
            yield ReportBox(Role.INPUT, key, area, self.draft.fields.get(key), value=field.value)


def _number(cell: Cell) -> Decimal | None:
    return cell if isinstance(cell, Decimal) else None


def report_layout(draft: ReportDraft, top: int, monitor: MonitorSettings, evaluate: EvaluateSettings) -> ReportLayout:
    """The boxes of a table whose title stands in the row ``top``."""
    return _Drawing(draft, top, monitor, evaluate).layout()
