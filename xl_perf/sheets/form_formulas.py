"""What a form says about itself by formulas: its state, and what does not fit."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.box import Box
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.printed_room import without_room
from xl_perf.sheets.cells import absolute, absolute_span
from xl_perf.sheets.form_content import (
    EMPTY,
    FILLED,
    GO_WITH,
    PLAN_WRONG,
    TOLERANCE,
    UNBALANCED,
    UNFINISHED,
    sum_in_words,
)
from xl_perf.sheets.form_heights import MOST_LINES
from xl_perf.sheets.texts import quoted


def share_of(cell: str) -> str:
    """The share that a cell of the plan holds, 0.25 for 25%, also where that is a text; an empty text for none.

    ``25%%`` is what LibreOffice makes of 25% that is typed there: it puts a % behind by itself.
    """
    return f'IF(ISNUMBER({cell}),{cell},IFERROR({percent_in_text(cell)}/100,""))'


def percent_in_text(cell: str) -> str:
    """The number before the first % in a cell's text; an error for none."""
    return f'VALUE(LEFT({cell},FIND("%",SUBSTITUTE({cell},"％","%"))-1))'


def filled_in(cell: str, around: tuple[str, str], room: str = "", *, is_number: bool) -> str:
    """What is filled in into a cell that may print something around it, or in its room; an empty text for no number."""
    between = without_room(_between(cell, around), room)
    return f'IFERROR(VALUE({between}),"")' if between != cell and is_number else between


def in_wan(value: str, unit: str) -> str:
    """An amount that counts in another unit, in 万元."""
    factor = UNITS[unit]
    if factor == 1:
        return value
    return f'IF(ISNUMBER({value}),ROUND({value}*{plain(factor)},6),IF({value}="","",{value}))'


def listed_value(box: Box, sheet: str) -> str:
    """A form's input as other sheets list it, amounts in 万元: a reference where the cell holds that and no more."""
    cell = f"{quoted(sheet)}!{a1(*box.area[:2])}"
    value = filled_in(cell, box.around, box.room, is_number=box.value is Value.AMOUNT)
    return in_wan(value, box.unit) if box.value is Value.AMOUNT else value


def _between(cell: str, around: tuple[str, str]) -> str:
    """What stands in a cell between what the form prints there."""
    before, after = map(len, around)
    if not before and not after:
        return cell
    return f"TRIM(MID({cell},{before + 1},MAX(LEN({cell})-{before + after},0)))"


class FormReferences:
    """The form's cells as formulas name them."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.kind = layout, layout.kind
        self.plan = [absolute(layout.area("percent", item)) for item in range(len(layout.months))]
        self.shares = [share_of(cell) for cell in self.plan]
        self.goals = self._goals()
        self.names = ",".join(map(absolute_span, self.columns("level3" if "level3" in layout.columns else "target")))

    def _goals(self) -> str:
        """The cells of the goals; empty for a form without any."""
        if not self.layout.goals:
            return ""
        areas = [self.layout.area("goal", item) for item in range(self.layout.goals)]
        if len({area[1] for area in areas}) > 1:  # 长期目标 beside 年度目标
            return ",".join(map(absolute, areas))
        rows = [area[0] for area in areas]
        return absolute_span((min(rows), areas[0][1], max(rows), areas[0][1]))

    def field(self, key: str) -> str:
        """The input of a field; of one whose cell prints something around it, what stands there between."""
        box = self.layout.input(key)
        return filled_in(absolute(box.area), box.around, box.room, is_number=box.value is Value.AMOUNT)

    def columns(self, key: str) -> list[Area]:
        """The cells below a heading of each table of indicators (of merged ones, the first column)."""
        column = self.layout.columns[key][0]
        return [(first, column, last, column) for first, last in self.layout.tables]

    @property
    def no_goals(self) -> str:
        """True while no goal is filled in; empty for a form without any."""
        boxes = [box for box in self.layout.boxes if box.key == "goal"]
        if any(any(box.around) for box in boxes):
            return "&".join(_between(absolute(box.area), box.around) for box in boxes) + '=""'
        return f"COUNTA({self.goals})=0" if self.goals else ""

    @property
    def budget(self) -> str:
        """The whole amount."""
        return self._amount(self.kind.money[0].key)

    @property
    def sources(self) -> str:
        """Where the money comes from, parted by commas."""
        return ",".join(self._amount(source.key) for source in self.layout.sources)

    def _amount(self, key: str) -> str:
        """An amount in a sum: a text that is no number would be an error there."""
        own = self.field(key)
        value = in_wan(own, self.layout.input(key).unit) if self.layout.has_several_units else own
        return value if value == absolute(self.layout.area(key)) else f"N({value})"

    @property
    def unbalanced(self) -> str:
        """True where the budget is not the sum of its sources; rounded, for the cells hold doubles."""
        if not self.layout.balanced:
            return "FALSE"
        return f"AND(COUNT({self.budget},{self.sources})>0,{self.difference}<>0)"

    @property
    def difference(self) -> str:
        """The budget less its sources, in the form's unit."""
        return f"ROUND(SUM({self.budget})-SUM({self.sources}),6)"

    @property
    def falls(self) -> str:
        """True where a checkpoint is lower than the one before. N, for OR looks at every test: a text would fail it."""
        pairs = pairwise(self.shares)
        tests = [f"N({later})<N({earlier})-{TOLERANCE:.7f}" for earlier, later in pairs]
        return f"OR({','.join(tests)})" if tests else "FALSE"

    @property
    def complete_plan(self) -> str:
        """True where every checkpoint is a percentage."""
        return f"COUNT({','.join(self.shares)})={len(self.shares)}"

    @property
    def short(self) -> str:
        """True where the last checkpoint is not 100 %."""
        return f"ABS(N({self.shares[-1]})-1)>{TOLERANCE:.7f}"

    def blank_branches(self) -> Iterator[tuple[str, str]]:
        """The first levels that must have an indicator, each with a test that is true while it has none."""
        level3, _ = self.layout.columns.get("level3") or self.layout.columns["target"]
        spans: dict[str, list[str]] = {}
        for name, first, last in self.layout.branches:
            if name in self.layout.demanded:
                spans.setdefault(name, []).append(absolute_span((first, level3, last, level3)))
        for name, names in spans.items():
            yield name, f"COUNTA({','.join(names)})=0"

    def lacking(self) -> Iterator[str]:
        """Tests, each true where an indicator lacks something, or a first level has none (`GO_WITH`)."""
        yield from (test for _, test in self.blank_branches())
        for at in range(len(self.layout.tables)):
            header = self.layout.columns.keys() & set(self.kind.header)
            spans = {key: absolute_span(self.columns(key)[at]) for key in header}
            for key, others in GO_WITH.items():
                filled = "&".join(spans[other] for other in others if other in spans)
                if key in spans and filled:
                    yield f'SUMPRODUCT(({spans[key]}="")*({filled}<>""))>0'

    @property
    def begun(self) -> str:
        """True as soon as something has been filled in."""
        return (
            f'{"&".join(self.field(field.key) for field in self.layout.leading)}<>""'
            if self.layout.leading
            else "FALSE"
        )


