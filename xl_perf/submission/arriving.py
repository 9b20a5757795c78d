"""What was mailed: the workbooks in files, folders, archives and mails, and with them what is no workbook."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.checking.delivered import file_name
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.files.containers import MEMBER, Letter, is_container_name
from xl_perf.files.inputs import Found, find_books
from xl_perf.submission.store import PassedOver

NOT_RECEIVED: Final = frozenset({"missing", "no-workbooks", "inbox"})
"""Kinds of errors about what was typed: no file came with it."""


class Arrival(NamedTuple):
    """A file that came: where it is, how the user would type it, when it came, from whom.

    ``received_at`` is local time, ``2024-03-05 09:30:00``; empty where nothing tells it. Of a mail in a mail the outer
    one arrived; who sent the inner one is ``forwarded``. ``error`` says why the file, which should be a workbook, is
    none.
    """

    path: Path
    shown: str
    received_at: str
    sender: str = ""
    subject: str = ""
    forwarded: str = ""
    error: BookError | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return file_name(self.shown)


class Arrived(NamedTuple):
    """Everything that came. ``errors`` are said on the spot: nothing came with them that could be recorded."""

    books: list[Arrival]
    containers: list[Arrival]
    passed_over: list[PassedOver]
    errors: list[BookError]
    found: Found


def arrived(inputs: Sequence[str], inbox: Path, time: str | None) -> Arrived:
    """What these inputs mean, without what lies in the inbox itself.

    Raises `XlPerfError` where the inbox is, holds or lies in one of the inputs. When something came is ``time``, if a
    person typed it; else what its mail says; else when the file was last written.
    """
    _refuse_own(inputs, inbox)
    found = find_books(inputs)
    own = os.path.realpath(inbox)
    books = [
        _arrival(path, shown, time, found.letters.get(shown))
        for path, shown in found.books
        if not _is_below(Path(shown), own)
    ]
    letters = _letters_of_mails(found)
    containers = [
        _arrival(Path(shown), shown, time, letters.get(shown))
        for shown in _containers(found)
        if not _is_below(Path(shown), own)
    ]
    skipped = [one for one in found.skipped if not _is_below(Path(one.path), own)]
    passed = [PassedOver(one.path, one.reason, is_error=False) for one in skipped]
    errors = []
    for error in found.errors:
        path = Path(error.path)
        if _is_below(path, own):
            continue
        if error.kind in NOT_RECEIVED:
            errors.append(error)
        elif not MEMBER.fullmatch(error.path) and path.is_file():
            books.append(_arrival(path, error.path, time)._replace(error=error))
        else:
            passed.append(PassedOver(error.path, _reason(error), is_error=True))
            errors.append(error)
    return Arrived(books, containers, passed, errors, replace(found, skipped=skipped))


def _refuse_own(inputs: Sequence[str], inbox: Path) -> None:
    own = Path(os.path.realpath(inbox))
    for given in inputs:
        real = Path(os.path.realpath(given))
        if real == own:
            raise XlPerfError(f"{given} 就是收件箱自己，没有收", "请给出收到的文件，或换一个文件夹做收件箱")
        if real.is_relative_to(own):
            raise XlPerfError(f"{given} 在收件箱里，没有收", "收件箱里的已经收过；请给出收到的文件")
        if own.is_relative_to(real):
            raise XlPerfError(f"收件箱 {inbox} 在来件 {given} 里面，没有收", "请把收件箱放到来件的文件夹以外")


def _reason(error: BookError) -> str:
    return error.message.removeprefix(f"{error.path}：")


def _containers(found: Found) -> list[str]:
    """The outermost archives and mails in which something lay, each once."""
    shown = [*(shown for _, shown in found.books), *(one.path for one in found.skipped)]
    shown += [error.path for error in found.errors]
    inside = (MEMBER.fullmatch(one) for one in shown)
    around = [match[1] for match in inside if match]
    around += [one.path for one in found.skipped if is_container_name(one.path)]  # mails with nothing but a text
    return [one for one in dict.fromkeys(around) if Path(one).is_file()]


def _letters_of_mails(found: Found) -> dict[str, Letter]:
    """Of each mail that was given what the first of its attachments came with."""
    letters: dict[str, Letter] = {}
    for shown, letter in found.letters.items():
        inside = MEMBER.fullmatch(shown)
        if inside:
            letters.setdefault(inside[1], letter)
    return letters


def _arrival(path: Path, shown: str, time: str | None, letter: Letter | None = None) -> Arrival:
    sent = letter.sent if letter else ""
    when = time or (_local(sent) if sent else "") or written_at(path)
    letter = letter or Letter()
    return Arrival(path, shown, when, letter.sender, letter.subject, letter.forwarded)


def _local(sent: str) -> str:
    """When a mail was sent, as people's clocks show it; empty for what is no time."""
    try:
        return datetime.fromisoformat(sent).astimezone().replace(tzinfo=None).isoformat(" ", "seconds")
    except (ValueError, OverflowError, OSError):
        return ""


def written_at(path: Path) -> str:
    """When a file was last written, in local time; empty where that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).isoformat(" ", "seconds")  # people's time
    except (OSError, ValueError, OverflowError):
        return ""


def _is_below(path: Path, folder: str) -> bool:
    real = os.path.realpath(path)
    return real == folder or real.startswith(f"{folder}{os.sep}")
