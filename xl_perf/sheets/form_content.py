"""What is written into each input of a form, and the state that the form's own formulas then show."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from typing import Final

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import plain, stored_number, to_amount
from xl_perf.core.figures.totals import EXACT, to_fen
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.layout import Layout
from xl_perf.core.model.project import Project
from xl_perf.sheets.cells import Content, amount_content, is_exact, text_content

EMPTY, UNBALANCED, PLAN_WRONG, UNFINISHED, FILLED = "未填写", "预算不平", "计划有误", "未填完", "已填写"
"""States of a form, as its formula shows them; what the rules say stands in 校验结果."""
WRONG: Final = "有错误"
"""The state of a filled form, on other sheets, while 校验结果 lists an error on it."""
GONE: Final = "表已不在"
"""The state of a listed form whose sheet was deleted."""
TOLERANCE: Final = 1e-7
GO_WITH: Final[Mapping[str, Sequence[str]]] = {
    "level2": ("level3", "description", "target", "basis"),
    "level3": ("description", "target", "basis"),
    "target": ("level3", "description"),
    "basis": ("level3", "target"),
}
"""Columns of an indicator that are missing once one of the others is filled in."""
_HUNDRED: Final = Decimal(100)

Contents = Mapping[Box, Content]


def contents_of(layout: Layout, project: Project | None) -> dict[Box, Content]:
    """The content of every input; None for a blank one."""
    if project is None:
        return {box: box.text or None for box in layout.boxes if box.role is Role.INPUT}
    filled = [(box, entry) for box, entry in layout.filled(project) if box.role is Role.INPUT]
    percents = iter(_plan_contents([entry for box, entry in filled if box.value is Value.PERCENT]))
    contents: dict[Box, Content] = {}
    for box, entry in filled:
        if box.value is Value.PERCENT:
            contents[box] = next(percents)
        elif box.value in {Value.AMOUNT, Value.WEIGHT}:
            contents[box] = amount_content(in_unit(entry, box.unit))  # type: ignore[arg-type]  # entries of Decimal
        else:
            contents[box] = (box.text or None) if entry is None else text_content(entry)
    return contents


def carried_contents(layout: Layout, project: Project | None) -> dict[Box, Content]:
    """What stands in cells that an office's own form does not read, as it was typed."""
    made: dict[Box, Content] = {}
    for box in layout.boxes if project is not None else ():
        entry = project.carried_in(box.key) if box.is_carried and project is not None else None
        if entry is not None:
            typed = entry.typed
            is_number = isinstance(typed, int | float) and not isinstance(typed, bool)
            made[box] = typed if is_number else text_content(entry)  # type: ignore[assignment]  # a number
    return made


def in_unit(entry: Entry[object] | None, unit: str) -> Entry[object] | None:
    """An amount in what the form counts in."""
    if entry is None or unit == "万元" or not isinstance(entry.value, Decimal):
        return entry
    return entry._replace(value=EXACT.divide(entry.value, UNITS[unit]))


def with_around(box: Box, content: Content) -> Content:
    """What is written into the cell of an input: where the form prints a label and a unit there, these too."""
    before, after = box.around
    if not before and not after:
        return (box.room or None) if content is None else content
    if isinstance(content, float | int):
        content = plain(Decimal(repr(content)))
    room = box.room or (_ROOM if box.value is Value.AMOUNT else "")
    return f"{before}{room if content is None else content}{after}"


_ROOM: Final = "    "
"""Where an amount belongs, between a label and its unit in one cell."""


def shown_heading(project: Project) -> str:
    """What is written above the form's own title; empty where a formula shows the name there, or nothing does."""
    heading = project.heading.value or ""
    return heading if heading != project.name.value else ""


def _plan_contents(entries: Sequence[Entry[object] | None]) -> list[str | float | None]:
    """Shares, 0.25 for 25 %. One of more than 100 % would make readers take all for per cent: then texts with %."""
    values = [
        entry.value
        if entry is not None and entry.status is Status.FILLED and isinstance(entry.value, Decimal)
        else None
        for entry in entries
    ]
    in_range = all(value is None or value <= _HUNDRED for value in values)
    return [
        text_content(entry)
        if value is None
        else float(value.scaleb(-2))
        if in_range and is_exact(value.scaleb(-2))
        else f"{plain(value)}%"
        for entry, value in zip(entries, values, strict=True)
    ]


