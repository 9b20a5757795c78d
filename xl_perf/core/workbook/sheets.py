"""The sheets of the department workbook, and the labels on them, described once, as data."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded

TEMPLATE_VERSION: Final = "1.0"


class SheetField(NamedTuple):
    """A label on a sheet of the workbook that is no form; ``aliases`` are other wordings that people use."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()


COVER_SHEET: Final = "首页"
GOALS_SHEET: Final = "整体绩效目标"
SUMMARY_SHEET: Final = "部门汇总"
FINDINGS_SHEET: Final = "校验结果"
LIBRARY_SHEET: Final = "指标库"
"""Usual indicators, to be picked from; nothing on it is a project's."""
HELP_SHEET: Final = "说明"
LISTS_SHEET: Final = "字典"
FORMS_SHEET: Final = "表样"
"""Very hidden: the office's own kinds of form (样表) that the workbook was made of."""
MODEL_SHEET: Final = "空白表"
LIST_SHEET: Final = "项目清单"
"""All projects of an office's own kind of form that is a list, a row per indicator."""
EVALUATION_SHEET: Final = "自评"
TASKS_SHEET: Final = "任务分解"
SUPERVISION_SHEET: Final = "监督记录"
MONITORING_SUMMARY_SHEET: Final = "监控汇总"
EVALUATION_SUMMARY_SHEET: Final = "自评汇总"
MANIFEST_SHEET: Final = "报送清单"
"""What `pack` writes last into a workbook that is mailed: what is in it, and digests of that."""
MANIFEST_FORMAT: Final = "xl-perf-manifest-1"
"""What the same names itself in the file beside a packed workbook."""
MODEL_NAME: Final = "空白项目表"
"""The defined name that marks the model form, which is no project."""
LOG_SHEET: Final = "记录"
"""Very hidden: what buttons changed, so that it can be taken back."""
DELETED_SHEET: Final = "已删除"
"""Name of the hidden sheet that 删除项目 leaves for 撤销, followed by the form's own; what is on it is no project."""
OTHER_SHEETS: Final = frozenset(
    {
        *(COVER_SHEET, GOALS_SHEET, SUMMARY_SHEET, FINDINGS_SHEET, LIBRARY_SHEET, HELP_SHEET, LISTS_SHEET, LOG_SHEET),
        *(FORMS_SHEET, MANIFEST_SHEET, MONITORING_SUMMARY_SHEET, EVALUATION_SUMMARY_SHEET),
    }
)
"""Sheets of our department workbook that hold no form. In anybody else's book a form may stand on any sheet."""

COVER_FIELDS: Final = (
    SheetField("department", "部门名称", ("部门", "单位名称", "填报单位", "编制单位", "预算部门", "填报部门")),
    SheetField("year", "预算年度", ("年度", "预算年份", "年份")),
    SheetField("contact", "联系人", ("填报人", "经办人")),
    SheetField("phone", "联系电话", ("电话", "联系方式")),
    SheetField("ceiling", "控制数", ("预算控制数", "控制数额")),
)
GOALS_FIELDS: Final = (
    SheetField("overall", "总体绩效目标", ("部门总体绩效目标", "总体目标", "年度总体绩效目标")),
    SheetField("sub_title", "分项绩效目标", ("分项目标", "分项名称")),
    SheetField("sub_goal", "绩效目标"),
    SheetField("sub_indicator", "绩效指标"),
    SheetField("sub_target", "指标值"),
    SheetField("sub_projects", "对应项目", ("支撑项目", "项目名称")),
    SheetField("safeguard", "工作保障措施", ("保障措施", "工作措施")),
    SheetField("safeguard_text", "具体内容", ("措施内容", "内容")),
)
SUMMARY_FIELDS: Final = (
    SheetField("code", "项目编码"),
    SheetField("name", "项目名称"),
    SheetField("budget", "预算数"),
    SheetField("fiscal", "财政资金"),
    SheetField("other", "其他资金"),
)
FINDINGS_FIELDS: Final = (
    SheetField("severity", "级别"),
    SheetField("code", "规则"),
    SheetField("sheet", "工作表"),
    SheetField("cell", "单元格"),
    SheetField("field", "字段"),
    SheetField("found", "发现"),
    SheetField("message", "说明"),
    SheetField("reason", "接受理由"),
    SheetField("by", "接受人"),
)
MONEY_LABELS: Final = {field.key: field.label for field in SUMMARY_FIELDS if field.key not in {"code", "name"}}
"""What is totalled, with the headings of its columns."""
TOTAL_LABEL: Final = "合计"


@lru_cache(maxsize=1024)
def planned_column(heading: str) -> tuple[int, str] | None:
    """Month and unit (``%`` or ``万元``) of a column of 部门汇总, from its heading such as ``6月底（万元）``."""
    match = re.fullmatch(r"(1[0-2]|[1-9])月底\((%|万元)\)", folded(heading))
    return (int(match[1]), match[2]) if match else None


def form_sheet(number: int) -> str:
    """The name of the sheet with the form of that number, from 1: ``01``."""
    return f"{number:02d}"


def list_sheet(number: int) -> str:
    """The name of the sheet with the list of that number, from 1: 项目清单, 项目清单2."""
    return LIST_SHEET if number == 1 else f"{LIST_SHEET}{number}"


def monitoring_sheet(month: int) -> str:
    """The name of the sheet with the monitoring of a month: ``监控-6月``."""
    return f"监控-{month}月"
