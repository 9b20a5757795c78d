"""删除目标行, and how 撤销上次操作 brings the goal back. The counterpart of `rows.add_goal_row`."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import a1, cell_place
from xl_perf.core.forms.kind import Holds
from xl_perf.live import log_sheet, rows
from xl_perf.live.forms import LiveForm, active_form, form_of
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import ROW_DELETED, Content, Formula, Record
from xl_perf.live.moving_rows import Shift, moving

if TYPE_CHECKING:
    from xlwings import Range

    from xl_perf.core.forms.frame import Slot
    from xl_perf.live.host import Host

_SHOWN: Final = 16
"""Characters of a goal that a line shows."""
GOAL: Final = "目标"
"""What the log says of a deleted row that held a goal."""


def delete(host: "Host") -> str:
    """Takes the selected goal away; the goals below are numbered anew, and one stays.

    Raises `NotHere` where the cursor is at no goal, or at the only one.
    """
    live = active_form(host, model=True)
    slots = live.goals
    selection = host.app.selection
    row = -1 if selection is None else selection.row - 1
    at = next((at for at, slot in enumerate(slots) if row in slot.rows), None)
    if at is None:
        raise NotHere("光标不在绩效目标那几行", "请先点要删除的目标所在的行，再按这个按钮")
    if len(slots) == 1:
        raise NotHere("只有一个目标，不能删除", "至少留一个目标；不用的可以清空文字")
    if live.has_goals_beside:
        raise NotHere(f"工作表“{live.sheet.name}”上的绩效目标是左右并排的，不能删行", "不用的可以清空文字")
    if any(len(slot.rows) != 1 for slot in slots):
        raise NotHere(f"工作表“{live.sheet.name}”上有占好几行的目标", "请自行删除行")
    touched = {slot.rows[0] for slot in slots[at : at + 1 + (at == 0)]}
    with moving(host, live.sheet, touched, _shift(live, slots, at, -1)):
        content = _content(live, slots[at])
        if at == 0:  # the first row holds the part's label, and stays
            _put(live, slots[0], _content(live, slots[1]))
            _height(live, slots[0]).row_height = _height(live, slots[1]).row_height or 0
        gone = slots[max(at, 1)].rows[0]
        labels = _labels(live, slots)
        live.sheet.range(f"{gone + 1}:{gone + 1}").delete("up")
        for cell, label in zip(_label_cells(live, slots[:-1]), labels, strict=False):
            cell.value = label
        _merge_label(live, slots[:-1])
    _cell(live, slots[min(at, len(slots) - 2)]).select()  # the goal that follows, else the last one
    record = Record(
        0, "", "删除目标行", ROW_DELETED, live.sheet.name, a1(row, live.left), json.dumps([at, content]), GOAL
    )
    rows.log(host, record)
    return f"已删除{GOAL}{at + 1}。要恢复请按“撤销上次操作”。"


def _shift(live: LiveForm, slots: "Sequence[Slot]", at: int, number: int) -> Shift:
    """What moves where a goal goes in or out; the part's label stays in the first goal's row."""
    labels = slots[0].columns.start - bool(live.frame.goals) if at == 0 else 0
    return Shift(slots[0].rows[0] + at, number, labels)


def said(record: Record) -> str:
    """The goal that was deleted, with the beginning of its text."""
    at, content = json.loads(record.before)
    text = " ".join(str(log_sheet.decoded(content) or "").split())
    return f"{GOAL}{at + 1}" + (f" {text[:_SHOWN]}{'……' if len(text) > _SHOWN else ''}" if text else "")


def take_back(host: "Host", record: Record) -> str | None:
    """Puts the goal back where it was, the later ones below it; says so where the goals have changed too much."""
    live = rows.form_of_record(host, record)
    at, content = json.loads(record.before)
    before = live.goals
    row = cell_place(record.cell)[0]
    if not before or before[0].rows[0] + at != row or at > len(before):
        return f"工作表“{record.sheet}”的绩效目标已经变了，删除的那一个没有恢复。"
    touched = {slot.rows[0] for slot in (*before[at:], before[-1])}
    shift = _shift(live, before, at, 1)._replace(brings_back=True)
    with moving(host, live.sheet, touched, shift):
        texts = [_content(live, slot) for slot in before]
        heights = [_height(live, slot).row_height or 0 for slot in before]
        rows.add_goals(live, 1)
        again = form_of(host, live.sheet)
        if again is None or len(again.goals) != len(before) + 1:
            return f"工作表“{record.sheet}”增加了一行目标，内容没有恢复：{log_sheet.decoded(content) or ''}"
        texts.insert(at, content)
        heights.insert(at, heights[max(at - 1, 0)])
        for slot, text, height in zip(again.goals, texts, heights, strict=True):
            _put(again, slot, text)
            _height(again, slot).row_height = height
    return None


def _cell(live: LiveForm, slot: "Slot") -> "Range":
    return live.sheet.range((slot.rows[0] + 1, slot.blank[1] + 1))


def _height(live: LiveForm, slot: "Slot") -> "Range":
    return live.sheet.range((slot.rows[0] + 1, 1))


def _content(live: LiveForm, slot: "Slot") -> str:
    """The text of a goal, or its formula, as the log holds it."""
    cell = _cell(live, slot)
    formula, value = cell.formula, cell.value
    return log_sheet.coded(Formula(formula) if rows.is_formula(formula, value) else value)


def _put(live: LiveForm, slot: "Slot", content: str) -> None:
    text: Content = log_sheet.decoded(content)
    _cell(live, slot).value = text


def _label_cells(live: LiveForm, slots: "Sequence[Slot]") -> "list[Range]":
    """目标1, 目标2 …, left of the goals; none where the form does not number them."""
    label = slots[0].columns.start
    return [live.sheet.range((slot.rows[0] + 1, label)) for slot in slots] if live.frame.goals else []


def _labels(live: LiveForm, slots: "Sequence[Slot]") -> list[str]:
    return [str(cell.value) for cell in _label_cells(live, slots)]


def _merge_label(live: LiveForm, slots: "Sequence[Slot]") -> None:
    """The part's label stands over all its goals, as before; LibreOffice may forget it for a single row."""
    part = live.frame.kind.part_of(Holds.GOALS)
    if part is None or not part.label:
        return
    left, right = live.frame.area[1] + 1, slots[0].columns.start - bool(live.frame.goals)
    first = slots[0].rows[0] + 1
    label = live.sheet.range((first, left), (first + len(slots) - 1, right))
    if len(label) > 1 and live.sheet.range((first, left)).merge_area.address != label.address:
        label.merge()
