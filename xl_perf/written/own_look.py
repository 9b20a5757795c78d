"""How the cells of a 样表 look, as XlsxWriter is told: fonts, fills, borders, alignments, number formats, sizes.

Read with openpyxl, which takes 0.3 s to import: only where a form is written.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.grid import Area, cell_place
from xl_perf.core.errors import FormError
from xl_perf.core.forms.box import Box
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.forms.learned import STANDARD_WIDTH, LearnedForm
from xl_perf.core.forms.marks import without_marks
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.sheets.guide_looks import FILLS
from xl_perf.written.own_colours import Colours
from xl_perf.written.own_drawings import Drawn, drawn_in, opened
from xl_perf.written.own_styles import PATTERNS, borders_look, font_look

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xl_perf.written.styles import Styles

READABLE: Final = (".xlsx", ".xlsm", ".xltx", ".xltm")
"""Other files do not say how they look: forms of theirs are written in our own style."""
_ACROSS: Final = {
    **dict.fromkeys(("left", "center", "right", "fill", "justify", "distributed")),
    "centerContinuous": "center_across",
}
_UPRIGHT: Final = {"top": "top", "center": "vcenter", "justify": "vjustify", "distributed": "vdistributed"}
PADDING: Final = 5
"""Pixels beside the text in a column."""
PER_CHARACTER: Final = 7
"""Pixels of a digit in the default font of the books that we write: Calibri 11."""
_ROW: Final = 15.0
_MARK_FILLS: Final = frozenset(f"#{colour}" for colour in FILLS.values())
"""Fills that marks have in a 样表."""
_PLACE: Final = "填写处"
_MOST_ROWS: Final = 400
Look = Mapping[str, Any]
"""Properties as XlsxWriter calls them."""


class OwnLook(NamedTuple):
    """How a 样表's sheet looks.

    ``widths`` are in characters as XlsxWriter counts, ``heights`` in points: None where nobody set one; ``columns`` and
    ``rows`` are what else XlsxWriter is told of those that are hidden or outlined. ``cells`` are properties of formats
    by row and column, ``values`` what stands there where it is more than a text; ``lists`` the cells with drop-downs
    and what they offer, ``usual`` the look of a cell that nobody gave one. ``drawn`` is what lies over the cells.
    """

    widths: tuple[float, ...]
    columns: Mapping[int, Look]
    rows: Mapping[int, Look]
    heights: Mapping[int, float]
    height: float
    cells: Mapping[tuple[int, int], Look]
    values: Mapping[tuple[int, int], object]
    lists: Mapping[tuple[int, int], Mapping[str, Any]]
    usual: Look
    colours: Colours
    sheet: "Worksheet"
    drawn: Drawn

    def of(self, area: Area) -> Look:
        """The look of an area; of a merged one its lines come from the cells at its edges."""
        top, left, bottom, right = area
        look = dict(self.cells.get((top, left), self.usual))
        if (top, left) != (bottom, right):
            last_row, last_column = self.cells.get((bottom, left), {}), self.cells.get((top, right), {})
            for side, cell in (("bottom", last_row), ("right", last_column)):
                for key in (side, f"{side}_color"):
                    look.pop(key, None)
                    look |= {key: cell[key]} if key in cell else {}
        return look

    def sides(self, boxes: Iterable[Box]) -> dict[Box, str]:
        """Where the text of each box stands, for those that say."""
        found = ((box, self.of(box.look or box.area).get("align")) for box in boxes)
        return {box: side for box, side in found if side in {"left", "center", "right"}}

    @property
    def is_black_and_white(self) -> bool:
        """It has no colours but black and white."""
        plain = {"#000000", "#FFFFFF", *(f"#{colour}" for colour in FILLS.values())}
        return all(look.get(key, "#000000").upper() in plain for look in self.cells.values() for key in _COLOURS)


_COLOURS: Final = ("font_color", "bg_color", "fg_color")


def look_of(sheet: OwnSheet) -> OwnLook | None:
    """How an office's own sheet looks; None where its file does not say. Raises `FormError` where it is gone."""
    path = Path(sheet.source)
    if not sheet.source or path.suffix.lower() not in READABLE:
        return None
    try:
        return _read(sheet.source, path.stat().st_mtime_ns, sheet.name, len(sheet.texts), sheet.width)
    except FormError:
        raise
    except Exception as error:
        raise FormError(f"样表 {path.name} 的样式读不出来", "请用 Excel 打开它另存为 .xlsx，再试一次") from error


