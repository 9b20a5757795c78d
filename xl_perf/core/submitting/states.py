"""States of what a department has handed in, and the moves between them: 已收 → 退回 → 已收 → 已批复.

What is handed in again after it was sent back is 已收 again, by itself. Choosing a version reopens what was approved.
"""

from enum import StrEnum
from typing import Final

from xl_perf.core.errors import XlPerfError


class State(StrEnum):
    """Where it stands; the value is what people read."""

    RECEIVED = "已收"
    RETURNED = "退回"
    APPROVED = "已批复"


class Move(StrEnum):
    """What a person does with it; the value is what the record calls it."""

    RETURN = "退回"
    APPROVE = "批复"
    KEEP = "选定"
    DISMISS = "不计"
    """Of one file, whatever the state of its department's, which stays as it is."""


LEADS_TO: Final = {Move.RETURN: State.RETURNED, Move.APPROVE: State.APPROVED, Move.KEEP: State.RECEIVED}
_REFUSED: Final = {
    (State.RETURNED, Move.RETURN): ("已经退回，还没有收到新的一版", "收到新的一版以后再退回"),
    (State.RETURNED, Move.APPROVE): (
        "已经退回，还没有收到新的一版，不能批复",
        "请等新的一版；确要用原来的一版，请先用 inbox keep 选定它",
    ),
    (State.APPROVED, Move.RETURN): ("已经批复，不能退回", "确要重开，请先用 inbox keep 选定一版"),
    (State.APPROVED, Move.APPROVE): ("已经批复过", "不用再批复；要换一版，请先用 inbox keep 选定它"),
}


def moved(state: State, move: Move, whose: str) -> State:
    """The state after a move. Raises `XlPerfError` for one that is not possible; ``whose`` says in Chinese of what."""
    if refused := _REFUSED.get((state, move)):
        reason, remedy = refused
        raise XlPerfError(f"{whose}{reason}", remedy)
    return LEADS_TO[move]
