"""Two entries compared: the same, the same in other characters, or a change."""

from collections.abc import Hashable
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.targets import Target, usual_target
from xl_perf.core.cells.values import plain
from xl_perf.core.comparing.records import Change, Nature, Pair, Value
from xl_perf.core.figures.totals import ZERO
from xl_perf.core.model.findings import one_line

NOTHING: Final = absent("")
_UNREAD: Final = frozenset({Status.UNREADABLE, Status.ERROR, Status.NO_VALUE, Status.CONTRADICTED})


def value_of(entry: Entry[Any], path: str, item: str = "") -> Value:
    """One side of a change."""
    return Value(said(entry), path, entry.sheet, entry.cell, item)


def said(entry: Entry[Any]) -> str | None:
    """What an entry says: a number without superfluous zeros, a text as typed; None for a blank."""
    value = entry.value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, str) and not isinstance(entry.typed, str):
        return value
    return entry.text or None


def _meaning(entry: Entry[Any]) -> Hashable:
    """Equal for entries that say the same. Blank, 0 and ———— are three things; a missing label is a blank."""
    value, status = entry.value, entry.status
    if isinstance(value, Decimal | int):
        return value
    if status in {Status.BLANK, Status.ABSENT}:
        return None
    if status is Status.PLACEHOLDER:
        return Status.PLACEHOLDER
    if isinstance(value, Target):
        return folded(usual_target(entry.text))
    return folded(value if isinstance(value, str) else entry.text)


def same(old: Entry[Any], new: Entry[Any]) -> bool:
    """Both say the same, be it in other characters."""
    return _meaning(old) == _meaning(new)


def compared(
    field: str,
    label: str,
    old: tuple[Entry[Any], str, str],
    new: tuple[Entry[Any], str, str],
    *,
    is_money: bool = False,
    amounts: Pair | None = None,
) -> Change | None:
    """The change of a value, if there is one. A side is the entry, the path of its book, and the row that it is in.

    ``is_money`` gives the difference in 万元, ``amounts`` what the entries stand for where they are no amounts.
    """
    of_old, of_new = old[0], new[0]
    if of_old[:3] == of_new[:3]:  # value, status, typed: nearly all are
        return None
    if is_money:
        amounts = Pair(_amount(of_old), _amount(of_new))
    if same(of_old, of_new):
        is_rewritten = not isinstance(of_old.value, int) and one_line(of_old.text) != one_line(of_new.text)
        is_typed = of_old.status is not Status.ABSENT and of_new.status is not Status.ABSENT
        if not is_rewritten or not is_typed or field.startswith("plan:"):
            return None
        sides = Value(of_old.text, *value_of(*old)[1:]), Value(of_new.text, *value_of(*new)[1:])
        alike = f"都是 {plain(of_old.value)} 万元，" if is_money and isinstance(of_old.value, Decimal) else ""
        return Change(field, label, Nature.WORDING, *sides, None, f"{alike}只是写法不同")
    difference = None if amounts is None else amounts.difference
    without = "原表" if of_old.status is Status.ABSENT else "现表" if of_new.status is Status.ABSENT else ""
    is_only_form = bool(without) and not is_money
    nature = Nature.NO_FIELD if is_only_form else Nature.CHANGED
    notes = [f"{without}没有这一栏"] * bool(without)
    notes += [f"{side}读不出" for side, entry in (("原值", of_old), ("现值", of_new)) if entry.status in _UNREAD]
    is_counted_as_0 = amounts is not None and any("读不出" in one for one in notes)
    note = "，".join([*notes, *["差额里按 0 计"] * is_counted_as_0])
    return Change(field, label, nature, value_of(*old), value_of(*new), difference, note)


def _amount(entry: Entry[Any]) -> Decimal:
    return entry.value if isinstance(entry.value, Decimal) else ZERO


def only_one(field: str, label: str, value: Value, *, is_new: bool, difference: Decimal | None = None) -> Change:
    """The change of what only one side has."""
    if is_new:
        return Change(field, label, Nature.ADDED, None, value, difference)
    return Change(field, label, Nature.REMOVED, value, None, difference)
