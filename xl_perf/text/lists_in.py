"""Lists of projects in a text, such as 项目预算汇总表: their figures are computed anew, only what differs is said."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core import form
from xl_perf.core.model import Project
from xl_perf.core.totals import add_up, planned_amount, totals_of
from xl_perf.core.values import folded, is_placeholder, to_amount
from xl_perf.core.vocabulary import Vocabulary
from xl_perf.text.forms_in import Form, Unplaced, unplaced

_LABELS: Final = Vocabulary(form.SUMMARY_FIELDS)
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
    by_name = {folded(name): project for project in projects for name in _names(project)}
    sums = add_up(map(totals_of, projects))
    known: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        texts = {column: folded(str(cell)) for column, cell in enumerate(cells) if cell not in (None, "")}
        project = next((by_name[text] for text in texts.values() if text in by_name), None)
        figures = set(_figures(project)) if project else set()
        if project is None and form.TOTAL_LABEL in texts.values():
            figures = set(sums.figures.values())
        codes = {folded(project.code.text)} if project else set()
        for column, text in texts.items():
            amount = to_amount(text)
            if (
                text in by_name
                or text in codes
                or _LABELS.key(text) is not None
                or _HEADS.fullmatch(text)
                or is_placeholder(text)
                or (amount is not None and (amount.value in figures or (column == 0 and text.isdigit())))
            ):
                known.add((row, column))
    return ListRead(True, tuple(_without(one, known)))


def _without(one: Form, known: set[tuple[int, int]]) -> list[Unplaced]:
    rows = [
        ["" if (row, column) in known else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(one.grid.rows)
    ]
    return unplaced(one._replace(grid=type(one.grid)(one.grid.sheet, rows)), ())


def _names(project: Project) -> Iterator[str]:
    yield from (text for text in (project.name.value, project.heading.value) if text)


def _figures(project: Project) -> Iterator[Decimal]:
    yield from (entry.value for _, entry in project.budget.amounts if entry.value is not None)
    for point in project.plan:
        planned = planned_amount(project, point.month)
        yield from (value for value in (point.percent.value, planned) if value is not None)
