"""Workbooks as departments mail them: with a manifest or without, of a date, changed after packing."""

import datetime
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from tests import builders
from tests.builders import Rows
from xl_perf.core.cells.grid import Book, Grid, Scalar
from xl_perf.core.checking.check import check
from xl_perf.core.reading import read_department
from xl_perf.core.submitting.manifest import Packed, manifest_of
from xl_perf.core.submitting.manifest_sheet import NOTE, rows_of
from xl_perf.core.workbook.sheets import MANIFEST_SHEET
from xl_perf.profiles import fitting

YEAR = 2023


def form(name: str, budget: float = 10, **more: Any) -> Rows:
    """A form with a code of its own, by name."""
    code = f"1302{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10**10:010}"
    return builders.form(**{"name": name, "budget": budget, "fiscal": budget, "code": code, **more})


def mailed(
    path: Path,
    department: str | None,
    *forms: Rows,
    year: int | None = YEAR,
    saved: str = "2023-03-01T08:00:00",
    version: int | None = None,
    change: tuple[str, str, object] | None = None,
) -> Path:
    """A workbook. With a ``version`` it has a manifest; ``change`` (sheet, cell, content) is made after that."""
    first: list[Scalar] = ["部门名称", department or "", "预算年度", float(year) if year else ""]
    sheets: dict[str, Rows] = {"首页": [first], **{f"{at:02}": rows for at, rows in enumerate(forms, 1)}}
    if version is not None:
        book = Book(str(path), [Grid(name, rows) for name, rows in sheets.items()])
        read = read_department(book)
        packed = Packed(version, saved, "0.2.0", "1.0", "hebei-2023")
        manifest = manifest_of(read, check(read, fitting(read)), packed)
        listed: list[list[Scalar]] = [[*one] for one in rows_of(manifest)]
        sheets[MANIFEST_SHEET] = [[MANIFEST_SHEET], [NOTE], *listed]
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.set_properties({"created": datetime.datetime.fromisoformat(saved)})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, typed in enumerate(cells):
                    if isinstance(typed, str):
                        sheet.write_string(row, column, typed)
                    elif isinstance(typed, int | float):
                        sheet.write_number(row, column, typed)
            if change is not None and change[0] == name:
                sheet.write(change[1], change[2])
    return path


def expect(path: Path, names: Sequence[str]) -> Path:
    """A list of departments that are to deliver."""
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for at, name in enumerate(("部门", *names), 1):
        workbook.active.cell(at, 1, name)
    workbook.save(path)
    return path


def content(folder: Path) -> dict[str, str]:
    """Every file below a folder, with a digest of its bytes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
