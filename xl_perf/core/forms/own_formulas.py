"""Formulas that an office's own form prints: what they say on a form whose rows have moved, and what comes of them.

Only sums and the like of cells of the same form are taken over: what speaks of other sheets or names would say
something else in another workbook.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, DecimalException
from typing import Final

from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.cells.values import EXACT
from xl_perf.core.forms.own_sheet import Cell, OwnSheet

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<cell>\$?[A-Z]{1,3}\$?[1-9]\d{0,5})(?![\w(!.])|(?P<number>\d+(?:\.\d+)?)|(?P<name>SUM|ROUND)(?=\()|(?P<sign>[-+*/(),:]))"
)
_DEEPEST: Final = 20
Places = Mapping[int, Sequence[int]]
"""For every row of the 样表 the rows of the form that are made of it."""
Worth = Callable[[Cell], Decimal | None]
"""What a cell holds: 0 where it is blank, None for what is no number."""


class _Unknown(Exception):
    """Nothing that is understood."""


def tokens_of(formula: str) -> list[tuple[str, str]] | None:
    """The parts of a formula, each with what it is; None where something is none that is taken over."""
    found: list[tuple[str, str]] = []
    at = 0
    text = formula.strip().removeprefix("=").upper()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None if text[at:].strip() else found
        found.append((token.lastgroup or "", token[token.lastgroup or 0]))
        at = token.end()
    return found or None


def moved(formula: str, places: Places) -> str:
    """The formula with the rows of the form; empty where it speaks of a row that stands several times, or of none."""
    parts = tokens_of(formula)
    if parts is None:
        return ""
    made = []
    for at, (kind, text) in enumerate(parts):
        if kind != "cell":
            made.append(text)
            continue
        row, column = cell_place(text.replace("$", ""))
        rows = places.get(row, ())
        begins, ends = parts[at + 1 : at + 2] == [("sign", ":")], at and parts[at - 1] == ("sign", ":")
        if not rows or (len(rows) > 1 and not (begins or ends)):
            return ""
        name = a1(rows[-1] if ends else rows[0], column)
        letters = name.rstrip("0123456789")
        fixed = "$" if text.rfind("$") > 0 else ""
        made.append(f"{'$' if text.startswith('$') else ''}{letters}{fixed}{name[len(letters) :]}")
    said = "".join(made)
    return said if is_taken_over(said) else ""


def cells_in(formula: str) -> Iterator[Cell]:
    """All cells that it speaks of."""
    parts = tokens_of(formula) or []
    for at, (kind, text) in enumerate(parts):
        if kind == "cell" and not (at and parts[at - 1] == ("sign", ":")):
            first = cell_place(text.replace("$", ""))
            is_range = parts[at + 1 : at + 2] == [("sign", ":")] and at + 2 < len(parts)
            last = cell_place(parts[at + 2][1].replace("$", "")) if is_range and parts[at + 2][0] == "cell" else first
            yield from (
                (row, column) for row in range(first[0], last[0] + 1) for column in range(first[1], last[1] + 1)
            )


def result_of(formula: str, worth: Worth) -> Decimal | None:
    """What comes of it; None where it is not understood, or where it comes to an error."""
    parts = tokens_of(formula)
    if parts is None:
        return None
    try:
        reader = _Reader(parts, worth)
        result = reader.sum()
        return result if reader.is_at_end and result.is_finite() else None
    except (_Unknown, DecimalException):
        return None


class _Reader:
    def __init__(self, parts: Sequence[tuple[str, str]], worth: Worth) -> None:
        self.parts, self.worth, self.at, self.depth = parts, worth, 0, 0

    @property
    def is_at_end(self) -> bool:
        return self.at == len(self.parts)

    def _next(self) -> str:
        return self.parts[self.at][1] if self.at < len(self.parts) else ""

    def _take(self, wanted: str) -> None:
        if self._next() != wanted:
            raise _Unknown
        self.at += 1

    def sum(self) -> Decimal:
        """Products, added and subtracted."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Unknown
        result = self._product()
        while self._next() in {"+", "-"}:
            sign = self._next()
            self.at += 1
            other = self._product()
            result = EXACT.add(result, other) if sign == "+" else EXACT.subtract(result, other)
        self.depth -= 1
        return result

    def _product(self) -> Decimal:
        result = self._one()
        while self._next() in {"*", "/"}:
            sign = self._next()
            self.at += 1
            other = self._one()
            result = EXACT.multiply(result, other) if sign == "*" else EXACT.divide(result, other)
        return result

    def _one(self) -> Decimal:
        if self._next() == "-":
            self.at += 1
            return -self._one()
        if self._next() == "(":
            self.at += 1
            result = self.sum()
            self._take(")")
            return result
        kind, text = self.parts[self.at] if self.at < len(self.parts) else ("", "")
        self.at += 1
        if kind == "number":
            return Decimal(text)
        if kind == "cell":
            return self._known(cell_place(text.replace("$", "")))
        if kind == "name":
            return self._function(text)
        raise _Unknown

    def _known(self, cell: Cell) -> Decimal:
        value = self.worth(cell)
        if value is None:
            raise _Unknown
        return value

    def _function(self, name: str) -> Decimal:
        self._take("(")
        if name == "ROUND":
            value = self.sum()
            self._take(",")
            digits = self.sum()
            self._take(")")
            return round(value, int(digits))
        result = self._of_sum()
        while self._next() == ",":
            self.at += 1
            result = EXACT.add(result, self._of_sum())
        self._take(")")
        return result

    def _of_sum(self) -> Decimal:
        """An argument of SUM: of cells those that hold numbers."""
        here = self.parts[self.at : self.at + 3]
        if [kind for kind, _ in here[::2]] == ["cell", "cell"] and here[1][1] == ":":
            self.at += 3
            cells = cells_in("".join(text for _, text in here))
            result = Decimal(0)
            for cell in cells:
                result = EXACT.add(result, self.worth(cell) or Decimal(0))
            return result
        return self.sum()


def is_taken_over(formula: str) -> bool:
    """It speaks of cells of its own sheet only, in words that are understood."""
    return tokens_of(formula) is not None and (
        result_of(formula, lambda _: Decimal(0)) is not None or result_of(formula, lambda _: Decimal(1)) is not None
    )


def is_written(sheet: OwnSheet, row: int, formula: str) -> bool:
    """Forms have it as well: it stands outside the tables, and is one that is taken over."""
    return sheet.table_at(row) is None and is_taken_over(formula)
