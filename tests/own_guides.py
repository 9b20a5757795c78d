"""Kinds of form that are learned of a filled workbook, for tests: as an officer would, who empties it first."""

from pathlib import Path

from tests.departments import read
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.forms.guide_form import Guide, read_guide
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.forms.guide_sheet import own_sheet
from xl_perf.core.forms.guide_table import is_further, marked_cells, table_head, table_rows
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.learned import learned_kind
from xl_perf.core.forms.learning import Learning, learn
from xl_perf.saved.workbook import read_book

_PRINTED = frozenset({"标题", "一级指标", "二级指标"})


def learned(path: Path, source: str = "", *, filled: bool = False) -> FormKind:
    """The kind of the first form in a workbook, ready to be written; looks are those of ``source``.

    ``filled``: nobody has emptied it before.
    """
    grid, guide = guide_of(path, filled=filled)
    if any("金额单位" in fault.said for fault in guide.faults):
        guide = guide._replace(form=guide.form._replace(unit="万元"))
    kind = learned_kind(guide.form)
    return learned_kind(guide.form._replace(sheet=own_sheet(guide, grid, kind, source)))


def guide_of(path: Path, *, filled: bool = False) -> tuple[Grid, Guide]:
    """The form with its marks, and what it says."""
    book = read_book(path, path.name)
    grids = list(book.grids) if filled else emptied(book, path)
    grid, found = next((one, said) for one in grids if (said := learn(one, "样表", _others(grids, one))).has_table)
    return marked_and_read(grid, found, _others(grids, grid))


def kind_of_form(grid: Grid) -> FormKind:
    """The kind of a form that somebody filled in."""
    marked, guide = marked_and_read(grid, learn(grid, "样表"), [])
    assert not guide.faults
    return learned_kind(guide.form._replace(sheet=own_sheet(guide, marked, learned_kind(guide.form))))


def marked_and_read(grid: Grid, found: Learning, others: list[Grid]) -> tuple[Grid, Guide]:
    """A form with its marks, and what the 样表 of it says."""
    rows = [list(cells) for cells in grid.rows]
    for (row, column), mark in marked_cells(grid, found).items():
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = mark
    merges = [area for area in grid.merges if not is_further(found, *area[:2])]
    marked = grid._replace(rows=rows, merges=merges)
    table: list[list[Scalar]] = [list(one) for one in (*table_head(found, grid.sheet), HEADINGS, *table_rows(found))]
    return marked, read_guide([marked, *others, Grid(GUIDE_SHEET, table)], "样表")


def _others(grids: list[Grid], one: Grid) -> list[Grid]:
    return [other for other in grids if other is not one]


def emptied(book: Book, path: Path) -> list[Grid]:
    """The sheets of a workbook without what its projects say; what its forms print stays."""
    places = {
        (entry.sheet, entry.row, entry.column)
        for project in read(path).projects
        for name, entry in project.entries()
        if name not in _PRINTED and entry.typed is not None
    }
    return [
        grid._replace(
            rows=[
                ["" if (grid.sheet, row, column) in places else typed for column, typed in enumerate(cells)]
                for row, cells in enumerate(grid.rows)
            ]
        )
        for grid in book.grids
    ]
