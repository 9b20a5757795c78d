"""项目支出绩效自评表: what was reached of a project's targets in the year, with scores.

Rows and columns as provinces print the table of 财预〔2020〕10号.
"""

from typing import Final

from xl_perf.core.forms.kind import Column, Family, Field, FormKind, Holds, Known, Part, Value
from xl_perf.core.forms.report_fields import FUND_ROWS, GOAL_DONE, GOAL_SET, HEAD, REPORT_FOOTER
from xl_perf.core.forms.split_targets import SPLIT

EVALUATION: Final = FormKind(
    name="evaluation",
    family=Family.EVALUATION,
    title="项目支出绩效自评表",
    titles=("绩效自评表", "自评表", "绩效评价表", "绩效自评情况表", "自评价表", "自评得分表"),
    parts=(
        Part("year_line", Holds.YEAR),
        Part("head", Holds.FIELDS),
        Part(
            "budget_part",
            Holds.FUNDS,
            "项目资金",
            ("预算执行情况", "资金情况", "项目资金情况"),
            printed="项目资金\n（万元）",
        ),
        Part("goals_part", Holds.OUTCOMES, "年度总体目标", printed="年度\n总体\n目标"),
        Part("indicators_part", Holds.INDICATORS, "绩效指标", printed="绩\n效\n指\n标"),
        Part("footer", Holds.FIELDS, required=False),
    ),
    fields=(
        *HEAD,
        *FUND_ROWS,
        Field(
            "goal",
            "预期目标",
            "goals_part",
            Value.LONG_TEXT,
            (1, 4),
            "预期目标",
            GOAL_SET,
            required=False,
        ),
        Field(
            "goal_done",
            "实际完成情况",
            "goals_part",
            Value.LONG_TEXT,
            (1, 4),
            "实际完成情况",
            GOAL_DONE,
            required=False,
            help="对照预期目标，写做到了什么、没做到什么",
        ),
        Field("grade", "评价等级", "footer", Value.TEXT, (1, 2), "评价等级", ("自评等级", "等级"), required=False),
        *REPORT_FOOTER,
    ),
    fund_columns=(
        Column("initial_budget", "年初预算数", Value.AMOUNT, 1, ("年初预算", "预算数", "年度预算数")),
        Column(
            "adjusted_budget",
            "全年预算数",
            Value.AMOUNT,
            1,
            ("调整后预算数", "调整预算数", "全年（调整）预算数", "全年预算", "全年预算数（A）"),
            required=False,
        ),
        Column(
            "outturn",
            "全年执行数",
            Value.AMOUNT,
            1,
            ("预算执行数", "执行数", "实际执行数", "全年支出数", "全年执行数（B）"),
        ),
        Column("weight", "分值", Value.WEIGHT, 1, ("权重", "执行率权重", "执行率分值"), required=False),
        Column("outturn_rate", "执行率", Value.RATE, 1, ("预算执行率", "执行率（B/A）", "执行率（%）"), required=False),
        Column("score", "得分", Value.SCORE, 1, ("执行率得分", "执行率得分（分）"), required=False),
        Column("reason", "原因", Value.LONG_TEXT, 1, required=False, is_outside=True),
    ),
    columns=(
        Column("level1", "一级指标", Value.LEVEL, 1, required=False),
        Column("level2", "二级指标", Value.LEVEL, 1, required=False),
        Column("level3", "三级指标", Value.TEXT, 1, ("指标名称", "绩效指标名称", "指标内容")),
        Column(
            "target",
            "年度指标值",
            Value.TARGET,
            1,
            ("指标值", "目标值", "年初指标值", "预期指标值", "年度目标值", "预期目标值"),
        ),
        Column(
            "actual",
            "实际完成值",
            Value.ACTUAL,
            1,
            ("完成值", "全年实际值", "全年完成值", "实际完成情况", "完成情况", "实际值"),
        ),
        Column("weight", "分值", Value.WEIGHT, 1, ("权重", "指标权重", "指标分值", "标准分值"), required=False),
        Column("score", "得分", Value.SCORE, 1, ("自评得分", "指标得分", "自评分", "自评分值"), required=False),
        Column(
            "reason",
            "偏差原因分析及改进措施",
            Value.LONG_TEXT,
            1,
            ("未完成原因分析", "偏差原因分析", "未完成原因及改进措施", "偏差原因", "原因分析及改进措施"),
            required=False,
        ),
        Column("method", "计分方法", Value.CHOICE, 1, required=False, is_outside=True),
        Column("evidence", "佐证材料", Value.TEXT, 1, required=False, is_outside=True),
        Column("last_score", "上年自评值", Value.SCORE, 1, required=False, is_outside=True),
        Column("audit_score", "审核得分", Value.SCORE, 1, required=False, is_outside=True),
        Column("audit_reason", "审核扣分理由", Value.TEXT, 1, required=False, is_outside=True),
    ),
    target_parts=SPLIT,
    sheet_widths=(8, 11, 13, 20, 13, 13, 8, 9, 22),
    text_widths=(34, 52, 50, 74, 52, 52, 40, 40, 48),
    known=(
        Known("name", "项目名称"),
        Known("department_code", "主管部门"),
        Known("unit_name", "实施单位"),
        Known("initial_budget", "年初预算数", ("年初预算",)),
        Known("adjusted_budget", "全年预算数", ("调整后预算数", "调整预算数")),
        Known("outturn", "全年执行数", ("预算执行数", "执行数")),
        Known("outturn_rate", "执行率", ("预算执行率",)),
        Known("score", "得分"),
        Known("actual", "实际完成值", ("完成值", "全年实际值", "全年完成值", "实际完成情况", "年度目标完成情况")),
        Known("variance_reason", "偏差原因分析及改进措施", ("未完成原因分析", "偏差原因分析")),
        Known("level1", "一级指标"),
        Known("level2", "二级指标"),
        Known("level3", "三级指标"),
        Known("target", "年度指标值"),
        Known("weight", "分值"),
    ),
)
