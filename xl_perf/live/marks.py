"""Marks on cells: a fill by severity, and a note with what was found and how to mend it.

What a cell looked like is written on 记录. The note carries the mark's number, so that a mark is found again where its
cell has moved to: rows may be inserted and sheets renamed meanwhile.
"""

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET, LOG_SHEET
from xl_perf.live import log_sheet
from xl_perf.live.host import Stopped
from xl_perf.live.log_sheet import MARK, Record
from xl_perf.live.notes import Notes, RowAndColumn, notes_of
from xl_perf.live.protection import Locked, unlocked
from xl_perf.sheets.findings_columns import FILLS
from xl_perf.sheets.form_names import MARKED_NAME, marked_text

if TYPE_CHECKING:
    from xlwings import Comment, Note, Range, Sheet

    from xl_perf.live.host import Host

    Places = dict[int, tuple[Range, Note | Comment | None]]
    """Marked cells with their notes, by the numbers of their marks."""

_NUMBER: Final = re.compile(r"【校验 (\d+)】")
_OLD_NUMBER: Final = re.compile(r"〔标记(\d+)〕\s*\Z")
"""As version 0.1 wrote it, below the text."""
_NEVER: Final = frozenset({FINDINGS_SHEET, LOG_SHEET})
_NOTE_WIDTH: Final = 240.0
_NOTE_LINE: Final = 13.5
_NOTE_CHARACTERS: Final = 44
"""The box of a note, in points, and how many ASCII characters stand in one of its lines of nine-point text."""


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
    return f"【校验 {number}】\n{mark.text}{before}"


def number_in(note: str) -> int | None:
    """The mark's number in a note of ours; None for anybody else's."""
    found = _NUMBER.match(note) or (_OLD_NUMBER.search(note) if note.startswith("【校验】") else None)
    return int(found[1]) if found else None


# --- marking -----------------------------------------------------------------------------------------------------


class Outcome(NamedTuple):
    """What could not be done: sheets with somebody's own password, whether Esc left others as they were, and cells with
    a fill alone, for they hold a comment that people answer.
    """

    locked: list[str]
    was_stopped: bool = False
    without_note: Sequence[str] = ()


def mark(host: "Host", findings: Iterable[Finding], only: str | None = None) -> Outcome:
    """Marks the cells of the findings, after the earlier marks (of one sheet only, if named) were taken away.

    A sheet whose marks are those already stays as it is. Sheets that Esc leaves out keep earlier marks, or have none.
    """
    wanted = {name: marks for name, marks in plan(findings).items() if only is None or name == only}
    locked, was_stopped, as_wanted = _clear(host, only, wanted)
    if was_stopped:
        return Outcome(locked, was_stopped)
    planned = [(name, marks) for name, marks in wanted.items() if name not in as_wanted]
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    fresh: list[Record] = []
    without_note: list[str] = []
    try:
        for name, marks in host.steps(planned, "标记"):
            sheet = host.sheet(name)
            if sheet is None or name in locked:
                continue
            try:
                with unlocked(sheet):
                    notes = notes_of(sheet)
                    _tell_form(sheet, marks)
                    for one in marks:
                        fresh.append(_put(sheet, one, notes, number, when))
                        number += 1
                        if (one.row, one.column) in notes.comments:
                            without_note.append(f"{name}!{a1(one.row, one.column)}")
            except Locked:
                locked.append(name)
    except Stopped:
        was_stopped = True
    finally:
        # Also where the host fails half-way: what has been marked must be known.
        if fresh:
            log_sheet.write(host, [*records, *fresh])
    return Outcome(locked, was_stopped, without_note)


def _put(sheet: "Sheet", mark: Mark, notes: Notes, number: int, when: str) -> Record:
    place = mark.row, mark.column
    cell, note = sheet.range((mark.row + 1, mark.column + 1)), notes.own.get(place)
    own, fill = note.text if note else "", _hex(cell.color)
    text = note_text(mark, number, own)
    if note:
        note.text = text
    elif place not in notes.comments:
        _show_whole(cell.add_note(text), sheet)
    cell.color = FILLS[mark.severity]
    coded = log_sheet.coded(own) if note else ""
    name = a1(mark.row, mark.column)
    return Record(number, when, "校验", MARK, sheet.name, name, fill, FILLS[mark.severity], "", coded)


def _tell_form(sheet: "Sheet", marks: Sequence[Mark]) -> None:
    """The form's own colours, of cells that are still blank, give way to those of its marks."""
    place = _place_of_told(sheet)
    if place is not None:
        place.value = _marked(sheet, marks) or None


def _tell(sheet: "Sheet", cells: Sequence[tuple[str, bool]]) -> None:
    place = _place_of_told(sheet)
    if place is not None:
        place.value = marked_text(cells) or None


