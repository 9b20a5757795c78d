"""Notes of cells."""

from typing import TYPE_CHECKING, Any, Final

from xl_perf.engines.libreoffice.member import Member
from xl_perf.engines.libreoffice.protection import check_unprotected

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.cell_range import Range

_NOTES: Final = 8  # com.sun.star.sheet.CellFlags


class Note(Member):
    """The note of one cell. LibreOffice's own object is asked for where it is not given."""

    def __init__(self, cell: "Range", annotation: Any = None) -> None:
        self._cell = cell
        self._api = annotation

    @property
    def api(self) -> Any:
        """LibreOffice's annotation. It stands for the note at its place, whatever that says later."""
        if self._api is None:
            self._api = self._cell.api.getCellByPosition(0, 0).getAnnotation()
        return self._api

    @property
    def text(self) -> str:
        """What the note says."""
        return str(self.api.getString())

    @text.setter
    def text(self, value: str) -> None:
        check_unprotected(self._cell.sheet, "no notes")
        self.api.setString(value)

    @property
    def author(self) -> str:
        """Who wrote it, where LibreOffice knows."""
        return str(self.api.getAuthor())

    @property
    def location(self) -> "Range":
        """The cell."""
        return self._cell

    def delete(self) -> None:
        """Takes the note away."""
        check_unprotected(self._cell.sheet, "no notes")
        self._cell.api.clearContents(_NOTES)


def note_of(cell: "Range") -> Note | None:
    """The note of a cell; LibreOffice gives one without a text where there is none."""
    note = Note(cell)
    return note if note.text else None
