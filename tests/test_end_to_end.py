"""From the template to the summary, in LibreOffice, with the buttons that staff press.

The eight projects of tools/example-2023.toml are typed in as a person would, through the engine; what the buttons then
do is compared with what the command line does with the saved file.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import xl_perf
from tests.typing_in import type_in
from tools.build_example import example
from xl_perf import buttons, profiles
from xl_perf.books.libreoffice import office
from xl_perf.core import draft, form

if TYPE_CHECKING:
    import xlwings

TEMPLATE = Path(__file__).parents[1] / "workbooks" / "template.xlsm"
HEBEI = profiles.load("hebei-2023")
SHEETS = [f"{number:02}" for number in range(1, 9)]


class Desk:
    """The open workbook, and somebody who presses its buttons."""

    def __init__(self, app: "xlwings.App", book: "xlwings.Book") -> None:
        self.app, self.book = app, book

    def press(self, button: str, sheet: str = form.COVER_SHEET, answers: tuple[str, ...] = ()) -> str:
        """Presses a button on a sheet; gives what was said last."""
        self.book.activate()
        self.book.sheets[sheet].activate()
        alerts = self.app.impl.alerts
        alerts.kept.clear()
        alerts.answers[:] = answers
        assert getattr(buttons, button)() == 0
        assert alerts.answers == []
        return str(alerts.kept[-1].prompt)


@pytest.fixture(scope="module")
def desk(office_app: "xlwings.App") -> Iterator[Desk]:
    """The template with the eight projects typed in, and no ninth form."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(buttons.PIPE, office_app.impl.pipe)
        book = office.open_with_buttons(office_app, TEMPLATE)
        desk = Desk(office_app, book)
        for number in range(2, 10):
            assert f"“{number:02}”" in desk.press("add_project")
        desk.press("undo", answers=("yes",))
        assert [name for name in book.sheet_names if name.isdigit()] == SHEETS
        type_in(book, example(), HEBEI)
        yield desk
        book.close()


def test_print(desk: Desk, tmp_path: Path) -> None:
    print(desk.press("validate"))
    for row in desk.book.sheets[form.FINDINGS_SHEET].used_range.value[:12]:
        print(row)
    print(desk.press("consolidate"))
    desk.book.save(tmp_path / "a.xlsx")
    d = xl_perf.read(tmp_path / "a.xlsx")
    print(draft.department_content(d))
    print(draft.department_content(example()))
    assert 0
