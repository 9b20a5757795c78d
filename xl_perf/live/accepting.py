"""接受警告: why warnings stand and who answers for it, asked once and written on 校验结果 as people type it there.

Where the workbook has 监督记录, a line there tells of each.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_perf.core.model.findings import Severity, one_line
from xl_perf.core.workbook.sheets import FINDINGS_SHEET
from xl_perf.live import findings, open_findings, tasks
from xl_perf.live.host import NotHere
from xl_perf.live.open_findings import Listed
from xl_perf.live.protection import unlocked
from xl_perf.live.tasks import AcceptedWarning

if TYPE_CHECKING:
    from xlwings import Range

    from xl_perf.live.host import Host

_NAMED = 3
"""Findings that a question names; the others are counted."""
_LONGEST = 40
_REASON_COLUMN = next(at for at, column in enumerate(findings.COLUMNS, 1) if column.key == "reason")


def accept(host: "Host") -> str | None:
    """Accepts the warnings of the selected cells, or of the selected rows of 校验结果. None where the person cancels.

    Raises `NotHere` where nothing can be accepted there, and `Locked` where 校验结果 has a password of somebody's own.
    """
    listed = open_findings.read(host)
    chosen = _selected(host, listed)
    if not chosen:
        raise NotHere("选中的单元格没有列出的问题", "请先选中标有警告的单元格，或“校验结果”里的几行，再按一次")
    warnings = [one for one in chosen if one.severity is Severity.WARNING]
    errors = sum(one.severity is Severity.ERROR for one in chosen)
    if not warnings:
        if errors:
            raise NotHere("错误不能接受", "请按“处理办法”改正，再按“校验全部”")
        raise NotHere("选中的是提示，不用接受", "提示不算问题，可以不处理")
    wanted = [one for one in warnings if one.is_open]
    if not wanted:
        raise NotHere("选中的警告已经接受过", "要改理由，请在“校验结果”里直接改")
    reason = _asked(host, f"{_named(wanted)}\n接受理由：", "接受理由", wanted[0].reason)
    if reason is None:
        return None
    names = [one.by for one in listed if one.by]
    by = _asked(host, "接受人：", "接受人", wanted[0].by or (names[-1] if names else ""))
    if by is None:
        return None
    sheet = host.book.sheets[FINDINGS_SHEET]
    with unlocked(sheet):
        for one in wanted:
            cells = sheet.range((one.row + 1, _REASON_COLUMN), (one.row + 1, _REASON_COLUMN + 1))
            cells.number_format = "@"  # a reason like =5 is a text
            cells.value = [reason, by]
    recorded = tasks.record_accepted(
        host, [AcceptedWarning(one.sheet, one.code, one.message) for one in wanted], reason, by
    )
    lines = [f"已接受 {len(wanted)} 条警告，理由和接受人写在“校验结果”。再按“校验全部”后不再标出。"]
    if errors:
        lines.append(f"选中的还有 {errors} 条错误，错误不能接受，请改正。")
    lines.append("要取消接受，清空那两格。")
    return "\n".join([*lines, recorded] if recorded else lines)


def _asked(host: "Host", question: str, what: str, proposed: str) -> str | None:
    """One line of text; None where the person cancels. Raises `NotHere` for an empty one."""
    typed = host.ask_text(question, proposed)
    if typed is None:
        return None
    text = one_line(typed)
    if not text:
        raise NotHere(f"没有填{what}，警告没有接受", "请再按一次，接受理由和接受人都要填")
    return text


def _selected(host: "Host", listed: Sequence[Listed]) -> list[Listed]:
    """The findings on which the person has put the cursor, in the order of the list."""
    selection = host.app.selection
    if selection is None:
        return []
    name = selection.sheet.name
    blocks = [_block(one) for one in _areas(selection)]
    if name == FINDINGS_SHEET:
        return [one for one in listed if any(one.row in rows for rows, _ in blocks)]
    return [
        one
        for one in listed
        if one.sheet == name and any(one.place[0] in rows and one.place[1] in columns for rows, columns in blocks)
    ]


def _areas(selection: "Range") -> list["Range"]:
    """The blocks of a selection, each with the cells that are merged with its first one."""
    parts = [selection.sheet.range(address) for address in selection.address.split(",")]
    return [part.merge_area if len(part) == 1 else part for part in parts]


def _block(cells: "Range") -> tuple[range, range]:
    rows, columns = cells.shape
    return range(cells.row - 1, cells.row - 1 + rows), range(cells.column - 1, cells.column - 1 + columns)


def _named(wanted: Sequence[Listed]) -> str:
    """The findings as a question names them; Excel's holds 255 characters."""
    lines = [_short(f"{one.where} {one.code}：{one.message}") for one in wanted[:_NAMED]]
    if len(wanted) > _NAMED:
        lines.append(f"……等共 {len(wanted)} 条警告")
    return "\n".join(lines)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
