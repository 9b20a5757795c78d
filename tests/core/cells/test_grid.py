"""Cells and rows."""

from xl_perf.core.cells.grid import is_blank_row


def test_blank_row() -> None:
    """Nothing, however it is said; 0 and white space are something."""
    assert is_blank_row(())
    assert is_blank_row(["", None, ""])
    assert not any(is_blank_row(["", something]) for something in (0, 0.0, False, " ", "无"))
