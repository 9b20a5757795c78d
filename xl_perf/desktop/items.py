"""What the doctor reports, and what it is told about files that it does not open itself."""

from pathlib import Path
from typing import NamedTuple

from xl_perf.core.errors import XlPerfError


class Item(NamedTuple):
    """One thing looked at: what, what was found, and what to do about it ("" where nothing stands in the way)."""

    what: str
    found: str
    remedy: str = ""

    @property
    def fine(self) -> bool:
        """Nothing stands in the way."""
        return not self.remedy


class BookFacts(NamedTuple):
    """What is known about a workbook or add-in.

    ``macros``: there is a VBA project. ``xlwings`` is the version of the module in it, "" where it has none;
    ``version`` is that of the template it was made from, ``forms`` names the kinds of form in it, for people,
    ``forms_remedy`` says what to do where they could not be read.
    ``problem`` says why it could not be read.
    """

    what: str
    path: Path
    there: bool = True
    macros: bool = True
    xlwings: str = ""
    version: str = ""
    from_libreoffice: bool = False
    forms: str = ""
    forms_remedy: str = ""
    problem: XlPerfError | None = None


class Versions(NamedTuple):
    """This program's: of the installed xlwings, and of the template that it writes."""

    xlwings: str
    template: str
