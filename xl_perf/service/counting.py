"""Results of several books: which of them count in the totals, and what several have in common.

All results are put aside until the last one has come; then they are handed on in their order, each with its outcome.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import IO, Final, NamedTuple

from xl_perf.core.checking import check as checking
from xl_perf.core.checking.accepting import accept
from xl_perf.core.checking.counting import VERSIONS, Choice, Outcome, decide
from xl_perf.core.checking.delivered import Delivered
from xl_perf.core.checking.doubles import doubled, said_across, settled_among
from xl_perf.core.checking.together import Together, groups, is_of_year, look_together
from xl_perf.core.errors import XlPerfError
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Accepted, Finding
from xl_perf.core.profile import Profile
from xl_perf.service.results import BookResult

_HELD: Final = 32 * 1024 * 1024
"""So many bytes of results are put aside in memory, more of them in a file. A book's take 0.01 MB."""


class Held(NamedTuple):
    """A result until all have come: what is compared, the profile, which many share, what people accepted,
    whether it holds reports, the rest.

    The rest are bytes.

    So a process hands it over, and it is put aside, without being unfolded in between.
    """

    delivered: Delivered | None
    settings: Profile | None
    accepted: tuple[Accepted, ...]
    reporting: bool
    rest: bytes


Again = Callable[[Sequence[int]], Iterable[Department | XlPerfError]]
"""Reads workbooks once more, by their numbers among the results; in the same order."""


def hold(result: BookResult) -> Held:
    """The result as it is held."""
    rest = replace(result, delivered=None, settings=None)
    accepted, said = tuple(result.accepted), pickle.dumps(rest, pickle.HIGHEST_PROTOCOL)
    return Held(result.delivered, result.settings, accepted, result.reporting, said)


def counted(results: Iterable[Held], choice: Choice, again: Again | None = None) -> Iterator[BookResult]:
    """The results in their order: those that stay out of the totals say why (``left``), findings across books added.

    Where a department's reports lie in another workbook than its forms, both are read ``again``, and the rules of the
    year see them together.
    """
    with SpooledTemporaryFile(_HELD) as aside:
        put = _Aside(aside)
        for held in results:
            put.away(held)
        books = [one for one in put.delivered if one is not None]
        outcomes = decide(books, choice)
        found, alike = said_across(books, outcomes)
        told = {at: _accepted_among(found[at], *about) for at, about in enumerate(put.about_delivered()) if at in found}
        settled = settled_among(told)
        counting = [at for at, outcome in enumerate(outcomes) if outcome.left is None]
        twice = doubled(books, counting, alike, settled)
        together = _together(put, outcomes, again) if again and any(put.reporting) else {}
        numbers = count()
        for place, (delivered, result) in enumerate(zip(put.delivered, put.back(), strict=True)):
            if place in together:
                result = _beside(result, together[place])
            if delivered is None:
                yield result
                continue
            at = next(numbers)
            left, _, undecided, doubtful, apart, drafts = outcomes[at]
            if (VERSIONS, at, None, None) in settled:
                doubtful = apart = False
                drafts = drafts if undecided else None
            if left or undecided or doubtful or apart or at in twice:
                totals = result.totals._replace(
                    undecided=int(undecided),
                    doubtful=int(doubtful),
                    doubled=twice.get(at, ()),
                    apart=int(apart),
                    drafts=() if drafts is None else (drafts,),
                )
                result = replace(result, left=left, totals=totals)
            yield _with_findings(result, told.get(at, ()))


def _together(put: "_Aside", outcomes: Sequence[Outcome], again: Again) -> dict[int, Together]:
    """What the rules of the year say of workbooks of one department together, by their numbers."""
    compared = [at for at, one in enumerate(put.delivered) if one is not None]
    found = groups(put.delivered, put.reporting, dict(zip(compared, outcomes, strict=True)))
    read = iter(again([at for group in found for at in group])) if found else iter(())
    together: dict[int, Together] = {}
    for group in found:
        books = [next(read) for _ in group]
        departments = [one for one in books if isinstance(one, Department)]
        profile = next((its for at in group if (its := put.profile(at)) is not None), None)
        if len(departments) == len(books) and profile is not None:
            together |= zip(group, look_together(departments, profile), strict=True)
    return together


def _beside(result: BookResult, beside: Together) -> BookResult:
    """The result with what was found beside the others in place of what was found in it alone."""
    result = replace(result, notes=(*result.notes, beside.note), checked_with=beside.paths)
    if beside.findings is None:
        return result
    before = [one for one in result.findings if is_of_year(one)]
    now = accept(beside.findings, result.accepted)
    findings = [*(one for one in result.findings if not is_of_year(one)), *now]
    return replace(
        result,
        findings=tuple(sorted(findings, key=checking.order(result.sheets))),
        lines=tuple(
            line.without(one for one in before if one.sheet == line.sheet).counting(
                one for one in now if one.sheet == line.sheet
            )
            for line in result.lines
        ),
    )


class _Aside:
    """Results in a temporary file; their profiles and what is compared stay in memory."""

    def __init__(self, file: "IO[bytes]") -> None:
        self._file = file
        self._profiles: list[Profile | None] = []
        self._last: Profile | None = None
        self._last_number = -1
        self._places: list[tuple[int, int]] = []
        """Of each result the number of its profile, and how many bytes it takes."""
        self.delivered: list[Delivered | None] = []
        self.reporting: list[bool] = []
        self._accepted: list[tuple[Accepted, ...]] = []

    def profile(self, at: int) -> Profile | None:
        """By what the result was checked."""
        return self._profiles[self._places[at][0]]

    def about_delivered(self) -> Iterator[tuple[Profile | None, tuple[Accepted, ...]]]:
        """Of the results that are compared: the profile, and what people accepted."""
        for delivered, (number, _), accepted in zip(self.delivered, self._places, self._accepted, strict=True):
            if delivered is not None:
                yield self._profiles[number], accepted

    def away(self, held: Held) -> None:
        self.delivered.append(held.delivered)
        self.reporting.append(held.reporting)
        self._accepted.append(held.accepted)
        self._places.append((self._number(held.settings), len(held.rest)))
        self._file.write(held.rest)

    def _number(self, profile: Profile | None) -> int:
        """The place of an equal profile; each batch has its own copy."""
        if profile is not self._last or self._last_number < 0:
            if profile not in self._profiles:
                self._profiles.append(profile)
            self._last, self._last_number = profile, self._profiles.index(profile)
        return self._last_number

    def back(self) -> Iterator[BookResult]:
        self._file.seek(0)
        for number, size in self._places:
            result: BookResult = pickle.loads(self._file.read(size))
            # Nobody else has it yet: making a copy of it takes longer than reading it.
            object.__setattr__(result, "settings", self._profiles[number])
            yield result


def _accepted_among(extra: Sequence[Finding], settings: Profile | None, accepted: Sequence[Accepted]) -> list[Finding]:
    """Further findings of a book, as its profile grades them, with what people accepted."""
    return accept(checking.graded(extra, settings) if settings else extra, accepted)


def _with_findings(result: BookResult, more: Sequence[Finding]) -> BookResult:
    """The result with further findings in their places; the lines' counts follow."""
    if not more:
        return result
    findings = sorted([*result.findings, *more], key=checking.order(result.sheets))
    return replace(
        result,
        findings=tuple(findings),
        lines=tuple(line.counting(one for one in more if one.sheet == line.sheet) for line in result.lines),
    )
