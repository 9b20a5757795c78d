"""The font of cells, and colours as numbers."""

from collections.abc import Callable
from typing import Any, Final

from xl_perf.engines.libreoffice.bridge import enum
from xl_perf.engines.libreoffice.member import Member

_BOLD_FROM: Final = 150.0  # com.sun.star.awt.FontWeight
_NORMAL: Final = 100.0
_SCRIPTS: Final = ("", "Asian")
"""LibreOffice keeps a font for Latin and one for Chinese letters; Excel has one."""


def color_number(color: str | int | tuple[int, int, int]) -> int:
    """LibreOffice's number, 0xRRGGBB, of ``#rrggbb``, a triple, or Excel's number, which is 0xBBGGRR."""
    if isinstance(color, str):
        return int(color.removeprefix("#"), 16)
    if isinstance(color, int):
        return (color & 0xFF) << 16 | color & 0xFF00 | color >> 16 & 0xFF
    red, green, blue = color
    return red << 16 | green << 8 | blue


def color_parts(number: int) -> tuple[int, int, int]:
    """Red, green and blue of LibreOffice's number."""
    return number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF


class Font(Member):
    """The font of some cells. Properties are None where the cells differ."""

    def __init__(self, cells: Any, check: Callable[[], None]) -> None:
        self._cells = cells
        self._check = check

    def _get(self, name: str) -> Any:
        if self._cells.getPropertyState(name).value == "AMBIGUOUS_VALUE":
            return None
        return self._cells.getPropertyValue(name)

    def _set(self, name: str, value: Any) -> None:
        self._check()
        for script in _SCRIPTS:
            self._cells.setPropertyValue(f"{name}{script}", value)

    @property
    def bold(self) -> bool | None:
        """Whether letters are bold."""
        weight = self._get("CharWeight")
        return None if weight is None else weight >= _BOLD_FROM

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD_FROM if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether letters are slanted."""
        slant = self._get("CharPosture")
        return None if slant is None else slant.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """Points."""
        found: float | None = self._get("CharHeight")
        return found

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """The typeface of Latin letters."""
        found: str | None = self._get("CharFontName")
        return found

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Red, green, blue; None also for the automatic colour."""
        number = self._get("CharColor")
        return None if number is None or number < 0 else color_parts(number)

    @color.setter
    def color(self, value: Any) -> None:
        self._check()
        self._cells.CharColor = -1 if value is None else color_number(value)
