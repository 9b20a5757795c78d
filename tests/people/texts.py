"""Amounts that are texts, dates or odd cells."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Final

from tests.people.books import MONEY, Draft, Form, Value
from tests.people.changes import UNIT, register
from tests.people.filling import Wrote, grouped, plain, write_money
from tests.people.labels import FULL_WIDTH, amid
from tests.people.units import not_known

READABLE: Final[Mapping[str, Wrote]] = {
    "stored as text": plain,
    "grouped": grouped,
    "thin spaces as separators": lambda amount: grouped(amount).replace(",", "\u2009"),
    "narrow no-break spaces": lambda amount: grouped(amount).replace(",", "\u202f"),
    "no-break space after": lambda amount: f"{plain(amount)}\u00a0",
    "zero-width space after": lambda amount: f"{plain(amount)}\u200b",
    "zero-width space inside": lambda amount: amid(plain(amount), "\u200b"),
    "left-to-right mark before": lambda amount: f"\u200e{plain(amount)}",
    "byte order mark before": lambda amount: f"\ufeff{plain(amount)}",
    "line break after": lambda amount: f"{plain(amount)}\n",
    "full-width digits": lambda amount: plain(amount).translate(FULL_WIDTH),
    "a blank before": lambda amount: f" {amount:.2f}" if amount == round(amount, 2) else f" {plain(amount)}",
}
UNREADABLE: Final[Mapping[str, Wrote]] = {
    "footnote ①": lambda amount: f"{plain(amount)}①",
    "footnote ²": lambda amount: f"{plain(amount)}²",
    "footnote ⁽¹⁾": lambda amount: f"{plain(amount)}⁽¹⁾",
    "two lines": lambda amount: f"{plain(amount)}\n{plain(amount + 30)}",
    "two amounts": lambda amount: f"{plain(amount)}/{plain(amount + 5)}",
    "a range": lambda amount: f"{plain(amount)}-{plain(amount + 5)}",
    "a question mark": lambda amount: f"{plain(amount)}？",
    "words": lambda _amount: "待定",
    "letter O": lambda amount: f"{plain(amount)}O",
}


def readable(draft: Draft, form: Form, text: Wrote) -> bool:
    write_money(form, text=text, roles=draft.rng.choice((MONEY, ("budget",), ("budget", "fiscal"))))
    return True


def unreadable(draft: Draft, form: Form, text: Wrote) -> bool:
    write_money(form, text=text, roles=("budget",))
    return not_known(draft, form, "unreadable amount")


def odd_cell(draft: Draft, form: Form, value: Value, shown: str = "General") -> bool:
    cell = form.cell("budget")
    cell.value, cell.shown = value, shown
    return not_known(draft, form, f"budget is {value!r}")


def as_date(draft: Draft, form: Form, shown: str) -> bool:
    form.cell("budget").shown = shown
    return not_known(draft, form, "budget shown as a date")


def dust(_draft: Draft, form: Form) -> bool:
    """What sums leave behind beyond the fifteenth digit."""
    for role in MONEY:
        cell = form.cell(role)
        if isinstance(cell.value, int | float) and cell.value:
            cell.value = math.nextafter(cell.value, math.inf)
    return True


def no_other(draft: Draft, form: Form, mark: str) -> bool:
    """Blank, as people write it."""
    form.other, form.fiscal = None, form.budget
    write_money(form, shown=form.cell("budget").shown)
    form.cell("other").value = mark
    return True


def register_texts() -> None:
    for key, text in READABLE.items():
        register(f"texts: {key}", partial(readable, text=text), UNIT, "money")
    for key, text in UNREADABLE.items():
        register(f"texts: {key}", partial(unreadable, text=text), UNIT, "money", expects="said")
    for value in ("#REF!", "#N/A", "=100+61.93", "-", None):
        register(f"texts: budget is {value}", partial(odd_cell, value=value), UNIT, "money", expects="said")
    for shown in ("yyyy-mm-dd", 'm"月"d"日"'):
        register(f"texts: shown as {shown}", partial(as_date, shown=shown), UNIT, "money", expects="said")
    register("texts: digits beyond the fifteenth", dust, UNIT, "money")
    for mark in ("-", "/", "无", "————", "—"):
        register(f"texts: {mark} for other", partial(no_other, mark=mark), UNIT, "money")
