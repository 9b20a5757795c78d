"""The short report that stands before the tables: counts, sums, projects by name, reasons as they were typed.

Facts only; no sentence says what nobody typed and nothing computes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.evaluation_rollup import EvaluationLine, EvaluationRollup
from xl_perf.core.figures.monitoring import Light, Spending, progress
from xl_perf.core.figures.monitoring_rollup import MonitoringRollup, said_stand_in
from xl_perf.core.figures.report_lines import said_incomplete
from xl_perf.core.figures.report_pairs import evaluations_of, monitoring_of, paired
from xl_perf.core.figures.rounding import rounded
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import MonitoredIndicator, Monitoring
from xl_perf.core.profile import Profile
from xl_perf.text.numerals import chinese_number
from xl_perf.text.typography import BODY, HEADING_2, HEADING_3

_SLOW: Final = (Light.RED, Light.YELLOW)
_REASONS: Final = ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他")
_NOT_WRITTEN: Final = "没有填写原因说明"


class Said(NamedTuple):
    """A paragraph and its style."""

    style: str
    text: str


class _Numbered:
    """Headings with numerals in their order: 一、二、"""

    def __init__(self) -> None:
        self.sections = self.projects = 0

    def section(self, title: str) -> Said:
        self.sections, self.projects = self.sections + 1, 0
        return Said(HEADING_2, f"{chinese_number(self.sections)}、{title}")

    def project(self, name: str) -> Said:
        self.projects += 1
        return Said(HEADING_3, f"（{chinese_number(self.projects)}）{name}")


# --- monitoring -----------------------------------------------------------------------------------------------------


def monitoring_report(
    department: Department, rollup: MonitoringRollup, profile: Profile, errors: str = ""
) -> Iterator[Said]:
    """What the monitoring of a month says; ``errors`` is a sentence on those of the tables."""
    heads = _Numbered()
    until = f"{department.year}年{rollup.month}月底" if department.year else f"{rollup.month}月底"
    yield heads.section("总体情况")
    yield Said(BODY, _of_all(rollup, until))
    yield Said(BODY, _lights(rollup))
    if rollup.incomplete:
        yield Said(BODY, f"{said_incomplete(rollup.incomplete, len(rollup.incomplete))}。")
    if errors:
        yield Said(BODY, f"{errors}。")
    pairs = paired(department, monitoring_of(department, rollup.month))
    slow = [
        (line, one, found)
        for line, (_, one) in zip(rollup.lines, pairs, strict=True)
        if one is not None
        for found in [_lagging(one, department.year, profile)]
        if found or (line.spent is not None and line.spent.light in _SLOW)
    ]
    yield heads.section("红灯、黄灯的项目")
    if not slow:
        yield Said(BODY, "没有红灯、黄灯的项目。")
    for line, one, found in slow:
        yield heads.project(line.place.name)
        if line.spent is not None:
            yield Said(BODY, _money(line.spent))
        for row, light in found:
            yield Said(BODY, _indicator(row, light))
        for label, key in (("整改要求和建议", "rectify"), ("整改结果和结论", "rectified")):
            if text := _quoted(one.value(key).text):
                yield Said(BODY, f"{label}：{text}。")
        if not one.value("rectify").text.strip():
            yield Said(BODY, "没有填写整改要求和建议。")
    yield heads.section("完成目标的可能性")
    yield from (Said(BODY, text) for text in _possibilities(rollup))


def _of_all(rollup: MonitoringRollup, until: str) -> str:
    tables = sum(line.spent is not None or bool(line.lights) or line.outturn is not None for line in rollup.lines)
    begins = f"截至{until}，共有项目{len(rollup.lines)}个，有监控表的{tables}个"
    total = rollup.total
    if total is None:
        return f"{begins}，没有一个项目的预算数和执行数都已填写。"
    return f"{begins}。计入合计的{len(rollup.counted)}个项目：{_money(total)}{_stand_in(rollup)}"


def _stand_in(rollup: MonitoringRollup) -> str:
    said = said_stand_in(rollup)
    return f"{said.split('；')[0]}。" if said else ""


def _money(spent: Spending) -> str:
    """Budget, outturn and rate, against what was planned; the light."""
    said = f"预算{_amount(spent.budget)}万元，执行{_amount(spent.outturn)}万元"
    if spent.rate is not None:
        said += f"，执行率{rounded(spent.rate)}%"
    if spent.plan is not None and spent.gap is not None:
        said += f"；按支出计划应执行{_amount(spent.planned)}万元（{rounded(spent.plan)}%），"
        said += _difference(spent.gap_amount, rounded(spent.gap))
    else:
        said += f"；没有支出计划，时间进度{rounded(spent.time)}%"
    return f"{said}。资金为{spent.light.label}灯。"


def _difference(amount: Decimal, points: Decimal) -> str:
    if not amount:
        return "与计划相同"
    than = "少" if amount < 0 else "多"
    lower = "低" if amount < 0 else "高"
    return f"比计划{than}{_amount(abs(amount))}万元，{lower}{abs(points)}个百分点"


def _lights(rollup: MonitoringRollup) -> str:
    money = Counter(line.spent.light for line in rollup.counted if line.spent is not None)
    indicators: Counter[Light] = Counter()
    for line in rollup.lines:
        indicators.update(line.lights)
    said = [f"资金：{_counted(money, '个项目')}"] if money else []
    if indicators:
        said.append(f"指标：{_counted(indicators, '个指标')}")
    text = "；".join(said) or "没有可以判断的项目"
    return f"{text}{'（灰灯为尚不能判断）' if indicators[Light.GREY] else ''}。"


def _counted(found: Counter[Light], unit: str) -> str:
    return "、".join(f"{light.label}灯{found[light]}{unit}" for light in Light if found[light])


def _lagging(one: Monitoring, year: int | None, profile: Profile) -> list[tuple[MonitoredIndicator, Light]]:
    """Its red and yellow indicators."""
    month = one.month.value
    if month is None:
        return []
    found = [(row, progress(row, month, year, profile.monitor).light) for row in one.indicators]
    return [(row, light) for row, light in found if light in _SLOW]


def _indicator(row: MonitoredIndicator, light: Light) -> str:
    reached = row.reached.text.strip() or "没有填写"
    said = f"指标“{_name(row)}”：指标值{row.target.text.strip()}，执行情况{reached}，{light.label}灯"
    ticked = [name for name, tick in zip(_REASONS, row.reasons, strict=True) if tick.value is True]
    if ticked:
        said += f"；偏差原因：{'、'.join(ticked)}"
    return f"{said}；{_quoted(row.explanation.text) or _NOT_WRITTEN}。"


def _possibilities(rollup: MonitoringRollup) -> Iterator[str]:
    certain, possible, impossible = (sum(line.possibilities[at] for line in rollup.lines) for at in range(3))
    if not certain + possible + impossible:
        yield "没有填写完成目标的可能性。"
        return
    yield f"确定能完成的指标{certain}个，有可能完成的{possible}个，完全不可能完成的{impossible}个。"
    lost = [line.place.name for line in rollup.lines if line.possibilities[2]]
    if lost:
        yield f"有指标完全不可能完成的项目：{'、'.join(lost)}。"


# --- self-evaluation ------------------------------------------------------------------------------------------------


def evaluation_report(
    department: Department, rollup: EvaluationRollup, profile: Profile, errors: str = ""
) -> Iterator[Said]:
    """What the self-evaluation says; ``errors`` is a sentence on those of the tables."""
    heads = _Numbered()
    yield heads.section("总体情况")
    yield Said(BODY, _of_year(department, rollup))
    if rollup.grades:
        names = [*(name for name, _ in profile.evaluate.grades), profile.evaluate.lowest_grade]
        grades = "、".join(f"{name}{rollup.grades[name]}个" for name in names if rollup.grades.get(name))
        yield Said(BODY, f"评价等级：{grades}。")
    if rollup.incomplete:
        yield Said(BODY, f"{said_incomplete(rollup.incomplete, len(rollup.incomplete))}。")
    if errors:
        yield Said(BODY, f"{errors}。")
    yield heads.section("各项目得分和扣分原因")
    pairs = paired(department, evaluations_of(department))
    evaluated = [line for line, (_, one) in zip(rollup.lines, pairs, strict=True) if one is not None]
    if not evaluated:
        yield Said(BODY, "没有自评表。")
    for line in evaluated:
        yield heads.project(line.place.name)
        yield Said(BODY, _score(line, rollup.branches))
        if line.losses:
            losses = "；".join(_loss(name, points, reason) for name, points, reason in line.losses)
            yield Said(BODY, f"扣分：{losses}。")
        elif line.total is not None:
            yield Said(BODY, "没有扣分。")


def _of_year(department: Department, rollup: EvaluationRollup) -> str:
    year = f"{department.year}年度" if department.year else ""
    counted = sum(line.total is not None for line in rollup.lines)
    said = f"{year}共有项目{len(rollup.lines)}个，有总分的{counted}个"
    if not counted:
        return f"{said}。"
    said += f"：预算{_amount(rollup.budget)}万元，执行{_amount(rollup.outturn)}万元"
    if rollup.rate is not None:
        said += f"，执行率{rollup.rate}%"
    if rollup.score is not None:
        said += f"；各项目总分的{rollup.label}为{rollup.score:.2f}分"
    return f"{said}。"


def _score(line: EvaluationLine, branches: Sequence[str]) -> str:
    parts = "、".join(f"{name}{line.scores[name]:.2f}分" for name in branches if name in line.scores)
    if line.total is None or line.result is None:
        return f"还没有总分（{line.missing}）{'；' + parts if parts else ''}。"
    audit = "" if line.audit is None else f"；按审核得分为{line.audit:.2f}分"
    return f"总分{line.total:.2f}分，{line.result.grade}：{parts}{audit}。"


def _loss(name: str, points: Decimal, reason: str) -> str:
    return f"{name}扣{points:.2f}分（{_quoted(reason) or '没有填写原因'}）"


# --- words ----------------------------------------------------------------------------------------------------------


def _name(row: MonitoredIndicator) -> str:
    return row.level3.text.strip() or row.level2.text.strip() or "没有名称的指标"


def _amount(amount: Decimal) -> str:
    """With two decimals at least."""
    whole, _, part = plain(amount).partition(".")
    return f"{whole}.{part.ljust(2, '0')}"


def _quoted(text: str) -> str:
    """What somebody typed, on one line, in quotation marks; empty for nothing."""
    text = "；".join(line.strip() for line in text.splitlines() if line.strip()).rstrip("。；")
    return f"“{text}”" if text else ""
