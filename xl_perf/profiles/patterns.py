"""Regular expressions that people write into profiles: only such as never take for ever."""

from collections.abc import Iterable
from math import prod
from re import _constants as op  # type: ignore[attr-defined]  # the standard library's own parser, not in its stubs
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

from xl_perf.core.checking.rules.f203_code_format import LONGEST

MOST_WAYS: Final = 1_000_000
_TOO_MANY: Final = 10.0 * MOST_WAYS
_REPEATS: Final = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
_ONE_WAY: Final = frozenset(
    {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN, op.AT, op.CATEGORY, op.RANGE, op.GROUPREF, op.FAILURE}
)


def is_bounded(pattern: str) -> bool:
    """Whether there are not too many ways to fit a valid expression to a text of `LONGEST` characters."""
    return _ways(_parser.parse(pattern)) <= MOST_WAYS


def _ways(parsed: Iterable[tuple[Any, Any]]) -> float:
    """In how many ways the parts of an expression can share a text, at most."""
    return min(prod(_ways_of(kind, value) for kind, value in parsed), _TOO_MANY)


def _ways_of(kind: Any, value: Any) -> float:
    if kind in _ONE_WAY:
        return 1
    if kind in _REPEATS:
        least, most, repeated = value
        times = min(int(most), LONGEST)
        ways: float = times - min(int(least), LONGEST) + 1
        within = _ways(repeated)
        for _ in range(times if within > 1 else 0):
            ways = min(ways * within, _TOO_MANY)
        return ways
    if kind is op.BRANCH:
        return sum(map(_ways, value[1]))
    if kind is op.SUBPATTERN:
        return _ways(value[-1])
    if kind is op.ATOMIC_GROUP:
        return _ways(value)
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return _ways(value[1])
    return _TOO_MANY  # conditions, and what a later Python adds
