"""How a block of cells looks: formats, sizes, what is hidden; under Excel's names."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from tests.excel.errors import Refused
from tests.excel.model import STANDARD_HEIGHT, STANDARD_WIDTH, Look, Sheet
from tests.excel.parts import PROTECTED, Borders, Font, Interior, Object, Validation
from tests.excel.references import Area

if TYPE_CHECKING:
    from tests.excel.ranges import Range

MOST_CELLS = 20_000


class Looks(Object):
    """What `Range` has of it."""

    _sheet: Sheet
    _area: Area
    _unit: str

    def _places(self) -> list[tuple[int, int]]:
        area = self._area
        if area.rows * area.columns > MOST_CELLS:
            return sorted(place for place in self._sheet.cells if area.holds(*place))
        return [
            (row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)
        ]

    def _check_allowed(self, what: str) -> None:
        if self._sheet.is_protected and not self._sheet.allowed.get(what, False):
            raise Refused(PROTECTED)

    # --- looks

    def _looks(self) -> list[Look]:
        return [self._sheet.cell(*place).look for place in self._places()]

    def _same(self, what: Callable[[Look], Any]) -> Any:
        """What all cells have; None (Null) where they differ."""
        found = {what(self._sheet.look(*place)) for place in self._places()} or {what(Look())}
        return found.pop() if len(found) == 1 else None

    @property
    def NumberFormat(self) -> str | None:
        found: str | None = self._same(lambda look: look.number_format)
        return found

    @NumberFormat.setter
    def NumberFormat(self, value: str) -> None:
        self._check_allowed("AllowFormattingCells")
        for look in self._looks():
            look.number_format = value
        self._sheet.book.changed()

    @property
    def WrapText(self) -> bool | None:
        found: bool | None = self._same(lambda look: look.wrap)
        return found

    @WrapText.setter
    def WrapText(self, value: bool) -> None:
        self._check_allowed("AllowFormattingCells")
        for look in self._looks():
            look.wrap = value

    @property
    def VerticalAlignment(self) -> int:
        raise NotImplementedError

    @VerticalAlignment.setter
    def VerticalAlignment(self, value: int) -> None:
        self._check_allowed("AllowFormattingCells")

    @property
    def Validation(self) -> "Validation":
        return Validation(cast("Range", self))

    @property
    def Interior(self) -> "Interior":
        return Interior(cast("Range", self))

    @property
    def Font(self) -> "Font":
        return Font(cast("Range", self))

    @property
    def Borders(self) -> "Borders":
        return Borders(cast("Range", self))

    @property
    def RowHeight(self) -> float | None:
        rows = range(self._area.top, min(self._area.bottom, self._area.top + 2000) + 1)
        hidden = self._sheet.hidden_rows
        found = {0.0 if row in hidden else self._sheet.heights.get(row, STANDARD_HEIGHT) for row in rows}
        return found.pop() if len(found) == 1 else None

    @RowHeight.setter
    def RowHeight(self, value: float) -> None:
        if not 0 <= value <= 409:
            raise Refused("Unable to set the RowHeight property of the Range class")
        self._check_allowed("AllowFormattingRows")
        for row in range(self._area.top, self._area.bottom + 1):
            self._sheet.heights[row] = round(value * 4) / 4  # whole pixels at 96 dpi

    @property
    def ColumnWidth(self) -> float | None:
        columns = range(self._area.left, self._area.right + 1)
        hidden = self._sheet.hidden_columns
        found = {0.0 if one in hidden else self._sheet.widths.get(one, STANDARD_WIDTH) for one in columns}
        return found.pop() if len(found) == 1 else None

    @ColumnWidth.setter
    def ColumnWidth(self, value: float) -> None:
        if not 0 <= value <= 255:
            raise Refused("Unable to set the ColumnWidth property of the Range class")
        self._check_allowed("AllowFormattingColumns")
        for column in range(self._area.left, self._area.right + 1):
            self._sheet.widths[column] = value
            self._sheet.hidden_columns -= {column} if value else set()
            self._sheet.hidden_columns |= set() if value else {column}

    @property
    def Hidden(self) -> bool | None:
        """None (Null) where some are."""
        area, sheet = self._area, self._sheet
        if self._unit == "rows":
            found = {row in sheet.hidden_rows for row in range(area.top, area.bottom + 1)}
        elif self._unit == "columns":
            found = {column in sheet.hidden_columns for column in range(area.left, area.right + 1)}
        else:
            raise Refused("Unable to get the Hidden property of the Range class")
        return found.pop() if len(found) == 1 else None

    @Hidden.setter
    def Hidden(self, value: bool) -> None:
        if self._unit == "columns":
            self._check_allowed("AllowFormattingColumns")
            columns = set(range(self._area.left, self._area.right + 1))
            hidden = self._sheet.hidden_columns
            self._sheet.hidden_columns = hidden | columns if value else hidden - columns
            return
        if self._unit != "rows":
            raise NotImplementedError
        self._check_allowed("AllowFormattingRows")
        rows = set(range(self._area.top, self._area.bottom + 1))
        self._sheet.hidden_rows = self._sheet.hidden_rows | rows if value else self._sheet.hidden_rows - rows

    def AutoFit(self) -> None:
        if self._unit not in ("rows", "columns"):
            raise Refused("AutoFit method of Range class failed")
        self._check_allowed("AllowFormattingRows" if self._unit == "rows" else "AllowFormattingColumns")
