"""增加指标行, 删除指标行, 增加目标行: rows of the form in front."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import Area, a1, cell_place
from xl_perf.core.cells.values import is_blank
from xl_perf.core.forms.kind import Holds
from xl_perf.live import log_sheet
from xl_perf.live.forms import LiveBranch, LiveForm, active_form, delete_row, form_of, insert_row
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import ROW_ADDED, ROW_DELETED, Record
from xl_perf.live.moving_rows import Shift, moving
from xl_perf.sheets import form_heights
from xl_perf.sheets.last_year import is_of_last_year

if TYPE_CHECKING:
    from xl_perf.live.host import Host

_FIRST: Final = "组首"
"""A deleted row was the first under its first level."""
_SELECT: Final = "请先点一个指标所在的行，再按这个按钮"


def add_indicator_row(host: "Host") -> None:
    """One more row below the selected one, under the same first level."""
    live = active_form(host, model=True)
    branches, branch, row = _selected(host, live)
    at = min(row, branch.last) + 1
    put_in(host, live, branches, branch, at)
    log(host, Record(0, "", "增加指标行", ROW_ADDED, live.sheet.name, a1(at, live.left)))
    live.sheet.range((at + 1, live.frame.columns["level3"].start + 1)).select()


def put_in(host: "Host", live: LiveForm, branches: Sequence[LiveBranch], branch: LiveBranch, at: int) -> None:
    """A blank row ``at`` in one of the table's groups."""
    with moving(host, live.sheet, _disturbed(branch, at), _shift(live, branch, at, 1)):
        insert_row(live, branch, at, is_last=all(one.first != branch.last + 1 for one in branches))


def _shift(live: LiveForm, branch: LiveBranch, row: int, number: int) -> Shift:
    """What moves where a row of a group goes in or out; the first level stays said in the group's first row."""
    return Shift(row, number, live.inner if row == branch.first else 0)


def _disturbed(branch: LiveBranch, at: int) -> set[int]:
    """The row whose content changes places where a row ``at`` is put in."""
    return {branch.first} if at == branch.first else {branch.last} if at == branch.last + 1 else set()


def delete_indicator_row(host: "Host") -> str:
    """Takes the selected row away; a first level keeps at least one."""
    live = active_form(host, model=True)
    _, branch, row = _selected(host, live)
    if branch.first == branch.last:
        raise NotHere(
            f"“{branch.label.strip() or '这一组'}”下只有一行，不能删除", "每个一级指标下至少留一行；不用的行可以留空"
        )
    with moving(host, live.sheet, _touched(live, row), _shift(live, branch, row, -1)):
        cells = live.cells(row, row)
        formulas = cells.formula
        held = formulas[0] if isinstance(formulas[0], list | tuple) else formulas
        contents = [
            log_sheet.coded(log_sheet.Formula(formula) if is_formula(formula, value) else value)
            for formula, value in zip(held, cells.value, strict=True)
        ]
        beside = live.note(row).value
        note = beside if isinstance(beside, str) and is_of_last_year(beside) else ""
        delete_row(live, branch, row)
    live.sheet.range((min(row, branch.last - 1) + 1, live.frame.columns["level3"].start + 1)).select()
    place = _FIRST if row == branch.first else ""
    cell = a1(row, live.left)
    log(host, Record(0, "", "删除指标行", ROW_DELETED, live.sheet.name, cell, json.dumps(contents), place, note=note))
    return "已删除一行指标。要恢复请按“撤销上次操作”。"


def _touched(live: LiveForm, row: int) -> set[int]:
    """A row that is deleted, and the one below it that takes over what it says as the second level."""
    return {row, row + 1} if is_blank(live.second_level(row + 1)) else {row}


def is_formula(formula: object, value: object) -> bool:
    """What the host gives as a formula is one, and no text that begins with =."""
    return isinstance(formula, str) and formula.startswith("=") and formula != value


