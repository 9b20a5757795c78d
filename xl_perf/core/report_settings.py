"""What a profile says of monitoring, self-evaluation and tasks. Rates and thresholds in %, points of 100 in all.

The defaults are those of hebei-2023. What is sourced, and what must stay a setting because nobody could find the rule
in force, stands in docs/年中年末.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True)
class MonitorSettings:
    """How the monitoring of a month is judged.

    ``against`` is ``plan`` (of spending) or ``time``; ``plan_between`` is what holds between two checkpoints: ``last``
    or ``linear``. ``scaling``: ``nature`` (cumulative targets grow with the year, others do not), ``shanxi`` or
    ``vendor``. ``floors`` are the least rates by month. ``may_be_blank`` are second levels that need no value before
    December. ``over`` is by how much a target may be passed without a reason. ``due`` are days (MMDD), only printed.
    """

    months: tuple[int, ...] = (3, 6, 9, 12)
    against: str = "plan"
    yellow: Decimal = Decimal(80)
    red: Decimal = Decimal(60)
    blue: Decimal = Decimal(120)
    floors: Mapping[int, Decimal] = field(default_factory=dict)
    plan_between: str = "last"
    scaling: str = "nature"
    may_be_blank: tuple[str, ...] = (
        "质量",
        "满意度",
        "服务对象满意度",
        "经济效益",
        "社会效益",
        "生态效益",
        "可持续影响",
    )
    over: Decimal = Decimal(15)
    reason_when: tuple[str, ...] = ("red", "yellow")
    show_adjusted: bool = True
    due: Mapping[int, str] = field(default_factory=lambda: {3: "0420", 6: "0720", 9: "1020", 12: "0131"})


@dataclass(frozen=True)
class Satisfaction:
    """How 满意度 is scored: by ``ratio``, or ``steps``: ``deduct`` points for each begun ``per`` points below."""

    method: str = "ratio"
    per: Decimal = Decimal(5)
    deduct: Decimal = Decimal(1)


@dataclass(frozen=True)
class EvaluateSettings:
    """How a self-evaluation is scored.

    ``execution`` are the points for spending the budget, ``shares`` those of the first levels (together 100).
    ``redistribute`` says where the points of a first level without indicators go. ``equal`` and ``cost_equal`` (of
    costs) say what = means: ``at-least``, ``exact`` or ``at-most``; ``reverse`` how ≤ loses points: ``linear`` or
    ``ratio``. ``execution_from``: ``exact`` or ``printed-rate``. ``bands`` are the lower bounds of the first two bands
    of targets in words. ``late_step``: what each begun month of delay costs. ``tiers`` (from rate, points) replace the
    ratio of spending. ``gap`` and ``unspent`` are the bounds of E917 and E918.
    """

    execution: Decimal = Decimal(10)
    shares: Mapping[str, Decimal] = field(
        default_factory=lambda: {"产出": Decimal(50), "效果": Decimal(30), "满意度": Decimal(10)}
    )
    redistribute: Mapping[str, str] = field(default_factory=lambda: {"满意度": "效果"})
    equal: str = "at-least"
    cost_equal: str = "at-most"
    reverse: str = "linear"
    execution_from: str = "exact"
    bands: tuple[Decimal, Decimal] = (Decimal(80), Decimal(60))
    late_step: Decimal = Decimal(10)
    satisfaction: Satisfaction = Satisfaction()
    over: Decimal = Decimal(20)
    over_deduct: str = "manual"
    grades: tuple[tuple[str, Decimal], ...] = (("优", Decimal(90)), ("良", Decimal(80)), ("中", Decimal(60)))
    lowest_grade: str = "差"
    gap: Decimal = Decimal(5)
    unspent: Decimal = Decimal(20)
    print_grade: bool = True
    tiers: tuple[tuple[Decimal, Decimal], ...] = ()
    department: str = "weighted"

    @property
    def indicators(self) -> Decimal:
        """The points of all indicators together."""
        return _HUNDRED - self.execution


@dataclass(frozen=True)
class TaskSettings:
    """How tasks are planned: ``by`` ``month`` or ``quarter``; ``soon_days`` before a deadline it is called near."""

    by: str = "month"
    soon_days: int = 15


SUPERVISION_TYPES: Final = (
    *("绩效运行", "重大支出决策", "对外投资", "资产处置", "内部审计", "外部监督", "采购合同"),
    *("退回修改", "接受警告"),
)
"""监督记录: what a record is about; the last two are those that our own actions add."""
