"""项目支出绩效目标执行监控表: what was reached by a month. Recognised, not read yet."""

from typing import Final

from xl_perf.core.forms.kind import Family, FormKind, Known

MONITORING: Final = FormKind(
    name="monitoring",
    family=Family.MONITORING,
    title="项目支出绩效目标执行监控表",
    titles=("执行监控表", "运行监控表", "绩效监控表", "监控情况表", "运行监控情况表", "监控表"),
    known=(
        Known("name", "项目名称"),
        Known("department_code", "主管部门及代码"),
        Known("unit_name", "实施单位"),
        Known("initial_budget", "年初预算数"),
        Known("expected_outturn", "全年预计执行数"),
        Known("expected_completion", "全年预计完成情况"),
        Known("variance_reason", "偏差原因分析"),
        Known("possibility", "完成目标可能性"),
        Known("level1", "一级指标"),
        Known("level2", "二级指标"),
        Known("level3", "三级指标"),
        Known("target", "年度指标值"),
    ),
)
