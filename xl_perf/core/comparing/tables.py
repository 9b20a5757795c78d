"""The rows of two forms compared: goals, indicators, the spending plan. The order of rows is no difference."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry
from xl_perf.core.comparing.matching import Matching, likeness
from xl_perf.core.comparing.records import Change, Pair, Value
from xl_perf.core.comparing.values import compared, only_one, said, value_of
from xl_perf.core.figures.totals import ZERO, planned_amount
from xl_perf.core.model.project import Indicator, Project

_PARTS: Final = ("level1", "level2", "level3", "description", "target", "basis", "weight")
_LABELS: Final = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "description": "指标描述",
    "target": "指标值",
    "basis": "依据",
    "weight": "权重",
}
_ALIKE: Final = 0.5
"""Texts that are so much alike are one that was changed, not two."""


def texts_compared(
    field: str, label: str, old: Sequence[Entry[str]], new: Sequence[Entry[str]], paths: tuple[str, str]
) -> Iterator[Change]:
    """Texts that are numbered, such as goals: by what they say, by likeness, then by their number."""
    of_old = [(number, entry) for number, entry in enumerate(old, 1) if not entry.is_empty]
    of_new = [(number, entry) for number, entry in enumerate(new, 1) if not entry.is_empty]
    matching = Matching(of_old, of_new)
    matching.alike(lambda one: one[1].text, _nearness)
    matching.alike(lambda one: folded(one[1].text), _nearness)
    matching.best(lambda one, other: likeness(one[1].text, other[1].text), lambda *_: _ALIKE)
    matching.only(lambda one: one[0])
    matches = matching.of_new
    for at, (number, entry) in enumerate(of_new):
        match = matches.get(at)
        item = f"{label}{number}"
        if match is None:
            yield only_one(field, label, value_of(entry, paths[1], item), is_new=True)
            continue
        its_number, its = of_old[match]
        change = compared(field, label, (its, paths[0], f"{label}{its_number}"), (entry, paths[1], item))
        if change is not None:
            yield change
    for at in matching.old_left:
        number, entry = of_old[at]
        yield only_one(field, label, value_of(entry, paths[0], f"{label}{number}"), is_new=False)


def _nearness(one: tuple[int, Any], other: tuple[int, Any]) -> float:
    return -abs(one[0] - other[0])


# --- indicators ----------------------------------------------------------------------------------------------------


def indicators_compared(
    old: Sequence[Indicator], new: Sequence[Indicator], paths: tuple[str, str], labels: dict[str, str]
) -> Iterator[Change]:
    """Indicators by their three levels, by 三级指标 alone, then by what they say; ``labels`` of their columns."""
    matching = Matching(old, new)
    unchanged = dict(matching.alike(_whole, _common))
    matching.alike(_levels, _common)
    matching.only(lambda one: folded(one.level3.text))
    matching.best(_likeness, lambda *_: _ALIKE)
    matches = matching.of_new
    for at, one in enumerate(new):
        if at in matches and unchanged.get(matches[at]) == at:
            continue
        if at in matches:
            yield from _indicator_compared(old[matches[at]], one, paths, labels)
        else:
            yield only_one("indicator", "指标", _whole_value(one, paths[1]), is_new=True)
    for at in matching.old_left:
        yield only_one("indicator", "指标", _whole_value(old[at], paths[0]), is_new=False)


def _whole(one: Indicator) -> tuple[str, ...]:
    return tuple(said(getattr(one, part)) or "" for part in _PARTS)


def _levels(one: Indicator) -> tuple[str, ...] | None:
    levels = tuple(folded(said(entry) or "") for entry in one[:3])
    return levels if levels[2] else None


def _common(one: Indicator, other: Indicator) -> float:
    return sum(a == b for a, b in zip(_whole(one), _whole(other), strict=True))


def _likeness(one: Indicator, other: Indicator) -> float:
    """Of two indicators below one second level: how much their names are alike; 1 where the description is the same."""
    if folded(one.level2.text) != folded(other.level2.text):
        return 0.0
    description = folded(one.description.text)
    same_description = bool(description) and description == folded(other.description.text)
    alike = likeness(one.level3.text, other.level3.text)
    return 1.0 + alike if same_description else alike


def _indicator_compared(
    old: Indicator, new: Indicator, paths: tuple[str, str], labels: dict[str, str]
) -> Iterator[Change]:
    of_old, of_new = name_of(old), name_of(new)
    for part in _PARTS:
        change = compared(
            f"indicator.{part}",
            labels.get(part, _LABELS[part]),
            (getattr(old, part), paths[0], of_old),
            (getattr(new, part), paths[1], of_new),
            amounts=_money(old, new) if part == "target" else None,
        )
        if change is not None:
            yield change


def _money(old: Indicator, new: Indicator) -> Pair | None:
    """What the two targets are in 万元, where both are amounts of money."""
    amounts = [None if one.target.value is None else one.target.value.amount for one in (old, new)]
    return None if amounts[0] is None or amounts[1] is None else Pair(amounts[0], amounts[1])


def name_of(one: Indicator) -> str:
    """The indicator for people: second and third level."""
    return " · ".join(filter(None, (said(one.level2) or said(one.level1), one.level3.text))) or "（没有名称的指标）"


def _whole_value(one: Indicator, path: str) -> Value:
    """The indicator in one text: its target, then what else is said of it."""
    more = [f"{_LABELS[part]}：{text}" for part in ("description", "basis", "weight") if (text := said(one[_at(part)]))]
    text = "；".join(filter(None, (one.target.text, *more))) or None
    return Value(text, path, one.level3.sheet, one.level3.cell or one.target.cell, name_of(one))


def _at(part: str) -> int:
    return Indicator._fields.index(part)


# --- plan ----------------------------------------------------------------------------------------------------------


def plans_compared(old: Project, new: Project, paths: tuple[str, str]) -> Iterator[Change]:
    """The plan in per cent; the difference is that of the planned amounts."""
    for month in sorted({point.month for point in (*old.plan, *new.plan)}):
        amounts = Pair(planned_amount(old, month) or ZERO, planned_amount(new, month) or ZERO)
        sides = (old.percent(month), paths[0], ""), (new.percent(month), paths[1], "")
        change = compared(f"plan:{month}", f"{month}月底计划（%）", *sides, amounts=amounts)
        if change is not None:
            yield change


def pairs_of_rows_compared(
    field: str,
    label: str,
    old: Sequence[tuple[Entry[str], Entry[Any]]],
    new: Sequence[tuple[Entry[str], Entry[Any]]],
    paths: tuple[str, str],
    owners: tuple[str, str] = ("", ""),
) -> Iterator[Change]:
    """Rows of a name and a value, by the name, else by the value; ``owners`` say whose they are on either side."""
    matching = Matching(old, new)
    matching.alike(lambda one: (one[0].text, one[1].text), lambda *_: 0.0)
    matching.alike(lambda one: folded(one[0].text), lambda one, other: likeness(one[1].text, other[1].text))
    matching.only(lambda one: folded(one[1].text))
    for at, match in sorted(matching.of_new.items()):
        items = _row_name(old[match], owners[0]), _row_name(new[at], owners[1])
        for key, what, part in ((f"{field}_name", f"{label}名称", 0), (field, label, 1)):
            sides = (old[match][part], paths[0], items[0]), (new[at][part], paths[1], items[1])
            change = compared(key, what, *sides)
            if change is not None:
                yield change
    for side, (left, rows) in enumerate(((matching.old_left, old), (matching.new_left, new))):
        for at in left:
            name, value = rows[at]
            if name.text or value.text:
                one = value_of(value, paths[side], _row_name(rows[at], owners[side]))
                yield only_one(field, label, one, is_new=bool(side))


def _row_name(row: tuple[Entry[str], Entry[Any]], owner: str) -> str:
    return " · ".join(filter(None, (owner, row[0].text)))
