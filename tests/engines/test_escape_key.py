"""Esc as Windows tells of it: only what is pressed in Excel counts."""

from typing import Any

from xl_perf.engines.escape_key import WindowsEscape

EXCEL, OTHER_EXCEL_WINDOW, BROWSER = 11, 12, 13
PROGRAMS = {EXCEL: 100, OTHER_EXCEL_WINDOW: 100, BROWSER: 200}


class User32:
    """Of user32 what is asked of it. A key that was pressed is told once."""

    def __init__(self) -> None:
        self.front, self.pressed, self.is_down = EXCEL, False, False

    def GetAsyncKeyState(self, key: int) -> int:  # noqa: N802
        assert key == 0x1B
        state = (0x8000 if self.is_down else 0) | int(self.pressed)
        self.pressed = False
        return state - 0x10000 if self.is_down else state  # a SHORT

    def GetForegroundWindow(self) -> int:  # noqa: N802
        return self.front

    def GetWindowThreadProcessId(self, window: int, found: Any) -> int:  # noqa: N802
        found._obj.value = PROGRAMS[window]
        return 1


def heard(escape: WindowsEscape) -> bool:
    return escape.was_pressed


def test_pressed_between_two_looks() -> None:
    keys = User32()
    escape = WindowsEscape(keys, EXCEL)
    assert not heard(escape)
    keys.pressed = True
    assert heard(escape)
    assert heard(escape)


def test_held_down_in_another_window_of_excel() -> None:
    keys = User32()
    escape = WindowsEscape(keys, EXCEL)
    keys.is_down, keys.front = True, OTHER_EXCEL_WINDOW
    assert heard(escape)


def test_what_was_pressed_before_or_elsewhere_does_not_count() -> None:
    keys = User32()
    keys.pressed = True
    escape = WindowsEscape(keys, EXCEL)
    assert not heard(escape)
    keys.pressed, keys.front = True, BROWSER
    assert not heard(escape)
    keys.pressed, keys.front = True, EXCEL
    escape.forget()
    assert not heard(escape)
