"""Notes on a sheet, and the comments of newer Excels, which people answer: a cell with one takes no note.

Where a program does not know such comments it shows a note in their place. What is written there is lost in Excel.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from xlwings import Comment, Note, Range, Sheet

_AUTHOR: Final = "tc="
"""What the author's name of such a note begins with ([MS-XLSX], CT_ThreadedComment)."""
_TOLD: Final = "linkid=870924"
"""In the text that Excel writes into it, in every language."""
RowAndColumn = tuple[int, int]


class Notes(NamedTuple):
    """The notes of a sheet by row and column from 0. ``comments`` are those that people answer; None where only the
    note in its place is to be had.
    """

    own: "dict[RowAndColumn, Note]"
    comments: "dict[RowAndColumn, Comment | None]"


def notes_of(sheet: "Sheet") -> Notes:
    """All of a sheet."""
    comments: dict[RowAndColumn, Comment | None] = {}
    with suppress(NotImplementedError):  # LibreOffice, or Excel on macOS
        comments.update((_place(comment.impl.location), comment) for comment in sheet.comments)
    own = {}
    for note in sheet.notes:
        place = _place(note.impl.location)
        if place in comments or _stands_for_comment(note):
            comments.setdefault(place, None)
        else:
            own[place] = note
    return Notes(own, comments)


def _place(where: "Range") -> RowAndColumn:
    return where.row - 1, where.column - 1


def _stands_for_comment(note: "Note") -> bool:
    return _TOLD in note.text or (note.author or "").startswith(_AUTHOR)
