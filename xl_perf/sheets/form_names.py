"""Where a form's state stands, and what it is called; its inputs have the names of the kind's fields."""

import re
from collections.abc import Iterable
from typing import Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.forms.kind import Field, FormKind, Holds

STATE_ROW: Final = 1
PANEL_WIDTH: Final = 24
"""Of the column in which state, messages and last year's figures stand, in characters."""
STATE_NAME: Final = "填报状态"
"""The state's defined name, local to the form's sheet."""


MARKED_NAME: Final = "校验标记"
"""The name, local to the form's sheet, of a cell left of the panel's first: in a text that nobody sees, it holds which
cells a check has marked (`marked_text`).
"""


def marked_text(cells: Iterable[tuple[str, bool]]) -> str:
    """What the cell holds for some cells, each with whether it was blank: ``|C3|B2|B2=|``; empty without any."""
    found = [f"{cell}|{cell}=|" if blank else f"{cell}|" for cell, blank in cells]
    return f"|{''.join(found)}" if found else ""


def is_marked(*, was_blank: bool = False) -> str:
    """A test for conditional formats: the cell itself was marked, and it was blank then."""
    end = "=|" if was_blank else "|"
    return f'IFERROR(FIND("|"&ADDRESS(ROW(),COLUMN(),4)&"{end}",{MARKED_NAME}),0)>0'


def defined_name(field: Field) -> str:
    """The name of a field's input; of a label that an office made up, what may stand in a name."""
    name = _NOT_IN_NAMES.sub("_", field.name)
    return f"_{name}" if name[:1].isdigit() or _LIKE_A_CELL.fullmatch(name) else name


_NOT_IN_NAMES: Final = re.compile(r"[^\w.]")
_LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}\d*|[Rr]\d*[Cc]\d*")


def panel_of(kind: FormKind) -> int:
    """The column of the state and the live messages, right of the form."""
    return kind.width + 1


def first_input(kind: FormKind) -> str:
    """The name of the first cell to fill in, below the title and the line with the year: where links to a form lead."""
    if kind.own_sheet is not None:
        return a1(*kind.own_sheet.first_input)
    return a1(2 if kind.part_of(Holds.YEAR) is not None else 1, kind.fields[0].span[0])
