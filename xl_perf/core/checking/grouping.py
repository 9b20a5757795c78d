"""Findings with the same cause, together: one line for people, with all the cells."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from xl_perf.core.model.findings import Finding, Severity


class Group(NamedTuple):
    """Findings that say the same; ``first`` stands for all of them."""

    first: Finding
    all: tuple[Finding, ...]

    @property
    def places(self) -> str:
        """Where, for people: ``01!G10、G12；02!G10``."""
        sheets = groupby(self.all, key=lambda finding: finding.sheet)
        return "；".join(_places(list(findings)) for _, findings in sheets)


def _places(findings: list[Finding]) -> str:
    """The cells of one sheet, its name said once."""
    first, *others = findings
    return "、".join([first.place, *(other.cell or other.place for other in others)])


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Findings of the same rule, field and message: errors, warnings, hints, and last what was accepted.

    Within a severity they keep the order in which their first ones come.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = finding.severity, finding.code, finding.field, finding.message, finding.remedy, finding.accepted
        groups.setdefault(key, []).append(finding)
    in_order = sorted(groups.values(), key=lambda together: _rank(together[0]))
    return [Group(together[0], tuple(together)) for together in in_order]


def _rank(finding: Finding) -> int:
    return len(Severity) if finding.accepted or finding.severity is None else finding.severity.rank
