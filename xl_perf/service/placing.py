"""Where outputs may go, and what is said of where they landed."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from xl_perf.files.output import name_of


class Written(NamedTuple):
    """Where an output landed, and Chinese sentences: if that is not where it was meant to; what it lacks."""

    path: Path
    notice: str | None = None
    more: Sequence[str] = ()
    """What came of an earlier output, and what this one lacks."""

    def message(self, what: str) -> str:
        """What the person who asked for it is told, in lines."""
        return "\n".join((self.notice or f"已写出{what}：{self.path}", *self.more))


class Places:
    """Where the outputs of many workbooks go in a folder: no two to the same place."""

    def __init__(self, folder: str, inputs: Sequence[str]) -> None:
        self._folder = Path(folder)
        self._inputs = [one for one in inputs if Path(one).is_dir()]
        self._taken: set[str] = set()

    def below(self, shown: str) -> Path:
        """A workbook's path below the folder that was given, that folder's name first where several were.

        What came from an archive lies in a folder that is called like the archive.
        """
        archive, _, member = shown.partition("!")
        if member and Path(archive).suffix.lower() == ".zip":
            outer = self.below(archive)
            return outer.parent / outer.stem / Path(member)
        for one in self._inputs:
            if Path(shown).is_relative_to(one):
                inside = Path(shown).relative_to(one)
                return Path(Path(one).absolute().name) / inside if len(self._inputs) > 1 else inside
        return Path(Path(shown).name)

    def target(self, inside: Path, stem: str, tail: str) -> Path:
        """A place for a file in a folder of it: called so, or numbered where that is taken, whatever the case."""
        target = self._folder / inside / name_of(stem, tail)
        number = 2
        while str(target).lower() in self._taken:
            target = target.with_name(name_of(stem, f" ({number}){tail}"))
            number += 1
        self._taken.add(str(target).lower())
        return target
