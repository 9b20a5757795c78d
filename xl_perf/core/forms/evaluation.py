"""项目支出绩效自评表: what was reached in the year, with scores. Recognised, not read yet."""

from typing import Final

from xl_perf.core.forms.kind import Family, FormKind, Known

EVALUATION: Final = FormKind(
    name="evaluation",
    family=Family.EVALUATION,
    title="项目支出绩效自评表",
    titles=("绩效自评表", "自评表", "绩效评价表", "绩效自评情况表", "自评价表", "自评得分表"),
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
