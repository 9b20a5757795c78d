"""Conditional formats of an office's sheet, written where its cells stand on the form that is made of it.

ECMA-376 Part 1, 18.3.1.10 (cfRule). Rows move and are copied: a formula is written anew for every row, and rows whose
formulas say the same of themselves share a rule.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.grid import Area, a1, column_letters, column_number
from xl_perf.core.forms.layout import Layout
from xl_perf.written.own_look import OwnLook
from xl_perf.written.own_styles import condition_look

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xl_perf.written.styles import Styles

_BY_FORMULA: Final = frozenset(
    {
        *("expression", "containsText", "notContainsText", "beginsWith", "endsWith", "containsBlanks"),
        *("notContainsBlanks", "containsErrors", "notContainsErrors", "timePeriod"),
    }
)
"""Kinds of condition that say as a formula, too, when they hold."""
_ICONS: Final = {
    "3Arrows": "3_arrows",
    "3Flags": "3_flags",
    "3TrafficLights2": "3_traffic_lights_rimmed",
    "3Symbols": "3_symbols_circled",
    "4Arrows": "4_arrows",
    "4RedToBlack": "4_red_to_black",
    "4TrafficLights": "4_traffic_lights",
    "5ArrowsGray": "5_arrows_gray",
    "5Quarters": "5_quarters",
    "3ArrowsGray": "3_arrows_gray",
    "3TrafficLights": "3_traffic_lights",
    "3TrafficLights1": "3_traffic_lights",
    "3Signs": "3_signs",
    "3Symbols2": "3_symbols",
    "4ArrowsGray": "4_arrows_gray",
    "4Rating": "4_ratings",
    "5Arrows": "5_arrows",
    "5Rating": "5_ratings",
}
_PLAIN_MARKS: Final = frozenset({"min", "max", "num", "percent", "percentile"})
"""Points of a scale that no formula says."""
_CORNER: Final = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})"
_CELLS: Final = re.compile(rf"{_CORNER}(?::{_CORNER})?")
_COLUMNS: Final = re.compile(r"\$[A-Za-z]{1,3}:\$[A-Za-z]{1,3}")
_MOST: Final = 500
"""Rules of one sheet."""


class Condition(NamedTuple):
    """A rule: where it holds, the cell that its formulas speak from, those formulas, and what XlsxWriter is told."""

    areas: tuple[Area, ...]
    base: tuple[int, int]
    formulas: tuple[str, ...]
    names: tuple[str, ...]
    """Of the options that the formulas are, in their order."""
    options: Mapping[str, Any]
    look: Mapping[str, Any]


def conditions(look: OwnLook) -> tuple[list[Condition], list[str]]:
    """The rules of a sheet, the first one first, and the areas of those that cannot be taken over."""
    found: list[tuple[int, Condition]] = []
    lost: list[str] = []
    for block in look.sheet.conditional_formatting:
        areas = tuple(
            (one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in block.sqref.ranges
        )
        for rule in block.rules:
            made = _condition(look, areas, rule) if len(found) < _MOST else None
            if made is None:
                lost.append(str(block.sqref))
            else:
                found.append((rule.priority or 0, made))
    return [one for _, one in sorted(found, key=lambda one: one[0])], lost


def lost_conditions(look: OwnLook) -> Iterator[str]:
    """What cannot be taken over, in Chinese."""
    _, lost = conditions(look)
    if lost:
        yield f"条件格式 {len(lost)} 条（{'、'.join(dict.fromkeys(lost))}，公式用到别的工作表或名称）"


def own_conditions(sheet: "Worksheet", styles: "Styles", look: OwnLook, layout: Layout) -> None:
    """Writes the rules of the 样表 on a form."""
    found, _ = conditions(look)
    moves = _Moves(layout) if found else None
    for one in found:
        assert moves is not None
        pieces = moves.by_formula(one) if one.formulas else moves.whole(one)
        for areas, formulas in pieces:
            options = {**one.options, **dict(zip(one.names, formulas, strict=True))}
            options |= {"format": styles.own(one.look)} if one.look else {}
            options["multi_range"] = " ".join(map(_span, areas))
            sheet.conditional_format(*areas[0], options)


def _span(area: Area) -> str:
    top, left, bottom, right = area
    first, last = a1(top, left), a1(bottom, right)
    return first if first == last else f"{first}:{last}"


# --- what a rule says ------------------------------------------------------------------------------------------------


def _condition(look: OwnLook, areas: tuple[Area, ...], rule: Any) -> Condition | None:
    made = _said(look, rule)
    if made is None or not areas:
        return None
    options, names = made
    formulas = tuple(str(one) for one in rule.formula[: len(names)])
    if len(formulas) < len(names) or not all(map(_is_of_sheet, formulas)):
        return None
    base = min(area[0] for area in areas), min(area[1] for area in areas)
    stops = {"stop_if_true": True} if rule.stopIfTrue else {}
    own = {} if rule.dxf is None else condition_look(rule.dxf, look.colours)
    return Condition(areas, base, formulas, names, {**options, **stops}, own)


def _said(look: OwnLook, rule: Any) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    """What XlsxWriter is told, and which further options are formulas; None for what it does not know."""
    if rule.type in _BY_FORMULA:
        return {"type": "formula"}, ("criteria",)
    if rule.type == "cellIs":
        has_two = rule.operator in {"between", "notBetween"}
        return {"type": "cell", "criteria": rule.operator}, ("minimum", "maximum") if has_two else ("value",)
    if rule.type in {"duplicateValues", "uniqueValues"}:
        return {"type": rule.type.removesuffix("Values")}, ()
    if rule.type == "top10":
        percent = {"criteria": "%"} if rule.percent else {}
        return {"type": "bottom" if rule.bottom else "top", "value": rule.rank or 10, **percent}, ()
    if rule.type == "aboveAverage":
        return {"type": "average", "criteria": _average(rule)}, ()
    made = _scale(look, rule)
    return None if made is None else (made, ())


def _average(rule: Any) -> str:
    side = "below" if rule.aboveAverage is False else "above"
    if rule.stdDev:
        return f"{rule.stdDev} std dev {side}"
    return f"equal or {side}" if rule.equalAverage else side


def _scale(look: OwnLook, rule: Any) -> dict[str, Any] | None:
    """Colours, bars and icons."""
    scale = rule.colorScale or rule.dataBar or rule.iconSet
    points = [] if scale is None else list(scale.cfvo)
    if not points or any(one.type not in _PLAIN_MARKS for one in points):
        return None
    values = [0 if one.val is None else one.val for one in points]
    if rule.iconSet is not None:
        style = _ICONS.get(scale.iconSet or "3TrafficLights1")
        icons = [
            {"criteria": ">" if one.gte is False else ">=", "type": _TYPES.get(one.type, one.type), "value": value}
            for one, value in zip(reversed(points[1:]), reversed(values[1:]), strict=True)
        ]
        more = {"reverse_icons": bool(scale.reverse), "icons_only": scale.showValue is False}
        return None if style is None else {"type": "icon_set", "icon_style": style, "icons": icons, **more}
    names = ("min", "max") if len(points) == 2 else ("min", "mid", "max")
    made: dict[str, Any] = {}
    for name, point, value in zip(names, points, values, strict=True):
        made |= {f"{name}_type": point.type, f"{name}_value": value}
    if rule.dataBar is not None:
        return {"type": "data_bar", "bar_color": look.colours.of(scale.color), "bar_only": not scale.showValue, **made}
    colours = [look.colours.of(one) for one in scale.color]
    if len(colours) != len(names) or None in colours:
        return None
    made |= {f"{name}_color": colour for name, colour in zip(names, colours, strict=True)}
    return {"type": f"{len(names)}_color_scale", **made}


_TYPES: Final = {"num": "number"}


# --- where it holds --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _operands(formula: str) -> list[tuple[str, bool]]:
    """The parts of a formula, and whether each is cells."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import Token

    tokens = Tokenizer(f"={formula}").items
    return [(one.value, one.type == Token.OPERAND and one.subtype == Token.RANGE) for one in tokens]


