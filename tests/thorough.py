"""How much of what is many is tried: a part in `make test`, all of it in `make thorough`."""

import os
from typing import Final

THOROUGH: Final = bool(os.environ.get("XL_PERF_THOROUGH"))
"""Everything is to be tried, however long it takes."""


def every(step: int) -> int:
    """Of numbered things each ``step``-th; each one where everything is to be tried."""
    return 1 if THOROUGH else step


def so_many(few: int, all_of_them: int) -> int:
    return all_of_them if THOROUGH else few
