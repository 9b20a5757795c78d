"""Calculates the formulas that our workbooks hold: a small part of Excel's language, and #NAME? for the rest."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple, Protocol

from tests.excel.errors import CellError
from tests.excel.functions import FUNCTIONS, Value, number, operated, text, tried
from tests.excel.references import Area, parse, sheet_of

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)(?![\w:])
    |(?P<text>"(?:[^"]|"")*")
    |(?P<error>\#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!))
    |(?P<reference>(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!|\d+!)?
        (?:\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+)(?![\w(.]))
    |(?P<name>(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?[^\W\d][\w.]*)
    |(?P<sign><>|<=|>=|[-+*/^&=<>%(),:]))""",
    re.VERBOSE,
)
_BINDING: Final = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}


class Cells(NamedTuple):
    """Where a reference leads."""

    sheet: str
    area: Area


class Book(Protocol):
    """What formulas ask of a book."""

    def value_at(self, sheet: str, row: int, column: int) -> Value: ...

    def filled(self, cells: Cells) -> Iterator[tuple[int, int]]: ...

    def has_sheet(self, name: str) -> bool: ...

    def name_in(self, name: str, sheet: str) -> Cells | None: ...


def calculated(formula: str, book: Book, sheet: str) -> Value:
    """The value of ``=…`` on a sheet; a blank gives 0, as in a cell."""
    try:
        value = Formula(formula[1:], book, sheet).value()
    except CellError as error:
        return error
    except RecursionError:
        return 0.0
    return 0.0 if value is None else value


