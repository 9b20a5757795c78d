"""A box with a line to type in."""

from typing import Any

from xl_perf.engines.libreoffice.dialogs import LINE, MARGIN, WIDTH, Dialog


def show(context: Any, window: Any, question: str, title: str, proposed: str) -> str | None:
    """What the person types; ``proposed`` stands there at first, selected. None where they cancel."""
    dialog = Dialog(context, title, question)
    dialog.add("Edit", "text", (MARGIN, WIDTH - 2 * MARGIN), LINE + 4, Text=proposed)
    with dialog.shown(window) as (box, control):
        line = control("text")
        line.setFocus()
        selected = line.getSelection()
        selected.Min, selected.Max = 0, len(proposed)
        line.setSelection(selected)
        return str(line.getText()) if box.execute() else None
