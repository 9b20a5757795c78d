"""A box with a list of which one line is picked."""

from collections.abc import Sequence
from typing import Any, Final

from xl_perf.engines.libreoffice.dialogs import LINE, MARGIN, WIDTH, Dialog

_SHOWN: Final = 12
"""Lines that are seen without scrolling, at most."""


def show(context: Any, window: Any, question: str, title: str, options: Sequence[str]) -> int | None:
    """Which line the person picks, from 0; the first one is picked at the beginning. None where they cancel."""
    dialog = Dialog(context, title, question)
    height = min(max(len(options), 3), _SHOWN) * LINE + 4
    dialog.add("ListBox", "list", (MARGIN, WIDTH - 2 * MARGIN), height, StringItemList=tuple(options))
    with dialog.shown(window) as (box, control):
        control("list").selectItemPos(0, True)
        control("list").setFocus()
        return int(control("list").getSelectedItemPos()) if box.execute() else None
