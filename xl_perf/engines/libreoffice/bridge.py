"""The pipe to a running LibreOffice, and the little words of UNO: structs, enums, property values."""

import atexit
import time
from contextlib import suppress
from typing import Any, Final

from xl_perf.core.errors import XlPerfError
from xl_perf.engines.libreoffice import uno_import

_PAUSE: Final = 0.1  # seconds between two tries


class NoOffice(XlPerfError):
    """No LibreOffice answers on the pipe."""


def context(pipe: str, timeout: float) -> Any:
    """The component context of the LibreOffice that listens on the pipe.

    Tries again until ``timeout`` seconds are over, as LibreOffice needs a while to start; then `NoOffice`.
    """
    here = uno_import.load().getComponentContext()
    end = time.monotonic() + timeout
    while True:
        try:
            return _resolved(here, pipe)
        except exception("com.sun.star.uno.Exception"):
            if time.monotonic() >= end:
                raise NoOffice(f"LibreOffice 没有应答（管道 {pipe}）", "请用 xl-perf office 打开工作簿后再试") from None
            time.sleep(_PAUSE)


def is_taken(pipe: str) -> bool:
    """Whether a LibreOffice listens on the pipe, though it may be too busy to answer."""
    try:
        _resolved(uno_import.load().getComponentContext(), pipe)
    except exception("com.sun.star.connection.NoConnectException"):
        return False
    except exception("com.sun.star.uno.Exception"):
        return True
    return True


def _resolved(here: Any, pipe: str) -> Any:
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    atexit.register(_close, here)
    return found


def _close(here: Any) -> None:
    """Takes the bridges down before Python ends: objects that die later crash the interpreter."""
    with suppress(Exception):
        factory = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.BridgeFactory", here)
        for bridge in factory.getExistingBridges():
            bridge.dispose()


def exception(name: str) -> type[BaseException]:
    """UNO's exception of that full name, as a Python class."""
    found: type[BaseException] = uno_import.load().getClass(name)
    return found


def struct(name: str, **fields: Any) -> Any:
    """A UNO struct with its fields."""
    made = uno_import.load().createUnoStruct(name)
    for field, value in fields.items():
        setattr(made, field, value)
    return made


def enum(kind: str, value: str) -> Any:
    """A value of a UNO enum."""
    return uno_import.load().Enum(kind, value)


def properties(**values: Any) -> tuple[Any, ...]:
    """Named arguments as UNO takes them."""
    return tuple(struct("com.sun.star.beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def url(path: str) -> str:
    """The address of a file."""
    found: str = uno_import.load().systemPathToFileUrl(path)
    return found


def path(address: str) -> str:
    """The file of an address; empty for a document that was never saved."""
    return uno_import.load().fileUrlToSystemPath(address) if address.startswith("file:") else ""
