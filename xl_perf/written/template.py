"""Builds the department workbook: empty as the template, or with a department's projects.

The build is reproducible: the same department gives the same bytes, whenever it is built.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, zip_longest
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import a1
from xl_perf.core.figures.summary import ProjectLine, line_of, titles_by_place
from xl_perf.core.forms.box import Box
from xl_perf.core.forms.frame import INDICATOR_TEXTS
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.forms.layout import blank_layout, project_layout
from xl_perf.core.making import draft
from xl_perf.core.making.placing import is_list, sheets_of
from xl_perf.core.making.rolling import last_budget
from xl_perf.core.making.whole_reports import reports_of
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.library import LibraryRow
from xl_perf.core.workbook.sheets import (
    COVER_SHEET,
    FINDINGS_SHEET,
    GOALS_SHEET,
    HELP_SHEET,
    LIBRARY_SHEET,
    LISTS_SHEET,
    MANIFEST_SHEET,
    MODEL_NAME,
    MODEL_SHEET,
    SUMMARY_SHEET,
    SUPERVISION_SHEET,
    TASKS_SHEET,
    TEMPLATE_VERSION,
    form_sheet,
    list_sheet,
)
from xl_perf.files.own_files import ADDIN, DEPARTMENT, PACKED, PROFILE_PROPERTY, TEMPLATE_PROPERTY
from xl_perf.profiles.indicator_library import shipped
from xl_perf.sheets import summary_formulas as formulas
from xl_perf.sheets.cells import Formula
from xl_perf.sheets.findings_columns import ACCEPTANCE, all_columns
from xl_perf.sheets.findings_columns import ZOOM as FINDINGS_ZOOM
from xl_perf.sheets.form_formulas import listed_value
from xl_perf.sheets.looks import ACCENT, GENERAL, LINE, TEXT
from xl_perf.sheets.summary_frame import Rows
from xl_perf.sheets.texts import quoted
from xl_perf.written.accepted_rows import write_accepted
from xl_perf.written.carried_forms import write_carried_forms
from xl_perf.written.cover_sheet import cell_of, write_cover, year_content
from xl_perf.written.form_sheet import Written, write_form
from xl_perf.written.goals_sheet import write_goals
from xl_perf.written.help_sheet import write_help
from xl_perf.written.library_sheet import write_library
from xl_perf.written.list_head import write_list_head
from xl_perf.written.lists_sheet import write_lists
from xl_perf.written.macros import add_macros
from xl_perf.written.messages import write_messages
from xl_perf.written.own_list_sheet import write_list_sheet
from xl_perf.written.own_look import with_widths
from xl_perf.written.packed_sheets import PackedSheets, write_findings, write_manifest
from xl_perf.written.page import protect
from xl_perf.written.properties import set_properties
from xl_perf.written.report_sheets import write_reports
from xl_perf.written.styles import Styles
from xl_perf.written.summary_sheet import Head, write_summary_sheet
from xl_perf.written.supervision_sheet import write_supervision_sheet
from xl_perf.written.tasks_sheet import write_tasks_sheet


def write_department(
    target: Path | BinaryIO,
    department: Department,
    profile: Profile,
    *,
    kind: FormKind = DEFAULT,
    macros: bool = False,
    library: Sequence[LibraryRow] | None = None,
    packed: PackedSheets | None = None,
) -> None:
    """Writes a department's workbook; without projects, one blank form ready to fill.

    Blank forms are of that kind. With ``macros`` it is a .xlsm with buttons and ribbon, else a .xlsx. ``library`` is
    what 指标库 offers; None: what comes with xl-perf.

    ``packed``: it is to be mailed (a .xlsx): 校验结果 is filled in, 报送清单 stands last, and what only helps to fill
    in forms is left out (空白表, 指标库, 说明).

    Sheets: 首页, 整体绩效目标, a form per project (``01``, ``02`` …), 空白表 to be copied, 监控-N月 and 自评 where the
    department has reported, 任务分解 and 监督记录 where it has rows of them, 部门汇总, 校验结果, 指标库, 说明, and
    字典, which is hidden. What was understood is written in the form's own units (万元, shares formatted as
    %), everything else as it was typed. Raises OSError where the target cannot be written.
    """
    if macros:
        plain = io.BytesIO()
        _write(plain, department, profile, kind, library, macros=True, packed=None)
        _store(target, add_macros(plain.getvalue()))
    else:
        _write(target, department, profile, kind, library, macros=False, packed=packed)


def write_addin(target: Path | BinaryIO) -> None:
    """Writes the Excel add-in (.xlam): ribbon and macros for whatever workbook is active. Raises OSError."""
    plain = io.BytesIO()
    workbook = Workbook(plain, {"in_memory": True})
    write_messages(workbook, workbook.add_worksheet(LISTS_SHEET), Styles(workbook), 0)
    set_properties(workbook, ADDIN, "xl-perf 加载项", comments="由 xl-perf 生成。")
    workbook.close()
    _store(target, add_macros(plain.getvalue(), addin=True))


def _store(target: Path | BinaryIO, content: bytes) -> None:
    if isinstance(target, Path):
        target.write_bytes(content)
    else:
        target.write(content)


def _write(
    target: Path | BinaryIO,
    department: Department,
    profile: Profile,
    kind: FormKind,
    library: Sequence[LibraryRow] | None,
    *,
    macros: bool,
    packed: PackedSheets | None,
) -> None:
    workbook = Workbook(str(target) if isinstance(target, Path) else target, {"in_memory": True})
    names = sheets_of([one.kind for one in department.projects]) or [list_sheet(1) if is_list(kind) else form_sheet(1)]
    reports = reports_of(department, profile)
    lists = [TASKS_SHEET] if department.tasks else []
    lists += [SUPERVISION_SHEET] if department.supervision else []
    sheets = {
        name: workbook.add_worksheet(name)
        for name in _sheets(dict.fromkeys(names), [*reports, *lists], packed, has_model=not is_list(kind))
    }
    styles = Styles(workbook)
    found = () if packed is None else packed.findings
    with_errors = {one.sheet for one in found if one.severity is Severity.ERROR}
    year = partial(year_content, department.cover)
    written_form = partial(write_form, workbook, macros=macros, year=year, book_year=department.cover.year.value)
    forms: list[Written] = []
    for name, projects in _by_sheet(names, department.projects):
        own = projects[0].kind if projects else kind
        if is_list(own):
            made = write_list_sheet(workbook, sheets[name], styles, own, projects, profile, year=year)
            forms += _with_errors(made, found)
            continue
        layout = project_layout(projects[0], profile) if projects else blank_layout(profile, kind)
        written = written_form(sheets[name], styles, layout, projects[0] if projects else None, profile)
        forms.append(written._replace(has_error=name in with_errors))
    if MODEL_SHEET in sheets:
        written_form(sheets[MODEL_SHEET], styles, blank_layout(profile, kind), None, profile)
        workbook.define_name(MODEL_NAME, f"={quoted(MODEL_SHEET)}!$A$1")
    kinds = tuple(dict.fromkeys([kind, *(written.layout.kind for written in forms)]))
    listed = write_cover(
        workbook,
        sheets[COVER_SHEET],
        styles,
        department.cover,
        forms,
        kinds,
        macros=macros,
        packed=packed is not None,
        last_budgets=[one for one in map(last_budget, department.projects) if one],
    )
    write_goals(sheets[GOALS_SHEET], styles, department, profile)
    for name, drafts in reports.items():
        write_reports(sheets[name], styles, drafts, profile)
    if TASKS_SHEET in sheets:
        write_tasks_sheet(sheets[TASKS_SHEET], styles, department.tasks, department, profile)
    if SUPERVISION_SHEET in sheets:
        write_supervision_sheet(sheets[SUPERVISION_SHEET], styles, department)
    _summary(workbook, sheets[SUMMARY_SHEET], styles, department, forms, profile, kind, Rows(listed.first, listed.last))
    if packed is None:
        _findings(sheets[FINDINGS_SHEET], styles, macros)
        write_accepted(sheets[FINDINGS_SHEET], styles, department, names)
        rows = shipped(profile, department.cover.year.value) if library is None else library
        write_library(sheets[LIBRARY_SHEET], styles, rows, macros=macros)
        write_help(sheets[HELP_SHEET], styles, kinds, macros=macros)
    else:
        placed = zip(forms, department.projects, strict=False)
        titles = titles_by_place((one.sheet, *one.rows, project.title) for one, project in placed)
        write_findings(sheets[FINDINGS_SHEET], styles, packed.findings, titles)
        if packed.manifest is not None:
            write_manifest(sheets[MANIFEST_SHEET], styles, packed.manifest)
    learned = dict.fromkeys(with_widths(one.learned) for one in kinds if one.learned is not None)
    write_lists(workbook, sheets[LISTS_SHEET], styles, profile, macros=macros)
    write_carried_forms(workbook, styles, learned)
    _tabs(sheets)
    _properties(workbook, department, profile, kind, macros=macros, packed=packed)
    sheets[COVER_SHEET].activate()
    workbook.close()


def _by_sheet(names: Sequence[str], projects: Sequence[Project]) -> Iterator[tuple[str, list[Project]]]:
    """The sheets of projects with what stands on each; ``names`` are those of the projects, in their order."""
    for name, group in groupby(zip_longest(names, projects), key=itemgetter(0)):
        yield name, [project for _, project in group if project is not None]


def _with_errors(made: Sequence[Written], found: Sequence[Finding]) -> Iterator[Written]:
    """The projects of a list with whether 校验结果 lists an error of them."""
    for written in made:
        first, last = written.rows
        errors = (one for one in found if one.severity is Severity.ERROR and one.sheet == written.sheet)
        yield written._replace(has_error=any(one.row is not None and first <= one.row <= last for one in errors))


def _sheets(
    forms: Iterable[str], reports: Sequence[str], packed: PackedSheets | None, *, has_model: bool
) -> Sequence[str]:
    """The names of all sheets, in their order. ``has_model``: one of them is the form that is there to be copied."""
    if packed is None:
        helping, model = (LIBRARY_SHEET, HELP_SHEET, LISTS_SHEET), (MODEL_SHEET,) if has_model else ()
        return (COVER_SHEET, GOALS_SHEET, *forms, *model, *reports, SUMMARY_SHEET, FINDINGS_SHEET, *helping)
    own = (SUMMARY_SHEET, FINDINGS_SHEET, LISTS_SHEET)
    return (COVER_SHEET, GOALS_SHEET, *forms, *reports, *own, *(() if packed.manifest is None else (MANIFEST_SHEET,)))


def _tabs(sheets: dict[str, Worksheet]) -> None:
    for name in (COVER_SHEET, GOALS_SHEET):
        sheets[name].set_tab_color(ACCENT)
    for name in {MODEL_SHEET, LIBRARY_SHEET, HELP_SHEET, MANIFEST_SHEET} & sheets.keys():
        sheets[name].set_tab_color(LINE)


def _properties(
    workbook: Workbook,
    department: Department,
    profile: Profile,
    kind: FormKind,
    *,
    macros: bool,
    packed: PackedSheets | None,
) -> None:
    year = department.cover.year.value
    set_properties(
        workbook,
        DEPARTMENT if packed is None else PACKED,
        f"{year}年部门预算绩效文本" if year else "部门预算绩效文本",
        subject=kind.title,
        company=department.name or "",
        category="部门预算绩效",
        comments="由 xl-perf 生成。" if macros else "由 xl-perf 生成，不含宏。",
        created=None if packed is None or packed.manifest is None else packed.manifest.time,
    )
    workbook.set_custom_property(TEMPLATE_PROPERTY, TEMPLATE_VERSION, "text")
    if not profile.is_by_form:
        workbook.set_custom_property(PROFILE_PROPERTY, profile.name, "text")


# --- 部门汇总 ----------------------------------------------------------------------------------------------------


def _summary(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    department: Department,
    forms: Sequence[Written],
    profile: Profile,
    kind: FormKind,
    listed: Rows,
) -> None:
    projects = department.projects or (draft.project(kind=kind),)
    lines = [_line(department, written, project) for written, project in zip(forms, projects, strict=True)]
    head = Head(department.name, department.cover.year.value, cell_of("department"), cell_of("year"), listed=listed)
    write_summary_sheet(
        workbook,
        sheet,
        styles,
        lines,
        profile,
        head,
        live=True,
        checked=False,
        states=[Formula(written.summary_state, written.listed_state) for written in forms],
    )
    protect(sheet)


def _line(department: Department, written: Written, project: Project) -> ProjectLine:
    """The project's line with the cells in which the written form holds its figures."""
    layout, line = written.layout, line_of(department, project)
    cells = {field.key: _cell_of(layout.input(field.key), written.sheet) for field in layout.fields}
    cells |= {key: cells[other] for key, other in layout.shared.items()}
    for item, month in enumerate(layout.months):
        cells[f"percent:{month}"] = a1(*layout.area("percent", item)[:2])
    columns = [layout.columns[key][0] for key in INDICATOR_TEXTS if key in layout.columns]
    branches: dict[str, list[tuple[int, int]]] = {}
    for branch, first, last in layout.branches:
        branches.setdefault(branch, []).append((first, last))  # a first level may stand twice
    for branch, rows in branches.items():
        cells[f"branch:{branch}"] = formulas.count(written.sheet, rows, columns)
    percents = dict(line.percents)
    in_form = tuple((month, percents.get(month)) for month in layout.months)
    return line._replace(sheet=written.sheet, percents=in_form, cells=tuple(cells.items()))


