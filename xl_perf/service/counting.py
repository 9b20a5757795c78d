"""Results of several books: which of them count in the totals, and what several have in common.

All results are put aside until the last one has come; then they are handed on in their order, each with its outcome.
"""

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from xl_perf.core.checking import check as checking
from xl_perf.core.checking.accepting import accept
from xl_perf.core.checking.across import repeated
from xl_perf.core.checking.counting import Choice, Delivered, decide
from xl_perf.core.model.findings import Finding
from xl_perf.core.profile import Profile
from xl_perf.service.results import BookResult

_HELD: Final = 32 * 1024 * 1024
"""So many bytes of results are put aside in memory, more of them in a file. A book's take 0.02 MB."""


def counted(results: Iterable[BookResult], choice: Choice) -> Iterator[BookResult]:
    """The results in their order: those that stay out of the totals say why (``left``), findings across books added."""
    with SpooledTemporaryFile(_HELD) as aside:
        put = _Aside(aside)
        for result in results:
            put.away(result)
        outcomes = decide(put.delivered, choice)
        common = repeated(put.delivered, [at for at, outcome in enumerate(outcomes) if outcome.left is None])
        books = iter(range(len(put.delivered)))
        for result in put.back():
            if result.delivered is None:
                yield result
                continue
            at = next(books)
            left, said = outcomes[at]
            found = (*said, *common.get(at, ()))
            yield _with_findings(replace(result, left=left, delivered=None), found)


class _Aside:
    """Results in a temporary file; their profiles, which many share, stay in memory, and so does what is compared."""

    def __init__(self, file: "IO[bytes]") -> None:
        self._file = file
        self._profiles: list[Profile | None] = []
        self.delivered: list[Delivered] = []

    def away(self, result: BookResult) -> None:
        if result.delivered is not None:
            self.delivered.append(result.delivered)
        put = self._number(result.settings), replace(result, settings=None)
        pickle.dump(put, self._file, pickle.HIGHEST_PROTOCOL)

    def _number(self, profile: Profile | None) -> int:
        """The place of an equal profile; each process has its own copies."""
        if profile not in self._profiles:
            self._profiles.append(profile)
        return self._profiles.index(profile)

    def back(self) -> Iterator[BookResult]:
        self._file.seek(0)
        while True:
            try:
                number, result = pickle.load(self._file)
            except EOFError:
                return
            yield replace(result, settings=self._profiles[number])


def _with_findings(result: BookResult, extra: Iterable[Finding]) -> BookResult:
    """The result with further findings in their places, as its profile grades them; the lines' counts follow."""
    found = list(checking.graded(extra, result.settings) if result.settings else extra)
    if not found:
        return result
    more = accept(found, result.accepted)
    findings = sorted([*result.findings, *more], key=checking.order(result.sheets))
    return replace(
        result,
        findings=tuple(findings),
        lines=tuple(line.counting(one for one in more if one.sheet == line.sheet) for line in result.lines),
    )
