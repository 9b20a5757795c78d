"""The columns of a list that people fill in: 处理情况 or 备注, and those that they added to the list before."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xl_perf.core.workbook.typed import Earlier, Typed
from xl_perf.sheets.lists import PEOPLE, Column
from xl_perf.sheets.texts import row_height
from xl_perf.written.put import put
from xl_perf.written.stream import BLANK, StreamedSheet, amount, text
from xl_perf.written.styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HANDLED: Final = "处理情况"
REMARKS: Final = "备注"
WIDTH: Final = 24.0


class PeopleColumns:
    """Stands right of our own columns; what people typed into the list before is put into the rows of the same things.

    ``labels`` are the headings that the list has anyhow.
    """

    def __init__(self, sheet: str, earlier: Earlier, *labels: str) -> None:
        self._sheet, self._earlier = sheet, earlier
        self.labels = (*labels, *earlier.more_columns(sheet, labels))
        self.columns = [Column(label, WIDTH, PEOPLE) for label in self.labels]
        self._blanks = [BLANK] * len(self.labels)

    def join(self, sheet: StreamedSheet, styles: Styles) -> None:
        """Adds the columns to a streamed list, behind its own so far."""
        sheet.columns_for_people(styles("input"), len(self.labels))

    def take(self, row: Sequence[str | None], *more: str) -> dict[str, Typed]:
        """What people typed into the row about this, by heading; also below ``more`` headings of ours."""
        return self._earlier.take(self._sheet, row, (*self.labels, *more))

    def cells(self, typed: dict[str, Typed]) -> Sequence[bytes]:
        """What the cells of a streamed row hold."""
        return [_cell(typed.get(label, "")) for label in self.labels] if typed else self._blanks

    def height(self, typed: dict[str, Typed], least: float) -> float:
        """The height that a row needs in points."""
        return row_height(((str(content), WIDTH) for content in typed.values()), least) if typed else least

    def write(self, sheet: "Worksheet", styles: Styles, row: int, column: int, about: Sequence[str | None]) -> None:
        """The cells of a row of any other sheet, from ``column`` on."""
        typed = self.take(about)
        for at, label in enumerate(self.labels, column):
            put(sheet, (row, at, row, at), typed.get(label), styles("input"))


def _cell(content: Typed) -> bytes:
    return text(content) if isinstance(content, str) else amount(Decimal(repr(content)))
