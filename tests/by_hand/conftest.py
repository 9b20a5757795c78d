"""A screen, a LibreOffice window on it, and a person's hands: mouse and keyboard through xdotool."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.display import Display, settled, until
from tests.office import NOT_HERE
from xl_perf.engines.libreoffice import office

if TYPE_CHECKING:
    import xlwings

TEMPLATE = Path(__file__).parents[2] / "workbooks" / "template.xlsm"


@pytest.fixture
def screen(office_app: object, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Display]:
    """A screen, where Xvfb and xdotool are there; a parameter says how large."""
    if not display.is_here():
        if "office" in os.environ.get("XL_PERF_REQUIRE", ""):
            pytest.fail(f"没有 {'、'.join(display.PROGRAMS)}，而 XL_PERF_REQUIRE 要求它们", pytrace=False)
        pytest.skip(f"{NOT_HERE}（没有 {'、'.join(display.PROGRAMS)}）")
    with display.display(tmp_path, getattr(request, "param", "1366x768")) as found:
        yield found


@pytest.fixture
def window(screen: Display, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[xlwings.Book]":
    """A copy of the template (nobody else has that open) in a LibreOffice window on that screen."""
    monkeypatch.setenv("DISPLAY", screen.name)
    path = tmp_path / "部门.xlsm"
    shutil.copy(TEMPLATE, path)
    with office.running(office.free_pipe()) as app:
        book = office.open_with_buttons(app, path)
        yield book
        book.close()


class Hands:
    """A person at that window."""

    def __init__(self, book: "xlwings.Book", screen: Display) -> None:
        self.book = book
        self.screen = screen

    def click_cell(self, sheet: str, address: str) -> None:
        """A click on a cell of the sheet in front."""
        here = self.book.sheets[sheet]
        self.screen.click(settled(lambda: display.cell_on_sheet(here, address), f"{sheet}!{address}"))

    def press(self, sheet: str, caption: str) -> None:
        """A click on a button of the sheet in front."""
        here = self.book.sheets[sheet]
        self.screen.click(settled(lambda: display.button_on_sheet(here, caption), f"{caption} on {sheet}"))

    def read_and_close(self) -> str:
        """What the next message says, which is then closed."""
        box = settled(self._said, "the message")
        until(self._answered, "the message closed")
        self.screen.focus(self.book.name)
        return box.text

    def _said(self) -> display.MessageBox | None:
        box = display.message_box(self.book.app)
        return box if box is not None and box.text else None

    def _answered(self) -> bool:
        """Whether no message is open; one that is gets its button pressed again, as a person does."""
        box = display.message_box(self.book.app)
        if box is None:
            return True
        (ok,) = box.buttons.values()
        self.screen.click(ok)
        return False


@pytest.fixture
def hands(window: "xlwings.Book", screen: Display) -> Hands:
    return Hands(window, screen)
