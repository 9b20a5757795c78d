"""What a person is typing when a button is pressed stays where it was typed, and the keyboard stays in the cell."""

import time
from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.display import Display, settled, until
from xl_perf.core.workbook.sheets import COVER_SHEET

if TYPE_CHECKING:
    import xlwings

    from tests.by_hand.conftest import Hands

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("text", "formula"), [("abc", "abc"), ("=1+2", "=1+2")])
def test_open_cell_is_entered_where_it_is(
    text: str, formula: str, hands: "Hands", window: "xlwings.Book", screen: Display
) -> None:
    hands.click_cell(COVER_SHEET, "C5")
    screen.type(text)
    hands.press(COVER_SHEET, "新增项目")
    assert hands.read_and_close() == "已新增项目表“02”，列在首页。"
    assert window.sheets[COVER_SHEET]["C5"].formula == formula
    assert window.sheets["02"]["A1:G3"].value == window.sheets["空白表"]["A1:G3"].value


def test_what_libreoffice_asks_about_an_entry_comes_first(
    hands: "Hands", window: "xlwings.Book", screen: Display
) -> None:
    """It proposes a correction of a formula; the button waits for the answer, and then does its work."""
    hands.click_cell(COVER_SHEET, "C5")
    screen.type("=C6+")
    hands.press(COVER_SHEET, "新增项目")
    asked = settled(lambda: display.message_box(window.app), "LibreOffice's question")
    assert asked.buttons.keys() == {"Yes", "No"}
    time.sleep(4)
    assert "02" not in window.api.getSheets().getElementNames()
    display.answer(window.app, screen, "Yes")
    until(lambda: "02" in window.api.getSheets().getElementNames(), "the new sheet")
    assert hands.read_and_close() == "已新增项目表“02”，列在首页。"
    assert window.sheets[COVER_SHEET]["C5"].formula == "=C6"


def test_keys_after_a_press_go_to_the_cell(hands: "Hands", window: "xlwings.Book", screen: Display) -> None:
    hands.click_cell(COVER_SHEET, "C5")
    for _ in range(2):
        hands.press(COVER_SHEET, "清除标记")
        assert hands.read_and_close() == "没有需要清除的标记。"
    screen.key("space", "Return")
    screen.type("123")
    screen.key("Return")
    time.sleep(4)
    assert display.message_box(window.app) is None
    assert window.sheets[COVER_SHEET]["C5:C6"].value == [" ", "123"]
