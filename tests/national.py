"""Projects in the ministry's form, 项目支出绩效目标表."""

from typing import Any

from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project

INDICATORS = [
    {"level1": "产出指标", "level2": "数量指标", "level3": "新增数据量", "target": "≥12TB", "weight": "50"},
    {"level1": "效益指标", "level2": "社会效益指标", "level3": "支撑项目数", "target": "≥20项", "weight": "30"},
    {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "用户满意度", "target": "≥90%", "weight": "10"},
]


def whole(**more: Any) -> Project:
    """A complete project of 12 万元; what is given alone is changed."""
    own: dict[str, Any] = {"name": "数据中心运行", "budget": "12", "fiscal": "10", "carried_over": "2"}
    own |= {"department_code": "[173]甲局", "unit_name": "乙台", "goals": ["完成汇交。"], "indicators": INDICATORS}
    return draft.project(kind=NATIONAL_TARGETS, **(own | more))
