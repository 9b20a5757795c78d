"""What holds files: zip archives and mails. What is in them goes to a temporary folder, within limits, to be read.

Nothing leaves that folder, whatever a member is called. Containers in containers are looked into, to a certain depth.
"""

import errno
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, TypeVar

from xl_perf.core.errors import BookError
from xl_perf.files.guard import MAX_FILE, UNPACK
from xl_perf.files.temporary import CLEAN_UP, FULL, folder_until_the_end, why_full

T = TypeVar("T")

ZIP: Final = ".zip"
EML: Final = ".eml"
"""A mail as it is sent, RFC 5322."""
MSG: Final = ".msg"
"""A mail as Outlook keeps it, [MS-OXMSG]."""
MAILS: Final = frozenset({EML, MSG})
CONTAINERS: Final = MAILS | {ZIP}
SEPARATOR: Final = "!"
"""Between a container and a member: ``归档.zip!部门/书.xlsx``."""
MEMBER: Final = re.compile(r"(.*?\.(?:zip|eml|msg))!(.*)", re.IGNORECASE | re.DOTALL)
"""A member, or a folder in an archive: the outermost container, and the way in it."""
MAX_DEPTH: Final = 4
"""Containers in one another: a mail that was passed on, with a mail, with an archive, with one more."""
MAX_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes of all workbooks of one container, those in containers within it included."""
MAX_MEMBERS: Final = 20_000
TOO_DEEP: Final = f"压缩包、邮件套了不止 {MAX_DEPTH} 层，里面的没有读"
_TAKE_APART: Final = "请先解压，再给出需要的工作簿"
_BLOCK: Final = 1 << 20


class Letter(NamedTuple):
    """The mail with which a file came: who sent it, what it is about, when (``2023-05-06T07:08:09+08:00``).

    All as the mail says, which anybody can write; empty where it does not. ``forwarded`` is who sent the innermost
    mail, where it lay in another one.
    """

    sender: str = ""
    subject: str = ""
    sent: str = ""
    forwarded: str = ""

    def around(self, inner: "Letter") -> "Letter":
        """This mail, which arrived, with what is to be said of one in it."""
        return self if inner == self else self._replace(forwarded=inner.forwarded or inner.sender)


class Member(NamedTuple):
    """A file in a container: its name there, and where it is now; or why it is not read, or does not matter.

    ``letter`` is the mail it came with.
    """

    name: str
    path: Path | None = None
    error: BookError | None = None
    reason: str = ""
    letter: Letter | None = None


class Room:
    """What may still be taken out of one container that was given, and of all containers in it."""

    def __init__(self) -> None:
        self._bytes = MAX_UNPACKED
        self._members = MAX_MEMBERS

    def take(self, members: int, size: int, shown: str) -> None:
        """Raises BookError where it is too much."""
        self._members -= members
        self._bytes -= size
        if self._members < 0 or self._bytes < 0:
            raise too_large(shown)


def too_large(shown: str) -> BookError:
    what = "邮件" if is_mail_name(shown) else "压缩包"
    return BookError("unreadable", shown, f"{what}里的文件过多，或解压后过大，没有读取", _TAKE_APART)


def members(container: Path, shown: str, is_wanted: Callable[[str], bool], room: Room) -> Iterator[Member]:
    """The files in a container, sorted by name; those whose names are wanted are taken out of it.

    Raises BookError for what is no such container, or is too large. A member that cannot be taken out comes with its
    error; where the disk is full it is the error of the whole.
    """
    if is_mail_name(container.name):
        from xl_perf.files.mails import attachments

        return attachments(container, shown, is_wanted, room)
    from xl_perf.files.archives import members as zipped

    return zipped(container, shown, is_wanted, room)


def is_container_name(name: str) -> bool:
    return _suffix(name) in CONTAINERS


def is_mail_name(name: str) -> bool:
    return _suffix(name) in MAILS


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122  # pathlib takes ten times as long


class Refusal(Exception):
    """Why a member is not taken out, in Chinese."""


class Place:
    """Where the members of one container go; made when the first one does."""

    def __init__(self, container: Path, shown: str) -> None:
        self._container = container
        self._shown = f"{shown}{SEPARATOR}"
        self._root: Path | None = None

    def written(self, source: BinaryIO, name: str, changed: float | None) -> Path:
        """One member in a file of its own, below folders called as in the container. Raises what comes.

        ``changed`` is when it was changed last, in seconds since 1970, as the container says.
        """
        parts = [part for part in name.split("/") if part not in ("", ".")]
        if not parts or ".." in parts or any(":" in part for part in parts):
            raise Refusal("在压缩包里的路径不正常")
        if self._root is None:
            # Below folders called as the container was given, for `as_given`.
            way = (part for part in self._shown.replace("\\", "/").split("/") if part.strip(".") and ":" not in part)
            self._root = folder_until_the_end("zip").joinpath(*way)
        target, number = self._root.joinpath(*parts), 2
        while target.exists():  # two members of one name
            target = self._root.joinpath(*parts[:-1], f"({number})", parts[-1])
            number += 1
        target.parent.mkdir(parents=True, exist_ok=True)
        left = MAX_FILE
        with target.open("wb") as file:
            while block := source.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise Refusal("解压后过大")
                file.write(block)
        with suppress(OSError, ValueError, OverflowError):
            if changed is not None:
                os.utime(target, (changed, changed))
            target.chmod(self._container.stat().st_mode & 0o666)  # copies of it are no wider than the container
        return target


def free_name(name: str, taken: set[str]) -> str:
    """The name, or one with a number behind it where a member before has it already, whatever the case of letters."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  # no path of this system
    free, number = name, 2
    while _as_path(free) in taken:
        free, number = f"{stem} ({number}){suffix}", number + 1
    taken.add(_as_path(free))
    return free


def _as_path(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in ("", ".")).lower()


def attempted(take_out: Callable[[], T], shown: str, name: str) -> T | BookError:
    """A member that is taken out, or why it cannot be. Raises BookError where the disk is full."""
    try:
        return take_out()
    except Exception as error:  # whatever zlib, bz2, lzma and the parsers stumble over
        if isinstance(error, OSError) and error.errno in FULL:
            message = f"没有全部解压，{why_full(error)}，从 {name} 起没有读取"
            raise BookError("unreadable", shown, message, CLEAN_UP) from error
        return not_taken_out(error, f"{shown}{SEPARATOR}{name}")


def not_taken_out(error: Exception, shown: str) -> BookError:
    if isinstance(error, Refusal):
        kind = "encrypted" if "密码" in str(error) else "unreadable"
        return BookError(kind, shown, f"{error}，没有读取", UNPACK)
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return BookError("unreadable", shown, "文件名太长（超过 255 字节），没有读取", UNPACK)
    if isinstance(error, OSError) and error.errno is not None:
        return BookError("unreadable", shown, f"没有解压成，{why_full(error)}", CLEAN_UP)
    what = "邮件的这个附件" if is_mail_name(container_of(shown)) else "压缩包里的这个文件"
    again = "请重新下载或复制一次；还是不行，就请对方重新发送"
    return BookError("damaged", shown, f"{what}已损坏，解不出来", again)


def container_of(shown: str) -> str:
    """The innermost container of a member as it is shown; empty for what is no member."""
    container, separator, _ = shown.rpartition(SEPARATOR)
    while separator and not is_container_name(container):
        container, separator, _ = container.rpartition(SEPARATOR)
    return container


def is_member(shown: str) -> bool:
    return MEMBER.fullmatch(shown) is not None
