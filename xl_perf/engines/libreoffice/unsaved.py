"""What a person has not saved yet: copied from time to time, and opened again as the workbook that it was."""

import re
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.engines.libreoffice import bridge
from xl_perf.engines.libreoffice.books import filter_of

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.app import App
    from xl_perf.engines.libreoffice.books import Book

_HALF_WRITTEN: Final = re.compile(r"lu[0-9a-z]+\.tmp")
"""What LibreOffice writes a file to before it gets its name."""
_WRITING: Final = 30.0
"""Seconds in which another LibreOffice may be at it."""
INTERVAL: Final = 180.0
"""Seconds between two copies: each takes LibreOffice a second or two, in which it does not react."""
_PROFILE: Final = "xl-perf-office-"
"""How the folders begin in which `xl-perf office` puts LibreOffice's profiles."""
_MACROS_WITHOUT_ASKING: Final = 4  # com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN


class Keeper:
    """Keeps a copy of a book while it holds what is not saved."""

    def __init__(self, book: "Book", copy: Path) -> None:
        self._book = book
        self._copy = copy
        self._next = time.monotonic() + INTERVAL

    def look(self) -> None:
        """Copies where it is time; takes the copy away where everything is saved."""
        if not self._book.api.isModified():
            self.drop()
        elif time.monotonic() >= self._next:
            with suppress(OSError, bridge.exception("com.sun.star.io.IOException")):  # no room: perhaps later
                self.keep()

    def keep(self) -> bool:
        """Copies now, if something is not saved. Gives whether there was. Raises OSError where there is no place."""
        self._next = time.monotonic() + INTERVAL
        if not self._book.api.isModified():
            return False
        self._copy.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._copy.with_name(f".{self._copy.name}")
        target = bridge.url(str(fresh))
        self._book.api.storeToURL(target, bridge.properties(FilterName=filter_of(self._copy), Overwrite=True))
        fresh.replace(self._copy)
        return True

    def drop(self) -> None:
        """Takes the copy away."""
        self._next = time.monotonic() + INTERVAL
        with suppress(OSError):
            self._copy.unlink()


def open_copy(app: "App", copy: Path, original: Path) -> "Book":
    """Opens a copy as the workbook that it was made of: saving writes that one, in its own format."""
    address = bridge.url(str(original.absolute()))
    closed = next(book for book in app.books if book.api.getURL() == address)
    own = {one.Name: one.Value for one in closed.api.getArgs()}["FilterName"]
    options: dict[str, Any] = {"MacroExecutionMode": _MACROS_WITHOUT_ASKING, "SalvagedFile": address}
    document = app.api.loadComponentFromURL(
        bridge.url(str(copy)), "_blank", 0, bridge.properties(FilterName=filter_of(copy), **options)
    )
    closed.close()
    document.attachResource(address, bridge.properties(FilterName=own, URL=address))
    document.setModified(True)
    return app.book(document)


def is_open(book: Path) -> bool:
    """Whether another ``xl-perf office`` of this computer has the workbook open, as the lock file beside it says."""
    profile = _locked_by(book)
    return profile is not None and profile.name.startswith(_PROFILE) and profile.exists()


def _locked_by(book: Path) -> Path | None:
    """The profile of the LibreOffice that has the workbook open; None where there is no lock file."""
    try:
        line = book.with_name(f".~lock.{book.name}#").read_text("utf-8", "replace")
        return Path(bridge.path(line.rstrip().rstrip(";").rpartition(",")[2]))
    except OSError:
        return None


def remove_stale_lock(book: Path) -> bool:
    """Takes the lock file beside a workbook away that a LibreOffice of ours left whose profile is gone.

    Gives whether there was one: that LibreOffice has not ended in order.
    """
    profile = _locked_by(book)
    if profile is None or not profile.name.startswith(_PROFILE) or profile.exists():
        return False
    with suppress(OSError):
        book.with_name(f".~lock.{book.name}#").unlink()
    return True


def sweep(folder: Path) -> None:
    """Takes away what killed LibreOffices of ours left in the folder of copies: lock files, and copies half written."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if path.name.startswith(".~lock.") and path.name.endswith("#"):
                remove_stale_lock(path.with_name(path.name.removeprefix(".~lock.").removesuffix("#")))
            elif _HALF_WRITTEN.fullmatch(path.name) and time.time() - path.stat().st_mtime > _WRITING:
                path.unlink()