def _is_of_sheet(formula: str) -> bool:
    """It speaks of cells of its own sheet only: not of others, nor of names."""
    try:
        parts = _operands(formula)
    except Exception:  # whatever a broken formula makes its reader raise
        return False
    return all(_CELLS.fullmatch(text) or _COLUMNS.fullmatch(text) for text, is_cells in parts if is_cells)


class _Moves:
    """Where the rows of the 样表 stand on a form."""

    def __init__(self, layout: Layout) -> None:
        assert layout.own is not None
        self.sources, self.own = layout.rows, layout.own
        self.width = layout.own.width
        self.places: dict[int, list[int]] = {}
        for row, source in enumerate(self.sources):
            self.places.setdefault(source, []).append(row)

    def whole(self, one: Condition) -> Iterator[tuple[list[Area], tuple[str, ...]]]:
        """All cells of a rule that looks at them together."""
        areas = [piece for area in one.areas for piece in self._pieces(area)]
        if areas:
            yield areas, ()

    def _pieces(self, area: Area) -> Iterator[Area]:
        top, left, bottom, right = area
        rows = [row for row, source in enumerate(self.sources) if top <= source <= bottom]
        for _, run in groupby(enumerate(rows), key=lambda one: one[1] - one[0]):
            own = [row for _, row in run]
            if left < self.width:
                yield own[0], left, own[-1], min(right, self.width - 1)

    def by_formula(self, one: Condition) -> Iterator[tuple[list[Area], tuple[str, ...]]]:
        """Rows below each other that say the same of themselves, and what the first one says."""
        for area in one.areas:
            for top, left, bottom, right in self._pieces(area):
                said = [(row, self._formulas(one, row, left, relative=True)) for row in range(top, bottom + 1)]
                for _, run in groupby(said, key=lambda each: each[1]):
                    rows = [row for row, _ in run]
                    yield [(rows[0], left, rows[-1], right)], self._formulas(one, rows[0], left, relative=False)

    def _formulas(self, one: Condition, row: int, column: int, *, relative: bool) -> tuple[str, ...]:
        """What a cell of the form says; ``relative``: of rows that go with it the distance."""
        return tuple(self._formula(formula, one.base, row, column, relative=relative) for formula in one.formulas)

    def _formula(self, formula: str, base: tuple[int, int], row: int, column: int, *, relative: bool) -> str:
        source = self.sources[row]

        def corner(absolute: str, letters: str, fixed: str, number: str, *, is_last: bool) -> str:
            at = column_number(letters) if absolute else column_number(letters) + column - base[1]
            wanted = int(number) - 1 if fixed else int(number) - 1 + source - base[0]
            moved = self._moved(wanted, row, is_fixed=bool(fixed), is_last=is_last)
            shown = f"[{moved - row}]" if relative and not fixed else str(moved + 1)
            return f"{absolute}{column_letters(max(at, 0))}{fixed}{shown}"

        def cells(found: re.Match[str]) -> str:
            groups = found.groups("")
            first = corner(*groups[:4], is_last=False)
            return f"{first}:{corner(*groups[4:], is_last=True)}" if groups[5] else first

        parts = _operands(formula)
        return "".join(_CELLS.sub(cells, text) if is_cells else text for text, is_cells in parts).removeprefix("=")

    def _moved(self, wanted: int, row: int, *, is_fixed: bool, is_last: bool) -> int:
        """Where a row of the 样表 is that a row of the form speaks of."""
        source = self.sources[row]
        table = self.own.table_at(source)
        if not is_fixed:
            near = row + wanted - source
            has_neighbour = 0 <= near < len(self.sources) and self.sources[near] == wanted
            if has_neighbour or (table is not None and table.first <= wanted <= table.last):
                return near
        if wanted in self.places:
            return self.places[wanted][-1 if is_last else 0]
        if wanted >= len(self.own.texts):
            return wanted + len(self.sources) - len(self.own.texts)
        begin = next((at for at, one in enumerate(self.sources) if one > wanted), len(self.sources))
        return max(begin - (1 if is_last else 0), 0)
