"""What formulas calculate with: values as Excel compares and converts them, and the functions that it knows."""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from typing import Any, Final

from tests.excel.errors import CellError

Value = Any
"""float, str, bool, None for a blank cell, `CellError`, or `Cells`."""


def tried(function: Callable[[Value, Value], Value], one: Value, other: Value) -> Value:
    for value in (one, other):
        if isinstance(value, CellError):
            return value
    try:
        return function(one, other)
    except CellError as error:
        return error


def number(value: Value) -> float:
    if value is None:
        return 0.0
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise CellError("#VALUE!") from None
    return float(value)


def text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def operated(sign: str, one: Value, other: Value) -> Value:
    if sign == "&":
        return text(one) + text(other)
    if sign in ("=", "<>", "<", ">", "<=", ">="):
        return compared(sign, one, other)
    left, right = number(one), number(other)
    if sign == "/":
        if right == 0:
            raise CellError("#DIV/0!")
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right, "^": left**right if sign == "^" else 0.0}[sign]


def compared(sign: str, one: Value, other: Value) -> bool:
    """Numbers before texts before truth values; a blank is 0, "" or FALSE, as the other side asks."""
    if one is None:
        one = blank_like(other)
    if other is None:
        other = blank_like(one)
    left, right = rank(one), rank(other)
    return {
        "=": left == right, "<>": left != right, "<": left < right,
        ">": left > right, "<=": left <= right, ">=": left >= right,
    }[sign]  # fmt: skip


def blank_like(value: Value) -> Value:
    return "" if isinstance(value, str) else False if isinstance(value, bool) else 0.0


def rank(value: Value) -> tuple[int, Any]:
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def flat(arguments: Sequence[Value]) -> Iterator[tuple[Value, bool]]:
    """Each value, and whether it stands in a cell."""
    for one in arguments:
        if isinstance(one, list):
            for row in one:
                yield from ((value, True) for value in row)
        else:
            yield one, False


def numbers(arguments: Sequence[Value]) -> Iterator[float]:
    for value, in_cell in flat(arguments):
        if isinstance(value, CellError):
            raise value
        if isinstance(value, float) or (not in_cell and value is not None):
            yield number(value)


def first(value: Value) -> Value:
    return value[0][0] if isinstance(value, list) else value


def sound(value: Value) -> Value:
    value = first(value)
    if isinstance(value, CellError):
        raise value
    return value


def conditions(arguments: Sequence[Value]) -> float:
    grids = [[value for row in grid for value in row] for grid in arguments[::2]]
    tests = [criterion(sound(one)) for one in arguments[1::2]]
    length = max(map(len, grids))
    return float(sum(all(test(grid[at] if at < len(grid) else None) for grid, test in zip(grids, tests, strict=True))
                     for at in range(length)))  # fmt: skip


def criterion(wanted: Value) -> Callable[[Value], bool]:
    if not isinstance(wanted, str):
        return lambda value: not isinstance(value, CellError) and value is not None and compared("=", value, wanted)
    match = re.match(r"<>|<=|>=|[<>=]", wanted)
    sign, rest = (match[0], wanted[match.end() :]) if match else ("=", wanted)
    try:
        figure: Value = float(rest)
    except ValueError:
        figure = rest
    if isinstance(figure, float) and match is None:
        return lambda value: value in (figure, rest)
    if isinstance(figure, float):
        return lambda value: isinstance(value, float) and compared(sign, value, figure)
    pattern = rest.casefold().replace("[", "[[]")
    return lambda value: (sign == "=") == fnmatchcase("" if value is None else text(value).casefold(), pattern)


def rounded(value: Value, digits: Value) -> float:
    exact = Decimal(f"{number(sound(value)):.15g}").quantize(
        Decimal(1).scaleb(-int(number(sound(digits)))), ROUND_HALF_UP
    )
    return float(exact)


