"""撤销上次操作: takes back what the last button changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xl_perf.live import edits, log_sheet, projects, rows
from xl_perf.live.log_sheet import ADDED, DELETED, EDIT, MARK, ROW_ADDED, Record

if TYPE_CHECKING:
    from xl_perf.live.host import Host


def undo(host: "Host") -> str:
    """Takes the latest operation of 记录 back, and says what could not be."""
    records = log_sheet.read(host)
    changes = [record for record in records if record.kind != MARK]
    if not changes:
        return "没有可以撤销的操作。（标记请用“清除标记”去掉）"
    number = max(record.number for record in changes)
    last = [record for record in changes if record.number == number]
    problem = _take_back(host, last)
    if problem == _KEPT:
        return problem
    log_sheet.write(host, [record for record in log_sheet.read(host) if record.number != number])
    return problem or f"已撤销“{last[0].action}”（{last[0].when}）。"


_KEPT = "没有改动。"


def _take_back(host: "Host", records: Sequence[Record]) -> str | None:
    """What could not be taken back, as a sentence; None where all was."""
    first = records[0]
    if first.kind == EDIT:
        back, left = edits.take_back(host, records)
        if left:
            return f"已恢复 {back} 处。以下单元格的内容后来又改过，没有动：{'、'.join(left)}。"
        return None
    if first.kind == ADDED:
        return projects.take_back_added(host, records)
    if first.kind == DELETED:
        return projects.take_back_deleted(host, first)
    if first.kind == ROW_ADDED:
        return rows.take_back_added(host, first)
    return rows.take_back_deleted(host, first)
