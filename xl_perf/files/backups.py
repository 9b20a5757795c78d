"""Copies of open workbooks, where people find them again: of what was never saved, and before great changes.

They lie in a folder of their own, which nobody's check or consolidation enters: they would count the projects twice.
"""

import datetime
import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from xl_perf.files.own_files import BACKUP_FOLDER

MOST: Final = 10
"""Copies before changes that are kept of one workbook, the latest ones."""
_DOCUMENTS: Final = ("Documents", "文档", "My Documents")
_LONGEST: Final = 60
_KEPT_AS: Final = (".xlsx", ".xlsm")
"""What LibreOffice opens again as it opens the workbook itself: in its own format conditional colours would change the
alignment of cells.
"""
_WHEN: Final = "%Y-%m-%d %H%M%S"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d \d{6}")
_NAMED: Final = rf"{_TIME.pattern} \S+前( \d+)?"


def folder() -> Path:
    """Where copies lie in the person's documents, else in the home folder. It may not be there yet."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  # Path.home() fails where there is none
    return next((home / name for name in _DOCUMENTS if (home / name).is_dir()), home) / BACKUP_FOLDER


# --- what is not saved yet -------------------------------------------------------------------------------------------


def unsaved_copy(book: str) -> Path:
    """Where the copy of what is not saved yet of a workbook lies, if there is one."""
    suffix = Path(book).suffix.lower()
    return folder() / f"{_start(book)} 未保存{suffix if suffix in _KEPT_AS else '.ods'}"


def put_aside(copy: Path) -> Path:
    """Gives an unsaved copy a name of its own, so that the next one does not take its place. Raises OSError."""
    made = datetime.datetime.fromtimestamp(copy.stat().st_mtime)  # local time
    return copy.replace(copy.with_stem(f"{copy.stem} {made:{_WHEN}}"))


# --- before a change -------------------------------------------------------------------------------------------------


def targets(book: str, action: str, suffix: str) -> list[Path]:
    """Where a copy of a workbook before an action may go, the best place first; none of them is there yet.

    Beside the workbook, for people who look for it there; in their documents, for a workbook that lies in no folder
    (in the cloud, or never saved) or in one where nothing may be written.
    """
    made = datetime.datetime.now()  # noqa: DTZ005  # local time, as people read it
    places = [(folder(), _start(book))]
    if os.path.isabs(book) and os.path.isfile(book):  # noqa: PTH113, PTH117  # never raise
        stem = Path(book).stem
        # In one folder the name says which workbook it is, unless it is cut off.
        places.insert(0, (Path(book).parent / BACKUP_FOLDER, stem if len(stem) <= _LONGEST else _start(book)))
    return [_free(place / f"{start} {made:{_WHEN}} {action}前{suffix}") for place, start in places]


def prune(copy: Path) -> None:
    """Takes the oldest copies of the same workbook away, so that the latest `MOST` are left."""
    start = re.split(rf" {_NAMED}$", copy.stem)[0]
    pattern = re.compile(rf"{re.escape(start)} {_NAMED}{re.escape(copy.suffix)}")
    with suppress(OSError):
        found = [one for one in copy.parent.iterdir() if pattern.fullmatch(one.name)]
        for one in sorted(found, key=_age)[:-MOST]:
            one.unlink()


def _age(copy: Path) -> tuple[list[str], float]:
    """The time in its name comes first; in the same second the file's own decides."""
    return _TIME.findall(copy.stem)[-1:], copy.stat().st_mtime


def _free(path: Path) -> Path:
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_stem(f"{path.stem} {number}")
    return found


def _start(book: str) -> str:
    """The workbook's name, and four signs that tell it from one of that name elsewhere."""
    path = os.path.abspath(book)  # noqa: PTH100  # what is no path here (a URL) stays a text
    return f"{Path(book).stem[:_LONGEST]} {sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:4]}"
