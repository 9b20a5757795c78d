"""What `diff` prints for people: totals, a line for each department and project that changed, then field by field.

On a terminal it is one screen: of more the largest are shown, and it is said where the rest is. Into a pipe or a file
goes everything.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeVar

from xl_perf.cli.terminal import Column, say, table, width
from xl_perf.core.cells.values import plain
from xl_perf.core.comparing.not_compared import CALLED
from xl_perf.core.comparing.records import (
    BookPlace,
    Change,
    DepartmentDifference,
    Difference,
    Nature,
    NotCompared,
    Pair,
    ProjectChange,
    ProjectDifference,
    signed,
)
from xl_perf.core.comparing.wording import (
    CHANGED,
    NATURES,
    OWN,
    TEXTS_OF_DEPARTMENT,
    about,
    counted,
    field_of,
    is_small,
    is_whole,
    text_of,
    what_changed,
)
from xl_perf.core.workbook.sheets import MONEY_LABELS
from xl_perf.service.comparing import Given

T = TypeVar("T")
_MOST_DEPARTMENTS: Final = 8
_MOST_PROJECTS: Final = 10
_MOST_DETAILS: Final = 6
_MOST_PLACES: Final = 3
_LONGEST: Final = 36
"""Columns of the terminal that a value takes on it: of longer ones the part that differs is shown."""
_BEFORE: Final = 6
"""Characters that are shown of what is the same before it."""


def show(difference: Difference, sides: Sequence[Given], out: str | None) -> None:
    """Everything, for people; ``out`` is the workbook that lists it, if one is written."""
    where = f"全部见 {out}" if out else "全部列出用 -o 变动表.xlsx"
    books = [[book for one in difference.departments for book in getattr(one, side.name)] for side in sides]
    for side, own in zip(sides, books, strict=True):
        say(f"{CALLED[side.name]}：{_said_side(side, own)}")
    for note in dict.fromkeys((*difference.notes, *_notes(difference))):
        say(f"注意：{note}。")
    if difference.is_empty:
        projects = sum(one.unchanged for one in difference.departments)
        say(f"没有变化：{projects} 个项目都一样，预算数合计 {plain(difference.amounts['budget'].new)} 万元。")
    else:
        _totals(difference)
        say(f"项目：{counted(difference.departments)}。")
        changed = [one for one in difference.departments if not one.is_empty]
        if len(difference.departments) > 1:
            _departments(changed, len(difference.departments) - len(changed), where)
        _projects(changed, where, many=len(difference.departments) > 1)
        _details(changed, where, many=len(difference.departments) > 1)
    _not_compared(difference.not_compared, where)


def _said_side(side: Given, books: Sequence[BookPlace]) -> str:
    projects = sum(book.projects for book in books)
    if len(books) == 1 and books[0].path == side.typed:
        (book,) = books
        year = f"{book.year}年，" if book.year else ""
        return f"{book.path}（{book.department or '没有写部门名称'}，{year}{projects} 个项目）"
    failed = len(side.found.errors)
    skipped = [f"略过 {len(side.found.skipped)} 个"] * bool(side.found.skipped)
    skipped += [f"锁定文件和系统文件 {side.found.locks} 个"] * bool(side.found.locks)
    skipped += [f"没有读入 {failed} 个"] * bool(failed)
    more = f"，{'，'.join(skipped)}" if skipped else ""
    return f"{side.typed}（比较的工作簿 {len(books)} 本，{projects} 个项目{more}）"


def _notes(difference: Difference) -> Iterator[str]:
    for one in difference.departments:
        if one.note:
            many = f"{one.name}：" if len(difference.departments) > 1 else ""
            yield f"{many}{one.note}"
        for book in (*one.old, *one.new):
            yield from (f"{book.path}：{note.rstrip('。')}" for note in book.notes)


# --- tables --------------------------------------------------------------------------------------------------------


def _is_short() -> bool:
    return sys.stdout.isatty()


def _most(number: int, most: int) -> int:
    """How many rows of so many are shown."""
    return min(number, most) if _is_short() else number


def _totals(difference: Difference) -> None:
    pairs = difference.amounts
    months = [key for key in pairs if key.startswith("planned:")]
    columns = [Column("合计"), Column("项目", figures=True)]
    columns += [Column(label, figures=True) for label in MONEY_LABELS.values()]
    columns += [Column(f"{key.partition(':')[2]}月底计划", figures=True, can_go=True) for key in months]
    own = [pairs[key] for key in (*MONEY_LABELS, *months)]
    old, new = difference.old_totals.projects, difference.new_totals.projects
    rows = [
        ["原", str(old), *(plain(pair.old) for pair in own)],
        ["现", str(new), *(plain(pair.new) for pair in own)],
        ["差额", f"{new - old:+d}" if new != old else "0", *(signed(pair.difference) for pair in own)],
    ]
    table(columns, rows)


def _departments(changed: Sequence[DepartmentDifference], unchanged: int, where: str) -> None:
    number = _most(len(changed), _MOST_DEPARTMENTS)
    shown = _first(changed, number, lambda one: (-abs(one.amounts["budget"].difference),))
    columns = [Column("部门"), Column("项目", figures=True), Column("原预算数", figures=True, can_go=True)]
    columns += [Column(one, figures=True) for one in ("现预算数", "差额")]
    columns.append(Column("项目的变化"))
    rows = [[one.name, _projects_of(one), *_figures(one.amounts["budget"]), _state(one)] for one in shown]
    table(columns, rows, fold=True)
    rest = [f"另有 {len(changed) - number} 个部门有变化，{where}"] * (len(changed) > number)
    rest += [f"没有变化的部门 {unchanged} 个"] * bool(unchanged)
    if rest:
        say(f"{'；'.join(rest)}。")


def _projects_of(one: DepartmentDifference) -> str:
    old, new = one.old_totals.projects, one.new_totals.projects
    return str(new) if old == new else f"{old}→{new}"


def _state(one: DepartmentDifference) -> str:
    """On a terminal shorter: how many projects came or went stands beside it."""
    if not one.old:
        return "只在现在的一边" if _is_short() else f"只在现在的一边，{counted([one])}"
    if not one.new:
        return "只在原来的一边" if _is_short() else f"只在原来的一边，{counted([one])}"
    return counted([one])


def _figures(pair: Pair) -> list[str]:
    return [plain(pair.old), plain(pair.new), signed(pair.difference)]


class _Row(NamedTuple):
    """A project that changed, or (None) the texts of a department."""

    department: DepartmentDifference
    project: ProjectDifference | None
    is_own: bool = False

    @property
    def is_only_changed(self) -> bool:
        """It was there before, under the same name."""
        return self.project is None or self.project.change is ProjectChange.CHANGED

    @property
    def budget(self) -> Pair:
        return self.project.amounts["budget"] if self.project else Pair()


def _rows_of(changed: Sequence[DepartmentDifference]) -> list[_Row]:
    rows: list[_Row] = []
    for one in changed:
        rows += [_Row(one, None)] * bool(one.changes)
        rows += [_Row(one, project, is_own=True) for project in one.own]
        rows += [_Row(one, project) for project in one.projects]
        rows += [_Row(one, project, is_own=True) for project in one.reports]
    return rows


def _first(things: Sequence[T], number: int, rank: Callable[[T], tuple[Decimal, ...]]) -> list[T]:
    """So many, those that rank first, in the order in which they stand."""
    if number == len(things):
        return list(things)
    ranked = sorted(range(len(things)), key=lambda at: (rank(things[at]), at))
    return [things[at] for at in sorted(ranked[:number])]


def _projects(changed: Sequence[DepartmentDifference], where: str, *, many: bool) -> None:
    rows = _rows_of(changed)
    if not rows:
        return
    number = _most(len(rows), _MOST_PROJECTS)
    columns = [Column("变化"), Column("项目"), Column("原预算数", figures=True, can_go=True)]
    columns += [Column(one, figures=True) for one in ("现预算数", "差额")]
    columns += [Column("改了什么"), *[Column("部门", can_go=True)] * many]
    shown = _first(rows, number, lambda row: (Decimal(row.is_only_changed), -abs(row.budget.difference)))
    table(columns, [[*_project_cells(row), *[row.department.name] * many] for row in shown], fold=True)
    if number < len(rows):
        say(f"另有 {len(rows) - number} 项，差额较小，{where}。")


def _project_cells(row: _Row) -> list[str]:
    project = row.project
    if project is None:
        return ["改动", TEXTS_OF_DEPARTMENT, "", "", "", what_changed(row.department.changes)]
    old, new, difference = _figures(row.budget)
    figures = ["" if project.old is None else old, "" if project.new is None else new, difference]
    title = f"{project.title}{OWN}" if row.is_own else project.title
    return [CHANGED[project.change], title, *figures, about(project)]


def _details(changed: Sequence[DepartmentDifference], where: str, *, many: bool) -> None:
    """Field by field. On a terminal without what the list of projects says already, and without what is small."""
    every = [(row, change) for row in _rows_of(changed) for change in _changes_of(row)]
    if not every:
        return
    if not _is_short():
        columns = [Column("项目"), Column("栏目"), Column("原值"), Column("现值"), Column("差额", figures=True)]
        columns += [Column("位置"), Column("备注"), *[Column("部门")] * many]
        say("逐项：")
        table(
            columns,
            ([_title(row), *_cells(change), change.note, *[row.department.name] * many] for row, change in every),
        )
        return
    large = [pair for pair in every if not is_small(pair[1]) and not is_whole(pair[0].project)]
    small = sum(is_small(change) for _, change in every)
    shown = large[: 0 if many and len(large) > _MOST_DETAILS else _MOST_DETAILS]
    for line in _grouped(shown):
        say(line)
    rest = [f"另有 {len(large) - len(shown)} 处改动"] * (len(large) > len(shown))
    rest += [f"只是写法不同或只有一边有这一栏的 {small} 处没有逐项列出"] * bool(small)
    if rest:
        say(f"{'；'.join(rest)}；{where}。")


def _changes_of(row: _Row) -> Sequence[Change]:
    return row.department.changes if row.project is None else row.project.changes


def _title(row: _Row) -> str:
    return TEXTS_OF_DEPARTMENT if row.project is None else row.project.title


def _grouped(pairs: Sequence[tuple[_Row, Change]]) -> Iterator[str]:
    """Lines for a terminal: the project in a line of its own, below it a line for each field."""
    before: _Row | None = None
    for row, change in pairs:
        if row is not before:
            yield _title(row)
            before = row
        field, *values, difference, place = _cells(change)
        old, new = excerpts(*values)
        said = " → ".join(filter(None, (old, new)))
        if change.nature in {Nature.ADDED, Nature.REMOVED}:
            said = f"（{NATURES[change.nature]}）{said}"
        more = "，".join(filter(None, (difference, place, change.note)))
        yield f"  {field}：{said}" + (f"（{more}）" if more else "")


def _cells(change: Change) -> list[str]:
    difference = "" if change.difference is None else signed(change.difference)
    return [field_of(change), text_of(change.old), text_of(change.new), difference, _place(change)]


def _place(change: Change) -> str:
    """Where it stands: on the new side, else on the old one."""
    for value, side in ((change.new, ""), (change.old, "原 ")):
        if value is not None and value.cell:
            return f"{side}{value.sheet}!{value.cell}"
    return ""


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Two texts, of long ones the part that differs, with a few characters around it."""
    old, new = " ".join(old.split()), " ".join(new.split())
    if max(width(old), width(new)) <= _LONGEST:
        return old, new
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    start = max(0, start - _BEFORE)
    if start <= _BEFORE // 2:
        start = 0
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    """The text from there on, as much as there is room for."""
    rest = text[start:]
    taken, used = 0, 0
    while taken < len(rest) and used + width(rest[taken]) <= _LONGEST:
        used += width(rest[taken])
        taken += 1
    head, tail = "……" if start and rest else "", "……" if taken < len(rest) else ""
    return f"{head}{rest[:taken]}{tail}"


# --- what is not in it ---------------------------------------------------------------------------------------------


def _not_compared(every: Sequence[NotCompared], where: str) -> None:
    for bears, most, said in ((True, _MOST_PLACES * 2, "差额可能不准"), (False, _MOST_PLACES, "没有比")):
        own = [one for one in every if one.bears is bears]
        if not own:
            continue
        number = _most(len(own), most)
        say(f"{said}的 {len(own)} 处：")
        for one in own[:number]:
            say(f"  {CALLED[one.side]} {one.place}：{one.reason}；{one.effect}。")
        if number < len(own):
            say(f"  另有 {len(own) - number} 处，{where}。")
