"""What monitoring and self-evaluation tables have in common with the forms whose targets they report on."""

from typing import Final

from xl_perf.core.forms.kind import Column, Field, Value
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.forms.project_targets import PROJECT_TARGETS

_MONEY: Final = "budget_part"
_CODE: Final = PROJECT_TARGETS.field("code")

HEAD: Final = (
    NATIONAL_TARGETS.field("name"),
    Field("code", _CODE.label, "head", Value.CODE, (1, 3), _CODE.name, _CODE.aliases, required=False),
    NATIONAL_TARGETS.field("department_code")._replace(
        aliases=(*NATIONAL_TARGETS.field("department_code").aliases, "主管部门名称及代码")
    ),
    NATIONAL_TARGETS.field("unit_name")._replace(
        aliases=(*NATIONAL_TARGETS.field("unit_name").aliases, "实施单位（盖章）")
    ),
)
"""Which project, and whose."""
_FISCAL: Final = ("财政资金", "财政拨款", "财政性资金", "财政拨款资金")
FUND_ROWS: Final = tuple(
    field._replace(part=_MONEY, aliases=(*field.aliases, *(_FISCAL if field.key == "fiscal" else ())))
    for field in NATIONAL_TARGETS.money
)
"""A row for each source of the money, all of it first."""
REPORT_FOOTER: Final = (
    Field("filled_by", "填报人", "footer", Value.TEXT, (1, 2), "填报人", ("填表人", "经办人"), required=False),
    Field("reviewed_by", "审核人", "footer", Value.TEXT, (1, 2), "审核人", ("负责人", "项目负责人"), required=False),
    Field("date", "填报日期", "footer", Value.TEXT, (1, 2), "填报日期", ("填表日期", "日期"), required=False),
)
"""Who filled the table in, and when."""
GOAL_DONE: Final = (
    "年度目标完成情况",
    "年度总体目标完成情况",
    "目标实际完成情况",
    "全年目标实际完成情况",
    "完成情况",
    "年度总体目标执行情况",
    "目标执行情况",
    "目标完成情况",
)
"""Headings over what was done for the goal."""
GOAL_SET: Final = ("年初设定目标", "项目年度目标", "年度目标", "年初绩效目标", "年度预期目标", "年初目标")
"""Headings over what was aimed at."""
ASIDE_OF_FUNDS: Final = (
    Column("last_outturn", "上期执行数", Value.AMOUNT, 1),
    Column("plan", "计划进度", Value.RATE, 1),
    Column("time", "时间进度", Value.RATE, 1),
    Column("gap", "进度差（百分点）", Value.RATE, 1),
    Column("gap_amount", "进度差（万元）", Value.AMOUNT, 1),
    Column("light", "资金灯", Value.TEXT, 1),
)
"""Right of the money of a monitoring table: computed, but for the first."""
