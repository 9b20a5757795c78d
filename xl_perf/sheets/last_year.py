"""Last year's figures beside the forms of a workbook of ours: what is written there, and how it is read back.

They stand right of a form, where no formula and no reader of forms counts them: the amounts below the budget's row, and
in each indicator's row its target, with what was reached and scored where last year's book has evaluated it.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from xl_perf.core.cells.entries import amount_entry, target_entry, weight_entry
from xl_perf.core.cells.entry import Entry
from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.box import HOME_LINK
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import LastResult, LastYear, Project
from xl_perf.sheets.cells import text_or_doubt

LAST_YEAR: Final = "上年金额（供比较）："
"""Begins the text beside the amounts."""
LAST_TARGET: Final = "上年："
"""Begins the text beside an indicator."""
_BEFORE_RESULTS: Final = "上年 "
"""Began it in workbooks that have only the target there."""
ROWS_OF_AMOUNTS: Final = 2
"""Below the budget's, beside which nothing else is said, in every kind of form."""
_OUTTURN: Final = "全年执行数 "
_OUTTURN_LINE: Final = re.compile(rf"{_OUTTURN}(?P<amount>[^（]+)(?:（执行率 (?P<rate>[\d.]+)%）)?")
_ACTUAL: Final = "完成 "
_SCORE: Final = re.compile(r"(?:^|，)得 (?P<score>[\d.]+)(?:/(?P<weight>[\d.]+))?$")
_LONGEST: Final = 60
"""Characters of what was reached that are shown; the rest stands in last year's book."""
_NO_TARGET: Final[Entry[Any]] = draft.indicator({}).target
_NOTHING: Final = LastResult()


def is_of_last_year(typed: object) -> bool:
    """A text that stands beside a form for comparison, where no formula and no reader counts it."""
    return isinstance(typed, str) and typed.startswith((LAST_YEAR, LAST_TARGET, _BEFORE_RESULTS))


# --- writing -------------------------------------------------------------------------------------------------------


def last_amounts(before: LastYear) -> str | None:
    """Last year's amounts and what was spent, one a line; None where nothing is known of them."""
    lines = [f"{label} {_amount(entry)}" for label, entry in before.amounts]
    if before.outturn.text:
        rate = "" if before.outturn_rate is None else f"（执行率 {before.outturn_rate}%）"
        lines.append(f"{_OUTTURN}{_amount(before.outturn)}{rate}")
    return "\n".join((LAST_YEAR, *lines)) if lines else None


def _amount(entry: Entry[Decimal]) -> str:
    return text_or_doubt(entry) if entry.value is None else f"{plain(entry.value)}万元"


def last_indicator(target: Entry[Any], result: LastResult) -> str | None:
    """An indicator of last year, ``上年：=78人，完成 76人，得 12.18/12.50``; None where nothing is known of it."""
    said = [target.text] if target.text else []
    if actual := " ".join(result.actual.text.split()):
        said.append(f"{_ACTUAL}{actual if len(actual) <= _LONGEST else f'{actual[:_LONGEST]}…'}")
    if result.score.value is not None:
        points = "" if result.weight.value is None else f"/{result.weight.value:.2f}"
        said.append(f"得 {result.score.value:.2f}{points}")
    return f"{LAST_TARGET}{'，'.join(said)}" if said else None


# --- reading -------------------------------------------------------------------------------------------------------


def with_last_year(book: Book, department: Department) -> Department:
    """The department, with what stands beside its forms for comparison."""
    columns = {grid.sheet: (grid, column) for grid in book.grids if (column := _panel_of(grid)) is not None}
    if not columns:
        return department
    projects = tuple(
        _with_last_year(project, *columns[project.sheet]) if project.sheet in columns else project
        for project in department.projects
    )
    return replace(department, projects=projects)


def _panel_of(grid: Grid) -> int | None:
    """The column of what the form says beside itself: it begins with the way back to 首页."""
    return next((list(cells).index(HOME_LINK) for cells in grid.rows if HOME_LINK in cells), None)


def _with_last_year(project: Project, grid: Grid, column: int) -> Project:
    beside = {row: typed for row, cells in enumerate(grid.rows) if isinstance(typed := _at(cells, column), str)}
    top = project.budget.row
    read = _amounts(project, beside.get(top + 1, ""), top + 1, column)
    rows = [_indicator(project, beside, one.target.row, column) for one in project.indicators]
    targets, results = tuple(target for target, _ in rows), tuple(result for _, result in rows)
    has_results = any(one != _NOTHING for one in results)
    if read == LastYear((), ()) and not has_results and all(one is _NO_TARGET for one in targets):
        return project
    return replace(project, last_year=read._replace(targets=targets, results=results if has_results else ()))


def _at(cells: Any, column: int) -> object:
    return cells[column] if column < len(cells) else None


def _amounts(project: Project, text: str, row: int, column: int) -> LastYear:
    """Of lines such as ``预算数 100万元``; a name may hold blanks itself."""
    read = LastYear((), ())
    if not text.startswith(LAST_YEAR):
        return read
    names = sorted((field.name for field in project.kind.amounts), key=len, reverse=True)
    found = []
    for line in text.split("\n")[1:]:
        name = next((one for one in names if line.startswith(f"{one} ")), None)
        if name is not None:
            found.append((name, amount_entry(line[len(name) + 1 :].strip(), project.sheet, row, column)))
        elif spent := _OUTTURN_LINE.fullmatch(line.strip()):
            outturn = amount_entry(spent["amount"].strip(), project.sheet, row, column)
            rate = None if spent["rate"] is None else Decimal(spent["rate"])
            read = read._replace(outturn=outturn, outturn_rate=rate)
    return read._replace(amounts=tuple(found))


def _indicator(project: Project, beside: Mapping[int, str], row: int, column: int) -> tuple[Entry[Any], LastResult]:
    """Of a text as `last_indicator` writes it, or of a target alone."""
    text = beside.get(row, "")
    begin = next((one for one in (LAST_TARGET, _BEFORE_RESULTS) if text.startswith(one)), None)
    if begin is None:
        return _NO_TARGET, _NOTHING
    said, result, place = text.removeprefix(begin), _NOTHING, (project.sheet, row, column)
    if begin == LAST_TARGET:
        if scored := _SCORE.search(said):
            said = said[: scored.start()]
            weight = result.weight if scored["weight"] is None else weight_entry(scored["weight"], *place)
            result = result._replace(score=weight_entry(scored["score"], *place), weight=weight)
        target, sign, actual = f"，{said}".partition(f"，{_ACTUAL}")
        if sign:
            said, result = target.removeprefix("，"), result._replace(actual=target_entry(actual, *place))
    return (target_entry(said, *place) if said else _NO_TARGET), result
