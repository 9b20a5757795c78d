"""The programs in which the tests of the live workbook run.

memory: xlwings' engine for Windows on the stand-in for Excel, without COM: half a second for a test.
libreoffice: LibreOffice through our engine, where each takes ten times as long: tests that are marked `office`, since
they show what only LibreOffice can (its undo, protection, notes, formulas, pages), and those that look behind its
engine. XL_PERF_ENGINE runs all tests in one of them (`make test-live`: first in the one, then in the other), or in
windows: the stand-in over COM, for Python on Windows (`make test-windows`).
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest

from xl_perf import buttons

if TYPE_CHECKING:
    import xlwings

SWITCH: Final = "XL_PERF_ENGINE"
LIBREOFFICE, MEMORY, WINDOWS = "libreoffice", "memory", "windows"

office = pytest.mark.office
"""Of tests that run in LibreOffice."""
only_libreoffice = pytest.mark.only_libreoffice
"""Of tests that look behind the engine."""
only_excel = pytest.mark.only_excel
"""Of what only Excel does."""


def engine_asked_for() -> str | None:
    """What XL_PERF_ENGINE says; None where each test goes by its marks."""
    asked = os.environ.get(SWITCH) or None
    assert asked in (None, LIBREOFFICE, MEMORY, WINDOWS), asked
    return asked


def engines_of(has_mark: Callable[[str], bool]) -> list[str]:
    """The engines in which a test with these marks runs now; none where what it needs is not the one asked for."""
    is_office, is_excel = has_mark("only_libreoffice"), has_mark("only_excel")
    asked = engine_asked_for()
    if asked is not None:
        is_other = is_excel if asked == LIBREOFFICE else is_office
        return [] if is_other else [asked]
    return [LIBREOFFICE if is_office or has_mark("office") else MEMORY]


class Program(Protocol):
    """A program that holds books, and the person in front of it."""

    app: "xlwings.App"
    name: str

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

    name = LIBREOFFICE

    def __init__(self, app: "xlwings.App") -> None:
        self.app = app

    @property
    def alerts(self) -> Any:
        return self.app.impl.alerts

    def expect(self, _: "xlwings.Book", patch: pytest.MonkeyPatch) -> None:
        patch.setenv(buttons.PIPE, self.app.impl.pipe)
        _in_front(self.app, patch)

    def protect_structure(self, book: "xlwings.Book") -> None:
        book.api.protect("")

    def choices(self, cell: "xlwings.Range") -> str:
        return str(cell.api.Validation.getFormula1())


class StandIn:
    """xlwings' engine for Windows, on the stand-in for Excel."""

    name = MEMORY

    def __init__(self) -> None:
        from tests.excel.engine import Excel
        from xl_perf.engines import xlwings_import

        engines = xlwings_import.load().engines
        active = engines.active
        self.excel = Excel()
        engines.active = active  # it is LibreOffice's where a test asks for that alone
        self.app: xlwings.App = self.excel.app

    @property
    def alerts(self) -> Any:
        return self.excel.alerts

    def expect(self, book: "xlwings.Book", patch: pytest.MonkeyPatch) -> None:
        patch.delenv(buttons.PIPE, raising=False)
        _in_front(self.app, patch)
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


def _in_front(app: "xlwings.App", patch: pytest.MonkeyPatch) -> None:
    """xlwings brings sheets to the front in the active engine only."""
    from xl_perf.engines import xlwings_import

    patch.setattr(xlwings_import.load().engines, "active", app.engine)
