"""One step of the person's own undo, and where the cursor stands when it was undone.

Undoing, LibreOffice selects the cells of one change and puts the cursor to those of another: Delete would then empty
cells that nobody looks at. Lines drawn anew are the one change that moves both; with none given they change nothing.
"""

from typing import Any

from xl_perf.engines.libreoffice.bridge import exception, struct


class UndoStep:
    """A step that is being made in a window, None where the book has none."""

    def __init__(self, manager: Any, controller: Any) -> None:
        self._manager = manager
        self._controller = controller
        self._before = _selected(controller)
        self._has_begun = False

    def changing(self) -> None:
        """To be called before each change. A step without one stays empty, and LibreOffice forgets it."""
        if not self._has_begun and not self._manager.isLocked():
            self._has_begun = True
            _bring_back(self._before)

    def end(self) -> None:
        """The step is made; made again, it ends where the cursor stands now."""
        if self._has_begun:
            _bring_back(_selected(self._controller))


def _selected(controller: Any) -> Any:
    """The first cell that is selected; None where it is no cell."""
    selection = None if controller is None else controller.getSelection()
    if selection is not None and selection.supportsService("com.sun.star.sheet.SheetCellRanges"):
        selection = selection.getByIndex(0) if selection.getCount() else None
    if selection is None or not selection.supportsService("com.sun.star.sheet.SheetCellRange"):
        return None
    return selection.getCellByPosition(0, 0)


def _bring_back(cell: Any) -> None:
    """Has undo, or redo, come back to this cell where this is the last that it does."""
    if cell is None:
        return
    try:
        cell.setPropertyValue("TableBorder", struct("com.sun.star.table.TableBorder"))
    except exception("com.sun.star.uno.RuntimeException"):  # its sheet is gone
        return
