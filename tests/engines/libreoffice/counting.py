"""Counts the calls that go over the pipe."""

from collections.abc import Iterator
from typing import Any


class Counted:
    """Stands in for an object of LibreOffice; every use of a member counts, also on objects that it gives."""

    def __init__(self, inner: Any, counter: "list[str] | None" = None) -> None:
        self.__dict__["_inner"] = inner
        self.__dict__["calls"] = [] if counter is None else counter

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        found = getattr(self._inner, name)
        return self._method(found) if callable(found) and not _is_object(found) else self._wrapped(found)

    def __setattr__(self, name: str, value: Any) -> None:
        self.calls.append(name)
        setattr(self._inner, name, _bare(value))

    def __iter__(self) -> Iterator[Any]:
        for one in self._inner:
            self.calls.append("next")
            yield self._wrapped(one)

    def __eq__(self, other: object) -> bool:
        return bool(self._inner == _bare(other))

    def __hash__(self) -> int:
        return id(self._inner)

    def _method(self, method: Any) -> Any:
        return lambda *arguments: self._wrapped(method(*map(_bare, arguments)))

    def _wrapped(self, found: Any) -> Any:
        return Counted(found, self.calls) if _is_object(found) else found


def _is_object(found: Any) -> bool:
    return type(found).__name__ == "pyuno"


def _bare(value: Any) -> Any:
    return value._inner if isinstance(value, Counted) else value
