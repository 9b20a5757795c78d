"""撤销上次操作: takes back what a button changed, the last one or an earlier one that the person picks."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import cell_place
from xl_perf.live import edits, goal_rows, log_sheet, projects, reports, rows
from xl_perf.live.log_sheet import ADDED, DELETED, EDIT, MARK, REPORT_ADDED, ROW_ADDED, ROW_DELETED, Record

if TYPE_CHECKING:
    from xl_perf.live.host import Host

_KEPT: Final = "没有改动。"
_NAMED: Final = 3
"""Sheets that a line of the list names; the others are counted."""


class Step(NamedTuple):
    """What one press of a button changed."""

    number: int
    records: Sequence[Record]

    @property
    def first(self) -> Record:
        """A record of it: action, kind and time are the same in all."""
        return self.records[0]

    @property
    def sheets(self) -> list[str]:
        """The forms that it changed, by the names that they had, each once."""
        return list(dict.fromkeys(_form_of(record) for record in self.records))

    @property
    def line(self) -> str:
        """The step as people pick it from a list."""
        shown = "、".join(self.sheets[:_NAMED]) + (f" 等 {len(self.sheets)} 张" if len(self.sheets) > _NAMED else "")
        if self.first.kind == EDIT:
            shown += f"，{sum(one.kind == EDIT for one in self.records)} 处"
        elif self.first.kind == ROW_DELETED and self.first.after == goal_rows.GOAL:
            shown += f"，{goal_rows.said(self.first)}"
        elif self.first.kind == DELETED and self.first.after:
            shown += f" {log_sheet.decoded(self.first.after)}"
        return f"{self.first.when[5:16]} {self.first.action}：{shown}"


def undo(host: "Host") -> str:
    """Takes one operation of 记录 back, and says what could not be. Where there are several the person picks one."""
    found = steps(log_sheet.read(host))
    if not found:
        return "没有可以撤销的操作。（标记请用“清除标记”去掉）"
    at = 0
    if len(found) > 1:
        picked = host.choose("要撤销哪一步？", [step.line for step in found])
        if picked is None:
            return _KEPT
        at = picked
    wanted = with_later(found, at)
    if len(wanted) > 1:
        lines = "\n".join(step.line for step in wanted[:-1])
        question = f"在“{found[at].first.action}”之后，还有改动了同样工作表的操作：\n{lines}\n要一起撤销吗？"
        if not host.ask(question):
            return _KEPT
    return "\n".join(_undone(host, wanted))


def steps(records: Sequence[Record]) -> list[Step]:
    """The operations that can be taken back, the latest first."""
    by_number: dict[int, list[Record]] = {}
    for record in records:
        if record.kind != MARK:
            by_number.setdefault(record.number, []).append(record)
    return [Step(number, by_number[number]) for number in sorted(by_number, reverse=True)]


def with_later(found: Sequence[Step], at: int) -> list[Step]:
    """One step and the later ones that rest on it, the latest first: they have changed the same sheets.

    A deleted form rests on nothing: it lies aside.
    """
    wanted = [found[at]]
    if found[at].first.kind != DELETED:
        touched = set(found[at].sheets)
        for step in reversed(found[:at]):
            if touched.intersection(step.sheets):
                touched.update(step.sheets)
                wanted.insert(0, step)
    return wanted


def _undone(host: "Host", wanted: Sequence[Step]) -> Iterator[str]:
    """Takes steps back, one after the other, and says of each what came of it; stops where the person wants it kept."""
    for step in wanted:
        problem = _take_back(host, step.number)
        if problem == _KEPT:
            yield problem
            return
        log_sheet.write(host, [record for record in log_sheet.read(host) if record.number != step.number])
        yield problem or f"已撤销“{step.first.action}”（{step.first.when}）。"


def _take_back(host: "Host", number: int) -> str | None:
    """What could not be taken back, as a sentence; None where all was."""
    records = [record for record in log_sheet.read(host) if record.number == number and record.kind != MARK]
    first = records[0]
    if first.kind == EDIT:
        return _take_back_edits(host, records)
    if first.kind == ADDED:
        return projects.take_back_added(host, records)
    if first.kind == REPORT_ADDED:
        return reports.take_back_added(host, first)
    if first.kind == DELETED:
        name, problem = projects.take_back_deleted(host, first)
        _rename(host, first, name)
        return problem
    if first.kind == ROW_ADDED:
        return rows.take_back_added(host, first)
    if first.after == goal_rows.GOAL:
        return goal_rows.take_back(host, first)
    return rows.take_back_deleted(host, first)


def _take_back_edits(host: "Host", records: Sequence[Record]) -> str | None:
    """What was written into cells, then the rows that were added for it, from the last one up."""
    problems = []
    back, left = edits.take_back(host, [record for record in records if record.kind == EDIT])
    if left:
        problems.append(f"已恢复 {back} 处。以下单元格的内容后来又改过，没有动：{'、'.join(left)}。")
    added = [record for record in records if record.kind == ROW_ADDED]
    for record in sorted(added, key=lambda one: cell_place(one.cell), reverse=True):
        problem = rows.take_back_added(host, record)
        if problem and problem not in problems:
            problems.append(problem)
    return "\n".join(problems) or None


def _rename(host: "Host", deleted: Record, name: str) -> None:
    """What was done to a form before it was deleted is known by the name with which it came back."""
    old = _form_of(deleted)
    if name != old:
        renamed = [
            one._replace(sheet=name) if one.sheet == old and one.number < deleted.number else one
            for one in log_sheet.read(host)
        ]
        log_sheet.write(host, renamed)


def _form_of(record: Record) -> str:
    return str(log_sheet.decoded(record.before)) if record.kind == DELETED else record.sheet
