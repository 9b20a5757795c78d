"""Defined names of a book and of its sheets."""

from typing import TYPE_CHECKING, Any

from xl_perf.engines.libreoffice.addresses import parse
from xl_perf.engines.libreoffice.bridge import struct
from xl_perf.engines.libreoffice.formulas import to_excel, to_office
from xl_perf.engines.libreoffice.member import Member

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.books import Book
    from xl_perf.engines.libreoffice.cell_range import Range
    from xl_perf.engines.libreoffice.sheets import Sheet


class Names(Member):
    """The names of a book (those of its sheets included, as ``'01'!预算数``), or of one sheet."""

    def __init__(self, book: "Book", sheet: "Sheet | None" = None) -> None:
        self._book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        """LibreOffice's own collection."""
        return (self._book.api if self._sheet is None else self._sheet.api.uno).NamedRanges

    def snapshot(self) -> list[tuple[str, "Name"]]:
        """All names with what they are called."""
        found = [] if self._sheet else [Name(self._book, None, name) for name in self.api.getElementNames()]
        for sheet in [self._sheet] if self._sheet else list(self._book.sheets):
            found += [Name(self._book, sheet, name) for name in sheet.api.uno.NamedRanges.getElementNames()]
        return [(name.name, name) for name in found]

    def __len__(self) -> int:
        return len(self.snapshot())

    def __call__(self, name: str) -> "Name":
        scope, _, local = name.rpartition("!")
        sheet = self._sheet
        if scope:
            sheet = self._book.sheets(scope.removeprefix("'").removesuffix("'").replace("''", "'"))
        names = (self._book.api if sheet is None else sheet.api.uno).NamedRanges
        wanted = local.casefold()
        exact = next((one for one in names.getElementNames() if _shown(one).casefold() == wanted), None)
        if exact is None:
            raise KeyError(name)
        return Name(self._book, sheet, exact)

    def contains(self, name: str) -> bool:
        """Whether there is such a name, in whatever case."""
        try:
            self(name)
        except KeyError:
            return False
        return True

    def add(self, name: str, refers_to: str) -> "Name":
        """Defines a name; one of that name is replaced, as in Excel."""
        origin = struct("com.sun.star.table.CellAddress", Sheet=0 if self._sheet is None else self._sheet.number)
        if self.api.hasByName(name):
            self.api.removeByName(name)
        self.api.addNewByName(name, to_office(refers_to).removeprefix("="), origin, 0)
        return Name(self._book, self._sheet, name)


class Name(Member):
    """A defined name."""

    def __init__(self, book: "Book", sheet: "Sheet | None", name: str) -> None:
        self._book = book
        self._sheet = sheet
        self._name = name

    @property
    def api(self) -> Any:
        """LibreOffice's own object."""
        return (self._book.api if self._sheet is None else self._sheet.api.uno).NamedRanges.getByName(self._name)

    @property
    def name(self) -> str:
        """What it is called; a name of a sheet as ``'01'!预算数``."""
        return _shown(self._name) if self._sheet is None else f"{self._sheet.quoted}!{_shown(self._name)}"

    @name.setter
    def name(self, value: str) -> None:
        local = value.rpartition("!")[2]
        self.api.setName(local)
        self._name = local

    @property
    def refers_to(self) -> str:
        """``='01'!$C$3``."""
        return f"={to_excel(str(self.api.getContent()))}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(to_office(value).removeprefix("="))

    @property
    def refers_to_range(self) -> "Range":
        """The cells. Raises a ValueError where it stands for something else."""
        scope, _, address = self.refers_to.removeprefix("=").rpartition("!")
        if not scope or parse(address) is None:
            raise ValueError(f"{self.name} refers to {self.refers_to}")
        return self._book.sheets(scope.removeprefix("'").removesuffix("'").replace("''", "'")).range(address)

    def is_for(self, cells: "Range") -> bool:
        """Whether it stands for exactly these cells."""
        try:
            own = self.refers_to_range
        except ValueError:
            return False
        return own.block == cells.block and own.sheet.name == cells.sheet.name

    def delete(self) -> None:
        """Takes the name away; the cells stay."""
        (self._book.api if self._sheet is None else self._sheet.api.uno).NamedRanges.removeByName(self._name)


def _shown(name: str) -> str:
    """Excel shows its built-in names, such as Print_Area, without the prefix that they have in files."""
    return name.removeprefix("_xlnm.")
