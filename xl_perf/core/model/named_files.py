"""Texts that name files: as they were given, until whoever writes them down knows from where they are seen."""

import re
from collections.abc import Callable


class NamingFiles(str):
    """A text in which these paths stand."""

    paths: tuple[str, ...] = ()


def naming(text: str, *paths: str) -> NamingFiles:
    """The text, of which it is known that it names these files."""
    named = NamingFiles(text)
    named.paths = paths
    return named


def seen_from(text: str, way: Callable[[str], str]) -> str:
    """The text with the files that it names as ``way`` names them: as every other path of the same output."""
    if not isinstance(text, NamingFiles) or not text.paths:
        return text
    longest_first = sorted(set(text.paths), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda found: way(found[0]), text)


def renaming(before: str, text: str) -> str:
    """A text made of another one, which names the same files."""
    return naming(text, *before.paths) if isinstance(before, NamingFiles) else text
