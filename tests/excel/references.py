"""References in formulas: what they name, and how they follow when rows move or sheets are renamed."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
_CELL: Final = r"\$?[A-Z]{1,3}\$?\d+"
REFERENCE: Final = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>(?:'(?:[^']|'')+'|[\w.一-鿿]+)!)?
     (?P<area>{_CELL}(?::{_CELL})?|\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}}|\$?\d+:\$?\d+|\#REF!)(?![\w(.!])""",
    re.VERBOSE,
)
_PART: Final = re.compile(r"(\$?)([A-Z]*)(\$?)(\d*)")


class Area(NamedTuple):
    """Rows and columns from 1, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        return self.right - self.left + 1

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: "Area") -> bool:
        return not (
            self.bottom < other.top or other.bottom < self.top or self.right < other.left or other.right < self.left
        )

    def inside(self, other: "Area") -> bool:
        return other.holds(self.top, self.left) and other.holds(self.bottom, self.right)

    def at(self, rows: int, columns: int) -> "Area":
        """Moved by so many."""
        return Area(self.top + rows, self.left + columns, self.bottom + rows, self.right + columns)

    def address(self, *, absolute: bool = True) -> str:
        sign = "$" if absolute else ""
        if (self.top, self.bottom) == (1, ROWS) and (self.left, self.right) != (1, COLUMNS):
            return f"{sign}{get_column_letter(self.left)}:{sign}{get_column_letter(self.right)}"
        if (self.left, self.right) == (1, COLUMNS):
            return f"{sign}{self.top}:{sign}{self.bottom}"
        first = f"{sign}{get_column_letter(self.left)}{sign}{self.top}"
        last = f"{sign}{get_column_letter(self.right)}{sign}{self.bottom}"
        return first if first == last else f"{first}:{last}"


def parse(address: str) -> Area | None:
    """An address without a sheet; None for what is none."""
    first, _, last = address.upper().partition(":")
    start, end = _PART.fullmatch(first), _PART.fullmatch(last or first)
    if start is None or end is None or not (start[2] or start[4]) or bool(start[2]) != bool(end[2]):
        return None
    if (not start[2] or not start[4]) and not last:
        return None
    rows = [int(one[4]) if one[4] else None for one in (start, end)]
    columns = [column_index_from_string(one[2]) if one[2] else None for one in (start, end)]
    top, bottom = sorted((rows[0] or 1, rows[1] or ROWS))
    left, right = sorted((columns[0] or 1, columns[1] or COLUMNS))
    return Area(top, left, bottom, right) if right <= COLUMNS and bottom <= ROWS else None


def sheet_of(text: str) -> str:
    """'O''Neil'! -> O'Neil."""
    name = text.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def quoted(name: str) -> str:
    """As Excel writes a sheet's name before the exclamation mark."""
    plain = re.fullmatch(r"[^\W\d][\w.]*", name) and parse(name) is None
    return name if plain else "'" + name.replace("'", "''") + "'"


def replaced(formula: str, change: Callable[[str, str], str]) -> str:
    """Each reference, given as (sheet with its mark or "", area), becomes what ``change`` says."""

    def one(match: re.Match[str]) -> str:
        return match[0] if match["text"] else change(match["sheet"] or "", match["area"])

    return REFERENCE.sub(one, formula)


def moved(formula: str, rows: int, columns: int) -> str:
    """As in a copy so many rows and columns on: what has no dollar sign goes along."""

    def part(text: str) -> str:
        match = _PART.fullmatch(text)
        assert match is not None
        column, row = match[2], match[4]
        if column and not match[1]:
            column = get_column_letter(column_index_from_string(column) + columns)
        if row and not match[3]:
            row = str(int(row) + rows)
        return f"{match[1]}{column}{match[3]}{row}"

    def change(sheet: str, area: str) -> str:
        return sheet + (area if area == "#REF!" else ":".join(map(part, area.split(":"))))

    return replaced(formula, change)


def shifted(area: Area, at: int, number: int) -> Area | None:
    """After so many rows were put in at a row, or, with a negative number, taken away from there on."""
    if number >= 0:
        return area._replace(
            top=area.top + (number if area.top >= at else 0),
            bottom=min(ROWS, area.bottom + (number if area.bottom >= at else 0)),
        )
    gone = -number

    def after(row: int, *, is_end: bool) -> int:
        if row < at:
            return row
        return row - gone if row >= at + gone else at - is_end

    top, bottom = after(area.top, is_end=False), after(area.bottom, is_end=True)
    return None if bottom < top else area._replace(top=top, bottom=bottom)


def following(formula: str, own: str, sheet: str, at: int, number: int) -> str:
    """A formula of the sheet ``own`` after rows of ``sheet`` have moved."""

    def change(prefix: str, text: str) -> str:
        if (sheet_of(prefix) if prefix else own).casefold() != sheet.casefold() or text == "#REF!":
            return prefix + text
        area = parse(text)
        if area is None or (area.top, area.bottom) == (1, ROWS):
            return prefix + text
        after = shifted(area, at, number)
        if after is None:
            return f"{prefix}#REF!"
        return prefix + _with_signs(text, after)

    return replaced(formula, change)


def _with_signs(text: str, area: Area) -> str:
    """The area written with the dollar signs that the text had."""
    parts = [_PART.fullmatch(part) for part in text.split(":")]
    ends = ((area.top, area.left), (area.bottom, area.right))
    written = []
    for match, (row, column) in zip(parts, ends, strict=False):
        assert match is not None
        letters = get_column_letter(column) if match[2] else ""
        written.append(f"{match[1]}{letters}{match[3]}{row if match[4] else ''}")
    return ":".join(written)


def renamed(formula: str, old: str, new: str | None) -> str:
    """After a sheet got another name; None: after it was deleted."""

    def change(prefix: str, area: str) -> str:
        if not prefix or sheet_of(prefix).casefold() != old.casefold():
            return prefix + area
        return f"{quoted(new)}!{area}" if new is not None else "#REF!"

    return replaced(formula, change)
