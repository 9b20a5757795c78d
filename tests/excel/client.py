"""What is between xlwings and the stand-in: which members are seen, how arguments are named, and what errors look like.

On Windows that is COM itself (`served.py`); elsewhere `Direct` hands over what COM would hand over.
"""

import datetime
import decimal
import inspect
import types
from typing import Any, Final

from tests.excel.errors import NotThere, Refused

FAILED: Final = -2146827284
"""0x800A03EC: Excel's «application-defined or object-defined error»."""
UNKNOWN_NAME: Final = -2147352570
EXCEPTION: Final = -2147352567


def has_member(served: Any, name: str) -> bool:
    """Excel's members begin with a capital; nothing else is seen."""
    return name[:1].isupper() and (hasattr(type(served), name) or name in vars(served))


def is_method(served: Any, name: str) -> bool:
    return inspect.isfunction(getattr(type(served), name, None))


def in_order(served: Any, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Arguments in the order of the documentation, as makepy's classes would hand them over; named ones after ``**``
    stay as pairs at the end.
    """
    bound = inspect.signature(getattr(served, name)).bind(*args, **named)
    if named:
        bound.apply_defaults()  # else what comes behind one that is missing would not be in order
    extra = bound.kwargs
    return (*bound.args, *(tuple(pair) for pair in extra.items()))


def called(served: Any, name: str, args: tuple[Any, ...]) -> Any:
    """A method called with arguments in order."""
    function = getattr(served, name)
    kinds = [one.kind for one in inspect.signature(function).parameters.values()]
    if inspect.Parameter.VAR_KEYWORD not in kinds or inspect.Parameter.VAR_POSITIONAL in kinds:
        return function(*args)
    pairs: dict[str, Any] = dict(one for one in args if isinstance(one, tuple))
    return function(*(one for one in args if not isinstance(one, tuple)), **pairs)


def checked(value: Any) -> Any:
    """What a VARIANT can hold; lists become tuples. Raises TypeError for anything else, as pywin32 does."""
    if isinstance(value, list | tuple):
        return tuple(checked(one) for one in value)
    inner = getattr(value, "_inner", value)  # of xlwings' wrapper
    if isinstance(inner, Direct):
        return inner._served
    if value is None or isinstance(value, str | bool | int | float | decimal.Decimal | datetime.datetime):
        return value
    raise TypeError(f"{type(value)} cannot be converted to a COM VARIANT")


class ComError(Exception):
    """pywintypes.com_error, where there is no pywin32."""

    def __init__(self, hresult: int, strerror: str, excepinfo: Any, argerror: Any = None) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, strerror, excepinfo, argerror


class NoNames:
    """Asked whether a name is really unknown: it is."""

    def GetIDsOfNames(self, _: int, name: str) -> int:
        raise ComError(UNKNOWN_NAME, f"Unknown name {name}", None)


class Direct:
    """A client in the same process and without COM, which behaves like pywin32's."""

    def __init__(self, served: Any) -> None:
        object.__setattr__(self, "_served", served)

    def __getattr__(self, name: str) -> Any:
        served = self._served
        if name == "_oleobj_":
            return NoNames()
        if not has_member(served, name):
            raise AttributeError(f"{type(served).__name__}.{name}")
        if is_method(served, name):
            return types.MethodType(lambda _, *args, **named: self._call(name, args, named), self)
        return self._guarded(lambda: getattr(served, name))

    def __setattr__(self, name: str, value: Any) -> None:
        if not has_member(self._served, name):
            raise AttributeError(f"{type(self._served).__name__}.{name}")
        self._guarded(lambda: setattr(self._served, name, checked(value)))

    def __call__(self, *args: Any) -> Any:
        return self._guarded(lambda: self._served.default(*checked(args)))

    def __iter__(self) -> Any:
        return iter([Direct(one) for one in self._served.each()])

    def _call(self, name: str, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        ordered = in_order(self._served, name, args, named)
        return self._guarded(lambda: called(self._served, name, checked(ordered)))

    def _guarded(self, what: Any) -> Any:
        try:
            return wrapped(what())
        except (Refused, NotThere) as error:
            info = (0, "Microsoft Excel", str(error), None, 0, FAILED)
            raise ComError(EXCEPTION, "Exception occurred.", info) from error


def wrapped(value: Any) -> Any:
    from tests.excel.parts import Object

    return Direct(value) if isinstance(value, Object) else value
