"""An open book in tests: what is in its cells, how they look, what the person answers."""

from typing import TYPE_CHECKING, Any

from tests.live.programs import Program
from xl_perf import buttons
from xl_perf.core.model.department import Department
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.live.host import Host
from xl_perf.live.reading import department_of

if TYPE_CHECKING:
    import xlwings


class Desk:
    """A host, and shorter ways to look at its book."""

    def __init__(self, host: Host, program: Program) -> None:
        self.host = host
        self.book = host.book
        self.program = program

    def __getitem__(self, place: tuple[str, str]) -> "xlwings.Range":
        sheet, address = place
        return self.book.sheets[sheet].range(address)

    def go(self, sheet: str, address: str = "A1") -> None:
        """Puts the cursor there."""
        self.book.sheets[sheet].activate()
        self.book.sheets[sheet].range(address).select()

    def answer(self, *answers: str) -> None:
        """What the next questions are answered with."""
        self.program.alerts.answers.extend(answers)

    def press(self, button: str, sheet: str = COVER_SHEET, answers: tuple[str, ...] = ()) -> str:
        """Presses a button on a sheet, as the program would that VBA starts; gives what was said last.

        The environment must name the pipe (`buttons.PIPE`); the fixtures in tests/live see to it.
        """
        self.book.activate()
        self.book.sheets[sheet].activate()
        alerts = self.program.alerts
        alerts.kept.clear()
        alerts.answers[:] = answers
        assert buttons.run(button) == 0
        assert alerts.answers == []
        return str(alerts.kept[-1].prompt) if alerts.kept else ""

    @property
    def said(self) -> list[str]:
        """Messages and questions so far."""
        return [alert.prompt for alert in self.program.alerts.kept]

    def read(self) -> Department:
        return department_of(self.host)

    def looks(self, sheet: str, address: str) -> dict[str, tuple[Any, str | None]]:
        """Fill and note of every cell."""
        return {
            cell.address: (cell.color, None if cell.note is None else cell.note.text) for cell in self[sheet, address]
        }

    def all_looks(self) -> dict[str, dict[str, tuple[Any, str | None]]]:
        """Of the sheets on which marks are put."""
        return {name: self.looks(name, "A1:F6") for name in ("01", "02", "03")}

    @property
    def cursor(self) -> str:
        """The selected cell."""
        selection = self.host.app.selection
        assert selection is not None
        return selection.address

    def height(self, sheet: str, address: str) -> float:
        """Of a row, in points."""
        found = self[sheet, address].row_height
        assert found is not None
        return found

    def column(self, sheet: str, address: str) -> list[Any]:
        return list(self[sheet, address].options(ndim=1).value)


def above_copy(said: str | None) -> str:
    """What was said, but for the line on the copy that was made before."""
    return str(said).partition("\n操作前的工作簿备份在：")[0]
