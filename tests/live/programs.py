"""The programs in which the tests of the live workbook run, by one switch, the environment variable XL_PERF_ENGINE:

libreoffice (or nothing): LibreOffice through our engine. memory: xlwings' engine for Windows on the stand-in for Excel,
without COM. windows: the same over COM, for Python on Windows (`make test-windows`).
"""

import os
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

from xl_perf import buttons

if TYPE_CHECKING:
    import xlwings

SWITCH: Final = "XL_PERF_ENGINE"
LIBREOFFICE, MEMORY, WINDOWS = "libreoffice", "memory", "windows"


def engine_asked_for() -> str:
    asked = os.environ.get(SWITCH) or LIBREOFFICE
    assert asked in (LIBREOFFICE, MEMORY, WINDOWS), asked
    return asked


only_libreoffice = pytest.mark.skipif(engine_asked_for() != LIBREOFFICE, reason="asks LibreOffice itself")
"""Of tests that look behind the engine."""
only_excel = pytest.mark.skipif(engine_asked_for() == LIBREOFFICE, reason="only Excel does that")


class Program(Protocol):
    """A program that holds books, and the person in front of it."""

    app: "xlwings.App"

    @property
    def alerts(self) -> Any:
        """``kept`` are the messages and questions so far, ``answers`` what the next questions are answered with."""
        ...

    def expect(self, book: "xlwings.Book", patch: pytest.MonkeyPatch) -> None:
        """A button that is pressed finds this book."""
        ...

    def protect_structure(self, book: "xlwings.Book") -> None:
        """No sheet can be added or taken away any more."""
        ...

    def choices(self, cell: "xlwings.Range") -> str:
        """What a cell's list is made from; empty where there is no list."""
        ...


class LibreOffice:
    """Our own engine."""

    def __init__(self, app: "xlwings.App") -> None:
        self.app = app

    @property
    def alerts(self) -> Any:
        return self.app.impl.alerts

    def expect(self, _: "xlwings.Book", patch: pytest.MonkeyPatch) -> None:
        patch.setenv(buttons.PIPE, self.app.impl.pipe)

    def protect_structure(self, book: "xlwings.Book") -> None:
        book.api.protect("")

    def choices(self, cell: "xlwings.Range") -> str:
        return str(cell.api.Validation.getFormula1())


class StandIn:
    """xlwings' engine for Windows, on the stand-in for Excel."""

    def __init__(self) -> None:
        from tests.excel.engine import Excel

        self.excel = Excel()
        self.app: xlwings.App = self.excel.app

    @property
    def alerts(self) -> Any:
        return self.excel.alerts

    def expect(self, book: "xlwings.Book", patch: pytest.MonkeyPatch) -> None:
        patch.delenv(buttons.PIPE, raising=False)
        patch.setattr(type(book), "caller", classmethod(lambda _: book))

    def protect_structure(self, book: "xlwings.Book") -> None:
        book.api.Protect("", True)

    def choices(self, cell: "xlwings.Range") -> str:
        return str(cell.api.Validation.Formula1)

    @property
    def jobs(self) -> list[list[str]]:
        """What was sent to the printer: a line for each sheet of a job."""
        return self.excel.application.printed

    def has_printer(self, there: bool) -> None:
        self.excel.application.ActivePrinter = "办公室打印机 在 Ne01:" if there else ""
