"""What an inbox holds, as people see it: for each department, year and kind its versions, which counts, its state.

Which versions count is decided by the counting that `check` has, from what is recorded of each workbook; nothing is
read again. What a person chose or approved goes before dates.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.counting import VERSIONS, Choice, Left, usual_year
from xl_perf.core.checking.delivered import Delivered
from xl_perf.core.checking.reported import is_report_kind, said_kind
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.totals import Doubled, Totals
from xl_perf.core.model.findings import Severity
from xl_perf.core.submitting.states import Move, State
from xl_perf.service.form_versions import OF_FORMS
from xl_perf.service.naming import department_of
from xl_perf.service.results import BookResult
from xl_perf.submission import frozen
from xl_perf.submission.decisions import DISMISSED, said_numbers
from xl_perf.submission.doubling import Labelled, doubled_notes, of_books
from xl_perf.submission.recorded import Later, counted_by_kind, label_of, recorded
from xl_perf.submission.store import PassedOver, Received, Step, Store

YEAR: Final = "year"
"""The setting: the year that was asked for when workbooks were received."""
PROFILE: Final = "profile"
"""The setting: the profile that was asked for then, by its name or its whole path."""
NAMELESS: Final = "（没有写部门名称）"


class Key(NamedTuple):
    """Whose and what: the department's name as it is compared, or ``#12`` for number 12, which names none."""

    department: str
    year: int | None
    kind: str


class Version(NamedTuple):
    """A received workbook, and what counting says of it."""

    row: Received
    result: BookResult

    @property
    def counts(self) -> bool:
        """It is in the total."""
        return self.result.left is None and self.result.error is None

    @property
    def label(self) -> str:
        """How people call it."""
        return label_of(self.row)

    @property
    def is_undecided(self) -> bool:
        """One of several drafts of which nobody knows the last."""
        found = self.result.findings
        return bool(self.result.totals.undecided) or any(
            one.code == VERSIONS and one.severity is Severity.ERROR for one in found
        )

    @property
    def has_code_of_another(self) -> bool:
        """A project's code stands in another counting book of the department, too: an error (X601)."""
        return any(one.code == "X601" and one.severity is Severity.ERROR for one in self.result.findings)


@dataclass(frozen=True)
class Item:
    """What one department has handed in of one kind for one year. ``step`` is the last of ``steps``.

    ``notes`` are Chinese sentences, without full stop, on what is to be known of it. ``doubled`` are projects of what
    counts that may be counted more than once.
    """

    key: Key
    name: str
    versions: tuple[Version, ...]
    state: State
    step: Step | None
    notes: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    doubled: tuple[Doubled, ...] = ()

    @property
    def current(self) -> list[Version]:
        """Those that count: one, or the sections of a department, or drafts of which nobody knows the last."""
        return [one for one in self.versions if one.counts]

    @property
    def said_name(self) -> str:
        """The department's name, with what it reports where these are no targets: 市教育局（监控-6月）."""
        kind = said_kind(self.key.kind)
        return f"{self.name}（{kind}）" if kind else self.name

    @property
    def said_state(self) -> str:
        """For people: the state, or that nothing of it counts, which is as if nothing had been handed in."""
        return self.state.value if self.current else "没有计入"

    @property
    def errors(self) -> int:
        """Of all that counts."""
        return sum(one.row.errors for one in self.current)

    @property
    def may_be_twice(self) -> bool:
        """Money of what counts may be in the total twice."""
        totals = [one.result.totals for one in self.current]
        if self.doubled or any(one.undecided or one.doubtful or one.apart for one in totals):
            return True
        return any(one.has_code_of_another for one in self.current)