def _marked(sheet: "Sheet", marks: Sequence[Mark]) -> str:
    """What a form is told of its marks."""
    return marked_text([(a1(one.row, one.column), _is_blank(sheet, one)) for one in marks])


def _told(sheet: "Sheet") -> str:
    """What the form knows of its marks (`marked_text`)."""
    place = _place_of_told(sheet)
    return "" if place is None else str(place.value or "")


def _place_of_told(sheet: "Sheet") -> "Range | None":
    names = sheet.names
    if not names.contains(MARKED_NAME):
        return None
    return sheet.range(str(names[MARKED_NAME].refers_to).rpartition("!")[2])


def _is_blank(sheet: "Sheet", mark: Mark) -> bool:
    return sheet.range((mark.row + 1, mark.column + 1)).value in (None, "")


def _show_whole(note: "Note", sheet: "Sheet") -> None:
    """Excel makes the box of a note four lines high whatever it says; no portable name for its size."""
    if sheet.book.app.engine.name == "excel" and sys.platform != "darwin":
        shape = note.api.Shape
        widths = [sum(2 - character.isascii() for character in line) for line in note.text.split("\n")]
        shape.Width = _NOTE_WIDTH
        shape.Height = _NOTE_LINE * (1 + sum(max(1, -(-width // _NOTE_CHARACTERS)) for width in widths))


def _hex(color: tuple[int, int, int] | None) -> str:
    return "" if color is None else "#{:02X}{:02X}{:02X}".format(*color)


# --- clearing ----------------------------------------------------------------------------------------------------


def clear_marks(host: "Host") -> str:
    """清除标记: every marked cell looks as it did; says what could not be reached."""
    before = len([record for record in log_sheet.read(host) if record.kind == MARK])
    locked, was_stopped, _ = _clear(host, None)
    if was_stopped:
        return "已按 Esc 停止，其余的表上标记还在。要接着清除，请再按一次“清除标记”。"
    if locked:
        names = "、".join(locked)
        return f"工作表 {names} 设有密码保护，标记没有清除。请先撤消保护，再按一次；其余标记已清除。"
    return "标记已清除，单元格恢复原样。" if before else "没有需要清除的标记。"


def clear_on(host: "Host", sheet: str) -> None:
    """Takes the marks of one sheet away."""
    _clear(host, sheet)


def take_off_copy(host: "Host", sheet: "Sheet", original: str) -> None:
    """A copied sheet brings the marks of its original along, which keep theirs."""
    marks = {record.number: record for record in log_sheet.read(host) if record.kind == MARK}
    if marks:
        _take_off(sheet, _places(sheet, marks, original), marks)


class _Cleared(NamedTuple):
    """Sheets with somebody's own password, whether Esc left others as they were, sheets whose marks are as wanted."""

    locked: list[str]
    was_stopped: bool
    as_wanted: Collection[str] = ()


def _clear(host: "Host", only: str | None, wanted: Mapping[str, Sequence[Mark]] = MappingProxyType({})) -> _Cleared:
    """Takes marks away, but for sheets whose marks are the ``wanted`` ones; what could not be reached keeps them, and
    its records. The forms on sheets with others are told anew which of their cells are marked.
    """
    records = log_sheet.read(host)
    marks = {record.number: record for record in records if record.kind == MARK}
    if not marks:
        return _Cleared([], was_stopped=False)
    done: set[int] = set()
    kept: set[int] = set()
    as_wanted: set[str] = set()
    locked: list[str] = []
    was_stopped = False
    sheets = [sheet for sheet in ([*host.book.sheets] if only is None else [host.sheet(only)]) if sheet is not None]
    try:
        for sheet in host.steps(sheets, "清除标记", can_stop=only is None):
            places = _places(sheet, marks)
            name = sheet.name if places else ""
            if name in wanted and _are_as_wanted(sheet, places, marks, wanted[name]):
                as_wanted.add(name)
                kept |= set(places)
                continue
            try:
                _take_off(sheet, places, marks, is_told_anew=name in wanted)
                done |= set(places)
            except Locked:
                locked.append(name)
        if only is None:  # marks of sheets that are gone
            done |= {number for number, record in marks.items() if record.sheet not in locked} - kept
    except Stopped:
        was_stopped = True
    finally:
        if done:
            log_sheet.write(host, [one for one in records if one.kind != MARK or one.number not in done])
    return _Cleared(locked, was_stopped, as_wanted)


def _are_as_wanted(sheet: "Sheet", places: "Places", marks: Mapping[int, Record], wanted: Sequence[Mark]) -> bool:
    """Each mark stands where it was put and shows what it would show anew, and the sheet has no others."""
    by_cell = {(marks[at].sheet, marks[at].cell): (at, cell, note) for at, (cell, note) in places.items()}
    if len(by_cell) != len(places) or len(places) != len(wanted):
        return False
    for one in wanted:
        number, cell, note = by_cell.get((sheet.name, a1(one.row, one.column)), (0, None, None))
        if cell is None or note is None or _name_of(cell) != a1(one.row, one.column):
            return False
        own = str(log_sheet.decoded(marks[number].note) or "")
        if note.text != note_text(one, number, own) or _hex(cell.color) != FILLS[one.severity]:
            return False
    place = _place_of_told(sheet)
    return place is None or str(place.value or "") == _marked(sheet, wanted)


def _take_off(sheet: "Sheet", places: "Places", marks: Mapping[int, Record], *, is_told_anew: bool = False) -> None:
    """Takes the marks of a sheet away. Raises `Locked`."""
    if places:
        with unlocked(sheet):
            if not is_told_anew:
                _tell_form(sheet, ())
            for number, (cell, own) in places.items():
                _restore(cell, own, marks[number])


def _places(sheet: "Sheet", marks: Mapping[int, Record], put_on: str = "") -> "Places":
    """The marked cells of a sheet by their marks' numbers: by their notes, else where they were put, which may have
    been on the sheet that it is a copy of. LibreOffice's key Delete takes notes away with contents.
    """
    places: Places = {}
    name, notes = put_on or sheet.name, notes_of(sheet)
    found: dict[RowAndColumn, Note | Comment] = {**notes.own}
    # A comment of ours was a note: Excel makes comments of all notes where somebody asks for it.
    found |= {place: one for place, one in notes.comments.items() if one is not None and not one.impl.replies}
    for (row, column), note in found.items():
        number = number_in(note.text)
        if number is not None and number in marks:
            places[number] = sheet.range((row + 1, column + 1)), note
    for number, record in marks.items():
        if record.sheet == name and number not in places:
            row, column = cell_place(record.cell)
            places[number] = sheet.range((row + 1, column + 1)), None
    return places


@contextmanager
def lifted(host: "Host", sheet: "Sheet") -> Iterator[None]:
    """The marks of a sheet show no colour as long as the block runs. Raises `Locked` where there are any that cannot
    be taken off.
    """
    marks = {record.number: record for record in log_sheet.read(host) if record.kind == MARK}
    places = _places(sheet, marks) if marks else {}
    coloured = [(cell, marks[at]) for at, (cell, _) in places.items() if _hex(cell.color) == marks[at].after]
    if not coloured:
        yield
        return
    with unlocked(sheet):
        for cell, record in coloured:
            cell.color = record.before or None
    try:
        yield
    finally:
        with unlocked(sheet):
            for cell, record in coloured:
                cell.color = record.after


@contextmanager
def moving(host: "Host", sheet: "Sheet", changed: Collection[int]) -> Iterator[None]:
    """While the block moves rows of a sheet about, its marks move with their cells; those in the ``changed`` rows (from
    0) go. Colours are off meanwhile, for a row that is put in takes the look of the one above.

    A mark without a note of its own could not be found again, and goes too. Raises `Locked`.
    """
    records = log_sheet.read(host)
    marks = {record.number: record for record in records if record.kind == MARK}
    places = _places(sheet, marks) if marks else {}
    if not places:
        yield
        return
    told = _told(sheet)
    going = {at for at, (cell, note) in places.items() if note is None or cell.row - 1 in changed}
    staying = {at: marks[at] for at in places if at not in going}
    was_blank = {at for at in staying if f"|{_name_of(places[at][0])}=|" in told}
    coloured = {at for at in staying if _hex(places[at][0].color) == marks[at].after}
    with unlocked(sheet):
        for at in going:
            _restore(*places[at], marks[at])
        for at in coloured:
            places[at][0].color = marks[at].before or None
    try:
        yield
    finally:
        found = {at: cell for at, (cell, note) in _places(sheet, staying).items() if note is not None}
        with unlocked(sheet):
            for at in coloured & found.keys():
                found[at].color = marks[at].after
            _tell(sheet, [(_name_of(cell), at in was_blank) for at, cell in found.items()])
        kept = [one for one in records if one.kind != MARK or one.number in found or one.number not in places]
        log_sheet.write(
            host, [one._replace(cell=_name_of(found[one.number])) if one.number in found else one for one in kept]
        )


def _name_of(cell: "Range") -> str:
    return a1(cell.row - 1, cell.column - 1)


def _restore(cell: "Range", note: "Note | Comment | None", record: Record) -> None:
    """The fill and note of before. A fill that somebody has changed since is theirs, and stays."""
    if _hex(cell.color) == record.after:
        cell.color = record.before or None
    if note is not None:
        own = log_sheet.decoded(record.note)
        if own:
            note.text = str(own)
        else:
            note.delete()
