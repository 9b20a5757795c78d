"""The filter of a sheet: the arrows in the header, and the values that stay in sight."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xl_perf.engines.libreoffice.bridge import struct
from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.protection import check_unprotected

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.cell_range import Range


class AutoFilter(Member):
    """The filter on some cells, the first row of which is the header. A sheet has one, on one range of cells."""

    def __init__(self, cells: "Range") -> None:
        self._cells = cells

    def apply_values(self, field: int, values: Sequence[str]) -> None:
        """Leaves the rows in sight whose text in a column (from 1) is one of these.

        Raises ValueError where the sheet has a filter on other cells, as xlwings does on Excel.
        """
        check_unprotected(self._cells.sheet, "no filter")
        wanted, own = self._cells.api.getRangeAddress(), self._of_sheet()
        if own is None:
            self._all().setByTable(wanted)
            own = self._of_sheet()
        elif own.AutoFilter and _corners(own.getDataArea()) != _corners(wanted):
            raise ValueError("This worksheet already has an AutoFilter on a different range")
        own.setDataArea(wanted)
        own.AutoFilter = True
        shown = [struct("com.sun.star.sheet.FilterFieldValue", FilterType=_TEXT, StringValue=one) for one in values]
        column = struct(
            "com.sun.star.sheet.TableFilterField3",
            Field=field - 1,
            Operator=_EQUAL,
            Values=tuple(shown),
        )
        self._filter(own, (column,))

    def clear(self, field: int | None = None) -> None:
        """Shows all rows again. Raises NotImplementedError for one column alone."""
        if field is not None:
            raise NotImplementedError("LibreOffice: AutoFilter.clear of one field")
        own = self._of_sheet()
        if own is not None and own.AutoFilter:
            check_unprotected(self._cells.sheet, "no filter")
            self._filter(own, ())
            self._cells.api.getRows().IsVisible = True  # without criteria nothing is shown anew

    def remove(self) -> None:
        """Takes the filter off, if these cells are its header, and shows its rows."""
        own, header = self._of_sheet(), _corners(self._cells.api.getRangeAddress())
        if own is None or not own.AutoFilter:
            return
        area = own.getDataArea()
        if (area.Sheet, area.StartColumn, area.StartRow, area.EndColumn) == header[:4]:
            check_unprotected(self._cells.sheet, "no filter")
            self._filter(own, ())
            own.AutoFilter = False
            table = self._cells.sheet.api.uno
            table.getCellRangeByPosition(0, area.StartRow, 0, area.EndRow).getRows().IsVisible = True

    def _filter(self, own: Any, columns: tuple[Any, ...]) -> None:
        descriptor = own.getFilterDescriptor()
        descriptor.ContainsHeader = True
        descriptor.setFilterFields3(columns)
        own.refresh()

    def _all(self) -> Any:
        return self._cells.sheet.book.api.getPropertyValue("UnnamedDatabaseRanges")

    def _of_sheet(self) -> Any:
        table = self._cells.api.getRangeAddress().Sheet
        return self._all().getByTable(table) if self._all().hasByTable(table) else None


_TEXT = 1  # com.sun.star.sheet.FilterFieldType.STRING
_EQUAL = 2  # com.sun.star.sheet.FilterOperator2.EQUAL


def _corners(address: Any) -> tuple[int, ...]:
    return address.Sheet, address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
