"""What of a text found no place in the workbook, and where it stands."""

from collections.abc import Iterable
from typing import NamedTuple

from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.unplaced import not_taken_over
from xl_perf.core.model.project import Project
from xl_perf.text.form_grid import Form, RowOrigin


class Unplaced(NamedTuple):
    """A text that found no place in the workbook, and where it stands."""

    place: str
    text: str

    def __str__(self) -> str:
        shown = " ".join(self.text.split())
        return f"{self.place}没有收进来：{shown}"


def unplaced(one: Form, projects: Iterable[Project], kinds: Kinds = KINDS) -> list[Unplaced]:
    """Every text of a grid that is neither a label nor in one of its projects; those of a row together."""
    return [
        Unplaced(place_of(one.rows[left.row], left.cells[0][0] if len(left.cells) == 1 else None), left.text)
        for left in not_taken_over(one.grid, projects, kinds=kinds)
    ]


def place_of(origin: RowOrigin, column: int | None) -> str:
    """A row or cell of a grid, for people: 表2第3行第1列, 正文第5段."""
    if not origin.table:
        return paragraph(origin.row)
    return f"表{origin.table}第{origin.row}行" + ("" if column is None else f"第{column + 1}列")


def paragraph(number: int) -> str:
    """Where a paragraph stands, for people."""
    return f"正文第{number}段"
