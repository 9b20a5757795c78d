"""选用指标: what is ticked on 指标库 goes into the form in front, or into the one for which somebody is picking."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from xl_perf.core.workbook.library import PICK, LibraryRow, Offered, columns_in, read_library
from xl_perf.core.workbook.sheets import LIBRARY_SHEET
from xl_perf.live import picking
from xl_perf.live.forms import LiveForm, active_form, form_of
from xl_perf.live.host import NotHere
from xl_perf.live.protection import unlocked
from xl_perf.live.reading import department_of, values_of
from xl_perf.sheets.library_columns import CHOSEN_FOR, CHOSEN_FOR_COLUMN
from xl_perf.sheets.lists import HEAD_ROW

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_HOW: Final = "请在要用的指标的“选用”栏打√，再按一次“选用指标”"
GAP: Final = "XX"
"""Stands in an indicator of the library for what each project has of its own."""
_NAMED: Final = 12
"""Indicators that a message names; the others are counted."""


def pick(host: "Host") -> str | None:
    """Fills the ticked indicators in; where none is ticked, shows 指标库 and remembers the form.

    None where the person cancels. Raises `NotHere` without 指标库, a form, or a tick; `Locked`.
    """
    sheet = host.sheet(LIBRARY_SHEET)
    if sheet is None:
        raise NotHere("这本工作簿没有“指标库”", "请用 xl-perf new 新文件.xlsm --from 本文件 另建一本，里面有")
    found = values_of(sheet)
    head = columns_in(found)
    if head is None or PICK.key not in head[1]:
        raise NotHere("“指标库”里没有“选用”“一级”“二级”“指标”这几栏的表头", "请把表头改回来，再按一次")
    header, columns = head
    offered = read_library(found)
    picked, unclear = [one for one in offered if one.is_picked], _unclear(offered)
    nameless = [one.row for one in picked if not one.indicator.level3]
    if nameless:
        raise NotHere(f"“指标库”第 {nameless[0] + 1} 行打了√，没有指标的名称", "请填上，或去掉√")
    if host.active.name == LIBRARY_SHEET:
        if not picked:
            raise NotHere(f"没有打√的指标{f'；{unclear}' if unclear else ''}", _HOW)
        live = _asked_for(host, sheet)
        if live is None:
            return None
    else:
        live = active_form(host)
        if not picked:
            _remember(sheet, live.sheet.name)
            sheet.activate()
            sheet.range((header + 2, columns[PICK.key] + 1)).select()
            return "\n".join(filter(None, (f"{_HOW}，就填进项目表“{live.sheet.name}”。", unclear and f"{unclear}。")))
    outcome = picking.fill_in(host, live, [one.indicator for one in picked])
    _untick(sheet, columns[PICK.key], picked, outcome.left)
    live.sheet.activate()
    if outcome.placed:
        live.sheet.range((outcome.placed[0][1] + 1, live.frame.columns["level3"].start + 1)).select()
    return "\n".join([*_said(live.sheet.name, outcome), *([f"注意：{unclear}。"] if unclear else [])])


def _unclear(offered: Sequence[Offered]) -> str:
    """The rows whose marks say neither yes nor no; empty without any."""
    rows = [f"第 {one.row + 1} 行（{one.unclear}）" for one in offered if one.unclear]
    return (
        f"“指标库”的“选用”栏里有看不懂的记号，这些行没有选用：{'、'.join(_listed(rows))}，要选用请改成√" if rows else ""
    )


def _asked_for(host: "Host", sheet: "Sheet") -> LiveForm | None:
    """The form that 指标库 says somebody is picking for; else the one that the person chooses."""
    said = str(sheet.range((HEAD_ROW + 1, CHOSEN_FOR_COLUMN + 1)).value or "")
    own = host.sheet(said.removeprefix(CHOSEN_FOR)) if said.startswith(CHOSEN_FOR) else None
    live = None if own is None else form_of(host, own)
    if live is not None:
        return live
    department = department_of(host)
    titles = {one.sheet: one.title for one in department.projects} | {
        one.sheet: "未填写" for one in department.blank_forms
    }
    names = [name for name in host.sheet_names if name in titles]
    if not names:
        raise NotHere("没有可以填的项目表", "请先按首页的“新增项目”")
    chosen = host.choose("填进哪张项目表？", [f"{name}  {titles[name]}" for name in names])
    return None if chosen is None else form_of(host, host.book.sheets[names[chosen]])


def _remember(sheet: "Sheet", name: str) -> None:
    with unlocked(sheet):
        sheet.range((HEAD_ROW + 1, CHOSEN_FOR_COLUMN + 1)).value = f"{CHOSEN_FOR}{name}" if name else None


def _untick(sheet: "Sheet", column: int, picked: Sequence[Offered], left: Sequence[LibraryRow]) -> None:
    """The ticks of what is in the form now are taken away."""
    with unlocked(sheet):
        for one in picked:
            if one.indicator not in left:
                sheet.range((one.row + 1, column + 1)).value = None
    _remember(sheet, "")


def _said(name: str, outcome: picking.Outcome) -> Iterator[str]:
    if outcome.placed:
        more = f"，其中增加了 {outcome.added} 行" if outcome.added else ""
        yield f"已选用 {len(outcome.placed)} 个指标，填进项目表“{name}”{more}："
        yield from _listed(f"第 {row + 1} 行  {one.level3}" for one, row in outcome.placed)
        has_gap = any(GAP in text for one, _ in outcome.placed for text in one)
        replace = f"请把 {GAP} 换成本项目的数，并" if has_gap else "请"
        yield f"{replace}核对指标值和依据。要恢复请按“撤销上次操作”。"
    else:
        yield "没有填进新的指标。"
    if outcome.present:
        yield f"表上已经有，没有再填：{'、'.join(_listed(one.level3 for one in outcome.present))}。"
    for one in outcome.left:
        yield f"表上没有一级指标“{one.level1}”，没有填：{one.level3}（“指标库”里的√留着）。"


def _listed(lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return found if len(found) <= _NAMED else [*found[:_NAMED], f"……等共 {len(found)} 个"]
