"""A good form as rows of cells, and the projects that are read from such rows."""

from tests.core.checking.casebook import GOOD_FORM
from xl_perf.core.cells.grid import Area, Book, Grid, Scalar
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department

Rows = list[list[Scalar]]


def form() -> Rows:
    return [list(row) for row in GOOD_FORM]


def projects_in(rows: Rows, merges: tuple[Area, ...] = ()) -> list[Project]:
    return list(read_department(Book("本", [Grid("01", rows, merges)])).projects)


def project_in(rows: Rows, merges: tuple[Area, ...] = ()) -> Project:
    found = projects_in(rows, merges)
    assert len(found) == 1
    return found[0]
