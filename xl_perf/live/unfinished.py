"""An action whose program ended in the middle, or was ended: it is found at the next press, and taken back."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.workbook.sheets import LOG_SHEET
from xl_perf.live.protection import protect_again

if TYPE_CHECKING:
    from xl_perf.live.host import Host


class Unfinished(XlPerfError):
    """An action was found that did not come to its end; the message says what was done about it."""


def noted(host: "Host", action: str) -> str:
    """What must be known to take an action back, before it begins."""
    found: dict[str, Any] = {"action": action, "sheets": host.sheet_names}
    if host.app.engine.name == "libreoffice":
        found["steps"] = host.book.impl.undo_steps
    else:
        found["protected"] = [sheet.name for sheet in host.book.sheets if _is_protected(sheet)]
    return json.dumps(found, ensure_ascii=False)


def take_back(host: "Host", note: str) -> None:
    """Takes back what `noted` wrote down and was left. Raises `Unfinished` where there was something."""
    if not note:
        return
    try:
        found = json.loads(note)
        action, sheets = str(found["action"]), list(found["sheets"])
    except (ValueError, KeyError, TypeError):
        return
    if host.app.engine.name == "libreoffice":
        was_changed = host.app.impl.take_back(host.book.impl, int(found.get("steps", 0)))
    else:
        was_changed = by_hand(host, action, sheets, found.get("protected", []))
    if was_changed:
        raise Unfinished(f"上一次的“{action}”没有做完就中断了，工作簿已恢复到那次按按钮之前的样子", "请再按一次按钮")


def by_hand(host: "Host", action: str, sheets: list[str], protected: list[str]) -> bool:
    """Where the program's own undo does not help: sheets are protected again, and new ones deleted after a yes.

    Gives whether the book is as it was, after something was done. Raises `Unfinished` where new sheets stay.
    """
    from xl_perf.live import cover
    from xl_perf.live.forms import form_of

    host.app.status_bar = False
    with suppress(NotImplementedError):
        host.app.screen_updating = True
    open_again = [name for name in protected if (sheet := host.sheet(name)) is not None and not _is_protected(sheet)]
    for name in open_again:
        protect_again(host.book.sheets[name])
    new = [name for name in host.sheet_names if name not in sheets and name != LOG_SHEET]
    if not new:
        return bool(open_again)
    question = f"上一次的“{action}”没有做完就中断了，当时新增的工作表 {'、'.join(new)} 可能不完整。\n要删除它们吗？"
    if not host.ask(question):
        raise Unfinished(f"工作表 {'、'.join(new)} 没有删除", "请检查它们是否完整，再按一次按钮")
    for name in new:
        sheet = host.book.sheets[name]
        live = form_of(host, sheet)
        cover.unlist(host, name, DEFAULT if live is None else live.frame.kind)
        sheet.visible = True  # Excel deletes no very hidden sheet
        sheet.delete()
    return True


def _is_protected(sheet: Any) -> bool:
    try:
        return bool(sheet.api.ProtectContents)
    except AttributeError:  # Excel on macOS has another name
        return bool(sheet.api.protect_contents.get())
