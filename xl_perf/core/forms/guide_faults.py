"""What a 样表 lacks, says twice, or says where nobody would read it: in Chinese, each with its cell."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Grid, NoValue, a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.filled_texts import holds_content, is_like_label, is_printed
from xl_perf.core.forms.finding import SheetForms
from xl_perf.core.forms.frame import Frame, Slot
from xl_perf.core.forms.group_headings import heading_amounts
from xl_perf.core.forms.guide_parts import GUIDE_SHEET
from xl_perf.core.forms.kind import Holds, Money, Shape, Value
from xl_perf.core.forms.kinds import BY_NAME
from xl_perf.core.forms.learned import COLUMNS, FIELDS, MONEY, PART_OF, PARTS, TEXT, LearnedForm, source_of
from xl_perf.core.forms.list_frame import ROW_TOTAL, ListFrame
from xl_perf.core.forms.marks import GOAL, MONTH, NOT_READ, marks_in, name_of
from xl_perf.core.forms.plan_in_money import UNREAD_PLAN
from xl_perf.core.forms.printed_room import is_room
from xl_perf.core.forms.sheet_cells import SheetCells

Cell = tuple[int, int]
MAKES_TEXT: Final = re.compile(r'"[^"]*[\u4e00-\u9fff{｛]').search
"""A formula with words or a mark in it."""
_STAMP: Final = re.compile(r"\s*[(（][^()（）]{1,8}[)）]\s*[:：]\s*").fullmatch
"""What stands between a label and its room: （盖章）：."""
_LONGEST_SHOWN: Final = 16
_ROWS_ABOVE: Final = 12
"""How far above an amount the heading of its column may stand."""
_NEEDED: Final = ("name", "level3", "target")


class GuideRow(NamedTuple):
    """A label or cell of the form, what it is taken for, and what an officer decided.

    ``key`` is empty for what is not read. ``row`` is its row on 对照, from 0; None for a mark without one.
    """

    key: str
    label: str
    label_at: Cell | None
    cell: Cell | None
    unit: str = ""
    is_required: bool = False
    row: int | None = None
    proposed: str | None = None
    """What the program took it for, before an officer decided."""


class Fault(NamedTuple):
    """What is missing, open or contradictory, in Chinese, and the cell that it is about (empty for none)."""

    said: str
    sheet: str = ""
    cell: str = ""

    @property
    def where(self) -> str:
        """The cell, as people read it; empty for none."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        return f"{self.where} {self.said}".strip()


def unknown_texts(grid: Grid) -> Iterator[Fault]:
    """Cells whose formula makes a text and was stored without it: nobody can tell what label or mark it shows."""
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if isinstance(typed, NoValue) and MAKES_TEXT(typed.formula):
                said = "是公式，没有保存计算结果，看不出它写的是什么：请把标签和标记写成文字"
                yield Fault(f"{a1(row, column)} {said}", grid.sheet, a1(row, column))


def standing_behind(grid: Grid) -> Iterator[str]:
    """Texts behind marks, in their cells, that look like what somebody filled in: sentences without full stop."""
    for row, cells in enumerate(grid.rows):
        for column, typed in enumerate(cells):
            if not isinstance(typed, str):
                continue
            marks = [mark for mark in marks_in(typed) if mark.name]
            for mark, following in zip(marks, [*marks[1:], None], strict=True) if marks else ():
                behind = typed[mark.end : len(typed) if following is None else following.start]
                is_print = (
                    is_printed(behind) or is_room(behind.strip()) or (following is not None and is_like_label(behind))
                )
                if is_print and not holds_content(behind):
                    continue
                if _STAMP(behind):
                    yield f"{a1(row, column)} 的标记 {{{mark.name}}} 要写在“{behind.strip()}”的后面，不要写在前面"
                    continue
                said = f"{a1(row, column)} 的标记 {{{mark.name}}} 后面还有“{' '.join(behind.split())[:_LONGEST_SHOWN]}”"
                yield f"{said}，会印进每一个项目：是填的内容，请删掉"


