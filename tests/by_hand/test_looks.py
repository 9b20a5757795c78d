"""What a person meets on a screen of 1366 by 768: percentages as they are typed, a link, every button."""

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.display import Display, Point, settled
from xl_perf.core.actions import ACTIONS
from xl_perf.core.workbook.sheets import COVER_SHEET

if TYPE_CHECKING:
    import xlwings

    from tests.by_hand.conftest import Hands

pytestmark = pytest.mark.slow
RIGHT_EDGE, LOWER_EDGE = 1304, 710
"""Of what is seen of a sheet, right of which LibreOffice has its sidebar."""


def _typed(hands: "Hands", screen: Display, cell: str, text: str) -> display.MessageBox | None:
    hands.click_cell("01", cell)
    screen.type(text)
    screen.key("Return")
    time.sleep(1)
    return display.message_box(hands.book.app)


def _buttons(sheet: "xlwings.Sheet", captions: list[str]) -> list[Point]:
    """Where they are, as soon as the sheet is on the screen."""
    return [settled(partial(display.button_on_sheet, sheet, caption), caption) for caption in captions]


@pytest.mark.parametrize("screen", ["1366x768"], indirect=True)
def test_on_a_small_screen(hands: "Hands", window: "xlwings.Book", screen: Display) -> None:
    cover, form = window.sheets[COVER_SHEET], window.sheets["01"]
    points = _buttons(cover, [one.caption for one in ACTIONS if one.on_cover])
    assert all(point.x + 50 < RIGHT_EDGE and point.y < LOWER_EDGE for point in points)

    hands.click_cell(COVER_SHEET, "B10")
    time.sleep(1)
    selection = window.app.selection
    assert selection is not None
    assert (window.sheets.active.name, selection.address) == ("01", "$B$2:$C$2")
    points = _buttons(form, [one.caption for one in ACTIONS if one.on_form])
    assert all(point.x + 42 < RIGHT_EDGE and point.y < LOWER_EDGE for point in points)

    for cell, text in {"B6": "25%", "C6": "90%", "F6": "100%"}.items():
        assert _typed(hands, screen, cell, text) is None
    asked = _typed(hands, screen, "D6", "1")
    assert asked is not None
    assert "填 1 就是 1%" in asked.text
    display.answer(hands.book.app, screen, "Cancel")
    screen.key("Escape")
    assert _typed(hands, screen, "D6", "95") is None
    assert form["D6"].value == 0.95
    assert form["I2"].value == "未填完"
    assert form["I6"].value is None
