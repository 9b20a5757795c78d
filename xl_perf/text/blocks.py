"""What a text consists of, whatever the file: paragraphs and tables, in their order."""

from typing import Final, NamedTuple

MOST_COLUMNS: Final = 63
"""Of a Word table (Word's own limit)."""


class StyledText(NamedTuple):
    """A piece of a paragraph with the name of its character style."""

    text: str
    style: str = ""


class Paragraph(NamedTuple):
    """A paragraph; ``number`` is what automatic numbering prints before it, ``style`` its style's name."""

    spans: tuple[StyledText, ...]
    style: str = ""
    number: str = ""

    @property
    def text(self) -> str:
        """All of it as people see it."""
        return self.number + self.unnumbered

    @property
    def unnumbered(self) -> str:
        """What was typed, without the automatic number."""
        return "".join(span.text for span in self.spans)


class Cell(NamedTuple):
    """A cell of a table: its first column (from 0), how many it covers, and whether it goes on from the row above.

    ``joint``: its text goes on from the cell above, on a page before, and this stands between; None where it does not.
    """

    column: int
    span: int
    text: str
    continues: bool = False
    joint: str | None = None


class Table(NamedTuple):
    """The rows of a table; ``edges`` are the left edges of its columns in any unit, and the right edge of the last.

    ``is_nested``: it stands in a cell of another table, which stands before it.
    """

    rows: tuple[tuple[Cell, ...], ...]
    edges: tuple[int, ...] = ()
    is_nested: bool = False


class Note(NamedTuple):
    """What stands beside the text, such as footnotes; ``what`` is their Chinese name."""

    what: str
    text: str


Block = Paragraph | Table | Note


def plain_paragraph(text: str) -> Paragraph:
    """A paragraph without styles."""
    return Paragraph((StyledText(text),))
