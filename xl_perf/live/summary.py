"""汇总: fills 部门汇总 of the open book. Amounts are live references to the forms, totals the sums that stand there.

Rows are put in and taken out inside the list, so that sums and charts follow by themselves.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import Area, a1
from xl_perf.core.cells.values import plain, text_of
from xl_perf.core.checking.doubles import doubled_in
from xl_perf.core.figures.totals import MONEY, totals_of_department
from xl_perf.core.forms.branches import branch_key
from xl_perf.core.forms.frame import INDICATOR_TEXTS
from xl_perf.core.making.placing import is_list
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import SUMMARY_SHEET
from xl_perf.live import low_rows, summary_repair
from xl_perf.live.forms import LiveForm, forms_of
from xl_perf.live.host import NotHere
from xl_perf.live.notes import Notes, notes_of
from xl_perf.live.project_lists import is_own_list
from xl_perf.live.protection import unlocked
from xl_perf.live.reading import profile_of, read_sheet
from xl_perf.live.summary_figures import NOTE_START, CellContent, amounts_of, percent_of, together
from xl_perf.live.summary_list import ProjectsList, located
from xl_perf.live.typed_percents import read_corrected
from xl_perf.sheets import summary_formulas as formulas
from xl_perf.sheets.form_names import STATE_ROW, panel_of
from xl_perf.sheets.list_formulas import guarded_state
from xl_perf.sheets.list_sheet import state_in_row
from xl_perf.sheets.summary_columns import (
    CODE_WIDTH,
    LEAST_HEIGHT,
    OTHER_BRANCH,
    height_of,
)
from xl_perf.sheets.texts import quoted

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

FEWEST_ROWS: Final = 2
"""Of the list: between two rows more can be put in, and every range that spans them grows."""


class Line(NamedTuple):
    """One project's row: cells as the host takes them, and notes by column."""

    cells: Sequence[CellContent]
    notes: Mapping[int, str]


# --- planning ----------------------------------------------------------------------------------------------------


def line_of(project: Project, live: LiveForm | None, row: int, number: int, found: ProjectsList) -> Line:
    """The row of a project (``row`` from 0): references, and numbers with a note where the form holds a text."""
    cells: list[CellContent] = [""] * found.width  # Excel takes "" for a blank; None it may refuse among formulas
    notes: dict[int, str] = {}
    columns = found.columns
    sheet = quoted(project.sheet)

    def put(key: str, content: CellContent, note: str = "") -> None:
        if key in columns:
            if isinstance(content, str) and content.startswith("="):
                content = formulas.guarded(project.sheet, content)
            cells[columns[key]] = content
            if note:
                notes[columns[key]] = note

    first = project.code.cell or project.name.cell or "A1"
    put("number", number)
    put("code", formulas.shown(f"{sheet}!{project.code.cell}") if project.code.cell else "")
    put("name", formulas.linked(project.sheet, first, f"{sheet}!{project.name.cell or 'A1'}"))
    for key in MONEY:
        put(key, *together(amounts_of(project, live, key)))
    for point in project.plan:
        put(f"percent:{point.month}", *together([percent_of(point.percent)]))
    for key, at in columns.items():
        kind, _, month = key.partition(":")
        if kind == "planned" and f"percent:{month}" in columns:
            cells[at] = formulas.planned(a1(row, columns["budget"]), a1(row, columns[f"percent:{month}"]))
    _put_counts(cells, live, project, row, columns)
    if live is not None and "state" in columns and _has_state(live):
        own = f"{sheet}!{a1(STATE_ROW, panel_of(project.kind))}"
        cells[columns["state"]] = guarded_state(project.sheet, own)
    if "state" in columns and is_own_list(project.sheet) and is_list(project.kind) and project.name.cell:
        cells[columns["state"]] = state_in_row(project.kind, project.sheet, project.area[0], project.name.cell)
    return Line(cells, notes)


def _put_counts(
    cells: list[CellContent], live: LiveForm | None, project: Project, row: int, columns: Mapping[str, int]
) -> None:
    """Indicators per first level: counted live in the rows of each branch."""
    keys = [key for key in columns if key.startswith("branch:")]
    branches: dict[str, list[tuple[int, int]]] = {key: [] for key in keys}
    for branch in live.branches() if live is not None and live.is_whole else ():
        key = f"branch:{branch_key(branch.label)}"
        key = key if key in branches else f"branch:{OTHER_BRANCH}"
        if key in branches:
            branches[key].append((branch.first, branch.last))
    within = live.frame.columns if live is not None else {}
    texts = [within[key].start for key in INDICATOR_TEXTS if within.get(key)]
    if live is None:  # of a list: how many there are now
        own = Counter(f"branch:{one.level1.value or ''}" for one in project.indicators)
        for key in keys:
            cells[columns[key]] = own.pop(key, 0) if key != f"branch:{OTHER_BRANCH}" else 0
        if f"branch:{OTHER_BRANCH}" in columns:
            cells[columns[f"branch:{OTHER_BRANCH}"]] = sum(own.values())
    for key, rows in branches.items() if live is not None else ():
        counted = formulas.count(project.sheet, rows, texts) if rows else ""
        cells[columns[key]] = formulas.guarded(project.sheet, f"={counted}", "0") if counted else 0
    if "indicators" in columns and keys:
        first, last = min(columns[key] for key in keys), max(columns[key] for key in keys)
        cells[columns["indicators"]] = f"=SUM({a1(row, first)}:{a1(row, last)})"