@dataclass(frozen=True)
class View:
    """An inbox for one year: ``year`` is None where no workbook says any.

    ``others`` are of other years, ``unread`` could not be read, ``passed_over`` are files that were not
    taken in, without those that came later. ``totals`` are of all that counts.
    """

    year: int | None
    items: tuple[Item, ...]
    others: tuple[Version, ...]
    unread: tuple[Version, ...]
    versions: tuple[Version, ...]
    totals: Totals
    delivery: Delivery | None
    passed_over: tuple[PassedOver, ...]
    steps: tuple[Step, ...]

    @property
    def is_incomplete(self) -> bool:
        """Files that may hold money could not be read, and nothing has come instead."""
        return self.lacking > 0

    @property
    def lacking(self) -> int:
        """How many files could not be read, nothing having come instead and nobody having settled it."""
        return sum(one.result.left is None for one in self.unread) + sum(one.is_error for one in self.passed_over)

    @property
    def returned_beside(self) -> list[str]:
        """What was sent back and counts beside what came later, in Chinese sentences without full stop."""
        return [f"{item.name}：{said}" for item in self.items for said in _returned_beside(item)]

    @cached_property
    def by_number(self) -> Mapping[int, Version]:
        """The received workbooks by their numbers."""
        return {one.row.id: one for one in self.versions}

    @cached_property
    def items_by_number(self) -> Mapping[int, Item]:
        """What each of the year's workbooks belongs to."""
        return {one.row.id: item for item in self.items for one in item.versions}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Departments' names as people write them, by how they are compared."""
        found: dict[str, str] = {}
        for one in self.versions:
            if one.row.department:
                found.setdefault(folded(one.row.department), one.row.department)
        return found

    def with_errors(self) -> list[Item]:
        """What can be sent back: received, with errors."""
        return [item for item in self.items if item.state is State.RECEIVED and item.errors]


def view(store: Store, year: int | None = None) -> View:
    """The inbox for a year: the one that is asked for, else that of the last receiving, else that of the first step
    that a person took, which stays, else that of most books.
    """
    rows, steps = store.received(), store.steps()
    asked = year or int(store.settings().get(YEAR, "0")) or None
    delivered = {row.id: frozen.delivered_of_json(row.compared, label_of(row)) for row in rows if row.compared}
    stepped = next((step.year for step in steps if step.year is not None), None)
    of_targets = [delivered[row.id] for row in rows if row.id in delivered and not is_report_kind(row.kind)]
    chosen = asked or stepped or _usual_year(of_targets) or _usual_year(delivered.values())
    by_key: dict[Key, list[Step]] = defaultdict(list)
    by_number: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        by_key[Key(step.department, step.year, step.kind)].append(step)
        for number in step.numbers:
            by_number[number].append(step)
    later = Later(rows)
    dismissed = {step.department: step for step in steps if step.step == Move.DISMISS and not step.versions}
    results = [recorded(row, delivered, _steps_on(by_key[key_of(row)], by_number[row.id]), later) for row in rows]
    versions = tuple(map(Version, rows, counted_by_kind(rows, results, Choice(chosen))))
    totals = Totals()
    for one in versions:
        if one.result.left is None:
            totals = totals.plus(one.result.totals)
    passed_over = [
        _settled(one, dismissed)
        for one in store.passed_over()
        if not (one.is_error and later.instead(one.path, one.after))
    ]
    lost = [one for one in passed_over if one.is_error]
    for file in lost:
        totals = totals.lacking(Incomplete(file.path, None, file.reason))
    items, others = _items(versions, by_key, chosen, delivered)
    unread = tuple(one for one in versions if one.row.error)
    return View(
        chosen,
        tuple(items),
        tuple(others),
        unread,
        versions,
        totals,
        _delivery(store.expected(), items, others, [*_open(unread), *(one.path for one in lost)]),
        tuple(passed_over),
        tuple(steps),
    )


def _settled(one: PassedOver, dismissed: Mapping[str, Step]) -> PassedOver:
    """A file that was not taken in; somebody may have said since that it does not matter."""
    step = dismissed.get(one.path)
    if step is None or not one.is_error or one.after > step.after:
        return one
    return one._replace(reason=f"{one.reason}；不计：{step.reason}", is_error=False)


def _usual_year(delivered: Iterable[Delivered]) -> int | None:
    """As counting finds it: of copies only one is looked at."""
    known: dict[bytes, Delivered] = {}
    for one in delivered:
        if one.projects:
            known.setdefault(one.digest, one)
    return usual_year(known.values())


def key_of(row: Received) -> Key:
    """Whose and what a received workbook is."""
    return Key(folded(row.department) if row.department else f"#{row.id}", row.year, row.kind)


