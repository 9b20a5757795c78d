"""xl-perf: performance targets of government budgets, in Excel and on the command line.

Public names, loaded when they are first used, so that a start-up does not pay for what it does not need:

- `read(path) -> Department`: a saved workbook; amounts are `Decimal` in 万元, percentages `Decimal` in per cent.
- `check(department, profile=None) -> list[Finding]`: the findings, in the order in which people go through the book.
- `read_all(paths)`, `check_all(departments)`: the same for many, folders too, with what only several books show.
- `summarise(departments) -> Summary`: lines and totals; `Summary.to_frame() -> pandas.DataFrame`.
- `diff(old, new) -> Difference`: what changed between two departments, or two lists of them, field by field.
- `frames(departments, findings=None) -> Frames`: projects, indicators and findings as pandas frames.
- `Department`, `Project`, `Indicator`, `Entry`, `Finding`, `Summary`: the records; an entry knows what was understood
  (``value``), what was typed (``typed``) and where (``cell``).
- `XlPerfError`: what every error that a person can mend derives from.
"""

from typing import TYPE_CHECKING, Any

from xl_perf.core.version import VERSION

if TYPE_CHECKING:
    from xl_perf.core.cells.entry import Entry
    from xl_perf.core.comparing.diff import diff
    from xl_perf.core.comparing.records import Difference
    from xl_perf.core.errors import XlPerfError
    from xl_perf.core.figures.summary import Summary, summarise
    from xl_perf.core.model.department import Department
    from xl_perf.core.model.findings import Finding
    from xl_perf.core.model.project import Indicator, Project
    from xl_perf.service.checking import check, check_all, read, read_all
    from xl_perf.service.frames import frames

__version__ = VERSION
__all__ = [
    "Department",
    "Difference",
    "Entry",
    "Finding",
    "Indicator",
    "Project",
    "Summary",
    "XlPerfError",
    "check",
    "check_all",
    "diff",
    "frames",
    "read",
    "read_all",
    "summarise",
]

_HOMES = {
    "Department": "xl_perf.core.model.department",
    "Difference": "xl_perf.core.comparing.records",
    "Entry": "xl_perf.core.cells.entry",
    "Finding": "xl_perf.core.model.findings",
    "Indicator": "xl_perf.core.model.project",
    "Project": "xl_perf.core.model.project",
    "Summary": "xl_perf.core.figures.summary",
    "XlPerfError": "xl_perf.core.errors",
    "check": "xl_perf.service.checking",
    "check_all": "xl_perf.service.checking",
    "diff": "xl_perf.core.comparing.diff",
    "frames": "xl_perf.service.frames",
    "read_all": "xl_perf.service.checking",
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
