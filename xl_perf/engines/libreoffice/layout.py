"""How cells look and where they stand: the members of a range that are no values."""

from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.cells.grid import LAST_COLUMN, LAST_ROW
from xl_perf.engines.libreoffice.bridge import enum
from xl_perf.engines.libreoffice.font import Font, color_number, color_parts
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.number_formats import cell_range_address
from xl_perf.engines.libreoffice.protection import Refused, check_contents, check_unprotected

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.addresses import Block
    from xl_perf.engines.libreoffice.sheets import Sheet

POINT: Final = 2540 / 72
"""Hundredths of a millimetre, LibreOffice's unit, in a point, Excel's."""
_PIXEL: Final = 2540 / 96
_HORIZONTAL: Final = {
    "STANDARD": "general",
    "LEFT": "left",
    "CENTER": "center",
    "RIGHT": "right",
    "BLOCK": "justify",
    "REPEAT": "fill",
}
_VERTICAL: Final = {
    0: "bottom",
    1: "top",
    2: "center",
    3: "bottom",
    4: "justify",
}  # com.sun.star.table.CellVertJustify2
_CONTENTS: Final = 1 | 2 | 4 | 16 | 256  # com.sun.star.sheet.CellFlags: numbers, dates, texts, formulas, rich text
_NOTES: Final = 8
_FORMATS: Final = 32 | 64


