"""Which program saved a workbook, where that matters."""

import re
from pathlib import Path
from typing import Final

from xl_perf.core.errors import BookError
from xl_perf.files.guard import ZIP_START, Refused, load
from xl_perf.files.zip_package import Package

_LIBREOFFICE: Final = re.compile(rb"<Application>\s*LibreOffice\b")
# ECMA-376 Part 1, 22.2.2.1; whoever saves the file writes its own name there.


def saved_by_libreoffice(path: Path) -> bool:
    """Whether LibreOffice saved this workbook with macros (.xlsm): it drops code names, so Excel cannot run them.

    False for every other file, also for one that cannot be read.
    """
    try:
        data = load(path, str(path))
        if not data.startswith(ZIP_START):
            return False
        package = Package(data)
        if "xl/vbaproject.bin" not in package:
            return False
        return _LIBREOFFICE.search(package.read("docprops/app.xml")) is not None
    except (BookError, Refused):
        return False