def _has_state(live: LiveForm) -> bool:
    """The form says its state right of it: it comes from our template."""
    rows, panel = live.grid.rows, panel_of(live.frame.kind)
    return len(rows) > STATE_ROW and len(rows[STATE_ROW]) > panel and bool(text_of(rows[STATE_ROW][panel]))


# --- writing -----------------------------------------------------------------------------------------------------


def consolidate(host: "Host") -> str:
    """Fills the sheet and brings it to the front; gives the totals as a text."""
    sheet = host.sheet(SUMMARY_SHEET)
    if sheet is None:
        raise NotHere(
            f"这本工作簿没有“{SUMMARY_SHEET}”",
            "请打开用模板建立的部门工作簿，在那里按“导入项目”选择本文件，再按“汇总”",
        )
    book, corrected = read_corrected(host)
    department = read_department(book, host.kinds)
    profile = profile_of(host.book, department)
    low_rows.raise_rows(host, book)
    grid = read_sheet(sheet, host.kinds)
    found = located(sheet, grid, profile)
    if found is None:
        raise NotHere(f"“{SUMMARY_SHEET}”的表头和“合计”行都不见了", "请从模板把这张表复制回来，再汇总")
    lines = _lines(host, department, forms_of(host, book), found)
    with unlocked(sheet):
        filled, not_noted = _fill(sheet, department, lines, found)
        summary_repair.restore(host, sheet, grid, profile, found, filled, [one.sheet for one in department.projects])
    sheet.activate()
    return "\n".join([_outcome(department, found), *not_noted, *filter(None, [corrected])])


def _lines(
    host: "Host", department: Department, forms: Mapping[tuple[str, Area], LiveForm], found: ProjectsList
) -> list[Line]:
    return [
        line_of(project, forms.get((project.sheet, project.area)), found.first + at, at + 1, found)
        for at, project in enumerate(host.steps(department.projects, "汇总项目"))
    ]


def _fill(
    sheet: "Sheet", department: Department, lines: Sequence[Line], found: ProjectsList
) -> tuple[ProjectsList, list[str]]:
    """The list as it is then; and what is to be said, for the cell holds somebody's own note or comment."""
    projects = department.projects
    _clear_notes(sheet)
    found = _resize(sheet, found, max(len(projects), FEWEST_ROWS))
    blank: list[CellContent] = [""] * found.width
    rows = [list(line.cells) for line in lines] + [blank] * (found.last - found.first + 1 - len(lines))
    sheet.range((found.first + 1, 1), (found.last + 1, found.width)).formula = rows
    code = found.columns.get("code")
    if code is not None and any("code" in project.kind.place for project in projects):
        top = sheet.range((1, code + 1))
        if top.column_width == 0:
            top.column_width = CODE_WIDTH
    _fit(sheet, projects, found)
    taken, not_noted = notes_of(sheet) if any(line.notes for line in lines) else Notes({}, {}), []
    for row, line in enumerate(lines, found.first):
        for column, note in line.notes.items():
            if (row, column) in taken.own or (row, column) in taken.comments:
                not_noted.append(note.removeprefix(f"{NOTE_START}\n"))
            else:
                sheet.range((row + 1, column + 1)).add_note(note)
    return found, not_noted


def _fit(sheet: "Sheet", projects: Sequence[Project], found: ProjectsList) -> None:
    """Rows of one height, and higher ones for long names and codes."""
    sheet.range(f"{found.first + 1}:{found.last + 1}").row_height = LEAST_HEIGHT
    for row, project in enumerate(projects, found.first + 1):
        height = height_of(project.name.text, project.code.text)
        if height > LEAST_HEIGHT:
            sheet.range(f"{row}:{row}").row_height = height


def _resize(sheet: "Sheet", found: ProjectsList, wanted: int) -> ProjectsList:
    """Puts rows in above the last one, or takes rows out from the second on."""
    rows = found.last - found.first + 1
    if rows < FEWEST_ROWS:
        raise NotHere(f"“{SUMMARY_SHEET}”的列表只有一行，不能加行", "请从新的模板把这张表复制过来，再汇总")
    if wanted > rows:
        sheet.range(f"{found.last + 1}:{found.last + wanted - rows}").insert("down")
    elif wanted < rows:
        sheet.range(f"{found.first + 2}:{found.first + 1 + rows - wanted}").delete("up")
    return found._replace(last=found.first + wanted - 1)


def _clear_notes(sheet: "Sheet") -> None:
    for note in list(sheet.notes):
        if note.text.startswith(NOTE_START):
            note.delete()


_MOST_DOUBLED: Final = 3


def _outcome(department: Department, found: ProjectsList) -> str:
    totals = totals_of_department(department)._replace(doubled=doubled_in(department))
    lines = [f"已汇总 {totals.projects} 个项目，预算数合计 {plain(totals.budget)} 万元。"]
    months = {point.month for project in department.projects for point in project.plan}
    lacking = sorted(month for month in months if f"planned:{month}" not in found.columns)
    if lacking:
        lines.append(f"部门汇总没有 {'、'.join(f'{month}月底' for month in lacking)} 这几列，这些时点没有汇总。")
    if department.blank_forms:
        names = "、".join(blank.sheet for blank in department.blank_forms)
        lines.append(f"还没有填写的项目表没有列入：{names}。")
    if totals.note:
        lines.append(f"{totals.note}：{'、'.join(dict.fromkeys(one.sheet or '' for one in totals.incomplete))}。")
    lines += [f"{remark}。" for remark in totals.remarks]
    lines += [f"可能重复的：{one.said}。" for one in totals.doubled[:_MOST_DOUBLED]]
    lines += [f"注意：{note}。" for note in department.notes]
    return "\n".join(lines)
