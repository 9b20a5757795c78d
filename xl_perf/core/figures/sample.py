"""A sample that anybody can draw again: which tables a reviewer looks at is not left to chance."""

import hashlib
from collections.abc import Iterable
from typing import Final

_PARTED: Final = "\0"


def sample(keys: Iterable[str], number: int, seed: str) -> list[str]:
    """The ``number`` keys whose SHA-256 of seed and key is smallest, smallest first; each key once.

    The same seed draws the same keys, in whatever order they come and on whatever machine. A further key changes the
    sample by one at most.
    """
    drawn = sorted(set(keys), key=lambda key: (_digest(seed, key), key))
    return drawn[: max(0, number)]


def _digest(seed: str, key: str) -> bytes:
    return hashlib.sha256(f"{seed}{_PARTED}{key}".encode()).digest()
