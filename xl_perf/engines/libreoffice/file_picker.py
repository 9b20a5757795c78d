"""LibreOffice's dialog that asks for files. xlwings has no name for it."""

from typing import Any

from xl_perf.engines.libreoffice import bridge


def choose(app: Any, title: str, filters: dict[str, str], folder: str = "") -> list[str]:
    """The files that the person picks, by their paths; none if they cancel, or where nobody would see the dialog.

    ``app`` is the engine's application; ``filters`` are patterns by what people read, such as ``*.xlsx;*.ods``.
    The dialog shows the ``folder`` first.
    """
    if app.alerts.headless:
        return []
    context = app.context
    picker = context.ServiceManager.createInstanceWithContext("com.sun.star.ui.dialogs.FilePicker", context)
    picker.setTitle(title)
    picker.setMultiSelectionMode(True)
    if folder:
        picker.setDisplayDirectory(bridge.url(folder))
    for name, patterns in filters.items():
        picker.appendFilter(name, patterns)
    return [bridge.path(address) for address in picker.getSelectedFiles()] if picker.execute() else []
