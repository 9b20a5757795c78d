"""Monitoring and self-evaluation as records, of the example's projects and of none, for tests of what they give."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any, Final

from tests.command_line import EXAMPLE
from xl_perf import read
from xl_perf.core.cells.entries import amount_entry, target_entry, text_entry, weight_entry
from xl_perf.core.cells.entry import Entry, Status, absent
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.evaluation import EVALUATION
from xl_perf.core.forms.kind import FormKind
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
        **_report(MONITORING, sheet, known, _money(project.budget, outturn, sheet)),
        month=Entry(month, Status.FILLED, month, sheet, 1, 0),
        goal=_NO,
        goal_progress=_NO,
        indicators=rows,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _report(kind: FormKind, sheet: str, known: Mapping[str, Entry[Any]], whole: FundLine) -> dict[str, Any]:
    """What both kinds of table have: fields that are known, and one row of money."""
    return {
        "kind": kind,
        "sheet": sheet,
        "area": (0, 0, 20, 16),
        "values": tuple(known.get(field.key, _NO) for field in kind.fields),
        "funds": (whole,),
        "year": None,
        **dict.fromkeys(("missing", "unread", "unfilled"), ()),
        "sign_off": None,
        "is_hidden": False,
        "table": (8, 0),
    }


def _money(budget: Entry[Decimal], outturn: Scalar, sheet: str) -> FundLine:
    label = text_entry("年度资金总额", sheet, 5, 2)
    return FundLine("budget", label, budget, outturn=amount_entry(outturn, sheet, 5, 7))


def row(level1: str, level2: str, name: str, target: str, actual: str, *, score: str = "") -> EvaluatedIndicator:
    """A row of the indicators of a self-evaluation; its points follow from the shares."""
    return EvaluatedIndicator(
        text_entry(level1, "自评", 10, 0),
        text_entry(level2, "自评", 10, 1),
        text_entry(name, "自评", 10, 2),
        target_entry(target, "自评", 10, 3),
        target_entry(actual, "自评", 10, 5),
        score=weight_entry(score, "自评", 10, 7),
    )


def evaluation(budget: str, outturn: str, *rows: EvaluatedIndicator) -> Evaluation:
    """A self-evaluation with these amounts (万元) and rows, and nothing else."""
    return _evaluation({}, _money(amount_entry(budget, "自评", 5, 3), outturn, "自评"), rows)


def _evaluation(known: Mapping[str, Entry[Any]], whole: FundLine, rows: Iterable[EvaluatedIndicator]) -> Evaluation:
    blank: dict[str, Any] = dict.fromkeys(("goal", "goal_done", "total_weight", "total", "grade"), _NO)
    return Evaluation(**_report(EVALUATION, "自评", known, whole), **blank, indicators=tuple(rows))


def evaluated(project: Project, outturn: Scalar, rows: Sequence[tuple[Scalar, ...]], **changes: object) -> Evaluation:
    """A self-evaluation of a project; ``rows`` are actual value, score, reason, as far as they are given."""
    known: dict[str, Entry[Any]] = {"name": project.name, "code": project.code}
    made = _evaluation(
        known,
        _money(project.budget, outturn, "自评"),
        (
            EvaluatedIndicator(
                *(row.level1, row.level2, row.level3, row.target),
                target_entry(given[0], "自评", 10, 5),
                score=weight_entry(given[1] if len(given) > 1 else None, "自评", 10, 7),
                reason=text_entry(given[2] if len(given) > 2 else None, "自评", 10, 8),
            )
            for row, given in zip(project.indicators, rows, strict=True)
        ),
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
