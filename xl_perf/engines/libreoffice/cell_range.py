"""A range of cells: where it stands, what is in it, its notes and links."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xl_perf.core.cells.grid import LAST_COLUMN, LAST_ROW
from xl_perf.engines.libreoffice import contents
from xl_perf.engines.libreoffice.addresses import Block, text
from xl_perf.engines.libreoffice.auto_filter import AutoFilter
from xl_perf.engines.libreoffice.borders import Borders
from xl_perf.engines.libreoffice.bridge import struct
from xl_perf.engines.libreoffice.formulas import to_excel, to_office
from xl_perf.engines.libreoffice.layout import Layout
from xl_perf.engines.libreoffice.notes import Note, note_of
from xl_perf.engines.libreoffice.protection import Refused, check_contents, check_unprotected

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.names import Name
    from xl_perf.engines.libreoffice.number_formats import NumberFormats
    from xl_perf.engines.libreoffice.sheets import Sheet


class Range(Layout):
    """A block of cells on a sheet. LibreOffice's own object is asked for when it is first needed."""

    options: Any = None
    """Set by xlwings; not used here."""
    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: "Sheet", block: Block) -> None:
        self._sheet = sheet
        self._block = block
        self._api: Any = None

    @property
    def sheet(self) -> "Sheet":  # type: ignore[override]  # a declaration only, in Layout
        """The sheet that the cells are on."""
        return self._sheet

    @property
    def block(self) -> Block:  # type: ignore[override]
        """The place of the cells."""
        return self._block

    @property
    def api(self) -> Any:
        """LibreOffice's cell range; None for an empty range."""
        if self._api is None and self._block.rows > 0 and self._block.columns > 0:
            self._api = self._sheet.api.uno.getCellRangeByPosition(
                self._block.column - 1, self._block.row - 1, self._block.last_column - 1, self._block.last_row - 1
            )
        return self._api

    @property
    def formats(self) -> "NumberFormats":
        """The number formats of the document."""
        return self._sheet.book.formats

    @property
    def autofilter(self) -> AutoFilter:
        """The sheet's filter, on these cells."""
        return AutoFilter(self)

    @property
    def borders(self) -> Borders:
        """The lines around and between the cells."""
        return Borders(self)

    # --- place

    @property
    def coords(self) -> Block:
        """Row, column, rows, columns."""
        return self._block

    @property
    def row(self) -> int:
        """The first row, counted from 1."""
        return self._block.row

    @property
    def column(self) -> int:
        """The first column, counted from 1."""
        return self._block.column

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self._block.rows, self._block.columns

    def __len__(self) -> int:
        return self._block.rows * self._block.columns

    def __bool__(self) -> bool:
        return True

    @property
    def address(self) -> str:  # type: ignore[override]
        """``$A$1:$B$2``."""
        return text(self._block)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        """The address with or without ``$``, and with book and sheet if external."""
        found = text(self._block, row_absolute=row_absolute, column_absolute=column_absolute)
        return f"'[{self._sheet.book.name}]{self._sheet.name}'!{found}" if external else found

    def __call__(self, first: int, second: int | None = None) -> "Range":
        if second is None:
            row, column = divmod(first - 1, self._block.columns)
            return self(row + 1, column + 1)
        return self._at(Block(self.row + first - 1, self.column + second - 1, 1, 1))

    def _at(self, block: Block) -> "Range":
        return Range(self._sheet, block)

    @property
    def rows(self) -> list["Range"]:
        """The range's rows."""
        return [self._at(Block(self.row + at, self.column, 1, self._block.columns)) for at in range(self._block.rows)]

    @property
    def columns(self) -> list["Range"]:
        """The range's columns."""
        return [self._at(Block(self.row, self.column + at, self._block.rows, 1)) for at in range(self._block.columns)]

    @property
    def merge_area(self) -> "Range":
        """The merged cells that the first cell belongs to, else that cell."""
        cell = self.api.getCellRangeByPosition(0, 0, 0, 0)
        cursor = self._sheet.api.uno.createCursorByRange(cell)
        cursor.collapseToMergedArea()
        return self._at(block_of(cursor.getRangeAddress()))

    @property
    def current_region(self) -> "Range":
        """The cells around it up to blank rows and columns."""
        cursor = self._sheet.api.uno.createCursorByRange(self.api)
        cursor.collapseToCurrentRegion()
        return self._at(block_of(cursor.getRangeAddress()))

    def end(self, direction: str) -> "Range":
        """As with Ctrl and an arrow key: the end of the filled or blank cells in that direction."""
        row, column = self.row - 1, self.column - 1
        line = self._line(direction)
        if not line:
            return self(1, 1)
        here = self._sheet.api.uno.getCellByPosition(column, row).getType().value != "EMPTY"
        steps = _steps(here, line)
        if direction in ("up", "left"):
            steps = -steps
        if direction in ("up", "down"):
            return self._at(Block(row + 1 + steps, column + 1, 1, 1))
        return self._at(Block(row + 1, column + 1 + steps, 1, 1))

    def expand(self, mode: str = "table") -> "Range":
        """Down, right or both, up to blank cells, as xlwings does it for all engines."""
        import xlwings
        from xlwings.expansion import expanders

        found: Range = expanders[mode].expand(xlwings.Range(impl=self)).impl
        return found

    def _line(self, direction: str) -> list[bool]:
        """Whether the cells from here on are filled, up to the last of the sheet that is, and one further."""
        used = self._sheet.used_range.block
        last_row, last_column = used.last_row, used.last_column
        row, column = self.row, self.column
        if direction == "up":
            block = Block(1, column, row - 1, 1)
        elif direction == "left":
            block = Block(row, 1, 1, column - 1)
        elif direction == "down":
            block = Block(row + 1, column, max(last_row, row) - row, 1)
        else:
            block = Block(row, column + 1, 1, max(last_column, column) - column)
        filled: list[bool] = []
        if block.rows > 0 and block.columns > 0:
            filled = [value != "" for line in self._at(block).api.getDataArray() for value in line]
        if direction in ("up", "left"):
            return filled[::-1]
        left = LAST_ROW - row if direction == "down" else LAST_COLUMN - column
        return filled + [False] * (left - len(filled))

    def select(self) -> None:
        """Selects the cells; their sheet comes to the front."""
        self._sheet.activate()
        self._sheet.book.controller.select(self.api)

    # --- contents

    @property
    def raw_value(self) -> Any:
        """The value of one cell, or rows of values: None, float, str, bool, datetime, or `contents.CellError`."""
        rows = contents.values(self)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        contents.write(self, self._filled(value))

    @property
    def formula(self) -> Any:
        """What stands in the formula bar, in Excel's notation: of one cell a text, else rows of texts."""
        rows = contents.formulas(self)
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, value: Any) -> None:
        contents.write(self, self._filled(value))

    def _filled(self, value: Any) -> Sequence[Sequence[Any]]:
        """A single value for every cell, or rows as they are."""
        if isinstance(value, list | tuple):
            rows: Sequence[Sequence[Any]] = value if isinstance(value[0], list | tuple) else [value]
            if (len(rows), len(rows[0])) != self.shape:
                raise ValueError(f"{len(rows)} × {len(rows[0])} values for {self.address}")
            return rows
        if isinstance(value, str) and value.startswith("=") and len(self) > 1:
            raise NotImplementedError("LibreOffice: Range.formula of one formula for several cells")
        return [[value] * self._block.columns] * self._block.rows

    formula2 = formula

    @property
    def has_array(self) -> bool:
        """Whether there is an array formula; such formulas are not supported."""
        return False

    # --- notes, links, names

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        return note_of(self(1, 1))

    def add_note(self, content: str) -> Note:
        """A note for a cell that has none."""
        check_unprotected(self._sheet, "no notes")
        address = struct(
            "com.sun.star.table.CellAddress", Sheet=self._sheet.number, Row=self.row - 1, Column=self.column - 1
        )
        self._sheet.api.uno.getAnnotations().insertNew(address, content)
        return Note(self)

    @property
    def hyperlink(self) -> str:
        """The address behind the cell's text, places of the same book as ``#'01'!C3``."""
        fields = self.api.getCellByPosition(0, 0).getTextFields()
        if not fields.getCount():
            raise Refused("The cell doesn't seem to contain a hyperlink!")
        address = str(fields.getByIndex(0).URL)
        return to_excel(address) if address.startswith("#") else address

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:  # noqa: ARG002
        """A link in the cell; ``#'01'!C3`` leads to a place in the same book. LibreOffice shows no tip of our own."""
        check_contents(self)
        cell = self.api.getCellByPosition(0, 0)
        cell.setString("")
        field = self._sheet.book.api.createInstance("com.sun.star.text.TextField.URL")
        field.URL = to_office(address).replace("$'", "'", 1) if address.startswith("#") else address
        field.Representation = text_to_display or address
        cell.insertTextContent(cell.createTextCursor(), field, False)

    @property
    def name(self) -> "Name | None":
        """The defined name of exactly these cells."""
        return next((name for _, name in self._sheet.book.names.snapshot() if name.is_for(self)), None)

    @name.setter
    def name(self, value: str) -> None:
        self._sheet.book.names.add(value, f"='{self._sheet.name}'!{self.address}")

    def copy(self, destination: Any = None) -> None:
        """Copies everything in the cells to a place of the same book."""
        if destination is None:
            raise NotImplementedError("LibreOffice: Range.copy to the clipboard")
        target = destination.impl
        check_unprotected(target.sheet, "no copying to it")
        cell = target(1, 1).api.getCellByPosition(0, 0).getCellAddress()
        target.sheet.api.uno.copyRange(cell, self.api.getRangeAddress())


def block_of(address: Any) -> Block:
    """The place that LibreOffice's struct describes."""
    return Block(
        address.StartRow + 1,
        address.StartColumn + 1,
        address.EndRow - address.StartRow + 1,
        address.EndColumn - address.StartColumn + 1,
    )


def _steps(here: bool, line: Sequence[bool]) -> int:
    """How far Ctrl and an arrow key go, given which of the next cells are filled."""
    if here and line[0]:
        return next((at for at, filled in enumerate(line) if not filled), len(line))
    return next((at + 1 for at, filled in enumerate(line) if filled), len(line))