class Formula:
    """One formula while it is read and calculated: arguments that are not needed are calculated all the same."""

    def __init__(self, text: str, book: Book, sheet: str) -> None:
        self._book = book
        self._sheet = sheet
        self._tokens = list(tokens(text))
        self._at = 0

    def value(self) -> Value:
        found = self._single(self._expression(0))
        if self._at < len(self._tokens):
            raise CellError("#NAME?")
        return found

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _take(self, sign: str) -> bool:
        is_it = self._next() == ("sign", sign)
        self._at += is_it
        return is_it

    def _expression(self, least: int) -> Value:
        left = self._caught(self._operand)
        while True:
            kind, sign = self._next()
            if kind != "sign" or _BINDING.get(sign, 0) <= least:
                return left
            self._at += 1
            right = self._expression(_BINDING[sign])
            left = self._each(partial(operated, sign), left, right)

    def _caught(self, what: Callable[[], Value]) -> Value:
        try:
            return what()
        except CellError as error:
            return error

    def _operand(self) -> Value:
        if self._take("-"):
            return self._each(lambda one, _: -number(one), self._operand(), None)
        if self._take("+"):
            return self._operand()
        value = self._primary()
        while isinstance(value, Cells) and self._take(":"):
            value = spanned(value, self._primary())
        while self._take("%"):
            value = self._each(lambda one, _: number(one) / 100, value, None)
        return value

    def _primary(self) -> Value:
        kind, text = self._next()
        self._at += 1
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "error":
            return CellError(text)
        if kind == "reference":
            return self._reference(text)
        if kind == "name":
            return self._named(text)
        if (kind, text) == ("sign", "("):
            value = self._expression(0)
            self._take(")")
            return value
        raise CellError("#NAME?")

    def _reference(self, text: str) -> Value:
        prefix, _, address = text.rpartition("!")
        sheet = sheet_of(prefix) if prefix else self._sheet
        area = parse(address)
        if area is None or not self._book.has_sheet(sheet):
            return CellError("#REF!")
        return Cells(sheet, area)

    def _named(self, text: str) -> Value:
        if self._take("("):
            return self._call(text.upper().removeprefix("_XLFN."))
        if text.upper() in ("TRUE", "FALSE"):
            return text.upper() == "TRUE"
        prefix, _, name = text.rpartition("!")
        found = self._book.name_in(name, sheet_of(prefix) if prefix else self._sheet)
        return CellError("#NAME?") if found is None else found

    def _call(self, name: str) -> Value:
        arguments: list[Value] = []
        while not self._take(")"):
            arguments.append(None if self._next() == ("sign", ",") else self._expression(0))
            self._take(",")
            if self._at >= len(self._tokens) and self._tokens[-1] != ("sign", ")"):
                raise CellError("#NAME?")
        if name in LAZY:
            return LAZY[name](self, arguments)
        if name not in FUNCTIONS:
            return CellError("#NAME?")
        return FUNCTIONS[name](*(self._grid(one) if isinstance(one, Cells) else one for one in arguments))

    # --- values

    def _grid(self, cells: Cells) -> list[list[Value]]:
        area = cells.area
        if area.rows * area.columns > 5000:  # whole columns: what is filled, one below the other
            places = sorted(self._book.filled(cells))
            bottom = max((row for row, _ in places), default=area.top)
            area = area._replace(bottom=min(area.bottom, bottom))
        return [
            [self._book.value_at(cells.sheet, row, column) for column in range(area.left, area.right + 1)]
            for row in range(area.top, area.bottom + 1)
        ]

    def _single(self, value: Value) -> Value:
        if isinstance(value, Cells):
            return self._book.value_at(value.sheet, value.area.top, value.area.left)
        if isinstance(value, list):
            return value[0][0]
        return value

    def _each(self, function: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
        """Cell by cell, where one of them is more than one cell."""
        grids = [
            self._grid(one)
            if isinstance(one, Cells) and one.area.rows * one.area.columns > 1
            else self._single(one)
            if isinstance(one, Cells)
            else one
            for one in (left, right)
        ]
        one, other = grids
        if not isinstance(one, list) and not isinstance(other, list):
            return tried(function, one, other)
        shape = one if isinstance(one, list) else other
        return [
            [
                tried(
                    function,
                    one[row][column] if isinstance(one, list) else one,
                    other[row][column] if isinstance(other, list) else other,
                )
                for column in range(len(shape[row]))
            ]
            for row in range(len(shape))
        ]


def normalised(formula: str) -> str:
    """As Excel shows it: 3.0 becomes 3."""
    return re.sub(r'("(?:[^"]|"")*")|(?<![\w.])(\d+)\.0+(?![\w.])', lambda found: found[1] or found[2], formula)


def tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise CellError("#NAME?")
        at = match.end()
        yield str(match.lastgroup), match[str(match.lastgroup)]


def spanned(one: Cells, other: Value) -> Value:
    """All cells from one reference to another, as between a cell and what OFFSET gives."""
    if not isinstance(other, Cells):
        return other
    tops, bottoms = (one.area.top, other.area.top), (one.area.bottom, other.area.bottom)
    lefts, rights = (one.area.left, other.area.left), (one.area.right, other.area.right)
    return Cells(one.sheet, Area(min(tops), min(lefts), max(bottoms), max(rights)))


def lazy_index(formula: Formula, arguments: list[Value]) -> Value:
    cells, place = arguments[0], formula._single(arguments[1])
    if isinstance(place, CellError) or not isinstance(cells, Cells):
        return place
    row = cells.area.top + int(number(place)) - 1
    if not cells.area.top <= row <= cells.area.bottom:
        return CellError("#REF!")
    return Cells(cells.sheet, Area(row, cells.area.left, row, cells.area.left))


def lazy_offset(formula: Formula, arguments: list[Value]) -> Value:
    cells, down, right = arguments[0], *(int(number(formula._single(one))) for one in arguments[1:3])
    row, column = cells.area.top + down, cells.area.left + right
    return Cells(cells.sheet, Area(row, column, row, column))


def lazy_if(formula: Formula, arguments: list[Value]) -> Value:
    test = formula._single(arguments[0])
    if isinstance(test, CellError):
        return test
    chosen = 1 if number(test) else 2
    return arguments[chosen] if chosen < len(arguments) else False


def lazy_iferror(formula: Formula, arguments: list[Value]) -> Value:
    value = formula._single(arguments[0])
    return arguments[1] if isinstance(value, CellError) else value


def lazy_indirect(formula: Formula, arguments: list[Value]) -> Value:
    where = formula._single(arguments[0])
    prefix, _, address = text(where).rpartition("!")
    sheet = sheet_of(prefix) if prefix else formula._sheet
    if not formula._book.has_sheet(sheet):
        return CellError("#REF!")
    area = parse(address)
    found = Cells(sheet, area) if area is not None else formula._book.name_in(address, sheet)
    return CellError("#REF!") if found is None else found


LAZY: Final[dict[str, Callable[[Formula, list[Value]], Value]]] = {
    "IF": lazy_if,
    "IFERROR": lazy_iferror,
    "INDIRECT": lazy_indirect,
    "ISREF": lambda _, arguments: isinstance(arguments[0], Cells),
    "INDEX": lazy_index,
    "OFFSET": lazy_offset,
    "ROW": lambda _, arguments: float(arguments[0].area.top) if isinstance(arguments[0], Cells) else arguments[0],
}
