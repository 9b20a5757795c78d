"""Monitoring and self-evaluation of the example's projects as records, for tests of what is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

from tests.command_line import EXAMPLE
from xl_perf import read
from xl_perf.core.cells.entries import amount_entry, target_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.forms.monitoring import MONITORING
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import EvaluatedIndicator, Evaluation, FundLine, MonitoredIndicator, Monitoring
from xl_perf.core.model.project import Project

DEPARTMENT: Final = "高新区三女河办事处"
OUTTURNS: Final = ("73.70", "30.14", "0", "39.16", "20.50", "33.00", "47.00", "140")
"""Of the eight projects by the end of June, in 万元."""
_NO: Final = absent("")


@cache
def example() -> Department:
    """The example's eight projects, without reports."""
    return read(EXAMPLE)


def monitored(
    project: Project,
    month: int,
    outturn: Scalar,
    reached: Mapping[int, Scalar] = {},
    department: str = DEPARTMENT,
    **changes: object,
) -> Monitoring:
    """A monitoring table of a project; ``reached`` by the number of the indicator, ``changes`` replace its fields."""
    sheet = f"监控-{month}月"
    rows = tuple(
        MonitoredIndicator(
            row.level1, row.level2, row.level3, row.target, target_entry(reached.get(at), sheet, 10 + at, 5)
        )
        for at, row in enumerate(project.indicators)
    )
    known: dict[str, Entry[Any]] = {
        "name": project.name,
        "code": project.code,
        "department_code": text_entry(department, sheet, 3, 1),
        "rectify": text_entry(None, sheet, 20, 1),
    }
    made = Monitoring(
        MONITORING,
        sheet,
        (0, 0, 20, 16),
        tuple(known.get(field.key, _NO) for field in MONITORING.fields),
        (_money(project, outturn, sheet),),
        None,
        (),
        (),
        (),
        None,
        is_hidden=False,
        conflicts=(),
        unit=None,
        says_unit=True,
        table=(8, 0),
        month=Entry(month, Status.FILLED, month, sheet, 1, 0),
        goal=_NO,
        goal_progress=_NO,
        indicators=rows,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _money(project: Project, outturn: Scalar, sheet: str) -> FundLine:
    label = text_entry("年度资金总额", sheet, 5, 2)
    return FundLine("budget", label, project.budget, outturn=amount_entry(outturn, sheet, 5, 7))


def evaluated(project: Project, outturn: Scalar, rows: Sequence[tuple[Scalar, ...]], **changes: object) -> Evaluation:
    """A self-evaluation of a project; ``rows`` are actual value, score, reason, as far as they are given."""
    known: dict[str, Entry[Any]] = {"name": project.name, "code": project.code}
    made = Evaluation(
        EVALUATION,
        "自评",
        (0, 0, 20, 8),
        tuple(known.get(field.key, _NO) for field in EVALUATION.fields),
        (_money(project, outturn, "自评"),),
        None,
        (),
        (),
        (),
        None,
        is_hidden=False,
        conflicts=(),
        unit=None,
        says_unit=True,
        table=(8, 0),
        goal=_NO,
        goal_done=_NO,
        indicators=tuple(
            EvaluatedIndicator(
                *(row.level1, row.level2, row.level3, row.target),
                target_entry(given[0], "自评", 10, 5),
                score=weight_entry(given[1] if len(given) > 1 else None, "自评", 10, 7),
                reason=text_entry(given[2] if len(given) > 2 else None, "自评", 10, 8),
            )
            for row, given in zip(project.indicators, rows, strict=True)
        ),
        total_weight=_NO,
        total=_NO,
        grade=_NO,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def with_june() -> Department:
    """The example with its monitoring by the end of June."""
    department = example()
    tables = [monitored(one, 6, outturn) for one, outturn in zip(department.projects, OUTTURNS, strict=True)]
    return replace(department, monitoring=tuple(tables))


FIRST: Final = (("76人",), ("97.82%",), ("2023年12月28日",), ("158.40万元",), ("达成预期指标", "27"), ("87.5%",))
FIFTH: Final = (("86%",), ("100%",), ("81%",), ("67.99万元",), ("是",), ("93%",))
EIGHTH: Final = (
    ("3个", None, "一个村推迟到下年"),
    ("91.2%",),
    ("否", None, "资金下达较晚"),
    ("386.15万元",),
    ("部分达成预期指标并具有一定效果", "20"),
    ("92%",),
)


def with_scores() -> Department:
    """The example with the self-evaluations of its first and last project."""
    department = example()
    first, last = department.projects[0], department.projects[7]
    tables = evaluated(first, "158.40", FIRST), evaluated(last, "386.15", EIGHTH)
    return replace(department, projects=(first, last), evaluations=tables)
