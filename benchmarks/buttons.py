"""What a press of each button costs with 40 and with 120 projects, in LibreOffice: times, and how they grow."""

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.books import department
from xl_perf import buttons
from xl_perf.core.actions import find
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.engines.libreoffice import office
from xl_perf.profiles import load
from xl_perf.written.template import write_department

if TYPE_CHECKING:
    import xlwings

SIZES: Final = (40, 120)
"""Projects: three times as many, with three times as many mistakes, may cost three times as much."""
ROUNDS: Final = 2


class Press(NamedTuple):
    """A button, the sheet on which it is pressed, what its questions are answered with, and what is undone by it."""

    button: str
    sheet: str = COVER_SHEET
    answers: tuple[str, ...] = ()
    undoes: str = ""

    @property
    def shown(self) -> str:
        """The button's caption."""
        action = find(self.button)
        assert action is not None
        return f"{action.caption}（{self.undoes}）" if self.undoes else action.caption


ORDER: Final = (
    Press("validate"),
    Press("validate_sheet", "02"),
    Press("clear_marks"),
    Press("consolidate"),
    Press("normalise", answers=("no",)),
    Press("add_project"),
    Press("undo", answers=("yes",), undoes="新增"),
    Press("copy_project", "02"),
    Press("undo", answers=("yes",), undoes="复制"),
    Press("add_indicator_row", "03"),
    Press("undo", undoes="增加行"),
    Press("delete_project", "04", ("yes",)),
    Press("undo", undoes="删除"),
)
"""As they are pressed, each round."""


def measured(size: int, rounds: int = ROUNDS) -> dict[Press, float]:
    """Seconds of each press on a book of so many projects: medians. A book's first round does not count.

    Raises `XlPerfError` where LibreOffice cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="xl-perf-bench-") as folder:
        path = Path(folder) / f"{size}个项目.xlsx"
        write_department(path, department(1, size=size, again_after=SIZES[0]), load())
        with office.running(office.free_pipe(), headless=True) as app:
            book = app.books.open(str(path))
            os.environ[buttons.PIPE] = app.impl.pipe
            try:
                spent = [_round(app, book) for _ in range(rounds + 1)][1:]
            finally:
                del os.environ[buttons.PIPE]
    return {press: statistics.median(one[press] for one in spent) for press in ORDER}


def _round(app: "xlwings.App", book: "xlwings.Book") -> dict[Press, float]:
    spent: dict[Press, float] = {}
    for press in ORDER:
        book.sheets[press.sheet].activate()
        if press.button == "add_indicator_row":
            book.sheets[press.sheet].range("C14").select()
        alerts = app.impl.alerts
        alerts.kept.clear()
        alerts.answers[:] = press.answers
        start = time.perf_counter()
        buttons.run(press.button)
        spent[press] = time.perf_counter() - start
        alerts.answers.clear()
    return spent
