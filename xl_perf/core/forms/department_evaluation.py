"""部门整体绩效自评表: what a department reached of its own targets, with scores.

Rows and columns as published tables have them: one line of money, indicators without levels, targets as they were set
and as they were adjusted.
"""

from typing import Final

from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.forms.kind import Column, Family, Field, FormKind, Holds, Known, Part, Value
from xl_perf.core.forms.report_fields import REPORT_FOOTER
from xl_perf.core.forms.split_targets import SPLIT

_OUTCOMES: Final = tuple(one for one in EVALUATION.fields if one.part == "goals_part" and one.key != "goal")

DEPARTMENT_EVALUATION: Final = FormKind(
    name="department_evaluation",
    family=Family.EVALUATION,
    title="部门整体绩效自评表",
    titles=(
        *("整体绩效自评表", "整体支出绩效自评表", "部门绩效自评表", "单位绩效自评表", "整体绩效评价表"),
        *("整体自评表", "整体支出自评表", "整体支出绩效评价表", "整体绩效自评情况表"),
    ),
    parts=(
        Part("year_line", Holds.YEAR),
        Part("head", Holds.FIELDS),
        Part("budget_part", Holds.FUNDS, "部门预算执行情况", ("预算执行情况", "部门资金", "部门资金情况")),
        Part("goals_part", Holds.OUTCOMES, "当年绩效目标", ("年度总体目标", "年度绩效目标", "部门年度目标")),
        Part("indicators_part", Holds.INDICATORS, "绩效指标"),
        Part("footer", Holds.FIELDS, required=False),
    ),
    fields=(
        Field(
            "name",
            "主管部门",
            "head",
            Value.TEXT,
            (1, 3),
            "部门名称",
            ("部门名称", "部门（单位）名称", "单位名称", "预算部门", "预算单位", "部门"),
        ),
        Field("total", "自评总分", "head", Value.SCORE, (1, 1), "自评总分", ("总分", "自评得分"), required=False),
        *(one for one in EVALUATION.fields if one.money),
        Field(
            "initial_goal",
            "年初绩效目标",
            "goals_part",
            Value.LONG_TEXT,
            (1, 4),
            "年初绩效目标",
            ("年初设定目标", "年初目标"),
            required=False,
        ),
        Field(
            "goal",
            "全年（调整）绩效目标",
            "goals_part",
            Value.LONG_TEXT,
            (1, 4),
            "全年绩效目标",
            ("全年绩效目标", "调整绩效目标", "调整后绩效目标", "预期目标", "年度目标", "年度预期目标"),
            required=False,
        ),
        *_OUTCOMES,
        *(one for one in EVALUATION.fields if one.key == "grade"),
        *REPORT_FOOTER,
    ),
    fund_columns=EVALUATION.fund_columns,
    columns=(
        *EVALUATION.columns,
        Column(
            "adjusted_target", "调整指标值", Value.TARGET, 1, ("调整后指标值", "全年（调整）指标值"), required=False
        ),
    ),
    target_parts=SPLIT,
    known=(
        Known("department_code", "主管部门"),
        Known("initial_budget", "年初预算数"),
        Known("adjusted_budget", "全年（调整）预算数"),
        Known("outturn", "全年执行数"),
        Known("outturn_rate", "执行率"),
        Known("outturn_weight", "执行率权重"),
        Known("outturn_score", "执行率得分"),
        Known("goal_done", "全年目标实际完成情况"),
        Known("target", "年初指标值"),
        Known("actual", "全年完成值"),
        Known("score", "得分", ("指标得分",)),
    ),
)
