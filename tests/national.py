"""Projects in the ministry's form, 项目支出绩效目标表, and its cells as other offices print them."""

from collections.abc import Sequence
from typing import Any

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS
from xl_perf.core.making import draft
from xl_perf.core.model.project import Project

INDICATORS = [
    {"level1": "产出指标", "level2": "数量指标", "level3": "新增数据量", "target": "≥12TB", "weight": "50"},
    {"level1": "效益指标", "level2": "社会效益指标", "level3": "支撑项目数", "target": "≥20项", "weight": "30"},
    {"level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "用户满意度", "target": "≥90%", "weight": "10"},
]

COST = {"level1": "成本指标", "level2": "经济成本指标", "level3": "项目总成本", "target": "≤12万元", "weight": "0"}
"""What `mof-2021` asks for, too."""


def whole(**more: Any) -> Project:
    """A complete project of 12 万元; what is given alone is changed."""
    own: dict[str, Any] = {"name": "数据中心运行", "budget": "12", "fiscal": "10", "carried_over": "2"}
    own |= {"department_code": "[173]甲局", "unit_name": "乙台", "goals": ["完成汇交。"], "indicators": INDICATORS}
    return draft.project(kind=NATIONAL_TARGETS, **(own | more))


Cells = list[list[Scalar]]
MONEY: Sequence[Sequence[Scalar]] = (("年度资金总额：", "", 100), ("其中：财政拨款", "", 90), ("其他资金", "", 10))
HEADER: Sequence[Scalar] = ("一级指标", "二级指标", "三级指标", "指标值")
TABLE: Sequence[Sequence[Scalar]] = (
    ("产出指标", "数量指标", "养护里程", "≥120公里"),
    ("", "质量指标", "验收合格率", "≥95%"),
    ("效益指标", "社会效益指标", "路况优良率", "≥85%"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
)


def printed(
    money: Sequence[Sequence[Scalar]] = MONEY,
    *,
    head: Sequence[Sequence[Scalar]] = (("项目名称", "道路养护"), ("主管部门及代码", "某市某局", "实施单位", "某处")),
    part: str = "项目资金（万元）",
    goal: Sequence[Scalar] = ("年度总体目标", "完成养护。"),
    header: Sequence[Scalar] = HEADER,
    table: Sequence[Sequence[Scalar]] = TABLE,
    title: Sequence[Sequence[Scalar]] = (("项目支出绩效目标表",), ("（2023年度）",)),
) -> Cells:
    """The form cell by cell: the parts of its amounts and indicators have their labels in the first column.

    ``money`` are the rows of the amounts, each from its label on.
    """
    amounts = [[part if number == 0 else "", *row] for number, row in enumerate(money)]
    rows: list[Sequence[Scalar]] = [*title, *head, *amounts, goal]
    rows += [["绩效指标" if number == 0 else "", *row] for number, row in enumerate((header, *table))]
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]
