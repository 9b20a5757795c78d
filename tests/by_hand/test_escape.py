"""Esc, pressed on the keyboard while a button works."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import departments
from tests.by_hand.conftest import Hands
from tests.display import Display, until
from tests.live.conftest import new_book
from xl_perf import buttons
from xl_perf.core.making import draft
from xl_perf.engines.libreoffice import office

pytestmark = pytest.mark.slow
PROJECTS = 30


def test_esc_stops_a_button(screen: Display, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, soon after the button has begun to work."""
    monkeypatch.setenv("DISPLAY", screen.name)
    projects = [departments.whole(name=f"项目{number}") for number in range(PROJECTS)]
    path = new_book(draft.department(name="甲", year=2023, projects=projects), tmp_path)
    with office.running(office.free_pipe()) as app:
        book = office.open_with_buttons(app, path)
        hands = Hands(book, screen)
        hands.click_cell("首页", "C6")
        pressed = subprocess.Popen(
            [sys.executable, "-m", "xl_perf", "button", "validate"],
            cwd=Path(__file__).parents[2],
            env=os.environ | {buttons.PIPE: app.impl.pipe},
        )
        try:
            until(book.impl.api.hasControllersLocked, "the button at work")
            time.sleep(0.3)
            screen.key("Escape")
            assert hands.read_and_close() == "已按 Esc 停止，工作簿没有改动。需要时再按一次按钮。"
            assert pressed.wait(60) == 0
        finally:
            pressed.kill()
        assert not book.impl.api.isModified()
        book.close()
