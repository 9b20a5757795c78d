"""Marks on cells: a fill by severity, and a note with what was found and how to mend it.

What a cell looked like is written on 记录. The note carries the mark's number, so that a mark is found again where its
cell has moved to: rows may be inserted and sheets renamed meanwhile.
"""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET, LOG_SHEET
from xl_perf.live import log_sheet
from xl_perf.live.log_sheet import MARK, Record
from xl_perf.live.protection import Locked, unlocked
from xl_perf.sheets.findings_columns import FILLS

if TYPE_CHECKING:
    from xlwings import Note, Range, Sheet

    from xl_perf.live.host import Host

START: Final = "【校验】"
_NUMBER: Final = re.compile(r"〔标记(\d+)〕\s*\Z")
_NEVER: Final = frozenset({FINDINGS_SHEET, LOG_SHEET})
RowAndColumn = tuple[int, int]


class Mark(NamedTuple):
    """What one cell gets: rows and columns from 0."""

    row: int
    column: int
    severity: Severity
    text: str


# --- planning ----------------------------------------------------------------------------------------------------


def plan(findings: Iterable[Finding]) -> dict[str, list[Mark]]:
    """The marks by sheet: one per cell, coloured by its gravest finding, with all of them in the note."""
    by_cell: dict[str, dict[RowAndColumn, list[Finding]]] = {}
    for finding in findings:
        if finding.sheet is None or finding.row is None or finding.column is None or finding.sheet in _NEVER:
            continue
        if finding.accepted is not None:
            continue
        by_cell.setdefault(finding.sheet, {}).setdefault((finding.row, finding.column), []).append(finding)
    return {sheet: [_mark(place, found) for place, found in cells.items()] for sheet, cells in by_cell.items()}


def _mark(place: RowAndColumn, findings: Sequence[Finding]) -> Mark:
    graded = sorted(((finding.severity or Severity.HINT, finding) for finding in findings), key=lambda one: one[0].rank)
    lines = [f"{severity.label} {found.code}：{found.message}。\n改法：{found.remedy}。" for severity, found in graded]
    return Mark(*place, graded[0][0], "\n".join(lines))


def note_text(mark: Mark, number: int, own: str) -> str:
    """The note of a mark; a note that the cell had before stays to be read."""
    before = f"\n原批注：{own}" if own else ""
    return f"{START}\n{mark.text}{before}\n〔标记{number}〕"


def number_in(note: str) -> int | None:
    """The mark's number in a note of ours; None for anybody else's."""
    found = _NUMBER.search(note) if note.startswith(START) else None
    return int(found[1]) if found else None


# --- marking -----------------------------------------------------------------------------------------------------


def mark(host: "Host", findings: Iterable[Finding], only: str | None = None) -> list[str]:
    """Marks the cells of the findings, after the earlier marks (of one sheet only, if named) were taken away.

    Gives the names of sheets that could not be marked because of somebody's own password.
    """
    left = _clear(host, only)
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    fresh: list[Record] = []
    locked = list(left)
    planned = [(name, marks) for name, marks in plan(findings).items() if only is None or name == only]
    try:
        for name, marks in planned:
            sheet = host.sheet(name)
            if sheet is None or name in locked:
                continue
            try:
                with unlocked(sheet):
                    notes = _notes(sheet)
                    for one in marks:
                        fresh.append(_put(sheet, one, notes.get((one.row, one.column)), number, when))
                        number += 1
            except Locked:
                locked.append(name)
    finally:
        # Also where the host fails half-way: what has been marked must be known.
        if fresh:
            log_sheet.write(host, [*records, *fresh])
    return locked


def _put(sheet: "Sheet", mark: Mark, note: "Note | None", number: int, when: str) -> Record:
    cell = sheet.range((mark.row + 1, mark.column + 1))
    own, fill = note.text if note else "", _hex(cell.color)
    text = note_text(mark, number, own)
    if note:
        note.text = text
    else:
        _show_whole(cell.add_note(text))
    cell.color = FILLS[mark.severity]
    coded = log_sheet.coded(own) if note else ""
    name = a1(mark.row, mark.column)
    return Record(number, when, "校验", MARK, sheet.name, name, fill, FILLS[mark.severity], "", coded)


def _show_whole(note: "Note") -> None:
    """Excel makes the box of a note four lines high whatever it says; no portable name for its size."""
    if sys.platform == "win32":
        note.api.Shape.TextFrame.AutoSize = True


def _notes(sheet: "Sheet") -> dict[RowAndColumn, "Note"]:
    """The notes of a sheet by their places."""
    found = {}
    for note in sheet.notes:
        where = note.impl.location
        found[where.row - 1, where.column - 1] = note
    return found


def _hex(color: tuple[int, int, int] | None) -> str:
    return "" if color is None else "#{:02X}{:02X}{:02X}".format(*color)


# --- clearing ----------------------------------------------------------------------------------------------------


def clear_marks(host: "Host") -> str:
    """清除标记: every marked cell looks as it did; says what could not be reached."""
    before = len([record for record in log_sheet.read(host) if record.kind == MARK])
    locked = _clear(host, None)
    if locked:
        names = "、".join(locked)
        return f"工作表 {names} 设有密码保护，标记没有清除。请先撤消保护，再按一次；其余标记已清除。"
    return "标记已清除，单元格恢复原样。" if before else "没有需要清除的标记。"


def clear_on(host: "Host", sheet: str) -> None:
    """Takes the marks of one sheet away, before its rows move about."""
    _clear(host, sheet)


def take_off_copy(host: "Host", sheet: "Sheet") -> None:
    """A copied sheet brings the marks of its original along, which keep theirs."""
    marks = {record.number: record for record in log_sheet.read(host) if record.kind == MARK}
    if marks:
        _clear_sheet(sheet, marks)


def _clear(host: "Host", only: str | None) -> list[str]:
    """Takes marks away; gives the names of the sheets that are locked by somebody's password."""
    records = log_sheet.read(host)
    marks = {record.number: record for record in records if record.kind == MARK}
    if not marks:
        return []
    done: set[int] = set()
    locked: list[str] = []
    try:
        for sheet in host.book.sheets:
            if only in (None, sheet.name):
                try:
                    done |= _clear_sheet(sheet, marks)
                except Locked:
                    locked.append(sheet.name)
    finally:
        gone = {number for number, record in marks.items() if only is None and record.sheet not in locked}
        log_sheet.write(host, [one for one in records if one.kind != MARK or one.number not in done | gone])
    return locked


def _clear_sheet(sheet: "Sheet", marks: Mapping[int, Record]) -> set[int]:
    """The numbers of the marks that were on the sheet: by their notes, else where they were put."""
    places: dict[int, tuple[Range, Note | None]] = {}
    for note in sheet.notes:
        number = number_in(note.text)
        if number is not None and number in marks:
            where = note.impl.location
            places[number] = sheet.range((where.row, where.column)), note
    for number, record in marks.items():
        if record.sheet == sheet.name and number not in places:
            row, column = cell_place(record.cell)
            places[number] = sheet.range((row + 1, column + 1)), None
    if places:
        with unlocked(sheet):
            for number, (cell, own) in places.items():
                _restore(cell, own, marks[number])
    return set(places)


def _restore(cell: "Range", note: "Note | None", record: Record) -> None:
    """The fill and note of before. A fill that somebody has changed since is theirs, and stays."""
    if _hex(cell.color) == record.after:
        cell.color = record.before or None
    if note is not None:
        own = log_sheet.decoded(record.note)
        if own:
            note.text = str(own)
        else:
            note.delete()
