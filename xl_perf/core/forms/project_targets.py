"""项目绩效目标表 as Hebei's offices print it (published texts of 2023): the default kind.

``aliases`` are the wordings of other offices.
"""

from typing import Final

from xl_perf.core.forms.kind import Column, Family, Field, FormKind, Holds, Money, Part, Stands, Value
from xl_perf.core.forms.split_targets import CONTENT, SPLIT

CHECKPOINTS: Final = (3, 6, 10, 12)
"""The months at whose ends cumulative spending is planned."""

PROJECT_TARGETS: Final = FormKind(
    name="project_targets",
    family=Family.TARGETS,
    title="项目绩效目标表",
    titles=("项目绩效目标表", "项目绩效目标申报表"),
    headed_by_name=True,
    sheet_widths=(11, 14.5, 15.5, 14.5, 12.5, 13, 14.5),
    text_widths=(58, 56, 66, 68, 66, 64, 64.2),
    parts=(
        Part("head", Holds.FIELDS),
        Part(
            "budget_part",
            Holds.FIELDS,
            "预算规模及资金用途",
            ("预算规模与资金用途", "预算规模和资金用途", "预算规模", "预算规模及用途", "资金规模及用途"),
            "预算规模及\n资金用途",
        ),
        Part(
            "plan_part",
            Holds.PLAN,
            "资金支出计划（%）",
            ("资金支出计划", "支出计划", "资金支出进度计划", "支出进度计划", "资金支出进度"),
            "资金支出\n计划（%）",
        ),
        Part(
            "goals_part",
            Holds.GOALS,
            "绩效目标",
            (
                "项目绩效目标",
                "年度绩效目标",
                "年度总体目标",
                "总体目标",
                "年度目标",
                "项目总体目标",
                "项目年度绩效目标",
            ),
        ),
        Part("table", Holds.INDICATORS),
    ),
    fields=(
        Field(
            "code",
            "项目编码",
            "head",
            Value.CODE,
            (1, 2),
            "项目编码",
            ("项目代码", "项目编号"),
            help="没有编码的填 ————，校验会提醒，可接受。",
        ),
        Field("name", "项目名称", "head", Value.TEXT, (1, 3), "项目名称", help="与预算批复一致。"),
        Field(
            "budget",
            "预算数",
            "budget_part",
            Value.AMOUNT,
            (1, 1),
            "预算数",
            (
                *("预算金额", "预算总额", "预算资金", "预算总数", "预算数额", "年度预算数", "项目预算", "项目预算数"),
                *(
                    "年度资金总额",
                    "资金总额",
                    "项目资金总额",
                    "年度资金",
                    "预算资金总额",
                    "年度预算",
                    "预算规模数",
                    "资金合计",
                    "资金额度",
                ),
            ),
            money=Money.BUDGET,
        ),
        Field(
            "fiscal",
            "其中：财政资金",
            "budget_part",
            Value.AMOUNT,
            (1, 1),
            "财政资金",
            (
                *("其中财政资金", "财政资金", "其中:财政拨款", "其中财政拨款", "财政拨款", "财政拨款资金"),
                *(
                    "财政性资金",
                    "其中:财政性资金",
                    "其中:财政拨款资金",
                    "本级财政资金",
                    "其中:本级财政资金",
                    "财政拨款数",
                ),
            ),
            money=Money.FISCAL,
        ),
        Field(
            "other",
            "其他资金",
            "budget_part",
            Value.AMOUNT,
            (1, 1),
            "其他资金",
            ("其它资金", "其中:其他资金", "其中:其它资金", "非财政资金", "非财政拨款数"),
            money=Money.SOURCE,
        ),
        Field(
            "purpose",
            "",
            "budget_part",
            Value.LONG_TEXT,
            (0, 6),
            "资金用途",
            stands=Stands.BELOW_PART,
            help="写“资金主要用于……”。",
        ),
    ),
    columns=(
        Column("level1", "一级指标", Value.LEVEL, 1),
        Column("level2", "二级指标", Value.LEVEL, 1),
        Column("level3", "三级指标", Value.TEXT, 1, ("三级指标名称",)),
        Column(
            "description",
            "绩效指标描述",
            Value.TEXT,
            2,
            ("指标描述", "指标解释", "绩效指标解释", "指标说明", "绩效指标说明", "绩效标准"),
            instead="content",
        ),
        Column(
            "target",
            "指标值",
            Value.TARGET,
            1,
            ("绩效指标值", "目标值", "年度指标值", "指标目标值", "年度目标值", "绩效目标值", "指标目标", "计划指标值"),
        ),
        Column(
            "basis",
            "指标值确定依据",
            Value.BASIS,
            1,
            ("确定依据", "依据", "指标确定依据", "指标值依据", "指标值设定依据", "指标依据", "设定依据"),
        ),
        Column(
            "weight",
            "权重",
            Value.WEIGHT,
            1,
            ("分值", "指标权重", "权重分值", "分值权重", "指标分值", "权重%"),
            required=False,
            beside="description",
        ),
    ),
    target_parts=SPLIT,
    known=(CONTENT,),
)
