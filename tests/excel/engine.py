"""xlwings' own engine for Windows with the stand-in behind it: over COM on Windows, directly elsewhere."""

import ctypes
import datetime
import os
import re
import sys
import types
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest

from tests.excel.client import ComError, Direct
from tests.excel.errors import Refused
from tests.excel.objects import Alerts, Application, Workbook
from tests.excel.references import ROWS, Area, parse, sheet_of
from xl_perf.engines import excel, xlwings_import

YES, NO, OK, CANCEL = 6, 7, 1, 2
_ANSWERS: Final = {"yes": YES, "no": NO, "ok": OK, "cancel": CANCEL}
_ASKS: Final = 0xF
"""Of a message box's style: which buttons; 0 is OK alone."""


class Excel:
    """The stand-in, and the app as xlwings has it."""

    def __init__(self) -> None:
        self.application = Application()
        self.xlwings = xlwings_import.load()
        windows = engine_for_windows()
        windows.win32api.MessageBox = self._message_box
        windows.win32process = types.SimpleNamespace(GetWindowThreadProcessId=lambda _: (1, os.getpid()))
        windows.get_excel_hwnds = lambda: [Application.Hwnd]
        windows.get_xl_app_from_hwnd = lambda _: windows.COMRetryObjectWrapper(client)
        client: Any = served(self.application) if sys.platform == "win32" else Direct(self.application)
        self.app = self.xlwings.App(impl=windows.App(xl=windows.COMRetryObjectWrapper(client)))

    @property
    def alerts(self) -> Alerts:
        return self.application.alerts

    def book(self, name: str) -> Workbook:
        """What is behind an open book."""
        return next(one for one in self.application.books if one.Name == name)

    def follow(self, book: str, formula: str) -> str:
        """Where a click on a link of the function HYPERLINK leads. Its place is read in the style of the columns: in
        R1C1 «C3» is a whole column, and «B2» is no place.
        """
        place = re.search(r'"#(.+?)"[,&)]', formula)
        assert place is not None
        sheet, _, address = place[1].replace('""', '"').rpartition("!")
        is_letters = self.application.ReferenceStyle == 1
        columns = None if is_letters else re.fullmatch(r"C(\d+)", address)
        area = Area(1, int(columns[1]), ROWS, int(columns[1])) if columns else parse(address) if is_letters else None
        if area is None:
            raise Refused("Reference isn't valid.")
        worksheet = self.book(book).Worksheets.Item(sheet_of(sheet))
        worksheet.Activate()
        worksheet.data.selected = area
        return str(area.address())

    def _message_box(self, _: int, prompt: str, title: str, style: int) -> int:
        return _ANSWERS[self.alerts.show(prompt, title, asks=bool(style & _ASKS))]


def served(application: Application) -> Any:
    from tests.excel.served import client

    return client(application)


def engine_for_windows() -> Any:
    """The module xlwings._xlwindows; where there is no pywin32, with stubs of it that do nothing but be there."""
    main = import_module("xlwings.main")
    if sys.platform != "win32" and "xlwings._xlwindows" not in sys.modules:
        with pytest.MonkeyPatch.context() as patch:
            for name, module in stubs().items():
                patch.setitem(sys.modules, name, module)
            for name in ("oledll", "windll", "PyDLL"):
                patch.setattr(ctypes, name, Anything(), raising=False)
            windows = import_module("xlwings._xlwindows")
        windows.__dict__["WindowsError"] = OSError
        windows.__dict__["N_COM_ATTEMPTS"] = 1  # an error in the stand-in would be tried again for ever
        engine = main.Engine(impl=windows.engine)
        main.engines.add(engine)
        main.engines.active = engine
        excel.mend(windows)
    return import_module("xlwings._xlwindows")


class Anything:
    """Whatever is asked of it, it is."""

    def __getattr__(self, _: str) -> "Anything":
        return Anything()

    def __call__(self, *_: Any, **__: Any) -> "Anything":
        return Anything()


def stubs() -> dict[str, types.ModuleType]:
    """pywin32's modules by name, with the few things that are used at import or later."""
    made = {name: types.ModuleType(name) for name in (
        "pywintypes", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "pythoncom", "win32com",
        "win32com.client",
    )}  # fmt: skip
    kinds: dict[str, type] = {name: type(name, (), {}) for name in ("CoClassBaseClass", "DispatchBaseClass")}
    client = made["win32com.client"]
    client.__dict__.update(kinds, CDispatch=Direct, Dispatch=Anything(), DispatchEx=Anything())
    made["win32com"].client = client  # type: ignore[attr-defined]
    made["pywintypes"].__dict__.update(com_error=ComError, TimeType=datetime.datetime, error=OSError)
    made["pythoncom"].__dict__.update(ole_error=ComError, CoInitialize=Anything(), __file__=str(Path(__file__)))
    constants = {"MB_OK": 0, "MB_OKCANCEL": 1, "MB_YESNOCANCEL": 3, "MB_YESNO": 4}
    made["win32con"].__dict__.update(constants, MB_ICONINFORMATION=64, MB_ICONWARNING=48)
    made["win32gui"].__dict__.update(FindWindowEx=no_window)
    zone = types.SimpleNamespace(utc=lambda: datetime.UTC)
    made["win32timezone"].__dict__.update(TimeZoneInfo=zone)
    return made


def no_window(*_: Any) -> int:
    """There is no window of that class."""
    raise OSError("no window")
