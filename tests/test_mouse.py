"""A real press of a real button: mouse → button → VBA → Shell → ``xl-perf button`` → pipe → engine → message box."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.display import Display, settled, until
from tests.office import NOT_HERE
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.engines.libreoffice import office
from xl_perf.engines.libreoffice.protection import Refused

if TYPE_CHECKING:
    import xlwings

TEMPLATE = Path(__file__).parents[1] / "workbooks" / "template.xlsm"


@pytest.fixture
def screen(office_app: object, tmp_path: Path) -> Iterator[Display]:
    """A screen, where Xvfb and xdotool are there."""
    if not display.is_here():
        if "office" in os.environ.get("XL_PERF_REQUIRE", ""):
            pytest.fail(f"没有 {'、'.join(display.PROGRAMS)}，而 XL_PERF_REQUIRE 要求它们", pytrace=False)
        pytest.skip(f"{NOT_HERE}（没有 {'、'.join(display.PROGRAMS)}）")
    with display.display(tmp_path) as found:
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


def answered(app: "xlwings.App", screen: Display) -> bool:
    """Whether no message is open; one that is gets its button pressed, as a person presses again what did not react."""
    box = display.message_box(app)
    if box is None:
        return True
    (ok,) = box.buttons.values()
    screen.click(ok)
    return False


def test_button_is_pressed(window: "xlwings.Book", screen: Display) -> None:
    cover = window.sheets[COVER_SHEET]
    assert "02" not in window.sheet_names
    screen.click(settled(lambda: display.button_on_sheet(cover, "新增项目"), "the button on the screen"))
    box = settled(lambda: display.message_box(window.app), "the message")
    assert box.text == "已新增项目表“02”，列在首页。"
    with pytest.raises(Refused):
        window.close()
    until(lambda: answered(window.app, screen), "the message closed")
    assert window.sheets["02"]["A1"].value == DEFAULT.title
    assert window.sheets["02"].api.ProtectContents
    assert window.sheets.active.name == "02"
    assert "02" in [row[1] for row in cover["A10:B19"].value]
