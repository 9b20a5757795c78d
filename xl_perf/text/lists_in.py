"""Lists of projects in a text, such as 项目预算汇总表: their figures are computed anew, only what differs is said."""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.labels import Vocabulary
from xl_perf.core.cells.values import is_placeholder, to_amount
from xl_perf.core.figures.totals import add_up, planned_amount, totals_of
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import SUMMARY_FIELDS, TOTAL_LABEL
from xl_perf.text.form_grid import Form
from xl_perf.text.unplaced import Unplaced, unplaced

_LABELS: Final = Vocabulary(SUMMARY_FIELDS)
_HEADS: Final = re.compile(
    r"序号|编号|(?:累计)?(?:资金)?支出计划|其中:?|(?:1[0-2]|[1-9])月底(?:\((?:%|万元)\))?|(?:总计|合计|小计)|单位:万元|预算规模|资金来源"
)


class ListRead(NamedTuple):
    """Whether a table is a list of projects, and what it says that the projects do not."""

    is_list: bool
    unplaced: tuple[Unplaced, ...] = ()


def in_list(one: Form, projects: Sequence[Project]) -> ListRead:
    """Compares a table with the projects: a row's figures with those of the project that it names."""
    rows = one.grid.rows
    if not any({"name", "budget"} <= _LABELS.in_row(cells).keys() for cells in rows):
        return ListRead(False)
    by_name: dict[str, list[Project]] = {}
    for project in projects:
        for name in {project.name.value, project.heading.value} - {None}:
            by_name.setdefault(folded(str(name)), []).append(project)
    sums = set(add_up(map(totals_of, projects)).figures.values())
    known: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        texts = {column: folded(str(cell)) for column, cell in enumerate(cells) if cell not in (None, "")}
        named = next((by_name[text] for text in texts.values() if text in by_name), [])
        is_total = not named and TOTAL_LABEL in texts.values()
        figures = sums if is_total else {figure for project in named for figure in _figures(project)}
        said = {folded(text) for project in named for text in _texts(project)}
        known |= {
            (row, column)
            for column, text in texts.items()
            if text in said or _is_furniture(text) or _is_number(text, figures, is_first=column == 0)
        }
    return ListRead(True, tuple(_without(one, known)))


def _without(one: Form, known: set[tuple[int, int]]) -> list[Unplaced]:
    rows = [
        ["" if (row, column) in known else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(one.grid.rows)
    ]
    return unplaced(one._replace(grid=type(one.grid)(one.grid.sheet, rows)), ())


def _is_furniture(text: str) -> bool:
    return _LABELS.key(text) is not None or _HEADS.fullmatch(text) is not None or is_placeholder(text)


def _is_number(text: str, figures: Set[Decimal], *, is_first: bool) -> bool:
    """One of the figures, or the number of the row."""
    amount = to_amount(text)
    return (amount is not None and amount.value in figures) or (is_first and text.isdigit())


def _texts(project: Project) -> Iterator[str]:
    """What a row may say in words; amounts among them that nobody could read."""
    yield from (project.name.text, project.heading.value or "", project.code.text)
    yield from (entry.text for _, entry in project.amounts)


def _figures(project: Project) -> Iterator[Decimal]:
    yield from (entry.value for _, entry in project.amounts if entry.value is not None)
    yield from totals_of(project).amounts.values()
    for point in project.plan:
        planned = planned_amount(project, point.month)
        yield from (value for value in (point.percent.value, planned) if value is not None)
