"""Merged areas: undone, made anew, hiding what lies under them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from tests.people.books import LEVELS, Cell, Draft, Form, Merge, Position, Sheet, Value
from tests.people.changes import MERGES, register


def unmerge(draft: Draft, form: Form, fills: Literal["nothing", "levels", "everything"]) -> bool:
    """Merges taken away: what they showed stays in the first cell, or fills the cells."""
    if not draft.lonely(form):
        return False
    merges, form.sheet.merges = form.sheet.merges, []
    for top, left, bottom, right in merges:
        first = form.sheet.cells.get((top, left))
        if first and (fills == "everything" or (fills == "levels" and first.role in LEVELS)):
            fill_area(form.sheet, first, (top, left, bottom, right), spares=fills == "everything")
    if fills == "everything":
        draft.allowed.add("S103")  # a part's label does stand there twice
    return bool(merges)


def fill_area(sheet: Sheet, first: Cell, area: Merge, spares: bool) -> None:
    top, left, bottom, right = area
    for row in range(top, bottom + 1):
        blank = not any(place[0] == row and cell.role == "level3" for place, cell in sheet.cells.items())
        if first.role == "level1" and blank and not spares:
            continue
        for column in range(left, right + 1):
            sheet.cells.setdefault((row, column), replace(first, role=first.role if column == left else "filled"))


def hide_under(form: Form, place: Position, hidden: Sequence[Value]) -> bool:
    """Old content in the cells that a merge covers, to the right or below."""
    area = next((merge for merge in form.sheet.merges if merge[:2] == place), None)
    if area is None:
        return False
    top, left, bottom, right = area
    covered = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)][1:]
    for each, value in zip(covered, hidden, strict=False):
        form.sheet.put(*each, value, "hidden", form.number)
    return True


def hide(_draft: Draft, form: Form, role: str, hidden: Sequence[Value]) -> bool:
    areas = [place for place in form.places(role) if hide_under(form, place, hidden)]
    return bool(areas)


def hide_name(draft: Draft, form: Form) -> bool:
    """The name looks blank; an old one stands under the merge."""
    hide_under(form, form.at("name"), ["旧项目名称"])
    form.cell("name").value = form.name = None
    draft.unclear("no name to be seen", form, "F201", "S1")
    return True


def register_merges() -> None:
    register("merges: taken away", partial(unmerge, fills="nothing"), MERGES, "merges")
    register("merges: taken away, levels filled down", partial(unmerge, fills="levels"), MERGES, "merges")
    register("merges: taken away, everything filled", partial(unmerge, fills="everything"), MERGES, "merges")
    under: Mapping[str, tuple[str, tuple[Value, ...]]] = {
        "another name under the name": ("name", ("旧项目名称", "更旧的名称")),
        "an amount under the purpose": ("purpose", ("预算数", 999, "其中：财政资金", 999)),
        "a level under a level": ("level1", ("效果指标", "满意度指标")),
        "a unit under the title": ("title", ("单位：元", "金额单位：千元")),
        "a percentage under a percentage": ("percent", (0.9, 0.9)),
        "a part under a part": ("part-money", ("资金支出计划（%）",)),
        "a goal under a goal": ("goal", ("旧目标", "目标9", "更旧的目标")),
    }
    for key, (role, hidden) in under.items():
        groups = ("merges", "title") if role == "title" else ("merges",)
        register(f"merges: {key}", partial(hide, role=role, hidden=hidden), MERGES, *groups)
    register("merges: a name only under the merge", hide_name, MERGES, "merges", "missing", expects="said")