def add_goal_row(host: "Host") -> None:
    """One more 目标 below the last one."""
    live = active_form(host, model=True)
    slots = live.goals
    if not live.frame.kind.numbers_goals and len(slots) == 1:
        part = live.frame.kind.part_of(Holds.GOALS)
        label = part.label if part is not None else "绩效目标"
        raise NotHere(f"这种表的{label}只有一格", "请在这一格里分行写：目标1：……；目标2：……")
    if not slots:
        raise NotHere(f"工作表“{live.sheet.name}”上没有“目标1”这样的行", "请在“绩效目标”一栏自行插入行")
    if live.has_goals_beside:
        raise NotHere(f"工作表“{live.sheet.name}”上的绩效目标是左右并排的，加不了行", "请在原来的格子里分行写")
    last = slots[-1].rows[0]
    with moving(host, live.sheet, {last}, Shift(last + 1, 1)):
        add_goals(live, 1)
    log(host, Record(0, "", "增加目标行", ROW_ADDED, live.sheet.name, a1(last + 1, live.left)))
    live.sheet.range((last + 2, slots[-1].blank[1] + 1)).select()


def add_goals(live: LiveForm, number: int) -> None:
    """So many goals more, numbered on. The rows go in above the last goal, so that merged label and ranges grow.

    A single goal without a number stays the first: formulas name its cell alone.
    """
    if not live.frame.goals and len(live.goals) == 1:
        _add_below(live, number)
        return
    sheet, slots, is_numbered = live.sheet, live.goals, bool(live.frame.goals)
    last, text, right = slots[-1].rows[0], slots[-1].blank[1], slots[-1].columns.stop - 1
    label = slots[-1].columns.start - is_numbered
    old = sheet.range((last + number + 1, label + 1), (last + number + 1, right + 1))
    height = sheet.range((last + 1, 1)).row_height
    sheet.range(f"{last + 1}:{last + number}").insert("down")
    for at in range(last, last + number):
        old.copy(sheet.range((at + 1, label + 1), (at + 1, right + 1)))
    # The text of the last goal went to every new row: it stays in the first one.
    sheet.range((last + 2, text + 1), (last + number + 1, right + 1)).clear_contents()
    sheet.range((last + 1, 1), (last + number + 1, 1)).row_height = height or form_heights.GOAL
    if is_numbered:
        labels = sheet.range((last + 2, label + 1), (last + number + 1, label + 1))
        labels.value = [[f"目标{len(slots) + more}"] for more in range(1, number + 1)]
    part = live.frame.kind.part_of(Holds.GOALS)
    if len(slots) == 1 and part is not None and part.label:
        left = live.frame.area[1]
        first = sheet.range((last + 1, left + 1))
        first.value = sheet.range((last + number + 1, left + 1)).value
        sheet.range((last + 1, left + 1), (last + number + 1, label)).merge()


def _add_below(live: LiveForm, number: int) -> None:
    """So many goals below a single one; the labels left of it are then merged over all of them."""
    sheet, slot = live.sheet, live.goals[0]
    row, text, right = slot.rows[0], slot.columns.start, slot.columns.stop - 1
    labels = list(_labels_beside(live, row, text))
    sheet.range(f"{row + 2}:{row + number + 1}").insert("down")
    for top, left, bottom, last in labels:
        if bottom == row and (top, left) != (bottom, last):  # LibreOffice makes no merged cells part of larger ones
            sheet.range((top + 1, left + 1), (bottom + 1, last + 1)).unmerge()
    goal = sheet.range((row + 1, text + 1), (row + 1, right + 1))
    for at in range(row + 1, row + number + 1):
        goal.copy(sheet.range((at + 1, text + 1), (at + 1, right + 1)))
        for _, left, bottom, last in labels:
            if bottom == row:  # one that goes on below has grown
                label = sheet.range((row + 1, left + 1), (row + 1, last + 1))
                label.copy(sheet.range((at + 1, left + 1), (at + 1, last + 1)))
    sheet.range((row + 2, 1), (row + number + 1, right + 1)).clear_contents()
    sheet.range((row + 2, 1), (row + number + 1, 1)).row_height = form_heights.GOAL
    for top, left, bottom, last in labels:
        if bottom == row:
            sheet.range((top + 1, left + 1), (row + number + 1, last + 1)).merge()


