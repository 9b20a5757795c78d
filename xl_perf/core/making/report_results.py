"""What is computed of a table, put beside what was read of it: lights, scores, explanations."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from xl_perf.core.cells.grid import NoValue
from xl_perf.core.cells.values import plain
from xl_perf.core.figures.evaluation_rollup import result_of
from xl_perf.core.figures.monitoring import Light, Spending, progress, spending_of
from xl_perf.core.figures.report_pairs import evaluations_of, paired
from xl_perf.core.figures.rounding import rounded, share, tolerance_of
from xl_perf.core.figures.scoring import EvaluationResult, Scored, grade_name
from xl_perf.core.making.report_draft import Cell, DraftFund, DraftRow, ReportDraft
from xl_perf.core.making.reports import draft_of
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Evaluation, Monitoring, Report
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile


def light_text(light: Light) -> str:
    """● 红: never colour alone."""
    return f"● {light.label}"


def with_progress(one: Monitoring, project: Project | None, year: int | None, profile: Profile) -> ReportDraft:
    """A monitoring table with the share and light of each indicator, and the money against the plan."""
    draft = draft_of(one)
    month = one.month.value
    if month is None:
        return draft
    rows = []
    for row, indicator in zip(draft.rows, one.indicators, strict=True):
        found = progress(indicator, month, year, profile.monitor)
        share: Cell = None if found.share is None else rounded(found.share)
        rows.append(DraftRow({**row.values, "share": share, "light": light_text(found.light)}))
    spent = spending_of(one, project, profile.monitor)
    funds = draft.funds
    if spent is not None:
        funds = tuple(_beside(fund, spent) if fund.key == "budget" else fund for fund in draft.funds)
    return draft._replace(rows=tuple(rows), funds=funds)


def _beside(fund: DraftFund, spent: Spending) -> DraftFund:
    """The row of all the money with what stands right of it."""
    aside: dict[str, Cell] = {**fund.aside, "time": rounded(spent.time), "light": light_text(spent.light)}
    if spent.plan is not None and spent.gap is not None:
        aside |= {"plan": rounded(spent.plan), "gap": rounded(spent.gap), "gap_amount": spent.gap_amount}
    return fund._replace(aside=aside)


def with_scores(one: Evaluation, year: int | None, profile: Profile) -> ReportDraft:
    """A self-evaluation with every score that can be computed, explained; scores that were given stay."""
    result = result_of(one, year, profile)
    draft = draft_of(one)
    rows = []
    for at, row in enumerate(draft.rows):
        its = result.rows[at]
        values: dict[str, Cell] = {
            **row.values,
            "weight": result.points[at],
            "computed": its.computed,
            "explained": explained(its),
        }
        if values.get("score") is None:
            values["score"] = its.computed
        rows.append(DraftRow(values))
    funds = tuple(_scored_fund(fund, result, profile) if fund.key == "budget" else fund for fund in draft.funds)
    is_same = grade_name(one.grade.text) == result.grade
    fields = {**draft.fields, "grade": one.grade.text if is_same else result.grade}
    fields["grade"] = fields["grade"] or None
    return draft._replace(rows=tuple(rows), funds=funds, fields=fields)


def changed_scores(department: Department, profile: Profile) -> list[str]:
    """What `with_scores` writes in place of totals and grades that were typed: “甲”总分 90 改为 87.76."""
    changed = []
    for project, one in paired(department, evaluations_of(department)):
        if one is None:
            continue
        result = result_of(one, department.year, profile)
        name = (None if project is None else project.name.value) or one.title
        typed, total = one.total.value, result.total
        if typed is not None and (total is None or rounded(Fraction(typed)) != rounded(Fraction(total))):
            changed.append(f"“{name}”总分 {plain(typed)} 改为{_or_blank(total)}")
        grade = one.grade.text.strip()
        if grade and grade_name(grade) != result.grade:
            changed.append(f"“{name}”等级“{grade}”改为{f'“{result.grade}”' if result.grade else '空白（没有总分）'}")
    return changed


def changed_rates(reports: Iterable[Report]) -> list[str]:
    """Rates of spending that were typed, and that the formula replaces by another: “甲”执行率 45% 改为 45.51%."""
    changed = []
    for one in reports:
        for line in one.funds:
            typed, outturn, budget = line.outturn_rate.value, line.outturn.value, line.budget.value
            if typed is None or isinstance(line.outturn_rate.typed, NoValue):
                continue
            rate = None if outturn is None or budget is None else share(outturn, budget)
            if rate is None or abs(Fraction(typed) - rate) > tolerance_of(typed):
                now = "空白（预算数或执行数不知道）" if rate is None else f" {rounded(rate)}%"
                of_line = "" if line.key == "budget" else f"{line.name}的"
                changed.append(f"“{one.title}”{of_line}执行率 {plain(typed)}% 改为{now}")
    return changed


def _or_blank(total: Decimal | None) -> str:
    return "空白（有的得分还不知道）" if total is None else f" {plain(rounded(Fraction(total)))}"


def explained(scored: Scored) -> str:
    """How the score came about, or why there is none."""
    if scored.problem is not None:
        return _PROBLEMS[scored.problem]
    text = scored.explained
    if scored.computed is None and scored.band is not None:
        text += "，请填得分"
    return f"{text}（超过目标较多，请分析原因）" if scored.is_over else text


_PROBLEMS = {
    "blank": "没有填实际完成值",
    "unreadable": "看不懂实际完成值",
    "unit": "实际完成值的单位与指标值不同",
    "unclear rate": "分不清是百分之几还是小数，请写上 %",
    "target": "指标值不能按比例计算，请填得分",
}


def _scored_fund(fund: DraftFund, result: EvaluationResult, profile: Profile) -> DraftFund:
    score: Decimal | None = result.execution
    given = fund.values.get("score")
    weight = fund.values.get("weight") or profile.evaluate.execution
    return fund._replace(values={**fund.values, "weight": weight, "score": given if given is not None else score})
