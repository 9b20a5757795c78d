"""xlwings without what it would drag along: a click of a button must not pay for pandas and its like.

xlwings takes pandas, numpy, matplotlib, polars and Pillow where it finds them: 0.6 s for a start that takes 0.1 s
without. Nothing that the buttons hand over needs them.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Final

DRAGGED_ALONG: Final = ("pandas", "numpy", "matplotlib", "polars", "PIL", "cryptography")


def load() -> ModuleType:
    """The module xlwings, imported once without the packages that it takes only where it finds them.

    Where one of these is loaded already it stays as it is. Later imports of them work as ever; only xlwings, once
    loaded by this function, does not convert frames and arrays. On Windows it is mended, see `excel`.
    """
    with _hidden(name for name in DRAGGED_ALONG if name not in sys.modules and "xlwings" not in sys.modules):
        xlwings = import_module("xlwings")
    if sys.platform == "win32":
        from xl_perf.engines import excel

        excel.mend(import_module("xlwings._xlwindows"))
    return xlwings


@contextmanager
def _hidden(names: Iterator[str]) -> Iterator[None]:
    """Makes imports of the packages fail for a while: None in sys.modules says that there is no such module."""
    hidden = list(names)
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is the documented way
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name) is None:
                del sys.modules[name]
