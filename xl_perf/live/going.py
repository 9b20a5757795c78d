"""下一个问题 and 上一个问题: from the cell in front to the nearest cell with an open finding of 校验结果."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import open_findings
from xl_perf.live.open_findings import Listed
from xl_perf.live.protection import is_visible

if TYPE_CHECKING:
    from xl_perf.live.host import Host

_MOST: Final = 3
"""Findings of one cell that are told in full; the others are counted."""
_BOOK: Final = -1
"""In the place of a sheet's number: what concerns the whole book comes first."""


class Place(NamedTuple):
    """A cell: sheets count from 0 in the order of their tabs; rows and columns from 0."""

    sheet: int
    row: int
    column: int


def go_next(host: "Host") -> str:
    """To the next one, and says what is wrong there."""
    return _go(host, forward=True)


def go_back(host: "Host") -> str:
    """To the one before, and says what is wrong there."""
    return _go(host, forward=False)


def _go(host: "Host", *, forward: bool) -> str:
    listed = open_findings.read(host)
    still_open = [one for one in listed if one.is_open]
    order = {sheet.name: at for at, sheet in enumerate(host.book.sheets) if is_visible(sheet)}
    stops, out_of_sight = by_place(still_open, order)
    aside = f"另有 {out_of_sight} 条所在的工作表已隐藏、改名或删除，见“校验结果”。" if out_of_sight else ""
    if not stops:
        accepted = len(listed) - len(still_open)
        nothing = f"没有要处理的问题{f'（已接受 {accepted} 条）' if accepted else ''}。"
        return aside.replace("另有", "有", 1) or nothing
    at = nearest(list(stops), _here(host, listed, order, forward=forward), forward=forward)
    if at is None:
        end, back = ("后面", "上一个问题") if forward else ("前面", "下一个问题")
        return f"{end}没有问题了。共 {len(stops)} 处，按“{back}”往回走。改过的，请再按“校验全部”。{aside}"
    place = list(stops)[at]
    _select(host, place, stops[place][0])
    return "\n".join([*_said(stops[place]), f"（第 {at + 1} 处，共 {len(stops)} 处）{aside}"])


def by_place(found: Sequence[Listed], order: dict[str, int]) -> tuple[dict[Place, list[Listed]], int]:
    """The findings by their cells, in the order of sheets and cells; and how many stand on sheets not in ``order``."""
    stops: dict[Place, list[Listed]] = {}
    out_of_sight = 0
    for one in found:
        if not one.sheet:
            stops.setdefault(Place(_BOOK, one.row, 0), []).append(one)
        elif one.sheet in order:
            stops.setdefault(Place(order[one.sheet], *one.place), []).append(one)
        else:
            out_of_sight += 1
    return {place: stops[place] for place in sorted(stops)}, out_of_sight


def nearest(places: Sequence[Place], here: tuple[Place, Place], *, forward: bool) -> int | None:
    """The number of the first place behind ``here``, or of the last one before; None where there is none.

    ``here`` are the first and the last cell of the block in front: merged cells are one.
    """
    first, last = here
    inside = {
        place
        for place in places
        if place.sheet == first.sheet
        and first.row <= place.row <= last.row
        and first.column <= place.column <= last.column
    }
    if forward:
        return next((at for at, place in enumerate(places) if place > first and place not in inside), None)
    before = [at for at, place in enumerate(places) if place < first and place not in inside]
    return before[-1] if before else None


def _here(host: "Host", listed: Sequence[Listed], order: dict[str, int], *, forward: bool) -> tuple[Place, Place]:
    """The cell in front. On 校验结果 a row on the whole book is a place of its own; from others one begins anew."""
    name, selection = host.active.name, host.app.selection
    row = -1 if selection is None else selection.row - 1
    if name == FINDINGS_SHEET:
        is_place = any(one.row == row and not one.sheet for one in listed)
        if not is_place and not forward:
            end = Place(len(host.book.sheets), 0, 0)
            return end, end
        start = Place(_BOOK, row if is_place else -1, 0)
        return start, start
    number = order.get(name, _BOOK)
    if selection is None:
        return Place(number, -1, 0), Place(number, -1, 0)
    cell = selection.sheet.range((selection.row, selection.column)).merge_area
    rows, columns = cell.shape
    first = Place(number, cell.row - 1, cell.column - 1)
    return first, Place(number, first.row + rows - 1, first.column + columns - 1)


def _select(host: "Host", place: Place, one: Listed) -> None:
    sheet = host.book.sheets[FINDINGS_SHEET if place.sheet == _BOOK else one.sheet]
    sheet.activate()
    sheet.range((place.row + 1, place.column + 1)).select()


def _said(found: Sequence[Listed]) -> list[str]:
    """Rule, message and what to do for the findings of one cell, the gravest first."""
    graded = sorted(found, key=lambda one: one.severity.rank)
    lines = [graded[0].where]
    for one in graded[:_MOST]:
        lines += [f"{one.severity.label} {one.code}：{one.message}。", f"改法：{one.remedy}。"]
    if len(graded) > _MOST:
        lines.append(f"……这一格共 {len(graded)} 条，其余见“校验结果”。")
    return lines
