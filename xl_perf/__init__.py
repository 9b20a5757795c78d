"""xl-perf: performance targets of government budgets, in Excel and on the command line.

Public names, loaded when they are first used, so that a start-up does not pay for what it does not need:

- `read(path) -> Department`: a saved workbook; amounts are `Decimal` in 万元, percentages `Decimal` in per cent.
- `check(department, profile=None) -> list[Finding]`: the findings, in the order in which people go through the book.
- `summarise(departments) -> Summary`: lines and totals; `Summary.to_frame() -> pandas.DataFrame`.
- `Department`, `Finding`, `Summary`: the types; `XlPerfError`: what every error that a person can mend derives from.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xl_perf.core.errors import XlPerfError
    from xl_perf.core.figures.summary import Summary, summarise
    from xl_perf.core.model.department import Department
    from xl_perf.core.model.findings import Finding
    from xl_perf.service.checking import check, read

__version__ = "0.1.0"
__all__ = ["Department", "Finding", "Summary", "XlPerfError", "check", "read", "summarise"]

_HOMES = {
    "Department": "xl_perf.core.model.department",
    "Finding": "xl_perf.core.model.findings",
    "Summary": "xl_perf.core.figures.summary",
    "XlPerfError": "xl_perf.core.errors",
    "check": "xl_perf.service.checking",
    "read": "xl_perf.service.checking",
    "summarise": "xl_perf.core.figures.summary",
}


def __getattr__(name: str) -> Any:
    """A public name, imported from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, for completion."""
    return [*__all__, "__version__"]
