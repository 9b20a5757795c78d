"""``check`` on several books: a line for each, the worst first, then their findings, errors first, on one screen.

What does not fit is counted, and it is said how to see it. With a level that was asked for every finding is listed.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from xl_perf.cli.screen import FULL, Room
from xl_perf.cli.terminal import Column, say, table
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.grouping import Group, grouped
from xl_perf.core.checking.rules import BY_CODE
from xl_perf.core.model.findings import Severity, count
from xl_perf.service.results import BookResult

_OF_TOTALS: Final = frozenset("SBTX")
"""Families of rules on what the totals depend on: of one severity they come first."""
_LEFT: Final = "没有计入"
_MORE: Final = "要逐条看，请加 --level hint，或用 --report 写成工作簿"


class _Book(NamedTuple):
    """What a book's line shows."""

    path: str
    department: str
    year: str
    projects: int
    budget: str
    counts: tuple[int, ...]
    state: str
    others: int
    """Its sheets of other kinds, and those that were not read."""

    @property
    def badness(self) -> tuple[int, ...]:
        return int(self.state == _LEFT), *(-number for number in self.counts)


class _OfRule(NamedTuple):
    """How often a rule spoke, in how many books, and the first place."""

    places: int
    books: int
    example: str


class Overview:
    """Collects what goes by; `show` prints it. Findings below ``level`` are left out; without one all are counted."""

    def __init__(self, level: Severity | None, *, only_books: bool) -> None:
        self._level, self._only_books = level, only_books
        self._books: list[_Book] = []
        self._notes: list[str] = []
        self._first: list[tuple[str, Group]] = []
        self._more = False
        self._rules: dict[tuple[Severity, str], _OfRule] = {}

    def watch(self, results: Iterable[BookResult]) -> Iterator[BookResult]:
        """The results, one after the other; of their findings only so many are kept as are shown."""
        for result in results:
            if result.error is None:
                self._add(result)
            yield result

    def _add(self, result: BookResult) -> None:
        counts = tuple(count(result.findings).values())
        self._books.append(
            _Book(
                result.path,
                result.department or "（没有写）",
                str(result.year or ""),
                len(result.lines),
                plain(result.totals.budget),
                counts,
                _state(result, counts),
                len(result.tables) + len(result.unread),
            )
        )
        self._notes += [f"{result.path}：{note}" for note in result.notes]
        spoken: set[tuple[Severity, str]] = set()
        for group in () if self._only_books else grouped(result.findings):
            severity = group.first.severity or Severity.HINT
            if group.first.accepted or (self._level is not None and severity.rank > self._level.rank):
                continue
            key = severity, group.first.code
            known = self._rules.get(key, _OfRule(0, 0, f"{result.path} {group.first.place}：{group.first.message}"))
            is_new = key not in spoken
            spoken.add(key)
            self._rules[key] = _OfRule(known.places + len(group.all), known.books + is_new, known.example)
            if self._level is not None or len(self._first) < FULL.findings:
                self._first.append((result.path, group))
            else:
                self._more = True

    def show(self, room: Room) -> None:
        """Books, notes, findings: as many as there is room for, unless a level was asked for."""
        self._show_books(room)
        for note in self._notes[: room.notes]:
            say(f"注意：{note}")
        if len(self._notes) > room.notes:
            another = "另" if room.notes else ""
            say(f"注意：{another}有 {len(self._notes) - room.notes} 条，见 --report 写出的报告")
        if self._more or (self._level is None and len(self._first) > room.findings):
            self._show_rules(room)
        elif self._first:
            self._show_findings()

    def _show_books(self, room: Room) -> None:
        ranked = sorted(enumerate(self._books), key=lambda pair: (pair[1].badness, pair[0]))
        headings = "项目", "预算数", "错误", "警告", "提示"
        columns = [
            Column("工作簿"),
            Column("部门", can_go=True),
            Column("年度", can_go=True),
            *(Column(one, figures=True) for one in headings),
        ]
        columns += [Column("状态"), Column("别的表")]
        shown = [book for _, book in ranked[: room.books]]
        rows = [
            [
                *(book.path, book.department, book.year, str(book.projects), book.budget),
                *(str(number) if number else "" for number in book.counts),
                book.state,
                f"{book.others}张" if book.others else "",
            ]
            for book in shown
        ]
        if not any(book.others for book in shown):
            columns.pop()
            rows = [row[:-1] for row in rows]
        table(columns, rows)
        rest = [book for _, book in ranked[room.books :]]
        if rest:
            states: dict[str, int] = {}
            for book in rest:
                states[book.state] = states.get(book.state, 0) + 1
            said = "、".join(f"{state} {number} 本" for state, number in states.items())
            say(f"另有 {len(rest)} 本：{said}；全部见 --report 写出的报告")

    def _show_rules(self, room: Room) -> None:
        ranked = sorted(
            self._rules.items(),
            key=lambda pair: (pair[0][0].rank, pair[0][1][0] not in _OF_TOTALS, -pair[1].places),
        )
        columns = [Column("级别"), Column("规则"), Column("问题"), *(Column(one, figures=True) for one in "处本")]
        rows = [
            [severity.label, code, _title(code), str(one.places), str(one.books), one.example]
            for (severity, code), one in ranked[: room.findings]
        ]
        if rows:
            table([*columns, Column("例如", can_go=True)], rows)
        rest = sum(one.places for _, one in ranked[room.findings :])
        said = f"{'另' if rows else ''}有 {rest} 处；"
        say(f"{said}{_MORE}" if rest else _MORE)

    def _show_findings(self) -> None:
        columns = [Column("级别"), Column("规则"), Column("工作簿"), Column("位置"), Column("说明"), Column("怎样改")]
        ranked = sorted(self._first, key=lambda pair: (pair[1].first.severity or Severity.HINT).rank)
        rows = [
            [(one.severity or Severity.HINT).label, one.code, path, group.places, one.message, one.remedy]
            for path, group in ranked
            for one in (group.first,)
        ]
        table(columns, rows)


def _state(result: BookResult, counts: tuple[int, ...]) -> str:
    if result.left is not None:
        return _LEFT
    if counts[0]:
        return "有错误"
    return "有警告" if counts[1] else "通过"


def _title(code: str) -> str:
    return BY_CODE[code].title if code in BY_CODE else code
