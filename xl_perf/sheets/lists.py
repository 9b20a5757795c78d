"""Lists on sheets: where they begin, and what a column is."""

from typing import NamedTuple

TITLE_ROW, HEAD_ROW, HEADER_ROW, FIRST_ROW = range(4)
"""Of every list: title, a line of text, header, the first entry."""


class Column(NamedTuple):
    """A column of a list: its heading, its width, the key of what stands in it."""

    label: str
    width: float
    key: str = ""
