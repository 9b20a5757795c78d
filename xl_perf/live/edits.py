"""规范化: edits listed, applied after a yes, logged; and taken back where a cell still holds what was written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_perf.core.cells.entries import CellPlace
from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.cells.values import text_of
from xl_perf.core.checking import check as checking
from xl_perf.core.making.normalising import proposals
from xl_perf.core.model.findings import Edit
from xl_perf.core.workbook.sheets import LOG_SHEET
from xl_perf.live import backup, log_sheet
from xl_perf.live.host import Stopped
from xl_perf.live.log_sheet import EDIT, Content, Formula, Record
from xl_perf.live.protection import Locked, unlocked
from xl_perf.live.reading import department_of, profile_of
from xl_perf.sheets.looks import FORM_AMOUNT, PERCENT, TEXT

if TYPE_CHECKING:
    from xlwings import Range, Sheet

    from xl_perf.live.host import Host

_LISTED: Final = 15
"""Edits that a question shows; the others are counted."""
_STARTS: Final = frozenset("=+-@'")
"""Texts that begin so are, or may be, formulas to a spreadsheet program."""


def normalise(host: "Host") -> str:
    """Proposes what can be written in the usual form and, after a yes, writes it; `undo` takes it back."""
    department = department_of(host)
    findings = checking.check(department, profile_of(host.book, department))
    edits = proposals(department, findings)
    names = list(dict.fromkeys(one.sheet for one in edits))
    edits = without_formulas(edits, {name: _formulas(host.book.sheets[name]) for name in host.steps(names, "核对公式")})
    if not edits:
        return "写法都已统一，没有要改的。"
    plans = (point.percent for project in department.projects for point in project.plan)
    percents = {(entry.sheet, entry.row, entry.column) for entry in plans}
    if not host.ask(question(edits, percents)):
        return "没有改动。"
    copied = backup.before(host, "规范化")
    return f"{apply(host, edits, percents)}\n{copied}"


def without_formulas(edits: Iterable[Edit], formulas: Mapping[str, Sequence[Sequence[Any]]]) -> list[Edit]:
    """Cells with a formula are left alone: what they show is not typed there."""

    def is_formula(edit: Edit) -> bool:
        rows = formulas[edit.sheet]
        text = rows[edit.row][edit.column] if edit.row < len(rows) and edit.column < len(rows[edit.row]) else ""
        return isinstance(text, str) and text.startswith("=") and text != edit.old

    return [edit for edit in edits if not is_formula(edit)]


def question(edits: Sequence[Edit], percents: Collection[CellPlace] = ()) -> str:
    """What the person is asked. A share that is written into one of ``percents`` is shown as the cell will show it."""
    lines = []
    for edit in edits:
        new = _as_percent(edit.new) if (edit.sheet, edit.row, edit.column) in percents else _shown(edit.new)
        lines.append(f"{edit.sheet}!{a1(edit.row, edit.column)}：{_shown(edit.old)} → {new}")
    if len(lines) > _LISTED:
        lines = [*lines[:_LISTED], f"……等共 {len(edits)} 处"]
    return "\n".join([f"有 {len(edits)} 处可以统一写法：", "", *lines, "", "要改吗？（可用“撤销上次操作”恢复）"])


def _shown(content: Any) -> str:
    return f"“{content}”" if isinstance(content, str) else text_of(content)


def _as_percent(content: Any) -> str:
    return f"{text_of(content * 100)}%" if isinstance(content, float | int) else _shown(content)


def _formulas(sheet: "Sheet") -> list[list[Any]]:
    """What stands in the formula bar, from A1 on, in one call."""
    found = sheet.range((1, 1), sheet.used_range.last_cell).formula
    rows = found if isinstance(found, list | tuple) else [[found]]
    return [list(row) if isinstance(row, list | tuple) else [row] for row in rows]


# --- applying ----------------------------------------------------------------------------------------------------


class Outcome(NamedTuple):
    """What came of edits: the records of those that were written, and the cells and sheets that were left."""

    written: Sequence[Record]
    changed: Sequence[str]
    """Cells that no longer held what the edit says."""
    locked: Sequence[str]
    was_stopped: bool = False
    """By Esc: the other sheets were left."""


def apply(host: "Host", edits: Sequence[Edit], percents: Collection[CellPlace] = ()) -> str:
    """Writes the edits, logs them as one operation, and says what was done. ``percents`` are cells of shares."""
    records = log_sheet.read(host)
    outcome = _write(host, edits, log_sheet.next_number(records), percents)
    if outcome.written:
        log_sheet.write(host, [*records, *outcome.written])
    lines = [f"已改 {len(outcome.written)} 处，逐条记在“{LOG_SHEET}”里。要恢复请按“撤销上次操作”。"]
    if not outcome.written:
        lines = ["没有改动。"]
    if outcome.changed:
        lines.append(f"以下单元格的内容已变，没有改：{'、'.join(outcome.changed)}。")
    if outcome.was_stopped:
        lines.append("已按 Esc 停止，其余的表没有改。要接着改，请再按一次“规范化”。")
    if outcome.locked:
        lines.append(f"工作表 {'、'.join(outcome.locked)} 设有密码保护，没有改。请先在“审阅”中撤消保护，再按一次。")
    return "\n".join(lines)


def correct(host: "Host", edits: Sequence[Edit], action: str) -> Sequence[Record]:
    """Writes edits and logs them as one operation of that name; gives the records of those that were written."""
    records = log_sheet.read(host)
    outcome = _write(host, edits, log_sheet.next_number(records), ())
    written = [record._replace(action=action) for record in outcome.written]
    if written:
        log_sheet.write(host, [*records, *written])
    return written


def _write(host: "Host", edits: Iterable[Edit], number: int, percents: Collection[CellPlace]) -> Outcome:
    """Writes edits sheet by sheet; a cell that does not hold ``old`` any more is left."""
    by_sheet: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_sheet[edit.sheet].append(edit)
    written: list[Record] = []
    changed: list[str] = []
    locked: list[str] = []
    when = log_sheet.now()
    try:
        for name, own in host.steps(list(by_sheet.items()), "改写"):
            sheet = host.book.sheets[name]
            try:
                with unlocked(sheet):
                    for edit in own:
                        cell = sheet.range((edit.row + 1, edit.column + 1))
                        if not same(cell.value, edit.old):
                            changed.append(f"{name}!{a1(edit.row, edit.column)}")
                            continue
                        look = PERCENT if (name, edit.row, edit.column) in percents else FORM_AMOUNT
                        written.append(_record(cell, edit, number, when, look))
            except Locked:
                locked.append(name)
    except Stopped:
        return Outcome(written, changed, locked, was_stopped=True)
    return Outcome(written, changed, locked)


def _record(cell: "Range", edit: Edit, number: int, when: str, as_number: str) -> Record:
    new: Content = edit.new if isinstance(edit.new, str | int | float) else None
    old: Content = edit.old if isinstance(edit.old, str | int | float) else None
    look = cell.number_format
    put(cell, new, look, as_number)
    place = a1(edit.row, edit.column)
    coded = log_sheet.coded
    return Record(number, when, "规范化", EDIT, edit.sheet, place, coded(old), coded(new), look or "")


def put(cell: "Range", content: Content, look: str | None, as_number: str = "General") -> None:
    """Writes a content so that it stays what it is: a text never becomes a formula, a number or a date.

    ``look`` is the cell's number format; it is changed where the content would not survive it, for a number to
    ``as_number``.
    """
    if isinstance(content, Formula):
        if look == TEXT:
            cell.number_format = "General"
        cell.formula = str(content)
        return
    if isinstance(content, str):
        if look != TEXT:
            cell.number_format = TEXT
    elif content is not None and look == TEXT:
        cell.number_format = as_number
    cell.value = content


def same(now: Any, then: Any) -> bool:
    """A cell holds what it held: numbers by what people see, blanks alike."""
    if now is None or now == "" or then is None or then == "":
        return (now or None) == (then or None) and now != 0 and then != 0
    if isinstance(now, str) or isinstance(then, str):
        return bool(now == then)
    return bool(now == then or text_of(now) == text_of(then))


# --- taking back -------------------------------------------------------------------------------------------------


def take_back(host: "Host", records: Sequence[Record]) -> tuple[int, list[str]]:
    """Brings back what the edits replaced; gives how many, and the cells that were left because they have changed."""
    by_sheet: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_sheet[record.sheet].append(record)
    back, left = 0, []
    for name, own in by_sheet.items():
        sheet = host.sheet(name)
        if sheet is None:
            left += [f"{name}!{record.cell}" for record in own]
            continue
        with unlocked(sheet):
            for record in own:
                row, column = cell_place(record.cell)
                cell = sheet.range((row + 1, column + 1))
                if same(cell.value, log_sheet.decoded(record.after)):
                    _bring_back(cell, record)
                    back += 1
                else:
                    left.append(f"{name}!{record.cell}")
    return back, left


def _bring_back(cell: "Range", record: Record) -> None:
    """What stood there, in the format of before; a text that the host would take for something else gets ``@``."""
    content = log_sheet.decoded(record.before)
    if record.look:
        cell.number_format = record.look
    if isinstance(content, str) and content[:1] in _STARTS:
        put(cell, content, record.look)
        return
    cell.value = content
    if isinstance(content, str) and not same(cell.value, content):
        put(cell, content, record.look)
