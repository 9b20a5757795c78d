"""The document's properties: what it is called, and what xl-perf wrote it as."""

import datetime
from typing import Final

from xlsxwriter.workbook import Workbook

from xl_perf.files.own_files import KIND_PROPERTY, WRITTEN
from xl_perf.sheets.texts import valid

CREATED: Final = datetime.datetime.fromisoformat(WRITTEN)


def set_properties(workbook: Workbook, kind: str, title: str, *, created: str | None = None, **more: str) -> None:
    """Sets title, author, date and kind; ``more`` are further properties of XlsxWriter, such as ``company``.

    ``created`` is UTC in ISO 8601; what is no time leaves the fixed date.
    """
    texts = {name: valid(text) for name, text in {"title": title, "author": "xl-perf", **more}.items()}
    workbook.set_properties({**texts, "created": _time(created)})
    workbook.set_custom_property(KIND_PROPERTY, kind, "text")


def _time(said: str | None) -> datetime.datetime:
    try:
        time = datetime.datetime.fromisoformat(said or "")
    except ValueError:
        return CREATED
    # Only years that every program reads; in UTC, as XlsxWriter writes it.
    time = time.astimezone(datetime.UTC).replace(tzinfo=None) if time.tzinfo else time
    return time if 1980 <= time.year < 2200 else CREATED
