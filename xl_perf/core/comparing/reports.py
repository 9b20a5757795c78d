"""Monitoring, self-evaluation and lists of a department on both sides: executed amounts, actual values, scores, tasks.

They are in no total of the targets. Tables belong together by kind, month and project.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from xl_perf.core.cells.characters import folded, name_key
from xl_perf.core.cells.grid import NoValue
from xl_perf.core.checking.together import without_former
from xl_perf.core.comparing.matching import Matching, likeness
from xl_perf.core.comparing.records import Change, Pair, ProjectChange, ProjectDifference, ProjectPlace, Value, pairs_of
from xl_perf.core.comparing.values import compared, only_one, value_of
from xl_perf.core.figures.report_entries import (
    COMPUTED,
    Row,
    Said,
    row_name,
    rows_of,
    said_at_head,
    said_of_money,
    said_of_record,
    said_of_row,
    said_of_task,
)
from xl_perf.core.figures.totals import ZERO, Totals
from xl_perf.core.model.department import Department
from xl_perf.core.model.progress import Evaluation, FundLine, Monitoring, Report, SupervisionRecord, Task

T = TypeVar("T")
_ALIKE: Final = 0.5
_NAMES: Final = frozenset({"level1", "level2", "level3"})


class _Placed(NamedTuple):
    """A table and its book."""

    report: Report
    path: str
    department: str | None

    @property
    def called(self) -> str:
        """The table for people: 监控-6月, 自评."""
        one = self.report
        if isinstance(one, Monitoring):
            return f"监控-{one.month.value}月" if one.month.value else "监控"
        return "自评" if isinstance(one, Evaluation) else one.kind.title

    @property
    def place(self) -> ProjectPlace:
        """Where it stands."""
        one = self.report
        title = f"{self.called}：{one.title}"
        names = one.code.text or None, one.name.value, title
        return ProjectPlace(self.path, self.department, one.sheet, one.name.cell, *names, one.kind.title)


def reports_compared(old: Sequence[Department], new: Sequence[Department]) -> Iterator[ProjectDifference]:
    """Every table and list that differs, in the order of the new side; of drafts of one report the latest."""
    of_old, of_new = (list(_placed(side)) for side in (old, new))
    matching = Matching(of_old, of_new)
    matching.alike(lambda one: _key(one, one.report.code.value), lambda *_: 0.0)
    matching.alike(lambda one: _key(one, name_key(one.report.name.value or "")), lambda *_: 0.0)
    matches = matching.of_new
    for at, one in enumerate(of_new):
        if at in matches:
            its = of_old[matches[at]]
            changes = tuple(_changes(its, one))
            if changes:
                yield _difference(ProjectChange.CHANGED, its, one, changes)
        else:
            yield _difference(ProjectChange.ADDED, None, one, tuple(_alone(one, is_new=True)))
    for at in matching.old_left:
        yield _difference(ProjectChange.REMOVED, of_old[at], None, tuple(_alone(of_old[at], is_new=False)))
    yield from _list("任务分解", old, new, lambda book: book.tasks, said_of_task, _task_name)
    yield from _list("监督记录", old, new, lambda book: book.supervision, said_of_record, _record_name)


def _placed(books: Sequence[Department]) -> Iterator[_Placed]:
    for book in without_former(books):
        for one in (*book.monitoring, *book.evaluations):
            yield _Placed(one, book.path, book.name)


def _key(one: _Placed, own: str | None) -> Hashable:
    return (one.called, one.report.kind.name, own) if own else None


def _difference(
    change: ProjectChange, old: _Placed | None, new: _Placed | None, changes: tuple[Change, ...]
) -> ProjectDifference:
    budgets = [ZERO if one is None else one.report.whole.budget.value or ZERO for one in (old, new)]
    amounts = {**pairs_of(Totals(), Totals()), "budget": Pair(*budgets)}
    return ProjectDifference(change, old and old.place, new and new.place, amounts, changes)


def _alone(one: _Placed, *, is_new: bool) -> Iterator[Change]:
    """What is to be known of a table that only one side has: what was spent, and the total of its scores."""
    report = one.report
    said = [Said("outturn", "执行数", report.whole.outturn)]
    said += [Said("total", "总分", report.total)] if isinstance(report, Evaluation) else []
    for key, label, entry, _ in said:
        if entry.text:
            yield only_one(f"report.{key}", label, value_of(entry, one.path), is_new=is_new)


def _changes(old: _Placed, new: _Placed) -> Iterator[Change]:
    paths = old.path, new.path
    yield from _said_compared("report", said_at_head(old.report), said_at_head(new.report), paths, ("", ""))
    yield from _money(old, new)
    yield from _rows(old, new)


def _said_compared(
    group: str, old: Iterable[Said], new: Iterable[Said], paths: tuple[str, str], items: tuple[str, str]
) -> Iterator[Change]:
    """The values of two rows by their keys."""
    of_old = {one.key: one for one in old}
    for one in new:
        its = of_old.get(one.key)
        if its is None or _is_uncalculated(its, one):
            continue
        sides = (its.entry, paths[0], items[0]), (one.entry, paths[1], items[1])
        change = compared(f"{group}.{one.key}", one.label, *sides, is_money=one.is_money)
        if change is not None:
            yield change


def _is_uncalculated(old: Said, new: Said) -> bool:
    """A formula that a program saved without its result: the rate follows from the amounts, sums were added up anew."""
    if not any(isinstance(one.entry.typed, NoValue) for one in (old, new)):
        return False
    return old.key in COMPUTED or old.entry.value == new.entry.value


def _money(old: _Placed, new: _Placed) -> Iterator[Change]:
    paths = old.path, new.path
    met: list[FundLine] = []
    for line in new.report.funds:
        its = old.report.same_line(line)
        if its is None:
            yield only_one("fund", "资金来源", _line_value(line, paths[1]), is_new=True)
            continue
        met.append(its)
        said = said_of_money(old.report, its), said_of_money(new.report, line)
        yield from _said_compared("fund", *said, paths, (its.name, line.name))
    for line in old.report.funds:
        if line not in met:
            yield only_one("fund", "资金来源", _line_value(line, paths[0]), is_new=False)


def _line_value(line: FundLine, path: str) -> Value:
    said = [f"{name} {entry.text}" for name, entry in (("预算", line.budget), ("执行", line.outturn)) if entry.text]
    return value_of(line.label, path, line.name)._replace(text="，".join(said) or None)


def _rows(old: _Placed, new: _Placed) -> Iterator[Change]:
    paths = old.path, new.path
    of_old, of_new = rows_of(old.report), rows_of(new.report)
    matching = Matching(of_old, of_new)
    matching.alike(lambda one: tuple(map(folded, one.key)), lambda *_: 0.0)
    matching.only(lambda one: folded(one.level3.text))
    matching.best(lambda one, other: likeness(one.level3.text, other.level3.text), lambda *_: _ALIKE)
    for at, match in sorted(matching.of_new.items()):
        its, one = of_old[match], of_new[at]
        said = said_of_row(old.report, its), said_of_row(new.report, one)
        yield from _said_compared("result", *said, paths, (row_name(its), row_name(one)))
    for side, (left, rows, table) in enumerate(
        ((matching.old_left, of_old, old.report), (matching.new_left, of_new, new.report))
    ):
        for at in left:
            yield only_one("result", "指标", _row_value(table, rows[at], paths[side]), is_new=bool(side))


def _row_value(report: Report, row: Row, path: str) -> Value:
    said = [
        f"{one.label}：{one.entry.text}" for one in said_of_row(report, row) if one.key not in _NAMES and one.entry.text
    ]
    return value_of(row.level3, path, row_name(row))._replace(text="；".join(said) or None)


# --- lists --------------------------------------------------------------------------------------------------------


def _task_name(task: Task) -> str:
    return " · ".join(filter(None, (task.project.text, task.content.text or task.standard.text)))


def _record_name(record: SupervisionRecord) -> str:
    return " · ".join(filter(None, (record.date.text, record.project.text, record.found.text)))


def _list(
    title: str,
    old: Sequence[Department],
    new: Sequence[Department],
    rows: Callable[[Department], Sequence[T]],
    said: Callable[[T], Iterator[Said]],
    name: Callable[[T], str],
) -> Iterator[ProjectDifference]:
    """A list as one table: its rows by what they are called, in their order where several are called alike."""
    sides = [[(row, book) for book in side for row in rows(book)] for side in (old, new)]
    matching = Matching(*sides)
    matching.alike(lambda one: tuple((two.key, two.entry.text) for two in said(one[0])), lambda *_: 0.0)
    matching.alike(lambda one: folded(name(one[0])), lambda *_: 0.0)
    matching.best(lambda one, other: likeness(name(one[0]), name(other[0])), lambda *_: _ALIKE)
    changes: list[Change] = []
    for at, match in sorted(matching.of_new.items()):
        (its, book), (one, its_book) = sides[0][match], sides[1][at]
        items = name(its), name(one)
        changes += _said_compared("list", said(its), said(one), (book.path, its_book.path), items)
    for side, left in enumerate((matching.old_left, matching.new_left)):
        for at in left:
            row, book = sides[side][at]
            value = _list_value(list(said(row)), name(row), book.path)
            changes.append(only_one("list", title, value, is_new=bool(side)))
    if changes:
        places = [_list_place(title, side) for side in sides]
        amounts = pairs_of(Totals(), Totals())
        yield ProjectDifference(_change_of(sides), places[0], places[1], amounts, tuple(changes))


def _list_value(said: Sequence[Said], name: str, path: str) -> Value:
    first = next((one.entry for one in said if one.entry.text), said[0].entry)
    text = "；".join(f"{one.label}：{one.entry.text}" for one in said if one.entry.text)
    return value_of(first, path, name)._replace(text=text or None)


def _list_place(title: str, rows: Sequence[tuple[Any, Department]]) -> ProjectPlace | None:
    if not rows:
        return None
    row, book = rows[0]
    entry = next(one for one in row if getattr(one, "sheet", ""))
    return ProjectPlace(book.path, book.name, entry.sheet, None, None, None, title, title)


def _change_of(sides: Sequence[Sequence[object]]) -> ProjectChange:
    if not sides[0]:
        return ProjectChange.ADDED
    return ProjectChange.CHANGED if sides[1] else ProjectChange.REMOVED
