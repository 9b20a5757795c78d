"""Builds the department workbook of design/form: empty as the template, or with a department's projects.

The build is reproducible: the same department gives the same bytes, whenever it is built.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.books.kinds import DEPARTMENT, TEMPLATE_PROPERTY
from xl_perf.books.sheets.cells import Formula, span
from xl_perf.books.sheets.cover_sheet import cell_of, write_cover
from xl_perf.books.sheets.findings_sheet import columns_of
from xl_perf.books.sheets.form_sheet import Written, write_form
from xl_perf.books.sheets.goals_sheet import write_goals
from xl_perf.books.sheets.help_sheet import write_help
from xl_perf.books.sheets.list_head import write_list_head
from xl_perf.books.sheets.lists_sheet import write_lists
from xl_perf.books.sheets.page import protect
from xl_perf.books.sheets.properties import set_properties
from xl_perf.books.sheets.rollup import Head, write_rollup
from xl_perf.books.sheets.styles import ACCENT, LINE, TEXT, Styles
from xl_perf.books.sheets.texts import quoted
from xl_perf.core import draft, form
from xl_perf.core.grid import a1
from xl_perf.core.layout import blank_layout, project_layout
from xl_perf.core.model import Department, Project
from xl_perf.core.profile import Profile
from xl_perf.core.summary import ProjectLine, line_of


def write_department(target: Path | BinaryIO, department: Department, profile: Profile) -> None:
    """Writes a department's workbook (.xlsx without macros); without projects, one blank form ready to fill.

    Sheets: 首页, 整体绩效目标, a form per project (``01``, ``02`` …), 空白表 to be copied, 部门汇总, 校验结果, 说明,
    and 字典, which is hidden. What was understood is written in the form's own units (万元, shares formatted as %),
    everything else as it was typed. Raises OSError where the target cannot be written.
    """
    workbook = Workbook(str(target) if isinstance(target, Path) else target, {"in_memory": True})
    projects: Sequence[Project | None] = department.projects or (None,)
    names = [f"{number:02d}" for number in range(1, len(projects) + 1)]
    sheets = {
        name: workbook.add_worksheet(name)
        for name in (
            *(form.COVER_SHEET, form.GOALS_SHEET, *names, form.MODEL_SHEET),
            *(form.SUMMARY_SHEET, form.FINDINGS_SHEET, form.HELP_SHEET, form.LISTS_SHEET),
        )
    }
    styles = Styles(workbook)
    forms = []
    for name, project in zip(names, projects, strict=True):
        layout = blank_layout(profile) if project is None else project_layout(project, profile)
        forms.append(write_form(workbook, sheets[name], styles, layout, project, profile))
    write_form(workbook, sheets[form.MODEL_SHEET], styles, blank_layout(profile), None, profile)
    workbook.define_name(form.MODEL_NAME, f"={quoted(form.MODEL_SHEET)}!$A$1")
    write_cover(workbook, sheets[form.COVER_SHEET], styles, department.cover, forms)
    write_goals(sheets[form.GOALS_SHEET], styles, department, profile)
    _summary(workbook, sheets[form.SUMMARY_SHEET], styles, department, forms, profile)
    _findings(sheets[form.FINDINGS_SHEET], styles)
    write_help(sheets[form.HELP_SHEET], styles)
    write_lists(workbook, sheets[form.LISTS_SHEET], styles, profile)
    _tabs(sheets)
    _properties(workbook, department)
    sheets[form.COVER_SHEET].activate()
    workbook.close()


def _tabs(sheets: dict[str, Worksheet]) -> None:
    for name in (form.COVER_SHEET, form.GOALS_SHEET):
        sheets[name].set_tab_color(ACCENT)
    for name in (form.MODEL_SHEET, form.HELP_SHEET):
        sheets[name].set_tab_color(LINE)


def _properties(workbook: Workbook, department: Department) -> None:
    year = department.cover.year.value
    set_properties(
        workbook,
        DEPARTMENT,
        f"{year}年部门预算绩效文本" if year else "部门预算绩效文本",
        subject=form.FORM_TITLE,
        company=department.name or "",
        category="部门预算绩效",
        comments="由 xl-perf 生成，不含宏。",
    )
    workbook.set_custom_property(TEMPLATE_PROPERTY, form.TEMPLATE_VERSION, "text")


# --- 部门汇总 ----------------------------------------------------------------------------------------------------


def _summary(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    department: Department,
    forms: Sequence[Written],
    profile: Profile,
) -> None:
    projects = department.projects or (draft.project(),)
    lines = [_line(department, written, project) for written, project in zip(forms, projects, strict=True)]
    head = Head(department.name, department.cover.year.value, cell_of("department"), cell_of("year"))
    write_rollup(
        workbook,
        sheet,
        styles,
        lines,
        profile,
        head,
        link=lambda line, key: f"internal:{quoted(line.sheet)}!A1" if key == "name" else None,
        live=True,
        checked=False,
        states=[Formula(f"={written.state_reference}", written.state) for written in forms],
    )
    protect(sheet)


def _line(department: Department, written: Written, project: Project) -> ProjectLine:
    """The project's line with the cells in which the written form holds its figures."""
    layout, line = written.layout, line_of(department, project)
    cells = {key: a1(*layout.area(key)[:2]) for key in ("code", "name", "fiscal", "other")}
    cells["budget"] = a1(*layout.area("total")[:2])
    for item, month in enumerate(layout.months):
        cells[f"percent:{month}"] = a1(*layout.area("percent", item)[:2])
    for branch, first, last in layout.spans:
        names, key = span((first, 2, last, 2)).replace("$", ""), f"branch:{branch}"
        # A first level may stand twice: its ranges are then counted together.
        cells[key] = f"{cells[key]},{quoted(written.sheet)}!{names}" if key in cells else names
    percents = dict(line.percents)
    in_form = tuple((month, percents.get(month)) for month in layout.months)
    return line._replace(sheet=written.sheet, percents=in_form, cells=tuple(cells.items()))


# --- 校验结果 ----------------------------------------------------------------------------------------------------

NOT_CHECKED: Final = "还没有校验。保存后在命令行运行 xl-perf check 本文件.xlsx；加 --report 清单.xlsx 生成逐条清单。"


def _findings(sheet: Worksheet, styles: Styles) -> None:
    write_list_head(sheet, styles, form.FINDINGS_SHEET, NOT_CHECKED, columns_of(with_files=False))
    # Below the head anybody may write: the findings, and beside them why a warning stands and who says so.
    for at, column in enumerate(columns_of(with_files=False)):
        sheet.set_column(at, at, column.width, styles("plain", locked=False, num_format=TEXT))
    protect(sheet)
