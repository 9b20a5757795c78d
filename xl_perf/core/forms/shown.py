"""A shipped kind of form as its blank sheet: where a 样表 of an office may begin."""

from typing import Final

from xl_perf.core.cells.grid import Area, Grid, Scalar
from xl_perf.core.forms.box import Role
from xl_perf.core.forms.kind import FormKind, Holds, Shape
from xl_perf.core.forms.layout import blank_layout
from xl_perf.core.profile import Profile

_UNIT: Final = "单位：万元"


def shown_form(kind: FormKind, profile: Profile) -> Grid:
    """The blank form of a kind, as a person would see it printed; of a list its header and some rows."""
    cells, merges = _list(kind) if kind.shape is Shape.LIST else _form(kind, profile)
    height = 1 + max(row for row, _ in cells)
    width = 1 + max([*(column for _, column in cells), *(right for *_, right in merges)])
    rows: list[list[Scalar]] = [[None] * width for _ in range(height)]
    for (row, column), text in cells.items():
        rows[row][column] = text
    return Grid(kind.title, rows, tuple(merges))


def _form(kind: FormKind, profile: Profile) -> tuple[dict[tuple[int, int], str], list[Area]]:
    layout = blank_layout(profile, kind)
    cells: dict[tuple[int, int], str] = {}
    for box in layout.boxes:
        cells[box.area[:2]] = box.text if box.role is not Role.INPUT or box.key == "level2" else ""
    return cells, [box.area for box in layout.boxes if box.area[:2] != box.area[2:]]


def _list(kind: FormKind) -> tuple[dict[tuple[int, int], str], list[Area]]:
    goals = next(part.label for part in kind.parts if part.holds is Holds.GOALS)
    columns = [field.label for field in kind.fields]
    columns += [goals, *(column.label for column in (*kind.columns, *kind.target_parts) if column.key != "description")]
    cells = {(0, 0): kind.title, (1, 0): _UNIT}
    cells |= {(2, at): label for at, label in enumerate(columns)}
    cells |= {(row, at): "" for row in (3, 4, 5) for at in range(len(columns))}
    return cells, [(row, 0, row, len(columns) - 1) for row in (0, 1)]
