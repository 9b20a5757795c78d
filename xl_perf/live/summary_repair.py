"""汇总 writes anew what stands around the rows of 部门汇总, whatever somebody wrote over it."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Grid, Scalar, a1
from xl_perf.core.cells.values import text_of
from xl_perf.core.workbook.sheets import COVER_FIELDS, SUMMARY_SHEET
from xl_perf.live import cover
from xl_perf.live.forms import LiveForm
from xl_perf.live.protection import Locked, unlocked
from xl_perf.live.reading import profile_of, read_sheet
from xl_perf.live.summary_list import ProjectsList, columns_like, keys_of, located
from xl_perf.sheets import summary_frame as frame
from xl_perf.sheets.form_content import EMPTY, GONE
from xl_perf.sheets.form_names import STATE_ROW, panel_of
from xl_perf.sheets.list_formulas import guarded_state
from xl_perf.sheets.lists import HEAD_ROW, HEADER_ROW, TITLE_ROW, TOP_TOTAL_ROW
from xl_perf.sheets.summary_columns import OTHER_BRANCH, branch_labels, summary_columns
from xl_perf.sheets.texts import quoted

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.core.profile import Profile
    from xl_perf.live.host import Host


def restore(
    host: "Host",
    sheet: "Sheet",
    grid: Grid,
    profile: "Profile",
    before: ProjectsList,
    now: ProjectsList,
    sheets: Sequence[str],
) -> None:
    """Headings, both rows 合计, 参考进度 and the title lines; what people typed there as meant to stays.

    ``grid`` is the sheet as it was with the list ``before``; ``sheets`` are those of the projects listed ``now``.
    """
    for row in (HEADER_ROW, now.header) if now.has_top else (now.header,):
        _restore_headings(sheet, grid, profile, now, row)
    rows = frame.Rows(now.first, now.last)
    for row in (TOP_TOTAL_ROW, now.last + 1) if now.has_top else (now.last + 1,):
        cells = {
            at: frame.total_of(key, row, now.columns, rows)
            for key, at in now.columns.items()
            if not key.startswith("percent:") or f"planned:{key.partition(':')[2]}" in now.columns
        }
        _write(sheet, row, cells)
    _restore_pace(sheet, grid, profile, before, now)
    if now.has_top:
        _restore_titles(host, sheet, grid, profile, now, sheets)


def note_deleted(host: "Host", name: str, back: LiveForm | None = None) -> None:
    """A form went by a button, under the name of its hidden sheet, and its row still counts it; or it came ``back``.

    The row's state says so, and thereby the title. A sheet with somebody's own password is left as it is.
    """
    sheet = host.sheet(SUMMARY_SHEET)
    found = None if sheet is None else located(sheet, read_sheet(sheet, host.kinds), profile_of(host.book))
    if sheet is None or found is None or "state" not in found.columns:
        return
    column = found.columns["name"] + 1
    names = sheet.range((found.first + 1, column), (found.last + 1, column)).options(ndim=1).formula
    cell = "" if back is None else f"{quoted(name)}!{a1(STATE_ROW, panel_of(back.frame.kind))}"
    state = guarded_state(name, cell) if cell else GONE
    with suppress(Locked), unlocked(sheet):
        for row, (formula,) in enumerate(names, found.first):
            if cover.sheet_of(str(formula)) == name:
                _write(sheet, row, {found.columns["state"]: state})


def _restore_headings(sheet: "Sheet", grid: Grid, profile: "Profile", now: ProjectsList, row: int) -> None:
    known = keys_of(profile)
    made = summary_columns(range(1, 13), branch_labels(profile) | {OTHER_BRANCH: OTHER_BRANCH})
    labels = {column.key: column.label for column in made}
    cells = {
        at: labels[key]
        for key, at in now.columns.items()
        if known.get(folded(_text(grid, row, at))) != key and key in labels
    }
    _write(sheet, row, cells)


def _restore_pace(sheet: "Sheet", grid: Grid, profile: "Profile", before: ProjectsList, now: ProjectsList) -> None:
    """The row below 合计; its percentages are the department's own where they are numbers."""
    old, row = before.last + 2, now.last + 2
    months = [month for month in now.months if f"percent:{month}" in now.columns]
    numbers = [month for month in months if isinstance(_cell(grid, old, now.columns[f"percent:{month}"]), float | int)]
    if not months or (_text(grid, old, 0) != frame.REFERENCE_LABEL and len(numbers) * 2 < len(months)):
        return
    pace = dict(zip(profile.checkpoints, profile.pace, strict=True))
    cells: dict[int, str | float] = {now.columns["number"]: frame.REFERENCE_LABEL}
    for month in months:
        if month not in numbers and month in pace:
            cells[now.columns[f"percent:{month}"]] = float(pace[month].scaleb(-2))
        if month in numbers or month in pace:
            cells[now.columns[f"planned:{month}"]] = frame.reference_of(str(month), row, now.columns)
    _write(sheet, row, cells)


def _restore_titles(
    host: "Host", sheet: "Sheet", grid: Grid, profile: "Profile", now: ProjectsList, sheets: Sequence[str]
) -> None:
    """Title with the year and whether the sheet is out of date, and the line below it."""
    year, department = _cover_cell(host, "year"), _cover_cell(host, "department")
    listed = cover.read_list(host)
    if year and listed is not None and "state" in now.columns:
        states = {row.sheet: row.state for row in listed.rows if row.shown}
        on_cover = sum(row.state not in {EMPTY, GONE} for row in listed.rows if row.shown)
        here = sum(states.get(name) != EMPTY for name in sheets)
        own, of_cover = frame.Rows(now.first, now.last), frame.Rows(listed.first, listed.total - 1)
        at = now.columns
        outdated = frame.is_outdated(own, at["number"], at["state"], of_cover, here - on_cover)
        _write(sheet, TITLE_ROW, {0: frame.title(year, outdated)})
    columns = columns_like(now.columns, profile)
    if not columns:
        return
    last, months = len(columns) - 1, now.months
    date = now.columns[f"percent:{months[0]}"] if months else now.columns["other"]
    line = [
        (0, "填报单位", department and frame.department_line(department)),
        (now.columns["budget"], "预算年度", year and frame.year_line(year)),
        (last - 2 if months else last - 1, frame.UNIT, frame.UNIT),
    ]
    cells = {at: content for at, start, content in line if content and not _text(grid, HEAD_ROW, at).startswith(start)}
    if not _text(grid, HEAD_ROW, date):  # else somebody wrote a date there
        cells[date] = frame.DATE if months else frame.SHORT_DATE
    _write(sheet, HEAD_ROW, cells)


def _cover_cell(host: "Host", key: str) -> str:
    """The reference to an input of 首页, by its defined name; empty where that is gone."""
    name = next(field.label for field in COVER_FIELDS if field.key == key)
    defined = host.book.names
    target = (defined[name].refers_to or "").lstrip("=") if defined.contains(name) else ""
    return "" if "#REF!" in target else target


def _cell(grid: Grid, row: int, column: int) -> Scalar:
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return cells[column] if column < len(cells) else None


def _text(grid: Grid, row: int, column: int) -> str:
    return text_of(_cell(grid, row, column))


def _write(sheet: "Sheet", row: int, cells: "dict[int, str] | dict[int, str | float]") -> None:
    """Cells of one row by their columns: those side by side in one call."""
    for run in cover.runs(sorted(cells)):
        sheet.range((row + 1, run[0] + 1), (row + 1, run[-1] + 1)).formula = [[cells[at] for at in run]]