def _cell_of(box: Box, sheet: str) -> str:
    """The cell of an input; where that holds more than its value, or another unit, what computes it."""
    cell, value = a1(*box.area[:2]), listed_value(box, sheet)
    return cell if value == f"{quoted(sheet)}!{cell}" else f"={value}"


# --- 校验结果 ----------------------------------------------------------------------------------------------------

NOT_CHECKED: Final = (
    "还没有校验。保存后在命令行运行 xl-perf check 本文件.xlsx。"
    "要接受警告，运行 xl-perf consolidate 本文件.xlsx -o 汇总.xlsx，把汇总中“校验结果”的行复制到这里再填。"
)
NOT_PRESSED: Final = "还没有校验。请按首页的“校验全部”。"


def _findings(sheet: Worksheet, styles: Styles, macros: bool) -> None:
    columns = all_columns(with_files=False)
    write_list_head(sheet, styles, FINDINGS_SHEET, NOT_PRESSED if macros else NOT_CHECKED, columns)
    accepting = {column.key for column in ACCEPTANCE}
    for at, column in enumerate(columns):
        # What a button writes takes the column's look; what people write there is theirs to change: their reasons,
        # and without buttons the findings themselves, which they copy from a report.
        typed = column.key in accepting or not macros
        look = styles("plain", text_wrap=True, locked=not typed, num_format=GENERAL if column.key == "cell" else TEXT)
        sheet.set_column(at, at, column.width, look)
    sheet.set_zoom(FINDINGS_ZOOM)
    protect(sheet, autofilter=True, sort=True)
