"""Protected sheets stay protected, with what they allow, on every way out."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.live.desk import Desk
from tests.live.programs import office
from xl_perf.live.protection import ALLOWED, Locked, is_visible, set_very_hidden, unlocked

pytestmark = office


def test_written_on_and_protected_again(three: Desk) -> None:
    sheet = three.book.sheets["01"]
    with unlocked(sheet):
        assert not sheet.api.ProtectContents
        sheet["A2"].value = "项目代码"
    assert sheet.api.ProtectContents
    assert sheet["A2"].value == "项目代码"
    with pytest.raises(Exception, match=r"locked|protected"):
        sheet["A2"].value = "项目编码"


def test_protected_again_after_an_error(three: Desk) -> None:
    sheet = three.book.sheets["01"]
    with pytest.raises(ZeroDivisionError), unlocked(sheet):
        raise ZeroDivisionError
    assert sheet.api.ProtectContents


def test_unprotected_sheets_stay_so(three: Desk) -> None:
    sheet = three.book.sheets["01"]
    sheet.api.Unprotect("")
    with unlocked(sheet):
        pass
    assert not sheet.api.ProtectContents


def test_somebodys_password(three: Desk) -> None:
    sheet = three.book.sheets["01"]
    sheet.api.Unprotect("")
    sheet.api.Protect("geheim")
    with pytest.raises(Locked, match="工作表“01”设有密码保护，不能改动。请先在“审阅”中撤消"), unlocked(sheet):
        pytest.fail("the block must not run")
    assert sheet.api.ProtectContents


def test_hidden_well(three: Desk) -> None:
    set_very_hidden(three.book.sheets["说明"])
    assert not is_visible(three.book.sheets["说明"])


class ExcelSheet:
    """What Excel's own object does, as far as protection goes."""

    def __init__(self) -> None:
        self.ProtectContents = True
        self.ProtectDrawingObjects = True
        self.ProtectScenarios = False
        self.Protection = SimpleNamespace(**{name: name == "AllowInsertingRows" for name in ALLOWED})
        self.calls: list[tuple[str, Any]] = []

    def Unprotect(self, password: str) -> None:  # noqa: N802
        self.calls.append(("Unprotect", password))
        self.ProtectContents = False

    def Protect(self, password: str, **allowed: bool) -> None:  # noqa: N802
        self.calls.append(("Protect", (password, allowed)))
        self.ProtectContents = True


def test_excel_gets_back_what_it_allowed() -> None:
    """No Excel here: its object model says what is asked of it and what it is told."""
    api = ExcelSheet()
    sheet: Any = SimpleNamespace(api=api, name="01")
    with unlocked(sheet):
        pass
    expected = {name: name == "AllowInsertingRows" for name in ALLOWED} | {"DrawingObjects": True, "Scenarios": False}
    assert api.calls == [("Unprotect", ""), ("Protect", ("", expected))]
