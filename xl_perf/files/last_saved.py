"""When a workbook was last saved, from its document properties."""

import re
from datetime import UTC, datetime
from typing import Final

from xl_perf.files.own_files import WRITTEN
from xl_perf.files.zip_package import Package

_PARTS: Final = (
    # Core properties (ECMA-376 Part 2, 8.3).
    ("docprops/core.xml", re.compile(rb"<(?:\w+:)?modified\b[^>]*>\s*([\dTZ:.+-]+)")),
    # Document metadata (OpenDocument 1.3 Part 3, 4.3.2.6): LibreOffice writes local time without a zone.
    ("meta.xml", re.compile(rb"<dc:date>\s*([\dTZ:.+-]+)")),
)


def last_saved(package: Package) -> str:
    """As UTC in ISO 8601, to the second; empty where the package does not say it, or not in words that we know.

    It is empty, too, for what we have written and nobody has saved since.
    """
    for name, pattern in _PARTS:
        if name in package and (match := pattern.search(package.read(name))):
            said = as_utc(match[1].decode("ascii"))
            return "" if said == WRITTEN else said
    return ""


def as_utc(said: str) -> str:
    """A time in ISO 8601 as UTC, local time where it names no zone; empty for what is no time."""
    try:
        return in_iso(datetime.fromisoformat(said))
    except (ValueError, OverflowError, OSError):
        return ""


def in_iso(when: datetime) -> str:
    """As it is compared and shown."""
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
