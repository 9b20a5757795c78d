"""字典 (hidden): the lists behind the drop-downs, each with a defined name, and the template's version."""

from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_perf.core.profile import Profile
from xl_perf.core.workbook.settings import BY_FORM, PROFILE_LABEL, VERSION_LABEL
from xl_perf.core.workbook.sheets import TEMPLATE_VERSION
from xl_perf.sheets.cells import absolute_span
from xl_perf.written.messages import write_import_cells, write_messages
from xl_perf.written.page import protect
from xl_perf.written.styles import Styles

BASES: Final = (
    "上级政策",
    "行业标准",
    "工作计划",
    "合同约定",
    "工作要求",
    "历史数据",
    "政府采购",
    "部门规章制度",
    "工作经验",
)
"""Wordings of 指标值确定依据 that are offered; others may be typed. Mostly those of the 2023 texts."""
BASIS_LIST: Final = "依据清单"


def second_list(branch: str) -> str:
    """The defined name of the second levels under a first level."""
    return f"二级清单_{branch}"


def write_lists(
    workbook: Workbook, sheet: Worksheet, styles: Styles, profile: Profile, *, macros: bool = False
) -> None:
    """Writes the lists, one per column, defines their names, and hides the sheet; with macros, what those need too."""
    lists = [("指标值确定依据", BASIS_LIST, list(BASES))]
    lists += [
        (branch.label, second_list(branch.name), list(map(profile.label_of, profile.second_of[branch.name])))
        for branch in profile.branches
    ]
    header, cell = styles("header"), styles("plain")
    for column, (title, name, values) in enumerate(lists):
        sheet.write_string(0, column, title, header)
        for row, value in enumerate(values, 1):
            sheet.write_string(row, column, value, cell)
        workbook.define_name(name, f"={sheet.name}!{absolute_span((1, column, len(values), column))}")
    last = len(lists)
    about = (VERSION_LABEL, TEMPLATE_VERSION), (PROFILE_LABEL, BY_FORM if profile.is_by_form else profile.name)
    for row, (label, value) in enumerate(about):
        sheet.write_string(row, last + 1, label, header)
        sheet.write_string(row, last + 2, value, cell)
    sheet.set_column(0, last + 2, 18)
    if macros:
        write_messages(workbook, sheet, styles, last + 4)
        write_import_cells(workbook, sheet, styles, last + 5)
    protect(sheet)
    sheet.hide()