def with_widths(form: LearnedForm) -> LearnedForm:
    """The form of a 样表 with the widths of its columns, where its file says them. Raises `FormError`."""
    look = None if form.sheet is None or form.sheet.problem else look_of(form.sheet)
    if form.sheet is None or look is None:
        return form
    return form._replace(sheet=form.sheet._replace(widths=look.widths))


@lru_cache(maxsize=8)
def _read(path: str, _changed: int, name: str, rows: int, columns: int) -> OwnLook:
    book = opened(path, data_only=True, rich_text=True)
    if name not in book.sheetnames:
        raise FormError(f"样表 {Path(path).name} 里没有工作表“{name}”", "请核对样表，或重新生成它")
    return _Reader(book, book[name], rows, columns).look(drawn_in(path, name))


class _Reader:
    def __init__(self, book: "Workbook", sheet: "Worksheet", rows: int, columns: int) -> None:
        self.book, self.sheet, self.rows, self.columns = book, sheet, rows, columns
        self.colours = Colours(book)
        self.font = book._fonts[0]  # type: ignore[attr-defined]  # noqa: SLF001  # the book's default font, which its widths count in
        self.digit = _digit_width(self.font.name or "", self.font.sz or 11)

    def look(self, drawn: Drawn) -> OwnLook:
        """All of it; ``drawn`` is read from the file by itself."""
        stored = {(row - 1, column - 1) for row, column in self.sheet._cells}  # noqa: SLF001  # which iterating fills
        cells = {at: self._cell(cell) for at, cell in self._cells() if cell.has_style}
        cells |= {at: look for at, look in self._of_lines() if at not in stored}
        cells |= {at: _without_fill(cells[at]) for at in self._marked() if at in cells}
        usual = self._font(self.font)
        values = {at: cell.value for at, cell in self._cells() if cell.value is not None}
        widths = [self._width(column) for column in range(self.columns)]
        dimensions = self.sheet.row_dimensions
        heights = {
            row - 1: dimensions[row].height for row in list(dimensions) if row <= self.rows and dimensions[row].height
        }
        return OwnLook(
            tuple(width for width, _ in widths),
            {column: said for column, (_, said) in enumerate(widths) if said},
            {row - 1: said for row in list(dimensions) if row <= self.rows and (said := _hidden(dimensions[row]))},
            heights,
            self.sheet.sheet_format.defaultRowHeight or _ROW,
            cells,
            {at: value for at, value in values.items() if not isinstance(value, str) or type(value) is not str},
            dict(self._lists()),
            usual,
            self.colours,
            self.sheet,
            drawn,
        )

    def _cells(self) -> "Iterator[tuple[tuple[int, int], Cell]]":
        for row, cells in enumerate(self.sheet.iter_rows(1, self.rows, 1, self.columns)):
            for column, cell in enumerate(cells):
                yield (row, column), cell  # type: ignore[misc]  # merged cells have a style as well

    def _marked(self) -> "Iterator[tuple[int, int]]":
        """The cells that have, or had, the colour of a mark: their text may have been changed since.

        Our fills have one colour before and behind, in other programs' files the sheet 对照 tells where marks stood.
        """
        listed = set(_filled_in(self.book[GUIDE_SHEET])) if GUIDE_SHEET in self.book.sheetnames else set()
        for at, cell in self._cells():
            fill = cell.fill
            front, back = getattr(fill, "fgColor", None), getattr(fill, "bgColor", None)
            if front is None or front.type != "rgb" or self.colours.of(front) not in _MARK_FILLS:
                continue
            if at in listed or (back is not None and back.type == "rgb" and back.rgb == front.rgb):
                yield at

    def _of_lines(self) -> "Iterator[tuple[tuple[int, int], Look]]":
        """The looks that whole rows and columns give to cells that are not in the file."""
        own = {column: self._dimension(column) for column in range(self.columns)}
        looks = {column: self._cell(one) for column, one in own.items() if one is not None and one.has_style}
        for row in range(self.rows):
            line = self.sheet.row_dimensions.get(row + 1)
            is_styled = line is not None and line.has_style
            of_row = dict.fromkeys(own, self._cell(line)) if is_styled else looks
            yield from (((row, column), look) for column, look in of_row.items())

    def _dimension(self, column: int) -> Any:
        """What the file says of a column; None where it says nothing."""
        from openpyxl.utils import column_index_from_string

        for dimension in self.sheet.column_dimensions.values():
            own = column_index_from_string(dimension.index)
            if (dimension.min or own) <= column + 1 <= (dimension.max or own):
                return dimension
        return None

    def _width(self, column: int) -> tuple[float, Look]:
        """A column's width as XlsxWriter counts it, and whether it is hidden or outlined."""
        dimension = self._dimension(column)
        said = {} if dimension is None else _hidden(dimension)
        if dimension is not None and dimension.width:
            return self._converted(dimension.width), said
        usual = self.sheet.sheet_format.defaultColWidth
        return self._converted(usual) if usual else STANDARD_WIDTH * self.digit / PER_CHARACTER, said

    def _converted(self, width: float) -> float:
        """From the file's width, which counts digits of its font and the padding (ECMA-376 Part 1, 18.3.1.13)."""
        return max((width * self.digit - PADDING) / PER_CHARACTER, 0)

    # --- cells -----------------------------------------------------------------------------------------------------

    def _cell(self, cell: Any) -> Look:
        look: dict[str, Any] = self._font(cell.font)
        look |= self._fill(cell.fill)
        look |= borders_look(cell.border, self.colours)
        look |= self._alignment(cell.alignment)
        if cell.number_format and cell.number_format != "General":
            look["num_format"] = cell.number_format
        return look

    def _font(self, font: Any) -> dict[str, Any]:
        return font_look(font, self.colours)

    def _fill(self, fill: Any) -> Look:
        if getattr(fill, "stop", None):  # a gradient: its first colour
            colour = self.colours.of(fill.stop[0].color)
            return {"bg_color": colour, "pattern": 1} if colour else {}
        pattern = PATTERNS.get(getattr(fill, "patternType", None) or "", 0)
        if not pattern:
            return {}
        front, back = self.colours.of(fill.fgColor), self.colours.of(fill.bgColor)
        if pattern == 1:
            return {"pattern": 1, "bg_color": front} if front else {}
        return {"pattern": pattern, **({"fg_color": front} if front else {}), **({"bg_color": back} if back else {})}

    def _alignment(self, alignment: Any) -> Look:
        look: dict[str, Any] = {}
        if alignment.horizontal in _ACROSS:
            look["align"] = _ACROSS[alignment.horizontal] or alignment.horizontal
        if alignment.vertical in _UPRIGHT:
            look["valign"] = _UPRIGHT[alignment.vertical]
        if alignment.wrap_text:
            look["text_wrap"] = True
        elif alignment.shrink_to_fit:
            look["shrink"] = True
        if alignment.indent:
            look["indent"] = round(alignment.indent)
        if alignment.justifyLastLine:
            look["just_distrib"] = True
        turned = alignment.textRotation or 0
        if turned:
            look["rotation"] = (
                270 if turned == _STACKED else turned if turned <= _UPRIGHT_TURN else _UPRIGHT_TURN - turned
            )
        return look

    # --- drop-downs ------------------------------------------------------------------------------------------------

    def _lists(self) -> Iterator[tuple[tuple[int, int], Mapping[str, Any]]]:
        for rule in self.sheet.data_validations.dataValidation:
            choices = self._choices(rule.formula1) if rule.type == "list" else []
            if not choices or len(",".join(choices)) > _LONGEST_LIST:
                continue
            more = {
                "input_title": rule.promptTitle,
                "input_message": rule.prompt,
                "error_title": rule.errorTitle,
                "error_message": rule.error,
                "error_type": rule.errorStyle,
                "show_error": bool(rule.showErrorMessage),
            }
            kept = {key: value for key, value in more.items() if value is not None}
            for area in rule.sqref.ranges:
                for row in range(area.min_row, min(area.max_row, self.rows) + 1):
                    for column in range(area.min_col, min(area.max_col, self.columns) + 1):
                        yield (row - 1, column - 1), {"validate": "list", "source": choices, **kept}

    def _choices(self, formula: str | None) -> Sequence[str]:
        """What a drop-down offers: written in it, or in cells, whose texts are taken."""
        said = (formula or "").strip()
        if said.startswith('"'):
            return [one.strip() for one in said.strip('"').replace('""', '"').split(",") if one.strip()]
        named = self.book.defined_names.get(said) or self.sheet.defined_names.get(said)
        said = said if named is None else str(named.attr_text)
        sheet, _, cells = said.rpartition("!")
        name = sheet.strip("'").replace("''", "'")
        if (name and name not in self.book.sheetnames) or not cells:
            return []
        try:
            found = (self.book[name] if name else self.sheet)[cells.replace("$", "")]
        except ValueError:
            return []
        rows = found if isinstance(found, tuple) else ((found,),)
        texts = [str(cell.value) for row in rows for cell in (row if isinstance(row, tuple) else (row,)) if cell.value]
        return [] if any("," in text for text in texts) else texts


