"""Lists of targets, a row per indicator, as budget systems export them (部门预算项目绩效目标表).

Recognised, not read yet.
"""

from typing import Final

from xl_perf.core.forms.kind import Family, FormKind, Known

TARGET_LIST: Final = FormKind(
    name="target_list",
    family=Family.TARGETS,
    title="部门项目支出绩效目标表",
    titles=("部门项目支出绩效目标表", "部门预算项目绩效目标表", "项目支出绩效目标汇总表"),
    known=(
        Known("department", "单位名称、项目名称", ("单位名称",)),
        Known("name", "项目名称"),
        Known("goals_part", "年度目标", ("项目年度绩效目标",)),
        Known("level1", "一级指标"),
        Known("level2", "二级指标"),
        Known("level3", "三级指标"),
        Known("operator", "指标性质", ("计算符号",)),
        Known("target", "指标值"),
        Known("measure", "度量单位", ("计量单位",)),
        Known("attribute", "指标属性"),
        Known("weight", "权重"),
    ),
)
