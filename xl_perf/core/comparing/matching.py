"""What belongs together in two lists. Whichever of the two comes first, the pairs are the same."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from xl_perf.core.cells.characters import folded

Key = Callable[[Any], Hashable]
Score = Callable[[Any, Any], float]
_NO_KEY: Final = (None, "")


class Matching:
    """Pairs of places in two lists, found step by step; what has found its match takes no part any more."""

    def __init__(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self._old, self._new = old, new
        self.pairs: dict[int, int] = {}
        """From places in the old list to those in the new one."""
        self.old_left = list(range(len(old)))
        self.new_left = list(range(len(new)))

    @property
    def of_new(self) -> dict[int, int]:
        """The pairs the other way: from places in the new list to those in the old one."""
        return {new: old for old, new in self.pairs.items()}

    def _take(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        taken = list(pairs)
        self.pairs.update(taken)
        of_old, of_new = {old for old, _ in taken}, {new for _, new in taken}
        self.old_left = [at for at in self.old_left if at not in of_old]
        self.new_left = [at for at in self.new_left if at not in of_new]
        return taken

    def _by_key(self, key: Key) -> list[tuple[list[int], list[int]]]:
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, (things, left) in enumerate(((self._old, self.old_left), (self._new, self.new_left))):
            for at in left:
                its = key(things[at])
                if its not in _NO_KEY:
                    groups[its][side].append(at)
        return [group for group in groups.values() if all(group)]

    def only(self, key: Key, fits: Callable[[Any, Any], bool] = lambda _, __: True) -> list[tuple[int, int]]:
        """Pairs that alone have a key, on either side, and fit. What has none (None, an empty text) has no match."""
        alone = ((old[0], new[0]) for old, new in self._by_key(key) if len(old) == len(new) == 1)
        return self._take((old, new) for old, new in alone if fits(self._old[old], self._new[new]))

    def alike(self, key: Key, score: Score) -> list[tuple[int, int]]:
        """Pairs of equal keys; of several those that score highest, then those that stand nearest."""
        found: list[tuple[int, int]] = []
        for olds, news in self._by_key(key):
            ranked = sorted(
                ((old, new) for old in olds for new in news),
                key=lambda pair: (-score(self._old[pair[0]], self._new[pair[1]]), abs(pair[0] - pair[1]), sum(pair)),
            )
            taken: tuple[set[int], set[int]] = (set(), set())
            for old, new in ranked:
                if old not in taken[0] and new not in taken[1]:
                    taken[0].add(old)
                    taken[1].add(new)
                    found.append((old, new))
        return self._take(found)

    def best(
        self,
        score: Score,
        least: Callable[[Any, Any], float],
        sharing: Callable[[Any], Iterable[Hashable]] | None = None,
    ) -> list[tuple[int, int]]:
        """Pairs in which either is the other's only best, with a score of ``least`` or more.

        Where ``sharing`` gives the features of a thing, only those that have one in common are looked at.
        """
        pairs = self._sharing(sharing) if sharing else [(old, new) for old in self.old_left for new in self.new_left]
        scores = {(old, new): score(self._old[old], self._new[new]) for old, new in pairs}
        of_old = _only_best(scores, 0)
        of_new = _only_best(scores, 1)
        return self._take(
            (old, new)
            for old, new in of_old.items()
            if of_new.get(new) == old and scores[old, new] >= least(self._old[old], self._new[new])
        )

    def _sharing(self, features: Callable[[Any], Iterable[Hashable]]) -> set[tuple[int, int]]:
        having: dict[Hashable, list[int]] = defaultdict(list)
        for at in self.new_left:
            for feature in features(self._new[at]):
                having[feature].append(at)
        return {(old, new) for old in self.old_left for one in features(self._old[old]) for new in having.get(one, ())}


def _only_best(scores: dict[tuple[int, int], float], side: int) -> dict[int, int]:
    """For each of one side its best match on the other, where no other is as good."""
    best: dict[int, tuple[float, int | None]] = {}
    for pair, score in scores.items():
        one, other = pair[side], pair[1 - side]
        highest, _ = best.get(one, (0.0, None))
        if score > highest:
            best[one] = score, other
        elif score == highest:
            best[one] = score, None
    return {one: other for one, (_, other) in best.items() if other is not None}


@lru_cache(maxsize=4096)
def _bigrams(text: str) -> frozenset[str]:
    bare = folded(text)
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1)) or frozenset({bare})


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1: pairs of neighbouring characters that both have."""
    if not one or not other:
        return 0.0
    of_one, of_other = _bigrams(one), _bigrams(other)
    return 2 * len(of_one & of_other) / (len(of_one) + len(of_other))