def _filled_in(table: "Worksheet") -> Iterator[tuple[int, int]]:
    """The cells that 对照 lists as those to fill in."""
    column = None
    for cells in table.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=len(HEADINGS)):
        if column is None:
            column = cells.index(_PLACE) if _PLACE in cells else None
        elif isinstance(name := cells[column], str) and re.fullmatch(r"[A-Z]{1,3}[1-9]\d{0,6}", name.strip()):
            yield cell_place(name.strip())


def _without_fill(look: Look) -> Look:
    return {key: value for key, value in look.items() if key not in {"bg_color", "fg_color", "pattern"}}


def _hidden(line: Any) -> Look:
    """What XlsxWriter is told of a row or column that is hidden or belongs to an outline."""
    said = {"hidden": line.hidden, "level": line.outlineLevel, "collapsed": line.collapsed}
    return {key: value for key, value in said.items() if value}


_STACKED, _UPRIGHT_TURN = 255, 90
"""Text rotation: letters below each other; up to this upwards, beyond it downwards (ECMA-376 Part 1, 18.8.1)."""
_LONGEST_LIST: Final = 255
"""Characters that a drop-down may offer in itself."""


def _digit_width(name: str, size: float) -> int:
    """Pixels of the broadest digit in a font, at 96 dpi; in a Chinese one a digit takes half a character."""
    if any(ord(letter) > 0x2E7F for letter in name) or name in {"SimSun", "SimHei", "FangSong", "KaiTi", "DengXian"}:
        return max(math.ceil(round(size * 96 / 72) / 2), 1)
    return max(round(size * PER_CHARACTER / 11), 1)


def rich_parts(styles: "Styles", look: OwnLook, value: object) -> Sequence[Any] | None:
    """The fragments of a text in several types, each behind its format; None for any other value."""
    if isinstance(value, str) or not isinstance(value, list):
        return None
    parts: list[Any] = []
    for part in value:
        font = getattr(part, "font", None)
        text = without_marks(str(part))
        if text:
            parts += [text] if font is None else [styles.own(font_look(font, look.colours)), text]
    return parts if sum(isinstance(one, str) for one in parts) > 1 else None
