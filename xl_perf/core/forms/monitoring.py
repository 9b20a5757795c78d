"""项目支出绩效目标执行监控表: what was reached of a project's targets by the end of a month.

Rows and columns as provinces print the table of 财预〔2018〕136号.
"""

from typing import Final

from xl_perf.core.forms.kind import Column, Family, Field, FormKind, Holds, Known, Part, Value
from xl_perf.core.forms.report_fields import FUND_ROWS, GOAL_DONE, GOAL_SET, HEAD, REPORT_FOOTER
from xl_perf.core.forms.split_targets import SPLIT

_REASONS: Final = "偏差原因分析"
_POSSIBILITY: Final = "完成目标可能性"

MONITORING: Final = FormKind(
    name="monitoring",
    family=Family.MONITORING,
    title="项目支出绩效目标执行监控表",
    titles=("执行监控表", "运行监控表", "绩效监控表", "监控情况表", "运行监控情况表", "监控表"),
    parts=(
        Part("period_line", Holds.YEAR),
        Part("head", Holds.FIELDS),
        Part(
            "budget_part",
            Holds.FUNDS,
            "项目资金",
            ("预算执行情况", "资金情况", "项目资金情况"),
            printed="项目资金\n（万元）",
        ),
        Part("goals_part", Holds.GOALS, "年度总体目标", numbered=False),
        Part("indicators_part", Holds.INDICATORS, "绩效指标"),
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
            (1, 14),
            "预期目标",
            GOAL_SET,
            required=False,
            is_extra=True,
        ),
        Field(
            "goal_progress",
            "年度总体目标执行情况",
            "goals_part",
            Value.LONG_TEXT,
            (1, 14),
            "目标执行情况",
            ("实际完成情况", *GOAL_DONE),
            required=False,
            is_extra=True,
        ),
        Field(
            "rectify",
            "整改要求和建议",
            "footer",
            Value.LONG_TEXT,
            (2, 14),
            "整改要求和建议",
            ("整改要求", "整改措施", "整改建议"),
            required=False,
            help="红灯或完全不可能完成的，写明怎样整改；需要调整目标的按程序报批",
        ),
        Field(
            "rectified",
            "整改结果和结论",
            "footer",
            Value.LONG_TEXT,
            (2, 14),
            "整改结果和结论",
            ("整改结果", "整改情况"),
            required=False,
            help="上一期要求整改的，写明结果",
        ),
        *REPORT_FOOTER,
    ),
    fund_columns=(
        Column("initial_budget", "年初预算数", Value.AMOUNT, 1, ("年初预算", "预算数", "年度预算数")),
        Column(
            "adjusted_budget",
            "调整后预算数",
            Value.AMOUNT,
            1,
            ("全年预算数", "调整预算数", "全年预算数(A)"),
            required=False,
        ),
        Column("outturn", "执行数", Value.AMOUNT, 2, ("预算执行数", "实际执行数", "累计执行数")),
        Column("outturn_rate", "执行率", Value.RATE, 2, ("预算执行率",), required=False),
        Column("expected_outturn", "全年预计执行数", Value.AMOUNT, 3, ("全年预计数", "预计全年执行数"), required=False),
    ),
    columns=(
        Column("level1", "一级指标", Value.LEVEL, 1),
        Column("level2", "二级指标", Value.LEVEL, 1),
        Column("level3", "三级指标", Value.TEXT, 1),
        Column("target", "年度指标值", Value.TARGET, 1),
        Column("reached", "执行情况", Value.ACTUAL, 1, ("实际执行情况", "实际完成情况", "完成情况")),
        Column("expected", "全年预计完成情况", Value.ACTUAL, 1, ("预计完成情况", "全年预计完成值"), required=False),
        Column("funds_reason", "经费保障", Value.TICK, 1, required=False, group=_REASONS),
        Column("rules_reason", "制度保障", Value.TICK, 1, required=False, group=_REASONS),
        Column("staff_reason", "人员保障", Value.TICK, 1, required=False, group=_REASONS),
        Column("equipment_reason", "硬件条件保障", Value.TICK, 1, ("硬件保障",), required=False, group=_REASONS),
        Column("other_reason", "其他", Value.TICK, 1, ("其他原因",), required=False, group=_REASONS),
        Column("explanation", "原因说明", Value.LONG_TEXT, 1, required=False, group=_REASONS),
        Column("certain", "确定能", Value.TICK, 1, required=False, group=_POSSIBILITY),
        Column("possible", "有可能", Value.TICK, 1, required=False, group=_POSSIBILITY),
        Column("impossible", "完全不可能", Value.TICK, 1, ("不可能",), required=False, group=_POSSIBILITY),
        Column("remark", "备注", Value.TEXT, 1, required=False),
        Column("nature", "性质", Value.CHOICE, 1, required=False, is_outside=True),
    ),
    target_parts=SPLIT,
    sheet_widths=(5, 9, 10, 17, 11, 12, 13, 6, 6, 6, 7, 5.5, 17, 7, 7, 7, 9),
    text_widths=(24, 52, 53, 80, 50, 54, 54, 26, 26, 26, 26, 26, 88, 28, 28, 28, 37),
    known=(
        Known("name", "项目名称"),
        Known("department_code", "主管部门及代码"),
        Known("unit_name", "实施单位"),
        Known("initial_budget", "年初预算数"),
        Known("expected_outturn", "全年预计执行数"),
        Known("expected_completion", "全年预计完成情况"),
        Known("variance_reason", _REASONS),
        Known("possibility", _POSSIBILITY),
        Known("level1", "一级指标"),
        Known("level2", "二级指标"),
        Known("level3", "三级指标"),
        Known("target", "年度指标值"),
    ),
)
