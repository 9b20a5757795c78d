"""The usual indicators that come with xl-perf, as a profile's forms print them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from xl_perf.core.profile import Profile
from xl_perf.core.workbook.library import SHIPPED, LibraryRow

_FILE: Final = Path(__file__).parent / "library" / "indicators.toml"
_COST: Final = "成本"
_YEAR: Final = "{year}年"


def shipped(profile: Profile, year: int | None = None) -> list[LibraryRow]:
    """The shipped list: deadlines in that year, the first levels and wordings of the profile.

    What costs stands under the profile's own second level of costs. An indicator for which the profile has no second
    level is left out.
    """
    under = {second: branch for branch in profile.branches for second in branch.second}
    costs = {_COST: next((second for second in profile.cost_second if second in under), _COST)}
    rows = []
    for kind, indicators in _lists().items():
        for plain, name, about, target, basis in indicators:
            second = costs.get(plain, plain)
            branch = under.get(second)
            if branch is not None:
                value = target.replace(_YEAR, "" if year is None else f"{year}年")
                rows.append(
                    LibraryRow(kind, branch.label, profile.label_of(second), name, about, value, basis, SHIPPED)
                )
    return rows


@cache
def _lists() -> dict[str, list[tuple[str, ...]]]:
    """By the kind of project: second level, name, what it means, value and basis of every indicator."""
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {kind: [tuple(row) for row in table["indicators"]] for kind, table in tables.items()}