class Layout(Member):
    """The part of a range that its contents are not; a base of `cell_range.Range`, which knows the cells."""

    if TYPE_CHECKING:
        sheet: Sheet
        block: Block
        api: Any
        address: str
        formats: Any

    def _uniform(self, name: str) -> Any:
        """A property of all cells, None where they differ."""
        if self.api.getPropertyState(name).value == "AMBIGUOUS_VALUE":
            return None
        return self.api.getPropertyValue(name)

    def _format(self, name: str, value: Any) -> None:
        check_unprotected(self.sheet, "no formatting of cells")
        self.api.setPropertyValue(name, value)

    @property
    def number_format(self) -> str | None:
        """Excel's code, such as ``0.00`` or ``@``; None where the cells differ."""
        key = self._uniform("NumberFormat")
        return None if key is None else self.formats.code(key)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._format("NumberFormat", self.formats.key(code))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill; None where there is none, or more than one."""
        number = self._uniform("CellBackColor")
        return None if number is None or number < 0 else color_parts(number)

    @color.setter
    def color(self, color: Any) -> None:
        self._format("CellBackColor", -1 if color is None else color_number(color))

    @property
    def font(self) -> Font:
        """The font of the cells."""
        return Font(self.api, lambda: check_unprotected(self.sheet, "no formatting of cells"))

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts go over several lines; None where the cells differ."""
        found: bool | None = self._uniform("IsTextWrapped")
        return found

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._format("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """xlwings' word for it; None where the cells differ."""
        found = self._uniform("HoriJustify")
        return None if found is None else _HORIZONTAL[found.value]

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        words = {word: name for name, word in _HORIZONTAL.items()}
        if value not in words:
            raise NotImplementedError(f"LibreOffice: Range.horizontal_alignment {value}")
        self._format("HoriJustify", enum("com.sun.star.table.CellHoriJustify", words[value]))

    @property
    def vertical_alignment(self) -> str | None:
        """xlwings' word for it; None where the cells differ."""
        found = self._uniform("VertJustify")
        return None if found is None else _VERTICAL[found]

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        words = {word: number for number, word in _VERTICAL.items()}
        if value not in words:
            raise NotImplementedError(f"LibreOffice: Range.vertical_alignment {value}")
        self._format("VertJustify", words[value])

    # --- rows and columns

    @property
    def row_height(self) -> float | None:
        """Points; None where the rows differ."""
        rows = self.api.getRows()
        heights = {rows.getByIndex(at).Height for at in range(self.block.rows)}
        return round(heights.pop() / POINT * 20) / 20 if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, points: float) -> None:
        check_unprotected(self.sheet, "no row heights")
        self.api.getRows().Height = round(points * POINT)

    @property
    def column_width(self) -> float | None:
        """Characters of the default font, as Excel counts them, 0 of a hidden one; None where the columns differ."""
        columns = (self.api.getColumns().getByIndex(at) for at in range(self.block.columns))
        widths = {column.Width if column.IsVisible else 0 for column in columns}
        return max(0.0, round((widths.pop() / _PIXEL - 5) / 7, 2)) if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, characters: float) -> None:
        check_unprotected(self.sheet, "no column widths")
        columns = self.api.getColumns()
        columns.IsVisible = characters > 0
        if characters > 0:
            columns.Width = round((characters * 7 + 5) * _PIXEL)

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden; None where they differ."""
        return self._hidden(self.api.getRows(), self.block.rows)

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        check_unprotected(self.sheet, "no hiding of rows")
        self.api.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where they differ."""
        return self._hidden(self.api.getColumns(), self.block.columns)

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        check_unprotected(self.sheet, "no hiding of columns")
        self.api.getColumns().IsVisible = not value

    @staticmethod
    def _hidden(lines: Any, count: int) -> bool | None:
        found = {not lines.getByIndex(at).IsVisible for at in range(count)}
        return found.pop() if len(found) == 1 else None

    def autofit(self, axis: str | None = None) -> None:
        """Fits rows (``r``), columns (``c``) or both to what is in them."""
        check_unprotected(self.sheet, "no row heights and column widths")
        if axis in (None, "r", "rows"):
            self.api.getRows().OptimalHeight = True
        if axis in (None, "c", "columns"):
            self.api.getColumns().OptimalWidth = True

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return float(self.api.Position.X / POINT)

    @property
    def top(self) -> float:
        """Points from the sheet's upper edge."""
        return float(self.api.Position.Y / POINT)

    @property
    def width(self) -> float:
        """Points."""
        return float(self.api.Size.Width / POINT)

    @property
    def height(self) -> float:
        """Points."""
        return float(self.api.Size.Height / POINT)

    # --- moving cells about

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Moves the cells down or right; whole rows and columns take on the look of those before."""
        if copy_origin == "format_from_right_or_below":
            raise NotImplementedError("LibreOffice: Range.insert copy_origin")
        check_unprotected(self.sheet, "no inserting of cells")
        sheet = self.sheet.api.uno
        if self.block.columns == LAST_COLUMN:
            sheet.getRows().insertByIndex(self.block.row - 1, self.block.rows)
        elif self.block.rows == LAST_ROW:
            sheet.getColumns().insertByIndex(self.block.column - 1, self.block.columns)
        else:
            mode = {"down": "DOWN", "right": "RIGHT"}[shift or self._shorter_way("down", "right")]
            sheet.insertCells(self._area(), enum("com.sun.star.sheet.CellInsertMode", mode))

    def delete(self, shift: str | None = None) -> None:
        """Takes the cells away; those below move up, or those to the right move left."""
        check_unprotected(self.sheet, "no deleting of cells")
        sheet = self.sheet.api.uno
        if self.block.columns == LAST_COLUMN:
            sheet.getRows().removeByIndex(self.block.row - 1, self.block.rows)
        elif self.block.rows == LAST_ROW:
            sheet.getColumns().removeByIndex(self.block.column - 1, self.block.columns)
        else:
            mode = {"up": "UP", "left": "LEFT"}[shift or self._shorter_way("up", "left")]
            sheet.removeRange(self._area(), enum("com.sun.star.sheet.CellDeleteMode", mode))

    def _shorter_way(self, vertical: str, horizontal: str) -> str:
        """Excel decides by the shape."""
        return vertical if self.block.columns >= self.block.rows else horizontal

    def _area(self) -> Any:
        return cell_range_address(self.sheet.number, self.block)

    # --- clearing and merging

    def clear_contents(self) -> None:
        """Takes values and formulas away; looks and notes stay."""
        check_contents(self)  # type: ignore[arg-type]  # only Range derives from this
        self._refuse_part_of_merge()
        self.api.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        """Takes the looks away, and undoes merges."""
        check_unprotected(self.sheet, "no formatting of cells")
        self._refuse_part_of_merge()
        self.api.merge(False)
        self.api.clearContents(_FORMATS)

    def clear(self) -> None:
        """Takes everything away: contents, looks, merges and notes."""
        self.clear_formats()
        self.api.clearContents(_CONTENTS | _NOTES)

    def _refuse_part_of_merge(self) -> None:
        cursor = self.sheet.api.uno.createCursorByRange(self.api)
        cursor.collapseToMergedArea()
        found, own = cursor.getRangeAddress(), self._area()
        if (found.StartRow, found.StartColumn, found.EndRow, found.EndColumn) != (
            *(own.StartRow, own.StartColumn, own.EndRow, own.EndColumn),
        ):
            raise Refused(f"{self.sheet.name}!{self.address} is a part of merged cells")

    @property
    def merge_cells(self) -> bool:
        """Whether there are merged cells in the range."""
        return bool(self.api.getIsMerged())

    def merge(self, across: bool = False) -> None:
        """Merges all cells, or those of each row."""
        check_unprotected(self.sheet, "no merging of cells")
        if not across:
            self.api.merge(True)
            return
        for row in range(self.block.rows):
            self.api.getCellRangeByPosition(0, row, self.block.columns - 1, row).merge(True)

    def unmerge(self) -> None:
        """Undoes merges."""
        check_unprotected(self.sheet, "no merging of cells")
        self.api.merge(False)