def is_found(found: SheetForms) -> bool:
    """A form or a list was found on the sheet."""
    return bool(found.frames or found.lists)


def missing_in(form: LearnedForm, rows: Sequence[GuideRow], sheet: str, *, has_unit: bool) -> Iterator[Fault]:
    """What every form must have, what stands for one thing in two places, and labels with two meanings."""
    keys = {row.key for row in rows} | {word.key for word in form.words}
    is_list = BY_NAME[form.base].shape is Shape.LIST
    for key in _NEEDED:
        has_two_levels = key == "level3" and "level2" in keys and not form.extra
        if key not in keys and not (has_two_levels or (key == "level3" and "content" in keys)):
            yield Fault(f"没有标出{name_of(key)}：在填它的格子里写 {{{name_of(key)}}}", sheet)
    amounts = [key for key in keys if source_of(key) in FIELDS and FIELDS[source_of(key)].money]
    if not any(FIELDS[source_of(key)].money is Money.BUDGET for key in amounts) and not (
        is_list or keys & {"row_total"}
    ):
        yield Fault("没有标出预算数：在填项目总金额的格子里写 {预算数}", sheet)
    placed = {row.key for row in rows if row.cell is not None}
    for row in rows:
        if row.key in amounts and row.key not in placed and row.label_at is not None and not is_list:
            said = f"的“{row.label}”没有填写处：请在填它的格子里写 {{{name_of(row.key)}}}，不要的在“核对”里选不读"
            yield Fault(f"{a1(*row.label_at)} {said}", sheet, a1(*row.label_at))
    if "goals_part" in keys and not (is_list or any(key.startswith(GOAL) for key in placed)):
        said = "绩效目标没有填写处：请在填目标的格子里写 {目标1}；表上没有目标的，把它的标签在“核对”里选不读"
        yield Fault(said, sheet)
    if any(row.key in amounts for row in rows) and not has_unit:
        yield Fault("金额没有写单位：表上没有印元还是万元，请在“金额单位”一栏选", GUIDE_SHEET)
    yield from _said_twice(form, rows, sheet)


def _said_twice(form: LearnedForm, rows: Sequence[GuideRow], sheet: str) -> Iterator[Fault]:
    seen: dict[str, Cell] = {}
    for row in rows:
        if not row.key or row.cell is None or row.key.startswith((TEXT, PART_OF)):
            continue
        if row.key in seen and seen[row.key] != row.cell:
            said = f"{a1(*seen[row.key])} 和 {a1(*row.cell)} 都标成了{name_of(row.key)}，只能有一处"
            yield Fault(said, sheet, a1(*row.cell))
        seen.setdefault(row.key, row.cell)
    meanings: dict[str, str] = {}
    for word in form.words:
        other = meanings.setdefault(word.label, word.key)
        if other != word.key and {other, word.key} <= {*FIELDS, *COLUMNS, *PARTS}:
            said = f"“{word.label}”既是{name_of(other)}，又是{name_of(word.key)}：同样的标签只能有一个意思"
            yield Fault(said, sheet)


def headings_counted(rows: Sequence[GuideRow], grid: Grid) -> Iterator[Fault]:
    """财政资金 over 一般公共预算 | 政府性基金, both marked as sources: the same amounts would count twice."""
    own = {
        row.label_at: row for row in rows if row.label_at and row.cell != row.label_at and source_of(row.key) in MONEY
    }
    wholes = {at for at, row in own.items() if row.key == "budget"}
    for at in heading_amounts(SheetCells(grid), own.keys(), wholes):
        said = (
            f"{a1(*at)} 的“{own[at].label}”是下面几栏金额的名称，标成{name_of(own[at].key)}会重复计：请在“核对”里选不读"
        )
        yield Fault(said, grid.sheet, a1(*at))


