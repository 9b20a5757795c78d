"""Blank forms and 样表 for tests: a filled workbook without its values, and what an officer corrects in 对照."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from tests.departments import read
from xl_perf.core.cells.entry import Entry, PartOfCell
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.guide_rows import HEADINGS
from xl_perf.core.model.department import Department
from xl_perf.service.guides import learn_form


def blank_form(filled: Path, out: Path) -> Path:
    """The workbook without what the shipped kinds read of it; of a cell with label and amount the label stays."""
    book = load_workbook(filled)
    for entry in _entries(read(filled)):
        cell = book[entry.sheet].cell(entry.row + 1, entry.column + 1)
        if entry.typed is None or isinstance(cell, MergedCell):
            continue
        if isinstance(entry.typed, PartOfCell):
            room = f"    {''.join(one for one in str(entry.typed) if one in '万元')}"
            cell.value = str(cell.value).replace(str(entry.typed), room)
        else:
            cell.value = None
    book.save(out)
    return out


def _entries(department: Department) -> list[Entry[Any]]:
    found: list[Entry[Any]] = []
    for project in department.projects:
        found += [entry for _, entry in project.entries()]
        for one in project.indicators:
            found += [one.level3, one.description, one.target, one.basis, one.weight]
    return [entry for entry in found if entry.typed not in {None, ""}]


def correct(guide: Path, chosen: Mapping[str, str], unit: str = "", marks: Mapping[str, str] | None = None) -> None:
    """What an officer does in Excel: chooses in 核对 by the label, chooses the unit, types marks into the form."""
    book = load_workbook(guide)
    table = book[GUIDE_SHEET]
    header = next(row for row in range(1, 20) if table.cell(row, 1).value == HEADINGS[0])
    left = dict(chosen)
    for row in range(header + 1, table.max_row + 1):
        label = str(table.cell(row, 1).value)
        if label in left:
            table.cell(row, HEADINGS.index("核对") + 1).value = left.pop(label)
        if (unit and "资金" in str(table.cell(row, 4).value) + str(table.cell(row, 5).value)) or (
            unit and table.cell(row, 4).value == "预算数"
        ):
            table.cell(row, HEADINGS.index("金额单位") + 1).value = unit
    assert not left, f"no such label: {left}"
    for cell, mark in (marks or {}).items():
        book.worksheets[0][cell].value = mark
    book.save(guide)


def learned_from(blank: Path, folder: Path) -> Path:
    """The 样表 of a blank form, as the command writes it."""
    return Path(learn_form(str(blank), str(folder / "样表.xlsx")).written.path)
