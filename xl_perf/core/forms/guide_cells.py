"""Cells that are filled in though no mark stands there: a label of the 样表 says where, or what an officer chose."""

from collections import Counter
from collections.abc import Collection, Sequence

from xl_perf.core.forms.guide_faults import GuideRow
from xl_perf.core.forms.known_labels import ABOVE_LISTS
from xl_perf.core.forms.learned import COLUMNS
from xl_perf.core.forms.proposals import Proposal


def with_cells_of_columns(rows: Sequence[GuideRow], chosen: Collection[int]) -> list[GuideRow]:
    """A column that an officer chose by its heading is filled in below that, in the first row of the table's body."""
    cells = [row.cell for row in rows if row.key in COLUMNS and row.cell is not None]
    headings = Counter(row.label_at[0] for row in rows if row.key in COLUMNS and row.label_at is not None)
    header = max(headings, key=lambda at: headings[at], default=0)
    top = min((row for row, _ in cells), default=header + 1)
    made: list[GuideRow] = []
    for row in rows:
        is_own = row.row in chosen and row.key in COLUMNS and row.cell is None
        if is_own and row.label_at is not None and row.label_at[0] == header:
            made.append(row._replace(cell=(top, row.label_at[1])))
        else:
            made.append(row)
    return made


def with_shared_cells(rows: Sequence[GuideRow], proposals: Sequence[Proposal]) -> list[GuideRow]:
    """部门名称： above a list, marked nowhere, is filled in behind its label all the same: nowhere else is room."""
    shared = {one.label_at: one.key for one in proposals if one.cell == one.label_at is not None}
    marked = {row.key for row in rows if row.cell is not None}
    return [
        row._replace(cell=row.label_at)
        if row.key in ABOVE_LISTS - marked and row.label_at is not None and shared.get(row.label_at) == row.key
        else row
        for row in rows
    ]
