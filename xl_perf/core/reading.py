"""From the sheets of a workbook to the model: forms, 首页, 整体绩效目标, and the totals that the book stores."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core import form
from xl_perf.core.entries import Place, amount_entry, text_entry, year_entry, year_in
from xl_perf.core.form_reader import read_forms
from xl_perf.core.goals_reader import read_goals
from xl_perf.core.grid import Book, Grid, Scalar
from xl_perf.core.model import (
    BlankForm,
    Cover,
    Department,
    Listed,
    Project,
    Status,
    StoredTotal,
    absent,
)
from xl_perf.core.values import folded, is_blank

_COVER_SHEETS: Final = frozenset({form.COVER_SHEET, "封面"})
_COVER_KEYS: Final = form.keys_of(form.COVER_FIELDS)
_LIST_KEYS: Final = form.keys_of(form.SUMMARY_FIELDS)
_OTHER_SHEETS: Final = frozenset(
    {
        *(form.COVER_SHEET, form.GOALS_SHEET, form.SUMMARY_SHEET),
        *(form.FINDINGS_SHEET, form.HELP_SHEET, form.LISTS_SHEET),
    }
)
"""Sheets of our department workbook that hold no form. In anybody else's book a form may stand on any sheet."""
_COVER_REACH: Final = 6


def read_department(book: Book) -> Department:
    """Everything that the book says. Never raises on what a person typed."""
    grids = {grid.sheet: grid for grid in book.grids}
    projects: list[Project] = []
    blanks: list[BlankForm] = []
    others = _OTHER_SHEETS if book.kind else frozenset()
    for grid in book.grids:
        if grid.sheet not in others:
            filled, blank = read_forms(grid)
            projects += filled
            blanks += [one for one in blank if not _is_model_form(book, one)]
    cover_grid = next((grid for grid in book.grids if grid.sheet in _COVER_SHEETS), None)
    cover = _read_cover(cover_grid)
    goals_grid = grids.get(form.GOALS_SHEET)
    goals = read_goals(goals_grid)
    listed, totals = _read_lists(cover_grid, grids.get(form.SUMMARY_SHEET))
    return Department(
        book.path,
        tuple(grid.sheet for grid in book.grids),
        cover,
        cover.year.value or _year_in_titles(book.grids) or _year_of_deadlines(projects),
        goals.overall,
        goals.sub_goals,
        goals.safeguards,
        tuple(projects),
        tuple(blanks),
        totals,
        listed,
        book.sha256,
        book.kind,
        book.template_version,
        tuple(book.notes),
        book.sees_errors,
    )


def _is_model_form(book: Book, blank: BlankForm) -> bool:
    """The form that is there to be copied: by its defined name, or by its sheet's name where names are not kept."""
    refers_to = book.names.get(form.MODEL_NAME)
    if refers_to is None:
        return blank.sheet == form.MODEL_SHEET
    return refers_to.lstrip("=").partition("!")[0].strip("'$").replace("''", "'") == blank.sheet


# --- 首页 ------------------------------------------------------------------------------------------------------