def without_total(found: SheetForms, rows: Sequence[GuideRow], grid: Grid) -> Iterator[tuple[str, Cell | None]]:
    """预算安排 over columns of a list of which none is headed 合计: the total is read from none of them.

    What is said, and the cell that is blank where 合计 is printed; None where all columns have headings.
    """
    own = [row for row in rows if row.key == "budget" and row.label_at is not None]
    sheet = SheetCells(grid)
    for one in found.lists[:1] if own else ():
        top, left = own[0].label_at or (0, 0)
        last = max(one.headers, default=top)
        if ROW_TOTAL not in one.missing or last <= top:
            continue
        right = next((area[3] for area in grid.merges if area[:2] == (top, left)), left)
        columns = range(left, right + 1)
        bare_at = next(
            (at for at in columns if is_blank(sheet.typed((last, at))) and not sheet.is_covered((last, at))), None
        )
        label = f"{a1(top, left)} 的“{own[0].label}”"
        if bare_at is None:
            yield f"{label}下面没有“合计”一栏，每个项目的预算数都读不到，合计会是 0", None
            continue
        at = a1(last, bare_at)
        said = (
            f"{label}下面没有“合计”一栏，{at} 空着：每个项目的预算数都读不到，合计会是 0。"
            f"{at} 是合计的，请把“合计”补上；不是的，请写上它的栏名"
        )
        yield said, (last, bare_at)


def misread_in(found: SheetForms, rows: Sequence[GuideRow], grid: Grid) -> Iterator[Fault]:
    """Where what is marked is not what would be read: by the labels, wherever they stand. ``grid`` has no marks."""
    sheet = grid.sheet
    if not is_found(found):
        yield Fault("按标出的标签还读不出这张表：请核对项目名称、预算数和指标表的表头都标上了", sheet)
        return
    if not found.frames:
        yield from _misread_in_list(found.lists[0], rows, sheet)
        return
    frame, kind = found.frames[0], found.frames[0].kind
    places = {field.key: slot for field, slot in zip(kind.fields, frame.slots, strict=True)}
    for row in rows:
        slot = places.get(row.key)
        if row.cell is None or row.key not in places:
            continue
        if slot is None or not (row.cell[0] in slot.rows and row.cell[1] in slot.columns):
            is_nowhere = slot is None or not (slot.columns or slot.blank == row.label_at)
            reads = "读不到" if slot is None or is_nowhere else f"读的是 {a1(*slot.blank)}"
            why = _in_other_column(frame, slot, row.cell, grid) or "标签要在它左边或上面"
            if is_nowhere and slot is not None:
                why = f"请在“{GUIDE_SHEET}”里把“{row.label}”选为“{NOT_READ}”"
            said = f"{name_of(row.key)}标在 {a1(*row.cell)}，按标签“{row.label}”{reads}：{why}"
            printed = text_of(SheetCells(grid).typed(row.cell)).strip()
            if slot is not None and slot.blank == row.cell and printed:
                said = f"{name_of(row.key)}的填写处 {a1(*row.cell)} 印着“{printed}”，读不到：请清空这一格，或写上标记"
            elif not row.label and slot is not None and not is_nowhere:
                to = a1(*slot.blank)
                said = f"{name_of(row.key)}标在 {a1(*row.cell)}，它的左边、上面没有标签；按表上的标签{reads}"
                said += f"：请把标记移到 {to}"
            yield Fault(said, sheet, a1(*row.cell))
        elif row.key in kind.place and kind.fields[kind.place[row.key]].value is Value.AMOUNT:
            yield from _read_before(row, row.cell, slot, SheetCells(grid), _heads_of(row, rows))
    yield from _misread_in_table(frame, rows, sheet)
    for row in rows if frame.plans_money else ():
        if row.key.startswith(MONTH) and row.cell is not None:
            yield Fault(f"{a1(*row.cell)} 的{name_of(row.key)}：{UNREAD_PLAN}", sheet, a1(*row.cell))


