"""Takes the pictures in docs/images/: the example's projects in the template, opened by LibreOffice (Linux, with Xvfb).

The workbook is filled and its buttons are pressed as in tests/test_end_to_end.py; then the window is photographed.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.display import Display, Point, display
from tests.typing_in import type_in
from tools.build_example import example
from xl_perf import buttons, profiles
from xl_perf.core.workbook.sheets import COVER_SHEET, FINDINGS_SHEET, SUMMARY_SHEET
from xl_perf.engines.libreoffice import office

if TYPE_CHECKING:
    import xlwings

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATE: Final = ROOT / "workbooks" / "template.xlsm"
IMAGES: Final = ROOT / "docs" / "images"
PICTURES: Final = {
    "cover": COVER_SHEET,
    "form": "02",
    "summary": SUMMARY_SHEET,
    "findings": FINDINGS_SHEET,
}
"""Names of the pictures, and the sheets that they show."""
_ZOOM: Final = 70
_DRAWN: Final = 3.0  # seconds until a window is painted
_FAR_AWAY: Final = "AZ200"


def main() -> int:
    """Writes the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, display(Path(folder), "1200x720") as screen:
        os.environ["DISPLAY"] = screen.name
        path = Path(folder) / "部门.xlsm"
        shutil.copy(TEMPLATE, path)
        os.environ[buttons.PIPE] = pipe = office.free_pipe()
        with office.running(pipe) as app:
            app.impl.alerts.headless = True  # nobody is there to close messages
            book = office.open_with_buttons(app, path)
            fill(book)
            photograph(book, screen)
            book.close()
    return 0


def fill(book: "xlwings.Book") -> None:
    """The eight projects, added up and checked."""
    for _ in range(len(example().projects) - 1):
        book.sheets[COVER_SHEET].activate()
        buttons.add_project()
    type_in(book, example(), profiles.load())
    book.sheets[PICTURES["form"]].activate()
    buttons.fit_rows()
    buttons.consolidate()
    buttons.validate()


def photograph(book: "xlwings.Book", screen: Display) -> None:
    """One picture of each sheet, from its upper left corner."""
    controller = book.impl.controller
    controller.getFrame().LayoutManager.setVisible(False)  # menus and toolbars
    screen.point(Point(1199, 719))
    for name, sheet in PICTURES.items():
        book.sheets[sheet].activate()
        controller.ZoomType, controller.ZoomValue = 3, _ZOOM  # com.sun.star.view.DocumentZoomType.BY_VALUE
        book.sheets[sheet][_FAR_AWAY].select()  # a selected cell would be framed
        controller.setFirstVisibleRow(0)
        controller.setFirstVisibleColumn(0)
        time.sleep(_DRAWN)
        print(screen.screenshot(IMAGES / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
