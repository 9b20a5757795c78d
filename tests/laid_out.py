"""The pages of a text that was laid out before: most tests publish the same few, and LibreOffice takes seconds."""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Convert = Callable[[Path, str, Path, Mapping[str, Sequence[str]] | None, float | None], Path]


def kept_in(store: Path, convert: Convert) -> Convert:
    """``text.office.convert`` that gives what the same bytes became before; the store is shared by processes."""

    def kept(
        source: Path,
        to: str,
        folder: Path,
        fonts: Mapping[str, Sequence[str]] | None = None,
        limit: float | None = None,
    ) -> Path:
        known = store / f"{hashlib.sha256(source.read_bytes()).hexdigest()}.{to}"
        made = folder / f"{source.stem}.{to}"
        if known.is_file():
            shutil.copyfile(known, made)
            return made
        made = convert(source, to, folder, fonts, limit)
        part = store / f"{known.name}.{os.getpid()}"
        shutil.copyfile(made, part)
        part.replace(known)
        return made

    return kept
