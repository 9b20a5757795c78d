"""LibreOffice saves no buttons in .xlsx and .xlsm: the toolbar has them all, and on the sheets they come back."""

import shutil
from typing import TYPE_CHECKING

import pytest

from tests import display
from tests.by_hand.conftest import TEMPLATE, Hands
from tests.by_hand.test_ended import started
from tests.display import Display, settled
from xl_perf.core.actions import ACTIONS
from xl_perf.core.workbook.sheets import COVER_SHEET

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
WIDTH = 1366
IN_SIGHT = ["校验全部", "下一个问题", "汇总", "清除标记", "撤销上次操作", "打包上报"]
"""What people press most; on a screen of 1366 pixels the last buttons are out of sight."""


def test_buttons_after_saving(screen: Display, tmp_path: "Path") -> None:
    path = tmp_path / "部门.xlsm"
    shutil.copy(TEMPLATE, path)
    folder = tmp_path / "tmp"
    folder.mkdir()
    with started(path, screen, folder) as (process, app):
        app.books.active.save()
        app.books.active.close()
        assert process.wait(30) == 0
    with started(path, screen, folder) as (process, app):
        book = app.books.active
        hands = Hands(book, screen)
        captions = display.toolbar(book, "预算绩效")
        assert sorted(captions) == sorted(one.caption for one in ACTIONS)
        first = [*captions][: len(IN_SIGHT)]
        assert first == IN_SIGHT
        across = [captions[caption].x for caption in first]
        assert across == sorted(set(across))
        assert across[-1] < WIDTH
        screen.click(settled(lambda: display.toolbar(book, "预算绩效"), "the toolbar")["清除标记"])
        assert hands.read_and_close() == "没有需要清除的标记。"
        hands.press(COVER_SHEET, "新增项目")
        assert hands.read_and_close() == "已新增项目表“02”，列在首页。"
        form = book.sheets["02"].api.uno.getDrawPage().getForms().getByIndex(0)
        assert all(len(form.getScriptEvents(at)) == 1 for at in range(form.getCount()))
        screen.click(settled(lambda: display.toolbar(book, "预算绩效"), "the toolbar")["复制项目"])
        assert hands.read_and_close().startswith("已把“02”复制为项目表“03”。")
        book.close()
        assert process.wait(30) == 0
