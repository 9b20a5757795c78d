"""How an open cell is found on the screen (the rest of it is typed by hand: tests/by_hand)."""

import pytest

from xl_perf.engines.libreoffice import cell_edit


class Gone(Exception):
    """What LibreOffice raises for a child that it counted and does not have."""


class Place:
    """Something on the screen that counts one part more than it has."""

    def __init__(self, role: int, *parts: "Place") -> None:
        self.role, self.parts = role, parts

    def getAccessibleContext(self) -> "Place":  # noqa: N802
        return self

    def getAccessibleRole(self) -> int:  # noqa: N802
        return self.role

    def getAccessibleChildCount(self) -> int:  # noqa: N802
        return len(self.parts) + 1

    def getAccessibleChild(self, at: int) -> "Place":  # noqa: N802
        if at >= len(self.parts):
            raise Gone
        return self.parts[at]


def test_parts_that_are_counted_and_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of the hint at a selected cell are: once this failed every button on that sheet."""
    monkeypatch.setattr(cell_edit, "exception", lambda _: Gone)
    sheet = Place(cell_edit._SPREADSHEET, Place(1))
    window = Place(2, Place(3, sheet))
    assert [one.role for one in cell_edit._inside(window)] == [2, 3, cell_edit._SPREADSHEET]
    assert len(cell_edit._parts(sheet)) == 1
