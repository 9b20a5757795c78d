"""Where outputs may go, and what is said of where they landed."""

from pathlib import Path
from typing import NamedTuple

from xl_perf.files.inputs import Found
from xl_perf.files.output import check_target


class Written(NamedTuple):
    """Where an output landed, and a Chinese sentence if that is not where it was meant to."""

    path: Path
    notice: str | None = None

    def message(self, what: str) -> str:
        """One line for the person who asked for it."""
        return self.notice or f"已写出{what}：{self.path}"


def check_output(out: str, found: Found, overwrite: bool = False) -> None:
    """Raises `OutputError` early if OUT must not be written."""
    check_target(Path(out), [path for path, _ in found.books], overwrite)
