"""Two versions, folders or years compared: what a button, a command and Python call."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.checking.accepting import accept
from xl_perf.core.checking.counting import VERSIONS, Choice, Outcome, decide
from xl_perf.core.checking.delivered import Delivered, Standing, delivered
from xl_perf.core.checking.doubles import doubled, said_across, settled_among
from xl_perf.core.checking.seen import Seen
from xl_perf.core.comparing.departments import Compared, compared_department
from xl_perf.core.comparing.moves import with_moves
from xl_perf.core.comparing.not_compared import book_left, both_sides, in_department, project_doubled
from xl_perf.core.comparing.pairing import Together, books_paired
from xl_perf.core.comparing.records import Difference, NotCompared, SideName
from xl_perf.core.figures.totals import Totals, add_up, totals_of_department
from xl_perf.core.model.department import Department
from xl_perf.core.model.named_files import naming

_NAMED: Final = 3
"""Books that a note names one by one."""


class Side(NamedTuple):
    """The workbooks of one side: what is known of each until it is compared, which count, and how to get one."""

    name: SideName
    books: Sequence[Delivered]
    outcomes: Sequence[Outcome]
    load: Callable[[int], Department]
    more: Sequence[NotCompared] = ()
    """What is not compared beside what the books hold: files that were not read, files that were passed over."""

    @property
    def counting(self) -> list[int]:
        """The places of the books that count."""
        return [at for at, outcome in enumerate(self.outcomes) if outcome.left is None]


def diff(old: Department | Iterable[Department], new: Department | Iterable[Department]) -> Difference:
    """What changed from ``old`` to ``new``: a department's workbook each, or many, paired by department.

    Amounts and differences (new minus old) are `Decimal` in 万元. Of several books on one side copies, former versions
    and other years do not count; they are named in ``not_compared``. Nothing is read from disk.
    """
    return diff_of_sides(_side(SideName.OLD, old), _side(SideName.NEW, new))


def side_of(
    name: SideName,
    books: Sequence[Delivered],
    load: Callable[[int], Department],
    more: Sequence[NotCompared] = (),
) -> Side:
    """A side whose books are loaded when they are compared."""
    return Side(name, books, decide(books, Choice()), load, more)


def _side(name: SideName, given: Department | Iterable[Department]) -> Side:
    departments = [given] if isinstance(given, Department) else list(given)
    books = [delivered(one, Seen(one).whole_text, one.name, one.modified) for one in departments]
    return side_of(name, books, departments.__getitem__)


def diff_of_sides(old: Side, new: Side) -> Difference:
    """The same for sides whose books are not in memory: those of one department at a time are."""
    at_old, at_new = old.counting, new.counting
    pairs = books_paired([old.books[at] for at in at_old], [new.books[at] for at in at_new])
    left: dict[SideName, list[NotCompared]] = {one.name: [*one.more, *_left_out(one)] for one in (old, new)}
    compared = [_compared(old, new, at_old, at_new, together, left) for together in pairs]
    departments = with_moves(compared)
    return Difference(
        tuple(departments),
        add_up(one.old_totals for one in departments),
        add_up(one.new_totals for one in departments),
        both_sides(left[old.name], left[new.name]),
        tuple(_notes(compared, old, new)),
    )


def _compared(
    old: Side,
    new: Side,
    at_old: Sequence[int],
    at_new: Sequence[int],
    together: Together,
    left: dict[SideName, list[NotCompared]],
) -> Compared:
    of_old = [old.load(at_old[at]) for at in together.old]
    of_new = [new.load(at_new[at]) for at in together.new]
    for side, own in ((old, of_old), (new, of_new)):
        left[side.name] += [one for book in own for one in in_department(side.name, book)]
    return compared_department(of_old, of_new, together.note)


def _left_out(side: Side) -> Iterator[NotCompared]:
    found, alike = said_across(side.books, side.outcomes)
    settled = settled_among({at: accept(own, side.load(at).accepted) for at, own in found.items()})
    for at, outcome in enumerate(side.outcomes):
        is_doubtful = (outcome.doubtful or outcome.apart) and (VERSIONS, at, None, None) not in settled
        if outcome.left is not None or outcome.undecided or is_doubtful:
            totals: Totals = totals_of_department(side.load(at))
            yield from book_left(side.name, side.books[at].path, outcome, totals.budget)
    # Of drafts that nobody can tell apart all of the money is named above.
    single = [at for at in side.counting if not side.outcomes[at].undecided]
    pairs = [pair for pair in alike if pair.one in single and pair.other in single]
    for at, projects in doubled(side.books, single, pairs, settled).items():
        for one in projects:
            yield project_doubled(side.name, side.books[at].path, one)


def _notes(compared: Sequence[Compared], old: Side, new: Side) -> Iterator[str]:
    """Years, forms and departments that differ as a whole."""
    years = [sorted(_years(side)) for side in (old, new)]
    if years[0] != years[1] and all(years):
        yield f"两边的年度不同：原 {_said(years[0])}，现 {_said(years[1])}"
    forms = [
        sorted({form for one in compared for book in getattr(one.difference, side) for form in book.forms})
        for side in ("old", "new")
    ]
    if forms[0] != forms[1] and all(forms):
        yield f"两边的表样不同：原“{'”“'.join(forms[0])}”，现“{'”“'.join(forms[1])}”；只有一边有的栏目另外标明"
    for side in (old, new):
        counting = [side.books[at] for at in side.counting]
        without = [book.path for book in counting if book.year is None and book.projects]
        if without and len(counting) > 1:
            more = f"等 {len(without)} 本" if len(without) > _NAMED else ""
            named = without[:_NAMED]
            yield naming(f"读不出年度、照样比较的：{'、'.join(named)}{more}", *named)
    for side in (old, new):
        altered = [side.books[at].path for at in side.counting if side.books[at].standing == Standing.CHANGED]
        if altered:
            more = f"等 {len(altered)} 本" if len(altered) > _NAMED else ""
            named = altered[:_NAMED]
            yield naming(f"打包以后改过、照样比较的（S114）：{'、'.join(named)}{more}", *named)


def _years(side: Side) -> set[int]:
    """Those of the books with projects, or of all where none has any."""
    books = [side.books[at] for at in side.counting]
    own = [book for book in books if book.projects] or books
    return {book.year for book in own if book.year is not None}


def _said(years: Sequence[int]) -> str:
    return "、".join(f"{year}年" for year in years)