def truths(arguments: Sequence[Value]) -> list[bool]:
    found = []
    for value, in_cell in flat(arguments):
        if isinstance(value, CellError):
            raise value
        if value is not None and not (in_cell and isinstance(value, str)):
            found.append(bool(number(value)))
    return found


def mapped(test: Callable[[Value], bool]) -> Callable[[Value], Value]:
    return lambda value: [[test(one) for one in row] for row in value] if isinstance(value, list) else test(value)


def product_sum(*grids: Value) -> float:
    total = 0.0
    for at, (value, _) in enumerate(flat(grids[:1])):
        factor = 1.0
        for one in (value, *(list(flat([other]))[at][0] for other in grids[1:])):
            if isinstance(one, CellError):
                raise one
            factor *= one if isinstance(one, float) else 0.0
        total += factor
    return total


def found_at(wanted: Value, within: Value) -> Value:
    """Where a text stands in another one, from 1."""
    place = text(sound(within)).find(text(sound(wanted)))
    if place < 0:
        raise CellError("#VALUE!")
    return float(place + 1)


def place_of(wanted: Value, within: Value, _: Value = None) -> Value:
    """Which of some cells below each other is equal, from 1; only exact matches."""
    sought = sound(wanted)
    for at, (value, _in_cell) in enumerate(flat([within]), 1):
        if not isinstance(value, CellError) and value is not None and rank(value) == rank(sought):
            return float(at)
    raise CellError("#N/A")


def sum_where(within: Value, wanted: Value, amounts: Value) -> Value:
    test = criterion(sound(wanted))
    pairs = zip(flat([within]), flat([amounts]), strict=True)
    return math.fsum(amount for (value, _), (amount, _) in pairs if test(value) and isinstance(amount, float))


def guarded(function: Callable[..., Value]) -> Callable[..., Value]:
    def call(*arguments: Value) -> Value:
        try:
            return function(*arguments)
        except CellError as error:
            return error

    return call


_PLAIN: Final[dict[str, Callable[..., Value]]] = {
    "SUM": lambda *a: math.fsum(numbers(a)),
    "MAX": lambda *a: max(numbers(a), default=0.0),
    "MIN": lambda *a: min(numbers(a), default=0.0),
    "COUNT": lambda *a: float(sum(isinstance(value, float) for value, _ in flat(a))),
    "COUNTA": lambda *a: float(sum(value is not None for value, _ in flat(a))),
    "COUNTIF": lambda *a: conditions(a),
    "COUNTIFS": lambda *a: conditions(a),
    "SUMPRODUCT": product_sum,
    "ROUND": rounded,
    "ABS": lambda a: abs(number(sound(a))),
    "AND": lambda *a: all(truths(a)),
    "OR": lambda *a: any(truths(a)),
    "NOT": lambda a: not number(sound(a)),
    "N": lambda a: number(sound(a)) if not isinstance(first(a), str) else 0.0,
    "CHAR": lambda a: chr(int(number(sound(a)))),
    "LEN": lambda a: float(len(text(sound(a)))),
    "LEFT": lambda a, n: text(sound(a))[: int(number(sound(n)))],
    "SUBSTITUTE": lambda a, old, new: text(sound(a)).replace(text(sound(old)), text(sound(new))),
    "FIND": found_at,
    "MATCH": place_of,
    "SUMIF": sum_where,
    "VALUE": lambda a: number(sound(a)),
    "TRIM": lambda a: " ".join(text(sound(a)).split()),
    "HYPERLINK": lambda *a: sound(a[-1]),
    "ISNUMBER": mapped(lambda one: isinstance(one, float)),
    "ISTEXT": mapped(lambda one: isinstance(one, str)),
    "ISERROR": mapped(lambda one: isinstance(one, CellError)),
    "ISBLANK": mapped(lambda one: one is None),
}
FUNCTIONS: Final = {name: guarded(function) for name, function in _PLAIN.items()}
