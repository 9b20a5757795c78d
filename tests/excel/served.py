"""The stand-in over COM: objects served with pywin32's gateway, and a client with makepy's manners in front of it.

What goes across is converted by COM itself: currency, dates, errors, arrays. Only on Windows.
"""

import inspect
from typing import Any, Final

import pythoncom
import pywintypes
import win32com.client
import win32com.server.policy
import win32com.server.util
from win32com.server.exception import COMException

from tests.excel import objects, parts, ranges, sheets
from tests.excel.client import FAILED, called, has_member, in_order, is_method
from tests.excel.errors import NotThere, Refused

CLASS: Final = "StandInClass"
"""A member of every object: the name of its class, as a type library would tell it."""
_DEFAULT: Final = 0
_CLASSES: Final = {
    name: kind
    for module in (objects, parts, ranges, sheets)
    for name, kind in vars(module).items()
    if inspect.isclass(kind) and issubclass(kind, parts.Object)
}


class Policy(win32com.server.policy.BasicWrapPolicy):  # type: ignore[misc]
    """Answers for one object."""

    def _wrap_(self, served: Any) -> None:
        super()._wrap_(served)
        self._names: list[str] = [""]

    def _getidsofnames_(self, names: Any, _: int) -> Any:
        name = str(names[0])
        if name != CLASS and not has_member(self._obj_, name):
            raise COMException(f"no {name}", -2147352570)
        if name not in self._names:
            self._names.append(name)
        return (self._names.index(name),)

    def _invoke_(self, dispid: int, _: int, flags: int, args: Any) -> Any:
        answer = self._answer(dispid, flags, args)
        # A tuple would be taken for the answer and arguments that are handed back.
        return 0, -1, (answer,) if isinstance(answer, tuple) else answer

    def _answer(self, dispid: int, flags: int, args: Any) -> Any:
        served = self._obj_
        given = tuple(inner(one) for one in args)
        try:
            if dispid == _DEFAULT:
                return outer(served.default(*given))
            name = self._names[dispid]
            if name == CLASS:
                return type(served).__name__
            if flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF):
                setattr(served, name, given[0])
                return None
            return outer(called(served, name, given) if is_method(served, name) else getattr(served, name))
        except (Refused, NotThere) as error:
            raise COMException(description=str(error), scode=FAILED, source="Microsoft Excel") from error


def outer(value: Any) -> Any:
    """As it is handed to COM."""
    if isinstance(value, parts.Object):
        return win32com.server.util.wrap(value, usePolicy=Policy)
    if isinstance(value, tuple):
        return tuple(outer(one) for one in value)
    return value


def inner(value: Any) -> Any:
    """As it came from COM: objects of ours are themselves again."""
    if isinstance(value, tuple):
        return tuple(inner(one) for one in value)
    try:
        return win32com.server.util.unwrap(value)
    except Exception:  # a plain value
        return value


class Early(win32com.client.DispatchBaseClass):  # type: ignore[misc]
    """An early-bound client: it knows which members are methods, and the names of their arguments."""

    def __init__(self, pointer: Any) -> None:
        self.__dict__["_oleobj_"] = pointer
        self.__dict__["_kind"] = _CLASSES[str(self._invoke(CLASS, pythoncom.DISPATCH_PROPERTYGET, ()))]

    def _invoke(self, name: str | int, flags: int, args: tuple[Any, ...]) -> Any:
        pointer = self.__dict__["_oleobj_"]
        dispid = pointer.GetIDsOfNames(0, name) if isinstance(name, str) else name
        wants = not flags & pythoncom.DISPATCH_PROPERTYPUT
        return near(pointer.Invoke(dispid, 0, flags, wants, *(far(one) for one in args)))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if inspect.isfunction(getattr(self._kind, name, None)):
            return _Method(self, name).__call__
        try:
            return self._invoke(name, pythoncom.DISPATCH_PROPERTYGET, ())
        except pywintypes.com_error as error:
            if error.hresult == -2147352570:
                raise AttributeError(f"{self._kind.__name__}.{name}") from error
            raise

    def __setattr__(self, name: str, value: Any) -> None:
        self._invoke(name, pythoncom.DISPATCH_PROPERTYPUT, (value,))

    def __call__(self, *args: Any) -> Any:
        return self._invoke(_DEFAULT, pythoncom.DISPATCH_PROPERTYGET | pythoncom.DISPATCH_METHOD, args)

    def __iter__(self) -> Any:
        return iter([self.Item(number) for number in range(1, self.Count + 1)])


class _Method:
    """A method of an object, with arguments by name where somebody gives them so."""

    def __init__(self, client: Early, name: str) -> None:
        self._client, self._name = client, name

    def __call__(self, *args: Any, **named: Any) -> Any:
        ordered = in_order(object.__new__(self._client._kind), self._name, args, named)
        return self._client._invoke(self._name, pythoncom.DISPATCH_METHOD, ordered)


def far(value: Any) -> Any:
    """A client becomes what COM knows; an object that is left out stays nothing."""
    value = getattr(value, "_inner", value)
    return value.__dict__["_oleobj_"] if isinstance(value, Early) else value


def near(value: Any) -> Any:
    """What came back, with clients for objects."""
    if isinstance(value, tuple):
        return tuple(near(one) for one in value)
    return Early(value) if type(value).__name__ == "PyIDispatch" else value


def client(application: objects.Application) -> Early:
    """A client of the stand-in."""
    return Early(pythoncom.WrapObject(Policy(application), pythoncom.IID_IDispatch))