def _labels_beside(live: LiveForm, row: int, stop: int) -> Iterator[Area]:
    """The areas left of a goal, from the form's first column."""
    column = live.frame.area[1]
    while column < stop:
        area = live.sheet.range((row + 1, column + 1)).merge_area
        top, left = area.row - 1, area.column - 1
        rows, columns = area.shape
        yield top, left, top + rows - 1, left + columns - 1
        column = max(left + columns, column + 1)


def _selected(host: "Host", live: LiveForm) -> tuple[list[LiveBranch], LiveBranch, int]:
    """The groups of the table, the one in which the cursor is, and its row."""
    selection = host.app.selection
    row = -1 if selection is None else selection.row - 1
    branches = live.branches()
    branch = next((one for one in branches if one.first <= row <= one.last), None)
    if branch is None:
        raise NotHere("光标不在指标表里", _SELECT)
    return branches, branch, row


def log(host: "Host", record: Record) -> None:
    """Notes what was done to a row, as an operation of its own."""
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    log_sheet.write(host, [*records, record._replace(number=number, when=when)])


# --- taking back -----------------------------------------------------------------------------------------------------


def take_back_added(host: "Host", record: Record) -> str | None:
    """Takes the row away that was added, if nothing has been filled in; else says why not."""
    live = form_of_record(host, record)
    row = cell_place(record.cell)[0]
    slot = next((slot for slot in live.goals if slot.rows[0] == row), None)
    if slot is not None:
        cells = live.grid.rows[row]
        if any(not is_blank(cells[column]) for column in slot.columns if column < len(cells)):
            return _filled(record)
        with moving(host, live.sheet, {row}, Shift(row, -1)):
            live.sheet.range(f"{row + 1}:{row + 1}").delete("up")
        return None
    branch = next((one for one in live.branches() if one.first <= row <= one.last), None)
    if branch is None or branch.first == branch.last or any(not is_blank(value) for value in live.row_texts(row)):
        return _filled(record)
    with moving(host, live.sheet, _touched(live, row), _shift(live, branch, row, -1)):
        delete_row(live, branch, row)
    return None


def take_back_deleted(host: "Host", record: Record) -> str | None:
    """Puts the row back with what stood there; says so where the table has changed too much."""
    live = form_of_record(host, record)
    row = cell_place(record.cell)[0]
    branches = live.branches()
    if record.after == _FIRST:
        branch = next((one for one in branches if one.first == row), None)
    else:
        branch = next((one for one in branches if one.first < row <= one.last + 1), None)
    if branch is None:
        return f"工作表“{record.sheet}”的指标表已经变了，删除的那一行没有恢复。"
    contents = [log_sheet.decoded(text) for text in json.loads(record.before)]
    shift = _shift(live, branch, row, 1)._replace(brings_back=True)
    with moving(host, live.sheet, _disturbed(branch, row), shift):
        insert_row(live, branch, row, is_last=branch == branches[-1])
        live.cells(row, row).value = contents
        if record.note:
            live.note(row).value = record.note
    return None


def _filled(record: Record) -> str:
    return f"工作表“{record.sheet}”增加的那一行已经填写或移动，没有删除。"


def form_of_record(host: "Host", record: Record) -> LiveForm:
    """The form whose row was added or deleted. Raises `NotHere` where it is none any more."""
    sheet = host.sheet(record.sheet)
    live = None if sheet is None else form_of(host, sheet)
    if live is None:
        raise NotHere(f"工作表“{record.sheet}”已不是项目表", "这次操作不能撤销")
    return live
