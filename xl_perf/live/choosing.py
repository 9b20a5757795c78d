"""Picking one of several in Excel, which has no list to show: by its number, or one after the other. Typing a text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from xl_perf.live.host import Host

PAGE: Final = 5
"""Lines of a page: a question of Excel's holds 255 characters."""
_LONGEST: Final = 36
_NUMBER: Final = 1  # Application.InputBox takes nothing but a number
_TEXT: Final = 2


def by_number(host: "Host", title: str, options: Sequence[str]) -> int | None:
    """The option whose number the person types, from 0; None where they cancel. 0 turns the page."""
    first = 0
    while True:
        shown = options[first : first + PAGE]
        lines = [f"{at}  {_short(option)}" for at, option in enumerate(shown, first + 1)]
        is_more = len(options) > first + PAGE
        if is_more or first:
            lines.append(f"0  {'后面的' if is_more else '回到最前面'}")
        prompt = "\n".join([*lines, f"填前面的数字（共 {len(options)} 项）："])
        answer: Any = host.app.api.InputBox(prompt, title, first + 1, Type=_NUMBER)
        if isinstance(answer, bool):  # False: cancelled
            return None
        if answer == 0:
            first = first + PAGE if is_more else 0
        elif answer - 1 in range(len(options)):
            return int(answer) - 1


def one_by_one(host: "Host", question: str, options: Sequence[str]) -> int | None:
    """The option that the person says yes to; for Excel on macOS, which is not asked for numbers."""
    for at, option in enumerate(options):
        last = at == len(options) - 1
        more = "" if last else "\n选“否”看下一项。"
        answer = host.app.alert(f"{question}\n{option}\n选“是”就是这一项。{more}", "", "yes_no_cancel", "info")
        if answer != "no":
            return at if answer == "yes" else None
    return None


def typed(host: "Host", question: str, title: str, proposed: str) -> str | None:
    """A line of text; None where the person cancels."""
    answer: Any = host.app.api.InputBox(question, title, proposed, Type=_TEXT)
    return None if isinstance(answer, bool) else str(answer)  # False: cancelled


def _short(option: str) -> str:
    return option if len(option) <= _LONGEST else f"{option[: _LONGEST - 1]}…"
