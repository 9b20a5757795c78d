"""A real press of a real button: mouse → button → VBA → Shell → ``xl-perf button`` → pipe → engine → message box."""

from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.display import Display, Point, settled, until
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.workbook.sheets import COVER_SHEET
from xl_perf.engines.libreoffice.protection import Refused

if TYPE_CHECKING:
    import xlwings

    from tests.by_hand.conftest import Hands


def test_a_button_comes_up_again(screen: Display, hands: "Hands") -> None:
    """As it shows, once its message was read; the message has the program's name."""
    cover = hands.book.sheets[COVER_SHEET]
    button = settled(lambda: display.button_on_sheet(cover, "清除标记"), "the button on the screen")
    corner = Point(button.x - 35, button.y - 8)
    screen.point(Point(600, 600))
    before = settled(lambda: screen.colour(corner), "the button drawn")
    hands.press(COVER_SHEET, "清除标记")
    box = settled(lambda: display.message_box(hands.book.app), "the message")
    assert box.title == "预算绩效"
    hands.read_and_close()
    screen.point(Point(600, 600))
    until(lambda: screen.colour(corner) == before, "the button up again", 10)


def test_button_is_pressed(window: "xlwings.Book", screen: Display, hands: "Hands") -> None:
    cover = window.sheets[COVER_SHEET]
    assert "02" not in window.sheet_names
    screen.click(settled(lambda: display.button_on_sheet(cover, "新增项目"), "the button on the screen"))
    box = settled(lambda: display.message_box(window.app), "the message")
    assert box.text == "已新增项目表“02”，列在首页。"
    with pytest.raises(Refused):
        window.close()
    hands.read_and_close()
    assert window.sheets["02"]["A1"].value == DEFAULT.title
    assert window.sheets["02"].api.ProtectContents
    assert window.sheets.active.name == "02"
    assert "02" in [row[1] for row in cover["A10:B19"].value]