def misread_when_filled(found: SheetForms, rows: Sequence[GuideRow], grid: Grid) -> Iterator[Fault]:
    """Amounts that are read from another cell than the marked one once the cells beside that are filled in as well.

    ``found`` is read from the form with all of them filled in, ``grid`` has neither them nor marks.
    """
    sheet = SheetCells(grid)
    for frame in found.frames[:1]:
        yield from _said_again(frame, rows, grid)
        for row in rows:
            if row.cell is None or not (source_of(row.key) in MONEY or row.key.startswith(PART_OF)):
                continue
            slot = frame.slot(row.key)
            if slot is not None and row.cell[0] in slot.rows and row.cell[1] in slot.columns:
                continue
            said = f"{name_of(row.key)}标在 {a1(*row.cell)}{_below_heading(sheet, frame, row.cell)}，旁边各栏都填了，"
            if slot is None or not slot.columns:
                said += f"就读不到它：请在“{GUIDE_SHEET}”里把“{row.label}”选为“{NOT_READ}”"
            else:
                to = a1(*slot.blank)
                said += f"读的是 {to}{_below_heading(sheet, frame, slot.blank)}：请把标记移到 {to}"
            yield Fault(said, grid.sheet, a1(*row.cell))


def rows_with(grid: Grid, amounts: Sequence[GuideRow]) -> Iterator[int]:
    """The rows of a form that repeat the label of one of the ``amounts``."""
    labels = {row.label for row in amounts if row.label}
    for number, cells in enumerate(grid.rows):
        if any(isinstance(typed, str) and bare(typed).text in labels for typed in cells):
            yield number


def _said_again(frame: Frame, rows: Sequence[GuideRow], grid: Grid) -> Iterator[Fault]:
    """合计 | 财政拨款 twice, and nothing that tells which is the year's: nobody would know which amount counts."""
    own = {row.key: row for row in rows if row.cell is not None and source_of(row.key) in MONEY}
    for label in (*frame.repeated, *(label for label, _ in frame.further)):
        row = own.get(label.key)
        text = bare(text_of(SheetCells(grid).typed(label[1:3]))).text
        if row is None or row.label_at is None or row.label_at == label[1:3] or text != row.label:
            continue
        at = a1(label.row, label.column)
        said = (
            f"{at} 的“{text}”与 {a1(*row.label_at)} 的同名，"
            f"两处都填了就不知道哪一处是{name_of(row.key)}：请在两组金额的左边或上面各写上名称（如“实施期”“本年”），或把不读的一处改一个叫法"
        )
        yield Fault(said, grid.sheet, at)


def _below_heading(sheet: SheetCells, frame: Frame, cell: Cell) -> str:
    """（“小计”下面）, where the amounts stand in columns with headings; else empty."""
    if frame.money_heads is None or cell[0] <= frame.money_heads:
        return ""
    head = text_of(sheet.typed((frame.money_heads, cell[1]))).strip()
    return f"（“{head}”下面）" if head else ""


def _in_other_column(frame: Frame, slot: Slot | None, cell: Cell, grid: Grid) -> str:
    """Why the column, or row, that is read is another one, where several stand side by side; empty elsewhere."""
    if slot is not None and frame.money_side is not None and cell[1] in slot.columns:
        head = text_of(SheetCells(grid).typed((slot.blank[0], frame.money_side)))
        return f"几行金额上下排，“{head}”写的是表上的年度，读的是它；要读另一行的，请先核对表上写的年度"
    if slot is None or frame.money_heads is None or cell[0] not in slot.rows:
        return ""
    head = text_of(SheetCells(grid).typed((frame.money_heads, slot.columns.start)))
    return f"几栏金额并排，“{head}”写的是表上的年度，读的是它；要读另一栏的，请先核对表上写的年度"


def _heads_of(row: GuideRow, rows: Sequence[GuideRow]) -> range:
    """The rows in which the headings of a row of amounts stand, from the bottom up: those of its sources, and above."""
    beside = [one for one in rows if row.cell and one.cell and one is not row and one.cell[0] == row.cell[0]]
    heads = [one.label_at[0] for one in beside if one.label_at is not None and source_of(one.key) in MONEY]
    above = [at for at in heads if row.cell and at < row.cell[0]]
    return range(max(above), max(min(above) - 2, -1), -1) if above else range(0)


def _nearest(sheet: SheetCells, rows: range, column: int) -> str:
    """The first text of a column in some rows; empty for none."""
    texts = (text_of(sheet.typed((row, column))) for row in rows if isinstance(sheet.typed((row, column)), str))
    return next((text for text in texts if not is_blank(text)), "")


