"""What a command went through: books, findings of each severity, totals, the profiles that were used."""

from collections.abc import Iterable, Iterator
from operator import add
from typing import Final

from xl_perf.cli import terminal
from xl_perf.core.figures.totals import Totals
from xl_perf.core.model.findings import count, count_accepted
from xl_perf.core.profile import Profile
from xl_perf.service.results import BookResult

_MOST_NAMED: Final = 5
"""Departments' own profiles that are named one by one."""


class Tally:
    """What went by: how many books, findings and errors, and the totals; decides the exit status."""

    def __init__(self) -> None:
        self.books = 0
        self.counts = [0, 0, 0]
        self.accepted = 0
        self.totals = Totals()
        self.failed = 0
        self.own: dict[str, int] = {}
        self._own_profiles: dict[str, Profile] = {}

    def watch(self, results: Iterable[BookResult]) -> Iterator[BookResult]:
        """The results, counted; errors are said on stderr as they come."""
        for result in results:
            self.totals = self.totals.plus(result.totals)
            if result.error is not None:
                self.failed += 1
                terminal.complain(str(result.error))
            else:
                self.books += 1
                if result.own is not None:
                    self.own[result.own.path] = self.own.get(result.own.path, 0) + 1
                    self._own_profiles[result.own.path] = result.own.profile
                self.counts = list(map(add, self.counts, count(result.findings).values()))
                self.accepted += count_accepted(result.findings)
            yield result

    def profile(self, default: Profile) -> Profile:
        """What the sums are shown by: the departments' own profile, if all of them used the same."""
        return next(iter(self._own_profiles.values())) if list(self.own.values()) == [self.books] else default

    def profiles_note(self, default: Profile) -> str:
        """Which profiles were used, and the rules that they switch off, for people."""
        named = [f"{path}{_switched_off(self._own_profiles[path])}（{number} 本）" for path, number in self.own.items()]
        said, unnamed = named[:_MOST_NAMED], len(named) - _MOST_NAMED
        if unnamed > 0:
            said.append(f"另外 {unnamed} 个部门自己的口径（{sum(list(self.own.values())[_MOST_NAMED:])} 本）")
        others = self.books - sum(self.own.values())
        own = f"{default.name}{_switched_off(default)}"
        said += [f"{own}（{others} 本）" if said else own] if others else []
        return f"口径：{'、'.join(said)}" if said else ""

    @property
    def has_errors(self) -> bool:
        """Findings of severity error that count."""
        return self.counts[0] > 0


def _switched_off(profile: Profile) -> str:
    off = "、".join(f"{code}（{setting.off}）" for code, setting in profile.rules.items() if setting.off)
    return f"，停用 {off}" if off else ""
