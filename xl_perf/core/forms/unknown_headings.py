"""Headings of an unknown form's table that nobody knows: named by their place, like known ones, or not read."""

from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.values import text_of
from xl_perf.core.forms.learned import MONEY
from xl_perf.core.forms.likeness import speaks_of_money
from xl_perf.core.forms.own_columns import COUNTING
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.unknown_labels import UNKNOWN_AMOUNT, is_like_label, like_known

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

_FEWEST: Final = 2
_BY_PLACE: Final = frozenset({"level1", "level2", "level3", "target"})


def look_at_headings(form: "FormWords") -> None:
    """Every heading of the table, where that is below the title and is none of costs."""
    first = 0 if form.title is None else form.title.row + 1
    if form.header is None or form.header < first or form.header in form.cost_rows():
        return
    rows = (form.header, form.header + 1) if _has_second_row(form) else (form.header,)
    places = [(row, column) for row in rows for column in range(form.cells.width)]
    for at in (*_merged_into_header(form), *places):
        if at in form.known or not form.may_hold_label(at) or form.take_amount_inside(at) or form.is_copy(at):
            continue
        if is_like_label(form.typed(at)):
            _take(form, at)


def _merged_into_header(form: "FormWords") -> list[Cell]:
    """Of a list headings that begin above its header's row and go down into it: 备注 beside 绩效指标 | 三级指标."""
    header = form.header or 0
    cells = [at for at, area in form.merged.items() if at == area[:2] and area[0] < header <= area[2]]
    return [at for at in sorted(cells) if form.is_list and bare(text_of(form.typed(at))).text not in COUNTING]


def _has_second_row(form: "FormWords") -> bool:
    """Amounts of a list are parted in the row below its header: 资金总额 | 一般公共预算 | 自筹."""
    row = (form.header or 0) + 1
    return form.is_list and sum(at[0] == row and key in MONEY for at, key in form.known.items()) >= _FEWEST


def _take(form: "FormWords", at: Cell) -> None:
    """What a heading that is not known may be."""
    label = form.label_at(at)
    if _take_by_place(form, at) or _take_below_money(form, at, label):
        return
    alike = like_known(form, label, is_heading=True)
    if alike is not None and alike.is_clear:
        form.guess(at, alike.key, alike.said)
    elif alike is not None:
        form.carry(at, label, alike.said)
    else:
        is_of_money = form.is_list and (speaks_of_money(label) or at[0] > (form.header or 0))
        form.carry(at, label, UNKNOWN_AMOUNT if is_of_money else "")


def _take_by_place(form: "FormWords", at: Cell) -> bool:
    """Headings over printed levels, and the two behind them: 三级指标 and 指标值."""
    if form.levels is None:
        return False
    _, first, second = form.levels
    last = first if second is None else second
    keys = {first: "level1", last: "level1" if second is None else "level2"}
    names_more = not {"level1", "level3", "target"}.isdisjoint(form.taken - _BY_PLACE)
    behind = (
        []
        if names_more
        else [column for column in range(last + 1, form.cells.width) if not form.is_covered((at[0], column))]
    )
    keys |= dict(zip(behind, ("level3", "target"), strict=False))
    key = keys.get(at[1])
    if key is None or key in form.taken:
        return False
    why = "下面印着级次" if at[1] <= last else "在级次的右边，一般是它"
    form.guess(at, key, why)
    return True


def _take_below_money(form: "FormWords", at: Cell, label: str) -> bool:
    """财政 and 其他 alone below 预算金额, in the second row of a list's header."""
    key = {"财政": "fiscal", "其他": "other"}.get(label)
    above = [one for one in form.labels if one.key == "budget" and one.row == at[0] - 1 and one.column <= at[1]]
    over = max(above, key=lambda one: one.column, default=None)
    if key is None or key in form.taken or over is None:
        return False
    area = form.merged.get((over.row, over.column))
    if area is None or area[3] < at[1]:
        return False
    form.guess(at, key, f"在“{form.label_at((over.row, over.column))}”下面")
    return True
