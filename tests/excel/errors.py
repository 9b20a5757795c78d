"""Excel's error values: as cells hold them, and the numbers that stand for them in a VARIANT."""

from typing import Final

NUMBERS: Final = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
    "#GETTING_DATA": 2043,
    "#SPILL!": 2045,
    "#CONNECT!": 2046,
    "#BLOCKED!": 2047,
    "#UNKNOWN!": 2048,
    "#FIELD!": 2049,
    "#CALC!": 2050,
}
"""CVErr's numbers, from Microsoft's list XlCVError and its later additions."""
_FIRST: Final = -2146828288
"""0x800A0000: what a VARIANT of type VT_ERROR holds for CVErr(0)."""


class CellError(Exception):
    """An error value, and what formulas raise inside."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    @property
    def number(self) -> int:
        """As it comes through COM: a negative int."""
        return _FIRST + NUMBERS[self.text]


class Refused(Exception):
    """Excel does not do it: error 1004 with this text."""


class NotThere(Exception):
    """There is no such sheet, name or shape: error 1004 or 9, which come alike."""
