"""What a command went through: books, findings of each severity, totals, the profiles that were used."""

from collections.abc import Iterable, Iterator
from operator import add
from typing import Final

from xl_perf.cli import terminal
from xl_perf.core.checking.counting import Left
from xl_perf.core.figures.totals import Totals
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.model.findings import count, count_accepted
from xl_perf.core.profile import Profile
from xl_perf.service.results import BookResult

_CARRIED: Final = "工作簿里带着的，旁边没有这个表名的："
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
        self.left: list[tuple[str, Left, Totals]] = []
        """The books that are in no total, each with the reason and its own totals."""
        self._used: dict[str, int] = {}
        self._own: set[str] = set()
        self._profiles: dict[str, Profile] = {}
        self._own_forms: dict[tuple[str, bool], int] = {}
        """How many books have forms of an office's own kind, by its name and whether the books alone carry it."""

    def watch(self, results: Iterable[BookResult]) -> Iterator[BookResult]:
        """The results, counted; errors are said on stderr as they come."""
        for result in results:
            if result.left is None:
                self.totals = self.totals.plus(result.totals)
            else:
                self.left.append((result.path, result.left, result.totals))
            if result.error is not None:
                self.failed += 1
                terminal.complain(str(result.error))
            else:
                self.books += 1
                self._count_profile(result)
                self.counts = list(map(add, self.counts, count(result.findings).values()))
                self.accepted += count_accepted(result.findings)
            yield result

    def _count_profile(self, result: BookResult) -> None:
        for name in result.offered:
            self._own_forms.setdefault((name, False), 0)
        for name in sorted({*(line.form for line in result.lines), *result.blank} - BY_NAME.keys()):
            own = name, name in result.carried
            self._own_forms[own] = self._own_forms.get(own, 0) + 1
        if result.profile is not None and result.settings is not None:
            self._used[result.profile] = self._used.get(result.profile, 0) + 1
            self._profiles[result.profile] = result.settings
            if result.own is not None:
                self._own.add(result.profile)

    def profile(self, default: Profile) -> Profile:
        """What the sums are shown by: the profile by which all books were checked, if it was the same."""
        return next(iter(self._profiles.values())) if len(self._profiles) == 1 else default

    @property
    def has_several_profiles(self) -> bool:
        """Not all books were checked by the same profile."""
        return len(self._profiles) > 1

    def profiles_note(self) -> str:
        """Which profiles were used, and the rules that they switch off, for people; departments' own ones first."""
        own = [name for name in self._used if name in self._own]
        shown = [*own[:_MOST_NAMED], *(name for name in self._used if name not in self._own)]
        said = [f"{name}{_switched_off(self._profiles[name])}{self._number(name)}" for name in shown]
        if len(own) > _MOST_NAMED:
            books = sum(self._used[name] for name in own[_MOST_NAMED:])
            said.insert(_MOST_NAMED, f"另外 {len(own) - _MOST_NAMED} 个部门自己的口径（{books} 本）")
        own_forms = [
            f"{name}（{_CARRIED if is_carried else ''}{f'{number} 本' if number else '没有用上'}）"
            for (name, is_carried), number in self._own_forms.items()
        ]
        forms = f"；样表：{'、'.join(own_forms)}" if own_forms else ""
        return f"口径：{'、'.join(said)}{forms}" if said else ""

    def _number(self, name: str) -> str:
        """How many books were checked by it; of a shipped profile that was the only one, nothing."""
        return f"（{self._used[name]} 本）" if self.has_several_profiles or name in self._own else ""

    @property
    def has_errors(self) -> bool:
        """Findings of severity error that count."""
        return self.counts[0] > 0


def _switched_off(profile: Profile) -> str:
    off = "、".join(f"{code}（{setting.off}）" for code, setting in profile.rules.items() if setting.off)
    return f"，停用 {off}" if off else ""
