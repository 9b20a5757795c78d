"""Inboxes among inputs: what they hold is decided by their record, so their originals are not read as a folder.

SQLite's file format (https://www.sqlite.org/fileformat.html#the_database_header): the header is 100 bytes; at offset 68
is the application id, four bytes, the highest first.
"""

from pathlib import Path
from typing import Final

from xl_perf.core.errors import BookError

RECORD: Final = "收件.sqlite"
"""The record of an inbox."""
ORIGINALS: Final = "原件"
"""The folder of an inbox in which originals are kept, by digest."""
APPLICATION: Final = 0x786C7066
"""PRAGMA application_id of the record: ``xlpf``."""
_HEADER: Final = b"SQLite format 3\0"


def is_inbox(folder: Path) -> bool:
    """Whether a folder is an inbox: its record lies there, with the folder of originals."""
    try:
        if not (folder / ORIGINALS).is_dir():
            return False
        with (folder / RECORD).open("rb") as record:
            head = record.read(100)
    except (OSError, ValueError):
        return False
    return head.startswith(_HEADER) and int.from_bytes(head[68:72], "big") == APPLICATION


def inbox_of(folder: Path) -> Path | None:
    """The inbox that a folder is, or whose originals it holds; None for any other folder."""
    if is_inbox(folder):
        return folder
    real = folder.resolve()
    at = next((one for one in (real, *real.parents) if one.name == ORIGINALS), None)
    return at.parent if at is not None and is_inbox(at.parent) else None


def not_read(shown: str, inbox: str) -> BookError:
    """What is said of an inbox, or a folder in it, that is given as an input."""
    message = "是收件箱，没有直接读：哪些计入由收件记录决定（批复、选定、退回）"
    return BookError("inbox", shown, message, _remedy(inbox))


def record_in_archive(shown: str) -> BookError:
    """What is said of the record of an inbox that lies in an archive."""
    message = "压缩包里有收件箱：哪些计入由收件记录决定（批复、选定、退回），不能直接读"
    return BookError("inbox", shown, message, f"请解压，再{_remedy('收件箱').removeprefix('请先')}")


def _remedy(inbox: str) -> str:
    return f"请先用 xl-perf inbox {inbox} counted -o 文件夹，写出计入的工作簿，再给出那个文件夹"
