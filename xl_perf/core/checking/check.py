"""Runs the rules: severities, switched-off rules, and a rule that fails itself are dealt with here."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from xl_perf.core.checking.accepting import accept
from xl_perf.core.checking.rules import RULES
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile, RuleSetting

_AS_IT_IS: Final = RuleSetting()
_OF_TOTALS: Final = frozenset({"S102", "S105", "S106", "B301", "B308"})
"""Rules that say why a project's budget is missing from every total: that stays an error, whatever is switched off."""
_OF_ONE_FORM: Final = frozenset("IP")
"""Families of rules on indicators and plans: with S102 all whose demands differ by kind of form."""
FAILED: Final = "K000"
FAILED_PAGE: Final = """规则自身出错。

为什么：一条规则出了程序错误，不应让别的规则也查不成。
怎样认：说明里有出错的规则编号；其余规则已照常检查。
怎样改：请把这本工作簿和这条信息交给维护人员。
依据：本程序。
"""
"""K000 is no rule of its own: it stands for one that failed."""


def check(department: Department, profile: Profile, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """Every finding on the department's book, in the order in which people go through it.

    The book's own come first, then sheets as they stand, row, column, code. Never raises: a rule that fails
    is the finding K000, and the others still run.
    """
    return check_seen(Seen(department), profile, rules)


def check_seen(seen: Seen, profile: Profile, rules: Iterable[Rule] = RULES) -> list[Finding]:
    """As `check`, for whoever goes on using what the rules have looked at."""
    department = seen.department
    findings: list[Finding] = []
    for rule in rules:
        setting = profile.rules.get(rule.code, _AS_IT_IS)
        tells_of_totals = setting is not _AS_IT_IS and rule.code in _OF_TOTALS
        if setting.off and not tells_of_totals:
            continue
        try:
            for finding in _found(rule, seen, profile):
                severity = setting.severity or finding.severity or rule.severity
                if tells_of_totals and _is_about_total(finding, seen):
                    severity = Severity.ERROR
                elif setting.off:
                    continue
                findings.append(finding if finding.severity is severity else finding.graded(severity))
        except Exception as error:  # a rule must not take the others with it
            findings.append(_failed(rule, error))
    findings.sort(key=order(department.sheets))
    return accept(findings, department.accepted)


def graded(findings: Iterable[Finding], profile: Profile) -> Iterator[Finding]:
    """Findings that no single rule made (`counting`, `across`), as the profile grades them or leaves them out."""
    for finding in findings:
        setting = profile.rules.get(finding.code, _AS_IT_IS)
        if not setting.off:
            yield finding.graded(setting.severity) if setting.severity else finding


def _found(rule: Rule, seen: Seen, profile: Profile) -> Iterable[Finding]:
    """What a rule finds. One that looks at single forms does so by the profile of their kind."""
    if profile.by_kind and (rule.code[0] in _OF_ONE_FORM or rule.code == "S102"):
        return chain.from_iterable(rule.check(projects, own) for own, projects in seen.by_profile(profile))
    return rule.check(seen, profile)


def _is_about_total(finding: Finding, seen: Seen) -> bool:
    """It says why the budget of a form on its sheet is not known."""
    missing = [project for project in seen.projects if project.budget.value is None]
    names = {name for project in missing for one in project.kind.money[:1] for name in (one.name, one.label)}
    return finding.field in {"预算数", *names} and any(project.sheet == finding.sheet for project in missing)


def order(sheets: Sequence[str]) -> Callable[[Finding], tuple[int, int, int, str]]:
    """The key by which findings are sorted: the book's own, then sheets as they stand, row, column, code."""
    position = {sheet: number for number, sheet in enumerate(sheets)}

    def key(finding: Finding) -> tuple[int, int, int, str]:
        sheet = -1 if finding.sheet is None else position.get(finding.sheet, len(position))
        row = -1 if finding.row is None else finding.row
        return sheet, row, -1 if finding.column is None else finding.column, finding.code

    return key


def _failed(rule: Rule, error: Exception) -> Finding:
    return Finding(
        FAILED,
        f"规则 {rule.code} 自身出错（{error.__class__.__name__}：{error}），其余规则已照常检查",
        "请把这本工作簿和这条信息交给维护人员",
        severity=Severity.ERROR,
    )
