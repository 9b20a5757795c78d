"""Writes what of macros/ says which buttons there are, from `core.actions`; `make template` runs it first.

ribbon.xml is written whole; in XlPerf.bas the public Subs between two marks are.
"""

from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from xl_perf.core.actions import ACTIONS, CHECKING, FINDINGS, FORM, GROUPS, PROJECTS, RECORD, YEAR, Action

FOLDER: Final = Path(__file__).resolve().parents[1] / "macros"
RIBBON: Final = FOLDER / "ribbon.xml"
MODULE: Final = FOLDER / "XlPerf.bas"
FIRST: Final = "' A Sub for each button, written by tools/macros.py from core/actions.py: change them there.\n\n"
LAST: Final = "' End of what tools/macros.py writes.\n"

_GROUP_IDS: Final = {
    PROJECTS: "XlPerfProjects",
    FORM: "XlPerfForm",
    CHECKING: "XlPerfChecking",
    FINDINGS: "XlPerfFindings",
    RECORD: "XlPerfRecord",
    YEAR: "XlPerfYear",
}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- The tab of template and add-in. tools/macros.py writes it from xl_perf/core/actions.py; do not change it here. -->
<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">
  <ribbon>
    <tabs>
      <tab id="XlPerfTab" label="预算绩效" getVisible="RibbonVisible">
"""
_FOOT: Final = """\
      </tab>
    </tabs>
  </ribbon>
</customUI>
"""


def ribbon() -> str:
    """The whole of ribbon.xml."""
    return f"{_HEAD}{''.join(map(_group, GROUPS))}{_FOOT}"


def _group(group: str) -> str:
    buttons = "".join(_button(action) for action in ACTIONS if action.group == group)
    return f"        <group id={_quoted(_GROUP_IDS[group])} label={_quoted(group)}>\n{buttons}        </group>\n"


def _button(action: Action) -> str:
    size = "large" if action.is_large else "normal"
    return (
        f"          <button id={_quoted(action.sub)} tag={_quoted(action.name)}"
        f" label={_quoted(action.caption)} size={_quoted(size)}\n"
        f'                  imageMso={_quoted(action.image)} onAction="RibbonPressed"\n'
        f"                  screentip={_quoted(action.tip)}\n"
        f"                  supertip={_quoted(action.help)}/>\n"
    )


def _quoted(text: str) -> str:
    return quoteattr(text, {'"': "&quot;"})


def subs() -> str:
    """The public Subs of XlPerf.bas, in the order of the ribbon."""
    ordered = sorted(ACTIONS, key=lambda action: GROUPS.index(action.group))
    return "".join(f'Public Sub {one.sub}()\n    RunAction "{one.name}"\nEnd Sub\n\n' for one in ordered)


def renewed(module: str) -> str:
    """The text of XlPerf.bas with its Subs made anew. Raises ValueError where the marks are missing."""
    before, first, rest = module.partition(FIRST)
    _, last, after = rest.partition(LAST)
    if not first or not last:
        raise ValueError(f"{MODULE.name} lacks the marks of what is written there")
    return f"{before}{FIRST}{subs()}{LAST}{after}"


def main() -> None:
    """Writes both files, line feeds only: git and the VBA project get the same bytes everywhere."""
    RIBBON.write_text(ribbon(), "utf-8", newline="\n")
    MODULE.write_text(renewed(MODULE.read_text("ascii")), "ascii", newline="\n")


if __name__ == "__main__":
    main()
