"""部门整体绩效目标表: a department's own targets. Its amounts are the department's, never one more project."""

from typing import Final

from xl_perf.core.forms.kind import Column, Family, Field, FormKind, Holds, Known, Money, Part, Value
from xl_perf.core.forms.split_targets import CONTENT, SPLIT

DEPARTMENT_TARGETS: Final = FormKind(
    name="department_targets",
    family=Family.DEPARTMENT,
    title="部门整体绩效目标表",
    titles=(
        *("整体绩效目标表", "整体支出绩效目标表", "整体支出绩效目标申报表", "部门绩效目标表"),
        *("整体支出绩效目标批复表", "部门整体绩效目标申报表", "单位整体绩效目标表"),
    ),
    states_unit=True,
    parts=(
        Part("head", Holds.FIELDS),
        Part(
            "department_money",
            Holds.FIELDS,
            "年度主要任务",
            ("主要任务", "部门总体资金情况", "部门资金情况", "年度主要任务及资金", "部门预算情况"),
            required=False,
        ),
        Part("goals_part", Holds.GOALS, "年度总体目标", numbered=False),
        Part("indicators_part", Holds.INDICATORS, "绩效指标", required=False),
    ),
    fields=(
        Field(
            "department",
            "部门（单位）名称",
            "head",
            Value.TEXT,
            (1, 5),
            "部门名称",
            ("部门名称", "部门单位名称", "预算部门名称", "预算单位"),
        ),
        Field("unit_name", "单位名称", "head", Value.TEXT, (1, 5), "单位名称", required=False),
        Field("budget", "预算金额", "department_money", Value.AMOUNT, (1, 1), "预算金额", money=Money.BUDGET),
        Field(
            "fiscal",
            "财政拨款",
            "department_money",
            Value.AMOUNT,
            (1, 1),
            "财政拨款",
            required=False,
            money=Money.FISCAL,
        ),
        Field(
            "other",
            "其他资金",
            "department_money",
            Value.AMOUNT,
            (1, 1),
            "其他资金",
            required=False,
            money=Money.SOURCE,
        ),
    ),
    columns=(
        Column("level1", "一级指标", Value.LEVEL, 1),
        Column("level2", "二级指标", Value.LEVEL, 1),
        Column("level3", "三级指标", Value.TEXT, 1, instead="content"),
        Column("description", "绩效指标描述", Value.TEXT, 1, required=False),
        Column("target", "指标值", Value.TARGET, 1),
        Column("weight", "权重", Value.WEIGHT, 1, required=False),
    ),
    target_parts=SPLIT,
    known=(
        CONTENT,
        Known("task", "任务名称", ("任务",)),
        Known("task_content", "主要内容"),
        Known("row_total", "金额合计"),
        Known("annual_column", "当年金额"),
        Known("money_list", "总体资金情况", ("收入构成", "支出构成")),
        Known("duties", "部门职能概述", ("部门职责", "部门职能")),
        Known("contact", "联系电话"),
        Known("whole_goal", "中期目标"),
        Known("whole_budget", "实施期资金总额"),
    ),
)
