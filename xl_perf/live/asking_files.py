"""Which workbooks a button is to work on: VBA has asked already, or the person is asked now."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.core.actions import IMPORT_NAME

if TYPE_CHECKING:
    from xl_perf.live.host import Host

_PATTERNS: Final = "*.xlsx;*.xlsm;*.xlsb;*.xls;*.et;*.ods"


def files(host: "Host", title: str) -> list[str]:
    """The paths of the files; none where the person cancels."""
    return _left_by_vba(host) or _asked(host, title)


def _left_by_vba(host: "Host") -> list[str]:
    """Reads the cells that VBA writes to, and empties them: the next press is another one."""
    names = host.book.names
    if not names.contains(IMPORT_NAME):
        return []
    cells = names[IMPORT_NAME].refers_to_range
    values = cells.options(ndim=1).value
    paths = [str(value) for value in values if value]
    if paths:
        cells.clear_contents()
    return paths


def _asked(host: "Host", title: str) -> list[str]:
    if host.app.engine.name == "libreoffice":
        from xl_perf.engines.libreoffice.file_picker import choose

        folder = Path(host.book.fullname).parent
        beside = str(folder) if folder.is_absolute() else ""  # of a book never saved there is only a name
        return choose(host.app.impl, title, {f"工作簿（{_PATTERNS}）": _PATTERNS}, beside)
    found = host.app.api.GetOpenFilename(f"工作簿 ({_PATTERNS}),{_PATTERNS}", 1, title, None, True)
    return [str(path) for path in found] if found else []