def state_of(layout: Layout, contents: Contents) -> str:
    """The state that the form's formula gives for these contents (`form_formulas.state_formula`)."""
    by_key: dict[str, list[Content]] = {}
    for box, content in contents.items():
        by_key.setdefault(box.key, []).append(content)
    telling = (*(field.key for field in layout.fields), "percent", "goal", "level3")
    if not any(_filled(by_key.get(key, ())) for key in telling):
        return EMPTY
    if difference_of(layout, contents):
        return UNBALANCED
    if plan_message(contents, 0):
        return PLAN_WRONG
    return FILLED if _is_complete(layout, by_key) and _has_whole_rows(layout, contents) else UNFINISHED


def _has_whole_rows(layout: Layout, contents: Contents) -> bool:
    """Every first level that must have an indicator has one, and no row of one lacks what goes with the rest of it."""
    rows: dict[int, dict[str, bool]] = {}
    for box, content in contents.items():
        if box.area[0] >= layout.first_indicator_row:
            rows.setdefault(box.area[0], {})[box.key] = content is not None
    named = {
        name
        for name, first, last in layout.branches
        for row in range(first, last + 1)
        if rows.get(row, {}).get("level3")
    }
    printed = {branch.branch for branch in layout.branches}
    return not (printed & layout.demanded) - named and not any(
        key in row and not row[key] and any(row.get(other) for other in others)
        for row in rows.values()
        for key, others in GO_WITH.items()
    )


def _is_complete(layout: Layout, by_key: Mapping[str, Sequence[Content]]) -> bool:
    plan = by_key.get("percent", ())
    needed = (*(field.key for field in layout.required_texts), "goal", "level3")
    budget = by_key.get(layout.kind.money[0].key)
    return (
        all(_filled(by_key[key]) for key in needed if key in by_key)
        and (budget is None or len(_numbers(budget)) == 1)
        and len(_shares(plan)) == len(plan)
        and _filled(by_key["target"]) >= _filled(by_key.get("level3", ()))
    )


def difference_of(layout: Layout, contents: Contents) -> Decimal:
    """The budget less its sources in the form's unit, to 6 decimals; texts count as nothing, as in the sheet's SUM."""
    boxes = {box.key: box for box in contents if box.value is Value.AMOUNT}
    money = layout.balanced
    if not money:
        return Decimal(0)
    budget, *sources = (_amount(layout, boxes[field.key], contents[boxes[field.key]]) for field in money)
    return to_fen(EXACT.subtract(budget, reduce(EXACT.add, sources, Decimal(0))))


def _amount(layout: Layout, box: Box, content: Content) -> Decimal:
    own = stored_number(sum(_numbers((content,)))) or Decimal(0)
    return EXACT.multiply(own, UNITS[box.unit]) if layout.has_several_units else own


def sum_in_words(layout: Layout) -> str:
    """How a message about the amounts begins: 预算数比财政资金与其他资金之和."""
    return f"{layout.kind.money[0].name}比{'与'.join(source.name for source in layout.sources)}之和"


def budget_message(layout: Layout, contents: Contents) -> str:
    """What the form says about its amounts (`form_formulas.budget_message_formula`); empty if they fit."""
    difference = difference_of(layout, contents)
    if not difference:
        return ""
    return f"{sum_in_words(layout)}{'多' if difference > 0 else '少'} {plain(abs(difference))} {layout.unit}"


def plan_message(contents: Contents, last_month: int) -> str:
    """What the form says about its plan once it is complete (`form_formulas.plan_message_formula`)."""
    percents = [content for box, content in contents.items() if box.value is Value.PERCENT]
    plan = _shares(percents)
    if not plan or len(plan) < len(percents):
        return ""
    if any(later < earlier - TOLERANCE for earlier, later in pairwise(plan)):
        return "累计支出不应低于前一时点"
    return f"{last_month}月底应为 100%" if abs(plan[-1] - 1) > TOLERANCE else ""


def _filled(contents: Sequence[Content]) -> int:
    return sum(content is not None for content in contents)


def _shares(contents: Sequence[Content]) -> list[float]:
    """The shares in a plan, 0.25 for 25%, of texts with a % too (`form_formulas.share_of`)."""
    return [share for share in map(_share, contents) if share is not None]


def _share(content: Content) -> float | None:
    if not isinstance(content, str):
        return next(iter(_numbers([content])), None)
    before, sign, _ = content.replace("％", "%").partition("%")
    percent = to_amount(before) if sign else None
    return None if percent is None or percent.unit else float(percent.value.scaleb(-2))


def _numbers(contents: Sequence[Content]) -> list[float]:
    return [content for content in contents if isinstance(content, int | float)]
