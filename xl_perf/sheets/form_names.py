"""Where a form's state stands, and what it is called; its inputs have the names of the kind's fields."""

from typing import Final

from xl_perf.core.cells.grid import a1
from xl_perf.core.forms.kind import FormKind, Holds

STATE_ROW: Final = 1
HOME_LINK: Final = "返回首页"
"""Above the state, in the first row of the panel."""
STATE_NAME: Final = "填报状态"
"""The state's defined name, local to the form's sheet."""


def panel_of(kind: FormKind) -> int:
    """The column of the state and the live messages, right of the form."""
    return kind.width + 1


def first_input(kind: FormKind) -> str:
    """The name of the first cell to fill in, below the title and the line with the year: where links to a form lead."""
    return a1(2 if kind.part_of(Holds.YEAR) is not None else 1, kind.fields[0].span[0])
