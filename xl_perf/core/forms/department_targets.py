"""部门整体绩效目标表: a department's own targets. Recognised, not read yet; its amounts are never one more project."""

from typing import Final

from xl_perf.core.forms.kind import Family, FormKind, Known

DEPARTMENT_TARGETS: Final = FormKind(
    name="department_targets",
    family=Family.DEPARTMENT,
    title="部门整体绩效目标表",
    titles=("整体绩效目标表", "整体支出绩效目标表", "整体支出绩效目标申报表", "部门绩效目标表"),
    known=(
        Known("department", "部门（单位）名称", ("部门名称", "单位名称", "部门单位名称")),
        Known("tasks_part", "年度主要任务", ("主要任务",)),
        Known("task", "任务名称"),
        Known("task_content", "主要内容"),
        Known("budget", "预算金额"),
        Known("task_total", "金额合计"),
        Known("department_money", "部门总体资金情况", ("总体资金情况", "收入构成", "支出构成")),
        Known("duties", "部门职能概述", ("部门职责",)),
        Known("goals_part", "年度总体目标", ("年度绩效目标",)),
        Known("level1", "一级指标"),
        Known("level2", "二级指标"),
        Known("level3", "三级指标"),
        Known("target", "指标值"),
    ),
)
