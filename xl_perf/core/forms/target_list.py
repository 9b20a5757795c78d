"""Lists of targets, a row per indicator, as budget systems export them (部门预算项目绩效目标表, 预算05-2表).

A project's own cells are filled on its first row, merged, or filled down. Its amounts may stand on another sheet.
"""

from typing import Final

from xl_perf.core.forms.kind import Column, Family, Field, FormKind, Holds, Known, Money, Part, Shape, Stands, Value
from xl_perf.core.forms.split_targets import CONTENT, SPLIT

TARGET_LIST: Final = FormKind(
    name="target_list",
    family=Family.TARGETS,
    title="部门项目支出绩效目标表",
    titles=(
        *("部门项目支出绩效目标表", "部门预算项目绩效目标表", "项目支出绩效目标汇总表", "项目支出绩效目标表"),
        *("部门预算项目支出绩效目标表", "项目支出绩效目标表（本级）", "项目支出绩效目标表（本次下达）"),
    ),
    shape=Shape.LIST,
    states_unit=True,
    parts=(
        Part("head", Holds.FIELDS),
        Part("goals_part", Holds.GOALS, "年度目标", required=False, numbered=False, instead="whole_goal"),
        Part("table", Holds.INDICATORS),
    ),
    fields=(
        Field(
            "unit_name",
            "单位名称",
            "head",
            Value.TEXT,
            (0, 1),
            "单位名称",
            ("项目单位名称",),
            required=False,
            stands=Stands.COLUMN,
        ),
        Field("code", "项目编码", "head", Value.CODE, (0, 1), "项目编码", required=False, stands=Stands.COLUMN),
        Field(
            "name",
            "项目名称",
            "head",
            Value.TEXT,
            (0, 1),
            "项目名称",
            (
                *("单位名称、项目名称", "单位（项目）名称", "单位名称/项目名称", "单位、项目名称"),
                *("单位（专项）名称", "单位(专项资金)名称", "专项（项目）名称", "项目（专项）名称"),
            ),
            stands=Stands.COLUMN,
        ),
        Field(
            "budget",
            "预算数",
            "head",
            Value.AMOUNT,
            (0, 1),
            "预算数",
            required=False,
            stands=Stands.COLUMN,
            money=Money.BUDGET,
            instead="annual_column",
        ),
        Field(
            "fiscal",
            "财政拨款",
            "head",
            Value.AMOUNT,
            (0, 1),
            "财政拨款",
            required=False,
            stands=Stands.COLUMN,
            money=Money.FISCAL,
        ),
        Field(
            "other",
            "其他资金",
            "head",
            Value.AMOUNT,
            (0, 1),
            "其他资金",
            required=False,
            stands=Stands.COLUMN,
            money=Money.SOURCE,
        ),
    ),
    columns=(
        Column("level1", "一级指标", Value.LEVEL, 1),
        Column("level2", "二级指标", Value.LEVEL, 1),
        Column("level3", "三级指标", Value.TEXT, 1, instead="content"),
        Column("description", "绩效指标描述", Value.TEXT, 1, required=False),
        Column("target", "指标值", Value.TARGET, 1),
        Column("basis", "指标值确定依据", Value.BASIS, 1, required=False),
        Column("weight", "权重", Value.WEIGHT, 1, required=False),
    ),
    target_parts=SPLIT,
    known=(
        CONTENT,
        Known("attribute", "指标属性", ("指标类型",)),
        Known("direction", "指标方向性", ("指标方向",)),
        Known("money_part", "项目资金"),
        Known("department_code", "主管部门"),
        Known("indicators_part", "绩效指标", ("绩效目标指标",)),
        Known("row_total", "合计"),
        Known("annual_column", "金额"),
        Known("whole_goal", "实施期绩效目标"),
        Known("unit_code", "单位代码", ("单位编码", "预算单位编码", "预算单位代码")),
        Known("project_class", "项目分类", ("项目类别", "项目类型", "项目属性")),
    ),
)