def _steps_on(of_key: Sequence[Step], of_number: Sequence[Step]) -> list[Step]:
    """The steps on what it belongs to; also where a workbook that names no department was chosen for one."""
    return sorted({step.id: step for step in (*of_key, *of_number)}.values(), key=lambda step: step.id)


# --- by department -------------------------------------------------------------------------------------------------


def _items(
    versions: Sequence[Version],
    steps: Mapping[Key, Sequence[Step]],
    year: int | None,
    delivered: Mapping[int, Delivered],
) -> tuple[list[Item], list[Version]]:
    """The items of the year in the order of their departments' first workbooks; and the workbooks of other years."""
    adopted = _adopted(versions)
    found: dict[Key, list[Version]] = {}
    others: list[Version] = []
    for one in versions:
        if one.row.error:
            continue
        if one.row.year not in {year, None}:
            others.append(one)
        else:
            found.setdefault(adopted.get(one.row.id) or key_of(one.row), []).append(one)
    moves = {key: [one for one in its if one.step != Move.DISMISS] for key, its in steps.items()}
    doubled = [twice for one in versions for twice in one.result.totals.doubled]
    rows = {one.label: one.row for one in versions}
    known = Labelled(rows, {label: delivered[row.id] for label, row in rows.items() if row.id in delivered})
    return [_item(key, several, moves.get(key, ()), doubled, known) for key, several in found.items()], others


def _adopted(versions: Sequence[Version]) -> dict[int, Key]:
    """Workbooks that name no department, or no year, and are versions of one that does."""
    of_label = {one.label: one for one in versions}
    adopted: dict[int, Key] = {}
    for one in versions:
        left = one.result.left
        other = of_label.get(left.instead) if left and left.instead else None
        if other is None:
            continue
        for mine, its in ((one, other), (other, one)):
            if mine.row.department is None and its.row.department is not None:
                adopted[mine.row.id] = key_of(its.row)
    return adopted


def _item(
    key: Key, versions: Sequence[Version], steps: Sequence[Step], doubled: Sequence[Doubled], known: Labelled
) -> Item:
    last = steps[-1] if steps else None
    name = next((one.row.department for one in versions if one.row.department), None)
    shown = name or f"{NAMELESS}{versions[0].label}"
    item = Item(key, shown, tuple(versions), State.RECEIVED, last, steps=tuple(steps))
    item = replace(item, doubled=of_books(doubled, {one.label for one in item.current}))
    return replace(item, state=_state(item, last), notes=tuple(_notes(item, last, known)))


def _state(item: Item, last: Step | None) -> State:
    if last is None or last.step == Move.KEEP:
        return State.RECEIVED
    if last.step == Move.APPROVE:
        return State.APPROVED
    return State.RECEIVED if any(one.row.id > last.after for one in item.current) else State.RETURNED


def _notes(item: Item, last: Step | None, known: Labelled) -> Iterator[str]:
    current = item.current
    for one in current:
        yield from _of_counting(one.row)
    if len(current) > 1:
        is_undecided = any(one.is_undecided for one in current)
        yield f"{len(current)} 本都计入了" + ("，分不出先后，请用 inbox keep 选定一本" if is_undecided else "")
    elif not current:
        yield "没有计入合计的"
    decided = {one.label for one in current if not one.result.totals.undecided}
    yield from dict.fromkeys(
        f"{one.label}：{note}" for one in current for note in one.row.notes.splitlines() if note.startswith(OF_FORMS)
    )
    yield from doubled_notes(item.doubled, [one.label for one in current], decided, known)
    for one in current:
        yield from _in_doubt(one, is_doubled=any(one.label in twice.paths for twice in item.doubled))
    yield from _unpacked(item)
    yield from _returned_beside(item)
    yield from _after_choice(item)
    for one in item.versions:
        if one.result.left is not None:
            yield from _of_others(one.row, one.result.left, last)


def _in_doubt(one: Version, *, is_doubled: bool) -> Iterator[str]:
    """It counts, but may be a draft of another one that does."""
    if one.result.totals.apart:
        yield f"{one.row.id}号与后来的没有相同的项目，中间一稿把它们连在一起，按分开报的计入了，请核对"
    if one.has_code_of_another and not is_doubled:
        yield f"{one.row.id}号有项目编码与本部门另一本的相同，名称和金额都不同，请核对"
    if one.result.totals.doubtful:
        yield f"{one.row.id}号与另一本项目名称相同、金额不同，部门没有都写明，都计入了，请核对"


