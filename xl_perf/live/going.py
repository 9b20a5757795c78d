"""下一个问题 and 上一个问题: from cell to cell with open findings of 校验结果, errors first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.model.findings import Severity
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import findings, last_shown, open_findings
from xl_perf.live.last_shown import Shown
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


class Stop(NamedTuple):
    """A cell to go to, with its open findings, the gravest first."""

    place: Place
    found: Sequence[Listed]

    @property
    def severity(self) -> Severity:
        """Of its gravest finding."""
        return self.found[0].severity


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
    stops, out_of_sight = by_severity(still_open, order)
    aside = f"另有 {out_of_sight} 条所在的工作表已隐藏、改名或删除，见“校验结果”。" if out_of_sight else ""
    if findings.is_outdated(host.book.sheets[FINDINGS_SHEET]):
        aside += "“校验结果”已过时，请再按“校验全部”。"
    if not stops:
        accepted = len(listed) - len(still_open)
        nothing = f"没有要处理的问题{f'（已接受 {accepted} 条）' if accepted else ''}。"
        return aside.replace("另有", "有", 1) if out_of_sight else f"{nothing}{aside}"
    here = _here(host, listed, order, forward=forward)
    shown = last_shown.read(host)
    if shown is not None and shown.sheet in order and _is_beside(host, shown, order[shown.sheet], here[0]):
        at = following(stops, shown.severity, Place(order[shown.sheet], shown.row, shown.column), forward=forward)
    else:
        at = nearest(stops, here, forward=forward)
    if at is None:
        end, back = ("后面", "上一个问题") if forward else ("前面", "下一个问题")
        return f"{end}没有问题了。共 {len(stops)} 处，按“{back}”往回走。改过的，请再按“校验全部”。{aside}"
    stop = stops[at]
    _select(host, stop.place, stop.found[0])
    _, row, column = stop.place
    first = stop.found[0]
    last_shown.remember(host, Shown(stop.severity, first.sheet, row, column) if first.sheet else None)
    return "\n".join([*_said(stop.found), f"（{_counted(stops, at)}）{aside}"])


def by_severity(found: Sequence[Listed], order: dict[str, int]) -> tuple[list[Stop], int]:
    """The findings by their cells, those with errors first, within each severity in the order of sheets and cells; and
    how many stand on sheets not in ``order``.
    """
    places: dict[Place, list[Listed]] = {}
    out_of_sight = 0
    for one in found:
        if not one.sheet:
            places.setdefault(Place(_BOOK, one.row, 0), []).append(one)
        elif one.sheet in order:
            places.setdefault(Place(order[one.sheet], *one.place), []).append(one)
        else:
            out_of_sight += 1
    stops = [Stop(place, sorted(own, key=lambda one: one.severity.rank)) for place, own in places.items()]
    return sorted(stops, key=lambda stop: (stop.severity.rank, stop.place)), out_of_sight


def nearest(stops: Sequence[Stop], here: tuple[Place, Place], *, forward: bool) -> int | None:
    """The number of the stop that follows ``here`` or comes before it; None where there is none.

    ``here`` are the first and the last cell of the block in front: merged cells are one. Whoever has typed stands one
    row below the stop, or one column right of it. From elsewhere it goes to the gravest: forward to the next of them,
    from the last to the first; back to the one before.
    """
    at = _standing(stops, here)
    if at is not None:
        at += 1 if forward else -1
        return at if 0 <= at < len(stops) else None
    first, _ = here
    for severity in dict.fromkeys(stop.severity for stop in stops):
        own = [at for at, stop in enumerate(stops) if stop.severity is severity]
        if forward:
            return next((at for at in own if stops[at].place > first), own[0])
        before = [at for at in own if stops[at].place < first]
        if before:
            return before[-1]
    return None


def following(stops: Sequence[Stop], severity: Severity, place: Place, *, forward: bool) -> int | None:
    """The number of the stop after one that was shown, or before it, whether it is still listed or not."""
    ranked = [(stop.severity.rank, stop.place) for stop in stops]
    shown = severity.rank, place
    if forward:
        return next((at for at, one in enumerate(ranked) if one > shown), None)
    return next((at for at in reversed(range(len(ranked))) if ranked[at] < shown), None)


def _is_beside(host: "Host", shown: Shown, number: int, here: Place) -> bool:
    """The cursor stands in the rows of the cell that was shown, or in the one below, as after Enter or a tabulator."""
    if here.sheet != number:
        return False
    block = host.book.sheets[shown.sheet].range((shown.row + 1, shown.column + 1)).merge_area
    return bool(block.row - 1 <= here.row <= block.row - 1 + block.shape[0])


def _standing(stops: Sequence[Stop], here: tuple[Place, Place]) -> int | None:
    """The number of the last stop in the block in front; else in the cells above it, else left of it."""
    first, last = here
    blocks = [
        (first, last),
        (first._replace(row=first.row - 1), last._replace(row=first.row - 1)),
        (first._replace(column=first.column - 1), last._replace(column=first.column - 1)),
    ]
    for top, end in blocks:
        for at in reversed(range(len(stops))):
            place = stops[at].place
            if (
                place.sheet == top.sheet
                and top.row <= place.row <= end.row
                and top.column <= place.column <= end.column
            ):
                return at
    return None


def _counted(stops: Sequence[Stop], at: int) -> str:
    """Which of the open findings of its severity a stop tells: 第 2 个错误，共 5 个."""
    severity = stops[at].severity
    numbers = [sum(one.severity is severity for one in stop.found) for stop in stops]
    first, last = sum(numbers[:at]) + 1, sum(numbers[: at + 1])
    which = f"{first}" if first == last else f"{first} 到 {last}"
    return f"第 {which} 个{severity.label}，共 {sum(numbers)} 个"


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
    """Rule, message and what to do for the findings of one cell."""
    lines = [found[0].where]
    for one in found[:_MOST]:
        lines += [f"{one.severity.label} {one.code}：{one.message}。", f"改法：{one.remedy}。"]
    if len(found) > _MOST:
        lines.append(f"……这一格共 {len(found)} 条，其余见“校验结果”。")
    return lines
