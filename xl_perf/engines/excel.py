"""xlwings' engine for Excel on Windows, mended where it would give wrong amounts, fail, or end other people's work."""

import atexit
import sys
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

_FIRST: Final = -2146828288
"""What comes through COM for the error number 0."""
_UNKNOWN_NAME: Final = -2147352570
"""DISP_E_UNKNOWNNAME: this Excel has no such member."""
_NEWER_ERRORS: Final = {
    "#GETTING_DATA": 2043,
    "#SPILL!": 2045,
    "#CONNECT!": 2046,
    "#BLOCKED!": 2047,
    "#UNKNOWN!": 2048,
    "#FIELD!": 2049,
    "#CALC!": 2050,
}
"""Excel's numbers of error values that xlwings does not know: it would give them as numbers."""


def mend(engine: Any) -> None:
    """Mends the module ``xlwings._xlwindows``; doing it again changes nothing.

    Amounts are read whole; newer error values are errors; the path of a workbook in the cloud is its address; an Excel
    that knows no comments to be answered has none; and when this process ends, no Excel is killed because it shows no
    workbook.
    """
    engine.cell_errors.update({_FIRST + number: text for text, number in _NEWER_ERRORS.items()})
    atexit.unregister(engine.cleanup)
    if not hasattr(engine, "mended"):
        engine.Range.raw_value = property(_raw_value, engine.Range.raw_value.fset)
        engine.Book.fullname = property(_fullname)
        engine.Sheet.comments = property(_comments(engine))
        engine.mended = True


def calling_book(xlwings: Any, name: str) -> Any:
    """The workbook of that name in the Excel that started us: its window's handle is the argument ``--hwnd=``.

    Raises KeyError where it is not open there. ``Book.caller`` would read the name from the command line.
    """
    hwnd = next(one.partition("=")[2] for one in sys.argv if one.startswith("--hwnd="))
    engine = import_module("xlwings._xlwindows")
    return xlwings.App(impl=engine.App(xl=int(hwnd))).books[name]


def _raw_value(cells: Any) -> Any:
    """What the cells hold. Amounts with a currency format come as Decimal of four places: read again."""
    if cells.xl is None:
        return None
    values = cells.xl.Value
    if not isinstance(values, tuple):
        return cells.xl.Value2 if isinstance(values, Decimal) else values
    if not any(isinstance(value, Decimal) for row in values for value in row):
        return values
    return tuple(
        tuple(whole if isinstance(value, Decimal) else value for value, whole in zip(row, whole_row, strict=True))
        for row, whole_row in zip(values, cells.xl.Value2, strict=True)
    )


def _comments(engine: Any) -> Callable[[Any], list[Any]]:
    def comments(sheet: Any) -> list[Any]:
        try:
            found = sheet.xl.CommentsThreaded
        except engine.pywintypes.com_error as error:
            if error.hresult != _UNKNOWN_NAME:
                raise
            return []
        return [engine.Comment(xl=one) for one in found]

    return comments


def _fullname(book: Any) -> str:
    """The path, or the address of a book on OneDrive or SharePoint, whose folder here nobody needs to know."""
    return str(book.xl.FullName)
