"""Protection of sheets: refusals where Excel refuses, and Excel's own names for protecting."""

from typing import TYPE_CHECKING, Any, Final

import xlwings

from xl_perf.engines.libreoffice.bridge import exception
from xl_perf.engines.libreoffice.member import Member

if TYPE_CHECKING:
    from xl_perf.engines.libreoffice.cell_range import Range
    from xl_perf.engines.libreoffice.sheets import Sheet

_VISIBLE: Final = -1
_HIDDEN: Final = 0
_VERY_HIDDEN: Final = 2
# Excel's XlSheetVisibility


class Refused(xlwings.XlwingsError):
    """Excel would refuse this. LibreOffice would do it, or leave it undone, without a word."""


def check_contents(cells: "Range") -> None:
    """To be called before cells are filled. Raises `Refused` if one of them is locked on a protected sheet."""
    cells.sheet.book.changing()
    if not cells.sheet.api.ProtectContents:
        return
    if cells.api.getPropertyState("CellProtection").value != "AMBIGUOUS_VALUE":
        locked = cells.api.CellProtection.IsLocked
    else:
        groups = cells.api.getUniqueCellFormatRanges()
        locked = any(groups.getByIndex(at).CellProtection.IsLocked for at in range(groups.getCount()))
    if locked:
        raise Refused(f"{cells.sheet.name}!{cells.address} is locked and the sheet is protected")


def check_unprotected(sheet: "Sheet", what: str) -> None:
    """To be called before looks or structure are changed. Raises `Refused` if the sheet is protected, also where cells
    are unlocked.
    """
    sheet.book.changing()
    if sheet.api.ProtectContents:
        raise Refused(f"{sheet.name} is protected: {what}")


class SheetApi(Member):
    """What ``sheet.api`` gives: the names of Excel's object model as far as protection goes, and ``uno``.

    So the same code protects and unprotects on both hosts.
    """

    def __init__(self, sheet: Any) -> None:
        self._uno = sheet
        self._is_opened = False

    @property
    def uno(self) -> Any:
        """LibreOffice's own sheet."""
        return self._uno

    @property
    def ProtectContents(self) -> bool:  # noqa: N802  # Excel's name
        """Whether the sheet is protected. Once it was opened here it is not asked again for each cell."""
        return not self._is_opened and bool(self.uno.isProtected())

    def Protect(self, Password: str = "", **allowed: bool) -> None:  # noqa: N802, N803, ARG002
        """Protects the sheet. What is allowed on it (``AllowFormattingRows`` …) stays as it was in the file:
        LibreOffice has no way to set it, and keeps it while the sheet is unprotected.
        """
        self._is_opened = False
        self.uno.protect(Password)

    def Unprotect(self, Password: str = "") -> None:  # noqa: N802, N803
        """Unprotects the sheet. Raises `Refused` where there is another password."""
        try:
            self.uno.unprotect(Password)
        except exception("com.sun.star.lang.IllegalArgumentException"):
            raise Refused(f"{self.uno.getName()} is protected by another password") from None
        self._is_opened = not self.uno.isProtected()

    @property
    def Visible(self) -> int:  # noqa: N802
        """-1 or 0. LibreOffice does not tell hidden from very hidden sheets."""
        return _VISIBLE if self.uno.IsVisible else _HIDDEN

    @Visible.setter
    def Visible(self, value: int) -> None:  # noqa: N802
        self.uno.IsVisible = value not in (_HIDDEN, _VERY_HIDDEN)
