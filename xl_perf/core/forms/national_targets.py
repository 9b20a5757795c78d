"""项目支出绩效目标表 as the ministry and most provinces print it (since 2015): recognised, not read yet."""

from typing import Final

from xl_perf.core.forms.kind import Family, FormKind, Known

NATIONAL_TARGETS: Final = FormKind(
    name="national_targets",
    family=Family.TARGETS,
    title="项目支出绩效目标表",
    titles=(
        *(
            "项目支出绩效目标表",
            "项目支出绩效目标申报表",
            "项目支出绩效目标批复表",
            "区域绩效目标表",
            "整体绩效目标申报表",
        ),
        *("转移支付绩效目标表", "专项资金绩效目标表", "转移支付区域绩效目标表", "预算项目绩效目标表"),
    ),
    known=(
        Known("name", "项目名称"),
        Known("department_code", "主管部门及代码", ("主管部门", "主管单位", "省级主管部门", "中央主管部门")),
        Known("unit_name", "实施单位", ("项目单位", "项目实施单位", "项目负责人及电话")),
        Known("money_part", "项目资金", ("资金情况", "资金金额")),
        Known("budget", "年度资金总额"),
        Known("fiscal", "其中：财政拨款", ("其中：本年一般公共预算拨款", "中央补助", "其中：中央补助")),
        Known("carried_over", "上年结转", ("上年结转资金",)),
        Known("other", "其他资金"),
        Known("goals_part", "年度总体目标"),
        Known("indicators_part", "绩效指标", ("年度绩效指标",)),
        Known("level1", "一级指标"),
        Known("level2", "二级指标"),
        Known("level3", "三级指标"),
        Known("target", "指标值"),
    ),
)
