"""A menu and a toolbar in LibreOffice's profile: buttons that no saving of a workbook takes away.

LibreOffice keeps no form controls in .xlsx and .xlsm. What stands in the profile belongs to the program, so it is there
for every workbook, also for one without macros. Each entry starts ``xl-perf button NAME`` as the workbook's VBA does.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from xml.sax.saxutils import escape

TITLE: Final = "预算绩效"
_LIBRARY: Final = "XlPerfOffice"
_MODULE: Final = "Buttons"
_SPREADSHEET: Final = "com.sun.star.sheet.SpreadsheetDocument"
_ADDONS: Final = "/org.openoffice.Office.Addons/AddonUI"
_WINDOWS: Final = "/org.openoffice.Office.UI.CalcWindowState/UIElements/States"


class Entry(NamedTuple):
    """A button: its name for ``xl-perf button``, and what it shows."""

    name: str
    caption: str


def script(name: str) -> str:
    """The address of the macro that presses a button, for menus, toolbars and controls."""
    return f"vnd.sun.star.script:{_LIBRARY}.{_MODULE}.{_sub(name)}?language=Basic&location=application"


def _sub(name: str) -> str:
    """What the macro of a button is called: ``compare`` alone is a word of Basic, and no macro at all would run."""
    return f"Press_{name}"


def in_toolbar(groups: Mapping[str, Sequence[Entry]], first: Sequence[str]) -> list[list[Entry]]:
    """The toolbar's parts from left to right: the names that come ``first``, then what is left of the groups. A narrow
    screen does not show the last ones.
    """
    entries = {entry.name: entry for own in groups.values() for entry in own}
    parts = [
        [entries[name] for name in first],
        *([one for one in own if one.name not in first] for own in groups.values()),
    ]
    return [part for part in parts if part]


def settings(groups: Mapping[str, Sequence[Entry]], first: Sequence[str]) -> str:
    """Items for registrymodifications.xcu: the toolbar as `in_toolbar` with lines between its parts, the menu with a
    part for each group.
    """
    bar: list[str] = []
    for part in in_toolbar(groups, first):
        if bar:
            bar.append(_node(f"m{len(bar):02}", URL="private:separator"))
        for entry in part:
            bar.append(_entry(f"m{len(bar):02}", entry))
    parts: list[str] = []
    for group, entries in groups.items():
        inside = "".join(_entry(f"m{at:02}", entry) for at, entry in enumerate(entries))
        submenu = f'<node oor:name="Submenu">{inside}</node>'
        parts.append(_node(f"g{len(parts):02}", submenu, Title=group, Context=_SPREADSHEET, URL=""))
    menu = _node("xl_perf.menu", f'<node oor:name="Submenu">{"".join(parts)}</node>', Title=TITLE, Context=_SPREADSHEET)
    toolbar = f'<node oor:name="xl_perf.toolbar" oor:op="replace">{"".join(bar)}</node>'
    docked = _node(
        "private:resource/toolbar/addon_xl_perf.toolbar",
        Docked="true",
        DockingArea="0",  # below the others at the top
        DockPos="0,3",
        DockSize="0,0",
        UIName=TITLE,
        Visible="true",
    )
    return (
        f'<item oor:path="{_WINDOWS}">{docked}</item>\n'
        f'<item oor:path="{_ADDONS}/OfficeMenuBar">{menu}</item>\n'
        f'<item oor:path="{_ADDONS}/OfficeToolBar">{toolbar}</item>\n'
    )


def _entry(node: str, entry: Entry) -> str:
    return _node(node, URL=script(entry.name), Title=entry.caption, Target="_self", Context=_SPREADSHEET)


def _node(name: str, inside: str = "", **values: str) -> str:
    properties = "".join(
        f'<prop oor:name="{key}" oor:op="fuse"><value>{escape(value)}</value></prop>' for key, value in values.items()
    )
    return f'<node oor:name="{name}" oor:op="replace">{properties}{inside}</node>'


def install_macros(libraries: Any, entries: Sequence[Entry], variable: str) -> None:
    """Gives a running LibreOffice (its Basic libraries) the macros; ``variable`` names the environment's command."""
    subs = "".join(f'Sub {_sub(entry.name)}\n\tPress "{entry.name}"\nEnd Sub\n\n' for entry in entries)
    press = f'Private Sub Press(action As String)\n\tShell Environ("{variable}") & " button " & action, 0\nEnd Sub\n'
    library = libraries.createLibrary(_LIBRARY)
    library.insertByName(_MODULE, subs + press)
