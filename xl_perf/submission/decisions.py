"""What people decided of one received workbook: whether it stays out, and what goes before its date."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from xl_perf.core.checking.counting import Left
from xl_perf.core.checking.delivered import Delivered, Standing
from xl_perf.core.checking.versions import dropped
from xl_perf.core.submitting.states import Move
from xl_perf.submission.store import Received, Step


def held(row: Received, delivered: Mapping[int, Delivered], steps: Sequence[Step]) -> Left | None:
    """Why a workbook stays out whatever its date: dismissed, another one chosen, or come after an approval."""
    left: Left | None = None
    is_dismissed = False
    for step in steps:
        if row.id in step.numbers and step.step != Move.RETURN:
            is_dismissed = step.step == Move.DISMISS
            left = _dismissed(row, step) if is_dismissed else None
        elif step.step == Move.KEEP and row.id <= step.after and not is_dismissed:
            left = _not_chosen(row, delivered, step)
    moves = [step for step in steps if step.step != Move.DISMISS]
    last = moves[-1] if moves else None
    if left is None and last is not None and last.step == Move.APPROVE and row.id > last.after:
        mine = delivered.get(row.id)
        new = dropped(mine, [delivered[one] for one in last.numbers if one in delivered]) if mine else []
        more = f"，其中 {len(new)} 个项目是已批复的没有的" if new else ""
        remedy = f"要改用它，请用 inbox keep {row.id} --reason 理由"
        return Left(f"批复以后收到，没有替换已批复的{more}", None, remedy)
    return left


DISMISSED: Final = "不计："
"""What the reason begins with, where a person said that a workbook does not count."""
_AGAIN: Final = "要再计入，请用 inbox keep 选定它"


def _dismissed(row: Received, step: Step) -> Left:
    return Left(
        f"{'没有读入，' if row.error else ''}{DISMISSED}{step.reason}", None, "不用处理" if row.error else _AGAIN
    )


def _not_chosen(row: Received, delivered: Mapping[int, Delivered], step: Step) -> Left | None:
    """Of one that was there when others of its department were chosen. Of a draft it is told what is in it alone."""
    if row.error:
        return None
    chosen = [delivered[number] for number in step.numbers if number in delivered]
    mine = delivered.get(row.id)
    lost = dropped(mine, chosen) if mine is not None else []
    is_draft = mine is not None and len(lost) < len(mine.projects)
    remedy = f"也要计入的，请用 inbox keep 一起选定：{' '.join(map(str, sorted({*step.numbers, row.id})))}"
    return Left(f"已经选定 {said_numbers(step.numbers)}，没有选它", None, remedy, tuple(lost) if is_draft else ())


def said_numbers(numbers: Iterable[int]) -> str:
    """Numbers of workbooks, for people: ``10号、12号``."""
    return "、".join(f"{number}号" for number in sorted(numbers))


def standing(row: Received, steps: Sequence[Step]) -> int:
    """What goes before the date: what was chosen or approved last, and whatever came after that."""
    found = int(Standing.CHANGED if row.is_changed else Standing.USUAL)
    for step in steps:
        if step.step in {Move.KEEP, Move.APPROVE} and (
            row.id in step.numbers or (row.id > step.after and not row.is_changed)
        ):
            found = Standing.USUAL + step.id
    return found
