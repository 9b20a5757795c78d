"""The Basic libraries of a loaded document, made fit to run.

LibreOffice 7.4 does not honour ``#If`` in VBA. xlwings' modules, full of it, then keep every macro of the project from
running, without a word. Nothing in them works outside Excel, so they are taken out of the loaded document; the file
keeps them.
"""

import re
from typing import Any, Final

from xl_perf.core.actions import XLWINGS_MODULES

_XLWINGS: Final = re.compile(
    r"^\s*(?:Public\s+)?(?:Function|Sub)\s+(?:RunPython|RunFrozenPython)\b", re.IGNORECASE | re.MULTILINE
)
"""What xlwings' modules define and others only call."""
_DICTIONARY: Final = re.compile(r"VBA-Dictionary", re.IGNORECASE)
"""Who made the class that xlwings' module brings along."""


def remove_xlwings(document: Any) -> list[str]:
    """Takes xlwings' code out of the document's Basic libraries; gives the names of the modules."""
    libraries = document.BasicLibraries
    removed = []
    for library_name in libraries.getElementNames():
        libraries.loadLibrary(library_name)
        library = libraries.getByName(library_name)
        for module in library.getElementNames():
            if is_xlwings(module, library.getByName(module)):
                library.removeByName(module)
                removed.append(module)
    return removed


def is_xlwings(name: str, source: str) -> bool:
    """Whether a module is xlwings': called and made like one that it brings, or defining what only its own defines."""
    standalone, dictionary = (module.casefold() for module in XLWINGS_MODULES)
    if name.casefold() == dictionary:
        return _DICTIONARY.search(source) is not None
    return name.casefold() == standalone or _XLWINGS.search(source) is not None