def _unpacked(item: Item) -> Iterator[str]:
    """What counts can be checked against no manifest, though there is an older one that can."""
    bare = {one.row.id for one in item.current if one.row.verified is None}
    packed = {one.row.id for one in item.versions if one.row.verified == 1 and not one.counts}
    if bare and packed:
        yield f"计入的 {said_numbers(bare)}没有报送清单，没有计入的 {said_numbers(packed)}有，请核对"


def _returned_beside(item: Item) -> Iterator[str]:
    """What was sent back and still counts beside what came later: other projects, or drafts of unknown order."""
    counting = {one.row.id for one in item.current}
    for at, step in enumerate(item.steps):
        later = {number for number in counting if number > step.after}
        back = step.numbers & counting
        is_settled = any(one.step in {Move.KEEP, Move.APPROVE} for one in item.steps[at + 1 :])
        if step.step == Move.RETURN and back and later and not is_settled:
            yield (
                f"退回的 {said_numbers(back)}和以后收到的 {said_numbers(later)}都计入了，"
                f"只计后来的请用 inbox keep {' '.join(map(str, sorted(later)))}"
            )
            return


def _after_choice(item: Item) -> Iterator[str]:
    """What came after something was chosen, and counts."""
    last = next((step for step in reversed(item.steps) if step.step == Move.KEEP), None)
    later = {one.row.id for one in item.current if last is not None and one.row.id > last.after}
    if last is not None and later:
        counting = {one.row.id for one in item.current}
        yield f"选定 {said_numbers(last.numbers)}以后又收到 {said_numbers(later)}，计入的是 {said_numbers(counting)}"


def _of_counting(row: Received) -> Iterator[str]:
    if row.is_changed:
        yield f"{row.id}号内容与报送清单不符"
    if row.forced:
        yield f"{row.id}号带错报送：{row.forced}"
    if row.department is None:
        yield f"{row.id}号没有写部门名称"
    if not row.projects and not is_report_kind(row.kind):
        yield f"{row.id}号里没有项目"
    if row.year is None:
        yield f"{row.id}号读不出年度"


def _of_others(row: Received, left: Left, last: Step | None) -> Iterator[str]:
    is_new = last is not None and row.id > last.after
    if row.is_changed:
        yield f"{row.id}号内容与报送清单不符，没有替换"
    elif left.reason.startswith(DISMISSED):
        yield f"{row.id}号{left.reason}"
    elif is_new and last is not None and last.step == Move.APPROVE:
        yield f"批复以后又收到 {row.id}号"
    elif is_new and last is not None and last.step == Move.RETURN:
        yield f"退回以后收到的 {row.id}号没有计入：{left.reason}"
    if left.lost:
        yield f"{row.id}号里有 {len(left.lost)} 个项目后一稿里没有"


def _delivery(
    expected: Sequence[str], items: Sequence[Item], others: Sequence[Version], unread: Sequence[str]
) -> Delivery | None:
    """Who was to deliver, and did for this year: where nothing counts, as when all was dismissed, nobody did."""
    if not expected:
        return None
    delivery = Delivery(expected)
    of_targets = [item for item in items if not is_report_kind(item.key.kind)]
    for item in of_targets or items:  # who has only reported has not handed in targets
        named = next((one.row.department for one in item.versions if one.row.department), None)
        for one in item.versions if item.current else ():
            delivery.add(named, one.label)
    for one in others:
        if of_targets and is_report_kind(one.row.kind):
            continue
        delivery.add(one.row.department, one.label, one.row.year)
    delivery.unread = sum(not delivery.has(_named_by(path)) for path in unread)
    return delivery


def _named_by(path: str) -> str | None:
    named = department_of(path)
    return named.department if named else None


def _open(unread: Iterable[Version]) -> Iterator[str]:
    """The paths of what could not be read, and nobody has settled."""
    return (one.row.path for one in unread if one.result.left is None)