def state_formula(cells: FormReferences) -> str:
    """The form's state, as `form_content.state_of` computes it."""
    kind = cells.kind
    layout = cells.layout
    fields = [cells.field(field.key) for field in layout.fields]
    plain = [cell for cell in fields if "(" not in cell]
    goals = [cells.goals] if cells.no_goals.startswith("COUNTA") else []
    nothing = f"COUNTA({','.join([*plain, *cells.plan, *goals, cells.names])})=0"
    within = [f'{cell}=""' for cell in fields if "(" in cell]
    within += [cells.no_goals] if cells.no_goals and not goals else []
    if within:
        nothing = f"AND({','.join([nothing, *within])})"
    missing = [f'{cells.field(field.key)}=""' for field in layout.required_texts]
    missing += [f"COUNT({cells.field(kind.money[0].key)})=0"] if layout.has(kind.money[0].key) else []
    missing += [f"NOT({cells.complete_plan})"] if cells.plan else []
    missing += [cells.no_goals] if cells.no_goals else []
    missing += [f"COUNTA({cells.names})=0", *cells.lacking()]
    state = f'IF(OR({",".join(missing)}),"{UNFINISHED}","{FILLED}")'
    if cells.plan:
        state = f'IF(AND({cells.complete_plan},OR({cells.falls},{cells.short})),"{PLAN_WRONG}",{state})'
    return f'=IF({nothing},"{EMPTY}",IF({cells.unbalanced},"{UNBALANCED}",{state}))'


def budget_message_formula(cells: FormReferences) -> str:
    """Says by how much the budget misses its sources; empty where it does not."""
    if not cells.layout.balanced:
        return '=""'
    difference = cells.difference
    text = f'"{sum_in_words(cells.layout)}"&IF({difference}>0,"多 ","少 ")&ABS({difference})&" {cells.layout.unit}"'
    return f'=IF({cells.unbalanced},{text},"")'


TOO_LONG: Final = "文字超过一格能打印的长度，可能打印不全，请精简"


def goal_message_formula(cells: FormReferences) -> str:
    """Says that the one cell for goals holds more than a row can show; empty where it does not."""
    cell = absolute(cells.layout.area("goal", 0))
    lines = f'LEN({cell})/{_goal_room(cells)}+(LEN({cell})-LEN(SUBSTITUTE({cell},CHAR(10),"")))/2'
    return f'=IF({lines}>{MOST_LINES},"{TOO_LONG}","")'


def goal_message(cells: FormReferences, text: str) -> str:
    """What the formula gives for a text."""
    return TOO_LONG if len(text) / _goal_room(cells) + text.count("\n") / 2 > MOST_LINES else ""


def _goal_room(cells: FormReferences) -> int:
    """Chinese characters on a line of the goals; a paragraph leaves half of its last one blank."""
    _, left, _, right = cells.layout.area("goal", 0)
    return int(sum(cells.layout.widths[left : right + 1])) // 2 - 1


def plan_message_formula(cells: FormReferences) -> str:
    """Says what is wrong with a complete plan; see `form_content.plan_message`."""
    last = cells.layout.months[-1]
    wrong = f'IF({cells.falls},"累计支出不应低于前一时点",IF({cells.short},"{last}月底应为 100%",""))'
    return f'=IF({cells.complete_plan},{wrong},"")'


def title_formula(name: str, title: str) -> str:
    """The project's name, from its cell, above the form's own title."""
    return f'=IF({name}="","",{name}&CHAR(10))&"{title}"'
