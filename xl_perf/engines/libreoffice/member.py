"""What all classes of the engine have in common: what is not there says so by its name."""

from typing import Any, Final

_UNKNOWN: Final = object()


class Member:
    """A part of the engine. Any member that xlwings asks for and that is not written here is a NotImplementedError.

    xlwings has base classes for engines; theirs say only that something is missing, not what, and would let an
    assignment to a missing property through in silence.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        known = getattr(type(self), name, None)
        if isinstance(known, property) and known.fget is not None:
            return known.fget(self)  # something inside it is missing: that error, not ours
        raise NotImplementedError(f"LibreOffice: {type(self).__name__}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        known = getattr(type(self), name, _UNKNOWN)
        if name.startswith("_") or (known.fset is not None if isinstance(known, property) else known is not _UNKNOWN):
            object.__setattr__(self, name, value)
        else:
            raise NotImplementedError(f"LibreOffice: {type(self).__name__}.{name}")