def _read_before(row: GuideRow, cell: Cell, slot: Slot, sheet: SheetCells, heads_at: range) -> Iterator[Fault]:
    """An amount in another column, left of the mark, would be read in its place: 年初预算数 before 调整后预算数.

    Of sources side by side the headings stand in the rows ``heads_at``, and may be merged over several of these.
    """
    columns = (at for at in slot.columns if at < cell[1] and cell[0] in slot.rows)
    for at in columns:
        if sheet.is_covered((cell[0], at)) or not is_blank(sheet.typed((cell[0], at))):
            continue
        rows = range(cell[0] - 1, max(cell[0] - _ROWS_ABOVE - 1, -1), -1)
        heads = [(sheet.typed((above, at)), sheet.typed((above, cell[1]))) for above in rows]
        one, own = next(((a, b) for a, b in heads if isinstance(a, str) and isinstance(b, str)), ("", ""))
        if heads_at:
            one, own = (_nearest(sheet, heads_at, place) for place in (at, cell[1]))
        if is_blank(one) or is_blank(own) or one == own:
            continue
        said = (
            f"{name_of(row.key)}标在 {a1(*cell)}（“{own}”下面），"
            f"左边 {a1(cell[0], at)}（“{one}”下面）填了金额会读成它："
            f"请在“{GUIDE_SHEET}”里把“{own}”选为“{name_of(AMOUNT_COLUMN)}”，没有这一行的加一行，填上标签和标签所在"
        )
        yield Fault(said, sheet.grid.sheet, a1(*cell))
        return


def _misread_in_list(found: ListFrame, rows: Sequence[GuideRow], sheet: str) -> Iterator[Fault]:
    for row in rows:
        cell, span = row.cell, found.columns.get(row.key)
        if cell is None or cell == row.label_at or not (row.key in FIELDS or row.key in COLUMNS):
            continue
        if not span or cell[1] not in span or cell[0] not in found.rows:
            where = f"不在表头“{row.label}”的下面，读不到" if row.label else "上面没有它的表头，读不到"
            if (at := row.label_at) is not None and at[0] == cell[0] < min(found.headers, default=0):
                where = f"清单上面的“{row.label}”填在它自己的一格里：请把标记写在 {a1(*at)} 的冒号后面"
            said = f"{name_of(row.key)}标在 {a1(*cell)}，{where}"
            yield Fault(said, sheet, a1(*cell))


def unread_lines(found: SheetForms, rows: Sequence[GuideRow]) -> Iterator[str]:
    """Texts that are marked above a list, where none is read: sentences without full stop."""
    for row in rows if found.lists and not found.frames else ():
        is_beside = row.cell is not None and row.label_at is not None and row.label_at[0] == row.cell[0]
        if row.cell is None or not (is_beside and row.key.startswith(TEXT)):
            continue
        if row.cell[0] < min(found.lists[0].headers, default=0):
            yield f"清单上面的“{row.label}”照样印着，填的内容不读：{a1(*row.cell)} 的标记请删去"


def _misread_in_table(frame: Frame, rows: Sequence[GuideRow], sheet: str) -> Iterator[Fault]:
    for row in rows:
        span = frame.columns.get(row.key)
        if row.cell is not None and row.key in frame.columns and (not span or row.cell[1] not in span):
            where = f"不在表头“{row.label}”的下面" if row.label else "上面没有它的表头"
            said = f"{name_of(row.key)}标在 {a1(*row.cell)}，{where}"
            yield Fault(said, sheet, a1(*row.cell))
    slots = (*frame.goals, *frame.unnamed_goals)
    for cell in (row.cell for row in rows if row.key.startswith(GOAL) and row.cell is not None):
        if not any(cell[0] in slot.rows and cell[1] in slot.columns for slot in slots):
            part = frame.kind.part_of(Holds.GOALS)
            label = "" if part is None else part.label
            yield Fault(f"目标标在 {a1(*cell)}，不在“{label}”的右边或下面，读不到", sheet, a1(*cell))