def _labelled(grid: Grid, keys: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Every label of the sheet: its key, row and column."""
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if isinstance(typed, str) and typed and len(typed) <= form.LONGEST_LABEL:
                key = keys.get(form.normal_label(typed))
                if key is not None:
                    yield key, row, column


def _read_cover(grid: Grid | None) -> Cover:
    if grid is None:
        return Cover(absent(""), absent(""), absent(""), absent(""), absent(""))
    values: dict[str, tuple[Scalar, Place]] = {}
    places = list(_labelled(grid, _COVER_KEYS))
    labels = {(row, column) for _, row, column in places}
    for key, row, column in places:
        values.setdefault(key, _right_of(grid, row, column, labels))
    nowhere = (grid.sheet, 0, 0)
    missing = {key for key in ("department", "year", "contact", "phone", "ceiling") if key not in values}
    blank: tuple[Scalar, Place] = (None, nowhere)
    return Cover(
        absent(grid.sheet) if "department" in missing else text_entry(*values["department"]),
        absent(grid.sheet) if "year" in missing else year_entry(*values["year"]),
        absent(grid.sheet) if "contact" in missing else text_entry(*values["contact"]),
        absent(grid.sheet) if "phone" in missing else text_entry(*values["phone"]),
        amount_entry(*values.get("ceiling", blank)),
    )


def _right_of(grid: Grid, row: int, column: int, labels: set[tuple[int, int]]) -> tuple[Scalar, Place]:
    """The first value right of a label, before the next label and within a few columns."""
    cells = grid.rows[row]
    for at in range(column + 1, min(column + 1 + _COVER_REACH, len(cells))):
        if (row, at) in labels:
            break
        if not is_blank(cells[at]):
            return cells[at], (grid.sheet, row, at)
    return None, (grid.sheet, row, column + 1)


# --- the year --------------------------------------------------------------------------------------------------


def _year_in_titles(grids: Sequence[Grid]) -> int | None:
    """The year in a title line: a text of the first rows that names a 年 … 绩效 or 预算."""
    for grid in grids:
        for cells in grid.rows[:4]:
            for typed in cells:
                if isinstance(typed, str) and "年" in typed and ("绩效" in typed or "预算" in typed):
                    year = year_in(typed)
                    if year is not None:
                        return year
    return None


def _year_of_deadlines(projects: Sequence[Project]) -> int | None:
    """The year that most deadlines name; None where none does or two are named equally often."""
    years: Counter[int] = Counter()
    for project in projects:
        for indicator in project.indicators:
            target = indicator.target.value
            if target is not None and target.deadline is not None and target.deadline.year:
                years[target.deadline.year] += 1
    ranked = years.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


# --- lists of projects with their totals ---------------------------------------------------------------------------


def _read_lists(cover: Grid | None, summary: Grid | None) -> tuple[tuple[Listed, ...], tuple[StoredTotal, ...]]:
    """The rows of 部门汇总, and the totals stored there and on 首页."""
    listed: list[Listed] = []
    totals: list[StoredTotal] = []
    if cover is not None:
        _, stored = _read_list(cover)
        totals += stored
    if summary is not None:
        listed, stored = _read_list(summary)
        totals += stored
    return tuple(listed), tuple(totals)


def _read_list(grid: Grid) -> tuple[list[Listed], list[StoredTotal]]:
    """The list whose header names 项目名称 and 预算数: its rows, and what its row 合计 says."""
    for row, cells in enumerate(grid.rows):
        columns = _list_columns(cells)
        if "name" in columns and "budget" in columns:
            return _list_rows(grid, row + 1, columns)
    return [], []


def _list_columns(cells: Sequence[Scalar]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, typed in enumerate(cells):
        if isinstance(typed, str) and typed and len(typed) <= form.LONGEST_LABEL:
            key = _LIST_KEYS.get(form.normal_label(typed))
            if key is None and "月" in typed:
                month, unit = form.planned_column(typed) or (0, "")
                key = f"planned:{month}" if unit == "万元" else None
            if key is not None and key not in columns:
                columns[key] = column
    return columns


def _list_rows(grid: Grid, first: int, columns: Mapping[str, int]) -> tuple[list[Listed], list[StoredTotal]]:
    listed: list[Listed] = []
    for row in range(first, len(grid.rows)):
        cells = grid.rows[row]
        if any(isinstance(one, str) and folded(one) == form.TOTAL_LABEL for one in cells[: columns["budget"]]):
            return listed, list(_total_row(grid, row, columns))
        name = text_entry(*_cell(grid, row, columns["name"]))
        if name.status is not Status.BLANK:
            amounts = (
                amount_entry(*_cell(grid, row, columns[key])) if key in columns else absent(grid.sheet)
                for key in ("budget", "fiscal", "other")
            )
            listed.append(Listed(name, *amounts))
    return listed, []


def _total_row(grid: Grid, row: int, columns: Mapping[str, int]) -> Iterator[StoredTotal]:
    for key, column in columns.items():
        if key not in {"code", "name"}:
            yield StoredTotal(key, _total_label(key), amount_entry(*_cell(grid, row, column)))


def _total_label(key: str) -> str:
    if key.startswith("planned:"):
        return f"{key.removeprefix('planned:')}月底计划支出合计"
    return {"budget": "预算数合计", "fiscal": "财政资金合计", "other": "其他资金合计"}[key]


def _cell(grid: Grid, row: int, column: int) -> tuple[Scalar, Place]:
    cells = grid.rows[row]
    return (cells[column] if column < len(cells) else None), (grid.sheet, row, column)
