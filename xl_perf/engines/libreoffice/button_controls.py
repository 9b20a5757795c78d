"""The buttons on a workbook's sheets, as LibreOffice has them: form controls."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from xl_perf.engines.libreoffice.bridge import enum, struct
from xl_perf.engines.libreoffice.toolbar import Entry, script
from xl_perf.sheets.button_looks import FACE, HEIGHT, LETTERS, POINTS, TEXT, WIDTH, offset

_SHAPE: Final = "com.sun.star.drawing.ControlShape"
_BUTTON: Final = "com.sun.star.form.component.CommandButton"
_PIXEL: Final = 2540 / 96
"""Hundredths of a millimetre."""
_NORMAL: Final = 100.0
"""Per cent: letters that are not bold."""


def has_buttons(sheet: Any) -> bool:
    """Whether there are any on a sheet."""
    return next(_on(sheet), None) is not None


def add(document: Any, sheet: Any, column: int, across: int, entries: Sequence[Entry]) -> None:
    """Puts buttons on a sheet, from the top of a column (from 0) on, ``across`` in a row; they press as menus do
    and look like those that the workbook came with.
    """
    made: list[tuple[Any, Entry]] = []
    page, left = sheet.getDrawPage(), sheet.getCellByPosition(column, 0).Position.X
    for number, entry in enumerate(entries):
        right, down = offset(number, across)
        x, y = left + right * _PIXEL, down * _PIXEL
        button = document.createInstance(_BUTTON)
        button.Label = entry.caption
        button.Printable = False
        button.BackgroundColor, button.TextColor = FACE, TEXT
        button.FontName, button.FontHeight, button.FontWeight = LETTERS, POINTS, _NORMAL
        button.MultiLine, button.VerticalAlign = True, enum("com.sun.star.style.VerticalAlignment", "MIDDLE")
        shape = document.createInstance(_SHAPE)
        shape.setControl(button)
        shape.setPosition(struct("com.sun.star.awt.Point", X=round(x), Y=round(y)))
        shape.setSize(struct("com.sun.star.awt.Size", Width=round(WIDTH * _PIXEL), Height=round(HEIGHT * _PIXEL)))
        page.add(shape)
        made.append((button, entry))
    for button, entry in made:  # when all are there: what is registered before for the first one is lost
        form = button.getParent()
        place = next(at for at in range(form.getCount()) if form.getByIndex(at) == button)
        event = struct(
            "com.sun.star.script.ScriptEventDescriptor",
            ListenerType="com.sun.star.awt.XActionListener",
            EventMethod="actionPerformed",
            ScriptType="Script",
            ScriptCode=script(entry.name),
        )
        form.registerScriptEvent(place, event)


def _on(sheet: Any) -> Iterator[Any]:
    page = sheet.getDrawPage()
    for at in range(page.getCount()):
        shape = page.getByIndex(at)
        if shape.supportsService(_SHAPE) and shape.getControl().supportsService(_BUTTON):
            yield shape.getControl()
