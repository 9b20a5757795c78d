"""`inbox counted`: what counts of an inbox as workbooks in folders, for consolidate, export and publish."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from xl_perf.core.errors import XlPerfError
from xl_perf.files.names import SHORT, file_name
from xl_perf.files.output import check_folder, replacing
from xl_perf.submission.items import Version, View
from xl_perf.submission.receiving import original
from xl_perf.submission.store import Received, Store


def write_counted(store: Store, look: View, folder: Path) -> list[Path]:
    """Copies the originals of all that counts to ``folder``, as 部门/文件名; gives where they are.

    Those that name no department lie in the folder itself. Raises `XlPerfError` for a folder with something in it, for
    one in the inbox, and where an original cannot be had.
    """
    _check(store, folder)
    check_folder(folder)
    return [_copied(store, one.row, place) for one, place in _places(look, folder)]


def _check(store: Store, folder: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        if any(folder.iterdir()):
            raise XlPerfError(f"{folder} 里已经有文件，没有写", "请给出一个新的或空的文件夹")
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(store.folder)):
        raise XlPerfError(f"{folder} 在收件箱里，没有写", "请给出收件箱以外的文件夹")


def _places(look: View, folder: Path) -> Iterator[tuple[Version, Path]]:
    """Each with a path of its own, also where names of files do not differ but in case."""
    taken: set[str] = set()
    for one in look.versions:
        if not one.counts:
            continue
        row = one.row
        inside = folder / file_name(row.department, "部门", SHORT) if row.department else folder
        name = file_name(row.name, "工作簿", SHORT)
        stem, suffix = (name[: -len(row.suffix)], row.suffix) if name.lower().endswith(row.suffix) else (name, "")
        suffix = suffix or row.suffix
        place = inside / f"{stem}{suffix}"
        if str(place).lower() in taken:
            place = inside / f"{stem}（{row.id}号）{suffix}"
        taken.add(str(place).lower())
        yield one, place


def _copied(store: Store, row: Received, place: Path) -> Path:
    kept = original(store, row)
    if not kept.is_file():
        raise XlPerfError(f"{row.name}（{row.id}号）的原件不在收件箱里：{kept}", "请从备份恢复收件箱")
    with replacing(place) as output:
        shutil.copyfile(kept, output.temp)
    with suppress(ValueError, OSError):  # only versions without dates of their own are compared by it
        when = datetime.fromisoformat(row.modified).replace(tzinfo=UTC).timestamp()
        os.utime(place, (when, when))
    return place
