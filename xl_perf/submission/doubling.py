"""What of a department's workbooks may be counted twice, and which of them to keep: notes for people, in Chinese."""

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from functools import reduce
from itertools import combinations
from typing import Final, NamedTuple

from xl_perf.core.cells.values import EXACT, plain
from xl_perf.core.checking.delivered import Delivered
from xl_perf.core.checking.versions import dropped
from xl_perf.core.figures.totals import Doubled
from xl_perf.submission.decisions import said_numbers
from xl_perf.submission.store import Received

_MOST_NAMED: Final = 3


class Labelled(NamedTuple):
    """The received workbooks and what is compared of them, both by how people call them (`label_of`)."""

    rows: Mapping[str, Received]
    delivered: Mapping[str, Delivered]


def of_books(doubled: Sequence[Doubled], labels: Set[str]) -> tuple[Doubled, ...]:
    """Those that stand in one of the books."""
    return tuple(one for one in doubled if not labels.isdisjoint(one.paths))


def said_amount(doubled: Sequence[Doubled]) -> str:
    """How many projects may be counted twice, and the amount that may be too much."""
    amount = reduce(EXACT.add, (one.amount for one in doubled), Decimal(0))
    return f"{len(doubled)} 个项目可能重复计入，重复的共 {plain(amount)} 万元"


def doubled_notes(
    doubled: Sequence[Doubled], counting: Sequence[str], decided: Set[str], known: Labelled
) -> Iterator[str]:
    """What is to be said of the doubled projects of a department, of which these books count.

    ``decided`` are those that are no drafts of unknown order: which of these to keep is said elsewhere.
    """
    if not doubled:
        return
    yield said_amount(doubled)
    own = {label for label in counting if label in decided}
    pairs = sorted({pair for one in doubled for pair in combinations(sorted({*one.paths} & own), 2)})
    within = _within(pairs, known)
    superfluous = {label for held in within.values() for label in held}
    keep = sorted(known.rows[label].id for label in counting if label not in superfluous)
    for label, held in within.items():
        number, numbers = known.rows[label].id, said_numbers(known.rows[one].id for one in held)
        only = "只计它请用" if keep == [number] else "不重复计请用"
        yield f"{number}号里有 {numbers}的全部项目：{only} inbox keep {' '.join(map(str, keep))}"
    rest = [pair for pair in pairs if superfluous.isdisjoint(pair)]
    if rest:
        named = "，".join(said_numbers(known.rows[label].id for label in pair) for pair in rest[:_MOST_NAMED])
        more = f" 等 {len(rest)} 对" if len(rest) > _MOST_NAMED else ""
        yield f"有相同项目的：{named}{more}；请核对，不都计入的请用 inbox keep 选定"
    yield from _elsewhere(doubled, {*counting}, known)


def _within(pairs: Sequence[tuple[str, str]], known: Labelled) -> dict[str, list[str]]:
    """By the book that holds all projects of others: these others. Of two that hold the same the later one counts."""
    holds: dict[str, set[str]] = {}
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if not dropped(known.delivered[other], [known.delivered[one]]):
                holds.setdefault(one, set()).add(other)
    found: dict[str, list[str]] = {}
    told: set[str] = set()
    for label in sorted(holds, key=lambda label: (-len(holds[label]), -known.rows[label].id)):
        held = sorted(holds[label] - told - found.keys(), key=lambda other: known.rows[other].id)
        if held and label not in told:
            found[label] = held
            told.update(held)
    return found


def _elsewhere(doubled: Sequence[Doubled], own: Set[str], known: Labelled) -> Iterator[str]:
    """With whose books of other departments they may be the same."""
    others = sorted({known.rows[path].id for one in doubled for path in one.paths if path not in own})
    if others:
        by_id = {row.id: row for row in known.rows.values()}
        named = [f"{by_id[number].department or '没有写部门'}的 {number}号" for number in others[:_MOST_NAMED]]
        more = f" 等 {len(others)} 本" if len(others) > _MOST_NAMED else ""
        yield f"可能与 {'、'.join(named)}{more}重复"
