"""An office's own workbook with more on its sheet than texts, for tests, and the forms that are made of it."""

import struct
import zlib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.own_guides import learned
from tests.written.test_own_forms import FORMS, profile_of
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.layout import Layout, blank_layout, project_layout
from xl_perf.core.forms.learned import learned_kind
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book
from xl_perf.written.form_sheet import write_form
from xl_perf.written.own_over import not_carried_from
from xl_perf.written.styles import Styles

CASE = FORMS / "c10-shaanxi-2020.xlsx"
Extras = Callable[[Workbook, Worksheet], object]


def png(width: int = 40, height: int = 20) -> bytes:
    """A red picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xff\0\0" * width) * min(height, 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def office(path: Path, extras: Extras, plain: Collection[int] = ()) -> Path:
    """The blank form of the case as an office's own workbook, with more on it; ``plain`` rows have no lines."""
    own = learned(CASE).own_sheet
    assert own is not None
    book = Workbook(str(path))
    made = book.add_worksheet("表")
    framed, bare = book.add_format({"border": 1, "text_wrap": True}), book.add_format({"text_wrap": True})
    for area in own.merges:
        made.merge_range(*area, "", bare if area[0] in plain else framed)
    for row, cells in enumerate(own.texts):
        for column, text in enumerate(cells):
            if text:
                made.write_string(row, column, text, bare if row in plain else framed)
    extras(book, made)
    book.close()
    return path


def form_of(source: Path, path: Path, *, filled: bool = False) -> tuple[Any, Layout, FormKind]:
    """The sheet of a form that is made of an office's workbook, as openpyxl reads it."""
    kind = learned(CASE, str(source))
    assert kind.own_sheet is not None
    kind = kind_with_sheet(kind, "表")
    profile = profile_of(kind)
    project = read_department(read_book(CASE, CASE.name), (kind,)).projects[0] if filled else None
    layout = blank_layout(profile, kind) if project is None else project_layout(project, profile)
    book = Workbook(str(path))
    write_form(book, book.add_worksheet("01"), Styles(book), layout, project, profile)
    book.close()
    return load_workbook(path, rich_text=True)["01"], layout, kind


def kind_with_sheet(kind: FormKind, name: str) -> FormKind:
    assert kind.learned is not None
    assert kind.learned.sheet is not None
    return learned_kind(kind.learned._replace(sheet=kind.learned.sheet._replace(name=name)))


def said_of(kind: FormKind) -> str:
    assert kind.own_sheet is not None
    return "".join(not_carried_from(kind.own_sheet))
