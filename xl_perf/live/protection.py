"""Protected sheets stay protected: opened to write on, and protected again, whatever happens.

The one part of the live work that xlwings has no portable name for: Excel's own object model is asked through
``sheet.api`` (the LibreOffice engine answers to the same names).
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.errors import XlPerfError
from xl_perf.sheets.protection import PROTECTION

if TYPE_CHECKING:
    from xlwings import Sheet

ALLOWED: Final = (
    "AllowFormattingCells",
    "AllowFormattingColumns",
    "AllowFormattingRows",
    "AllowInsertingColumns",
    "AllowInsertingRows",
    "AllowInsertingHyperlinks",
    "AllowDeletingColumns",
    "AllowDeletingRows",
    "AllowSorting",
    "AllowFiltering",
    "AllowUsingPivotTables",
)
"""What a protected sheet may let everybody do (Excel's Protection object)."""
_VERY_HIDDEN: Final = 2
"""Excel's xlSheetVeryHidden: people do not see it among the hidden sheets."""


class Locked(XlPerfError):
    """A sheet with a password of somebody's own."""

    def __init__(self, sheet: str) -> None:
        super().__init__(f"工作表“{sheet}”设有密码保护，不能改动", "请先在“审阅”中撤消这张表的保护，再按一次")
        self.sheet = sheet


@contextmanager
def unlocked(sheet: "Sheet") -> Iterator[None]:
    """The sheet can be written on inside the block; afterwards it is protected as before. Raises `Locked`."""
    hands = _Mac(sheet.api) if _is_mac(sheet) else _Hands(sheet.api)
    if not hands.is_protected:
        yield
        return
    allowed = hands.allowed()
    hands.unprotect(sheet.name)
    try:
        yield
    finally:
        hands.protect(allowed)


def protect_again(sheet: "Sheet") -> None:
    """Protects a sheet of ours that was left unprotected, as the template does."""
    if _is_mac(sheet):
        _Mac(sheet.api).protect(_Mac(sheet.api).allowed())
    else:
        words = {
            "insert_rows": "AllowInsertingRows",
            "format_rows": "AllowFormattingRows",
            "format_columns": "AllowFormattingColumns",
        }
        _Hands(sheet.api).protect({words[name]: value for name, value in PROTECTION.items()})


def set_very_hidden(sheet: "Sheet") -> None:
    """Hides a sheet so that people do not meet it among the hidden ones either, where the host can."""
    if _is_mac(sheet):
        sheet.visible = False
    else:
        sheet.api.Visible = _VERY_HIDDEN


def is_visible(sheet: "Sheet") -> bool:
    """Whether people see its tab. On Windows there are three answers: -1 visible, 0 hidden, 2 very hidden."""
    return int(sheet.visible) in (-1, 1)


def _is_mac(sheet: "Sheet") -> bool:
    """Excel on macOS is driven by AppleScript, with other names."""
    return sys.platform == "darwin" and sheet.book.app.engine.name == "excel"


class _Hands:
    """Excel on Windows, and the LibreOffice engine."""

    def __init__(self, api: Any) -> None:
        self.api = api

    @property
    def is_protected(self) -> bool:
        return bool(self.api.ProtectContents)

    def allowed(self) -> Mapping[str, bool]:
        """What is allowed now. LibreOffice does not tell, and keeps it by itself."""
        try:
            now = self.api.Protection
            found = {name: bool(getattr(now, name)) for name in ALLOWED}
            found["DrawingObjects"] = bool(self.api.ProtectDrawingObjects)
            found["Scenarios"] = bool(self.api.ProtectScenarios)
        except NotImplementedError:
            return {}
        return found

    def unprotect(self, name: str) -> None:
        """With the empty password: without one Excel would ask the person for it."""
        try:
            self.api.Unprotect("")
        except Exception as error:  # each host has its own
            raise Locked(name) from error
        if self.is_protected:
            raise Locked(name)

    def protect(self, allowed: Mapping[str, bool]) -> None:
        self.api.Protect("", **allowed)


class _Mac:
    """Excel on macOS. It cannot be asked what is allowed: the template's own permissions are set."""

    def __init__(self, api: Any) -> None:
        self.api = api

    @property
    def is_protected(self) -> bool:
        return bool(self.api.protect_contents.get())

    def allowed(self) -> Mapping[str, bool]:
        words = {
            "insert_rows": "inserting_rows",
            "format_rows": "formatting_rows",
            "format_columns": "formatting_columns",
        }
        return {f"allow_{words[name]}": value for name, value in PROTECTION.items()}

    def unprotect(self, name: str) -> None:
        try:
            self.api.unprotect(password="")
        except Exception as error:
            raise Locked(name) from error
        if self.is_protected:
            raise Locked(name)

    def protect(self, allowed: Mapping[str, bool]) -> None:
        self.api.protect_worksheet(password="", **allowed)
