"""What one input means: a file, what lies in a folder or a zip archive, what a wildcard matches."""

import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.files.containers import (
    MEMBER,
    SEPARATOR,
    Letter,
    Room,
    is_container_name,
    is_mail_name,
    members,
)
from xl_perf.files.disguised import ARCHIVES, disguised
from xl_perf.files.guard import (
    GIVE_A_WORKBOOK,
    SAVE_AS_XLSX,
    TEMPLATE_SUFFIXES,
    UNPACK,
    WORKBOOK_SUFFIXES,
    load,
    unreachable,
)
from xl_perf.files.inboxes import inbox_of, is_inbox, not_read
from xl_perf.files.own_files import BACKUP_FOLDER
from xl_perf.files.temporary import TEMPORARY_START

LEFT_BEHIND_STARTS: Final = ("~$", ".~lock.", ".~", "._", TEMPORARY_START)
"""Lock files of Excel and WPS, of LibreOffice, backups of WPS, what macOS adds to a file, our unfinished outputs."""
LEFT_BEHIND: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
"""What the systems' own file managers leave in folders."""
PROFILE_SUFFIX: Final = ".toml"
"""Of departments' own profiles: they lie beside the workbooks, and are not passed over but used."""

OPENED_BY_EXCEL: Final = TEMPLATE_SUFFIXES | {".csv", ".htm", ".html", ".mht", ".mhtml", ".slk", ".dif", ".dbf", ".xml"}
DOCUMENTS: Final = frozenset({".docx", ".docm", ".doc", ".odt", ".txt"})
"""What `new --from` takes forms from."""
_BACKUPS: Final = "按钮留下的备份，没有读"


class Met(NamedTuple):
    """What an input means: a file, or, with a reason in Chinese, something that is not looked into.

    With an error it is something that should be read and cannot be. ``inside``: only this part of a container is meant.
    ``letter`` is the mail it came with.
    """

    path: Path
    shown: str
    reason: str = ""
    error: BookError | None = None
    inside: str = ""
    letter: Letter | None = None


def candidates_of(given: str) -> Iterator[Met]:
    """The files that one input means. Raises BookError if it is none, or is simply no workbook."""
    path = Path(given)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        if has_wildcard(given):
            yield from _matching(given)
            return
        inside = MEMBER.fullmatch(given)
        if inside is None or not os.path.isfile(inside[1]):  # noqa: PTH113  # never raises
            raise unreachable(error, path, given) from error
        yield Met(Path(inside[1]), inside[1], inside=inside[2].rstrip("/"))
        return
    if stat.S_ISDIR(mode):
        yield from walk(path, _base(given))
    elif is_left_behind(path.name):
        remedy = "请给出工作簿本身"
        raise BookError("not-a-workbook", given, "是程序打开工作簿时留下的锁定文件或临时文件", remedy)
    elif is_workbook_name(path.name) or is_container(path.name):
        yield Met(path, given)
    else:
        error_inside = disguised(path, given) if path.suffix.lower() not in ARCHIVES else None
        if error_inside is not None:
            yield Met(path, given, error=error_inside)
            return
        what = f"扩展名 {path.suffix} 不是工作簿的" if path.suffix else "没有扩展名，不知道是不是工作簿"
        raise BookError("not-a-workbook", given, what, remedy_for(path.suffix.lower()))


def _base(given: str) -> str:
    """A folder as what lies in it is shown."""
    base = given.replace(os.sep, "/").rstrip("/") or "/"
    return base if base != "/" else ""


def is_one_workbook(given: str) -> bool:
    """One workbook is named, no folder, archive or wildcard in which some lie."""
    return not os.path.isdir(given) and is_workbook_name(given) and not has_wildcard(given)  # noqa: PTH112


def is_disguised(given: str) -> bool:
    """One file is named that is called neither a workbook nor an archive."""
    is_file = os.path.isfile(given)  # noqa: PTH113  # never raises
    return is_file and not is_workbook_name(given) and not is_container(given)


def has_wildcard(given: str) -> bool:
    return any(sign in given for sign in "*?[") and not os.path.lexists(given)


def _matching(pattern: str) -> Iterator[Met]:
    """What a wildcard matches, as if it lay in a folder. Raises BookError if nothing does."""
    if "**" in pattern:
        raise BookError("missing", pattern, "不能用 **", "请直接给出文件夹，其中各级文件夹里的工作簿都会读")
    matches = sorted(glob.glob(pattern))  # noqa: PTH207  # keeps what was typed before the wildcard
    if not matches:
        raise BookError("missing", pattern, "没有与它相符的文件", "请核对路径和文件名")
    for match in matches:
        shown = match.replace(os.sep, "/")
        if os.path.isdir(match):  # noqa: PTH112
            yield from walk(Path(match), _base(match))
        else:
            yield _met(Path(match), shown)


def members_of(met: Met, room: Room) -> Iterator[Met]:
    """What is in an archive or a mail, or the part of it that is meant. Raises BookError for what cannot be opened."""

    def is_meant(name: str) -> bool:
        return not met.inside or name == met.inside or name.startswith(f"{met.inside}/") or bool(_further(name, met))

    def is_wanted(name: str) -> bool:
        # Departments' own profiles too: they are looked for beside the workbooks.
        return is_meant(name) and (
            is_workbook_name(name) or is_container(name) or name.lower().endswith(PROFILE_SUFFIX)
        )

    found = False
    for member in members(met.path, met.shown, is_wanted, room):
        if is_meant(member.name):
            found = True
            shown = f"{met.shown}{SEPARATOR}{member.name}"
            letter = _letter(met.letter, member.letter)
            if _is_backup(member.name, met.inside):
                yield Met(Path(member.name), shown, _BACKUPS, letter=letter)
            else:
                error = None if is_left_behind(PurePath(member.name).name) else member.error
                path = member.path or Path(member.name)
                yield Met(path, shown, member.reason, error, _further(member.name, met), letter)
    if met.inside and not found:
        shown = f"{met.shown}{SEPARATOR}{met.inside}"
        what = "邮件" if is_mail_name(met.path.name) else "压缩包"
        raise BookError("missing", shown, f"{what}里没有这个文件或文件夹", f"请核对它在{what}里的路径")


def _letter(outer: Letter | None, inner: Letter | None) -> Letter | None:
    """The mail that arrived, where mails lie in each other."""
    return outer.around(inner) if outer and inner else outer or inner


def _further(name: str, met: Met) -> str:
    """The part of a container in a container that is meant, where the way to it leads through the one of this name."""
    return met.inside.removeprefix(f"{name}{SEPARATOR}") if met.inside.startswith(f"{name}{SEPARATOR}") else ""


def _is_backup(name: str, inside: str) -> bool:
    """Whether a member of an archive lies in a folder of copies, and that folder is not what was asked for."""
    return BACKUP_FOLDER in name.removeprefix(inside).split("/")[:-1]


def remedy_for(suffix: str) -> str:
    """What to do with a file that is named as no workbook."""
    if suffix in OPENED_BY_EXCEL:
        return SAVE_AS_XLSX
    if suffix in DOCUMENTS:
        return "里面有项目绩效目标表的，请先用 xl-perf new 新工作簿.xlsx --from 这个文件，收进工作簿"
    return UNPACK if suffix in ARCHIVES else GIVE_A_WORKBOOK


def the_one_book(given: str) -> tuple[Path, str]:
    """The one workbook that is meant, with its name as given. Raises BookError for a folder or no workbook."""
    load(Path(given), given)
    met = next(candidates_of(given))
    if met.error is not None:
        raise met.error
    if is_container(met.path.name):
        what = "邮件" if is_mail_name(met.path.name) else "压缩包"
        raise BookError("not-a-workbook", given, f"是{what}，不是工作簿", UNPACK)
    return met[:2]


def walk(folder: Path, shown: str) -> Iterator[Met]:
    """All files below, the files of a folder before its subfolders, each sorted by code point as on every system.

    Links to folders are not followed: they may lead round in circles. Nor is the folder of the copies that buttons
    make, unless it is the one that is asked for: each project would be there twice. An inbox is an error: its
    files do not tell what counts.
    """
    inbox = inbox_of(folder)
    if inbox is not None:
        yield Met(folder, shown, error=not_read(shown, shown if inbox == folder else str(inbox)))
        return
    top = os.path.realpath(folder)
    waiting = [(str(folder), shown)]
    while waiting:
        place, named = waiting.pop()
        try:
            with os.scandir(place) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Met(Path(place), named, error=_closed(error, named))
            continue
        folders = []
        for entry in listed:
            if entry.name == BACKUP_FOLDER and entry.is_dir():
                yield Met(Path(entry.path), f"{named}/{entry.name}", _BACKUPS)
            elif entry.is_dir(follow_symlinks=False) and is_inbox(Path(entry.path)):
                inner = f"{named}/{entry.name}"
                yield Met(Path(entry.path), inner, error=not_read(inner, inner))
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{named}/{entry.name}"))
            elif entry.is_file(follow_symlinks=False):
                yield Met(Path(entry.path), f"{named}/{entry.name}")
            elif entry.is_symlink() and os.path.isdir(entry.path):  # noqa: PTH112  # never raises
                yield _linked_folder(entry, f"{named}/{entry.name}", top)
            else:
                yield _met(Path(entry.path), f"{named}/{entry.name}")
        waiting += reversed(folders)


def _closed(error: OSError, shown: str) -> BookError:
    if isinstance(error, PermissionError):
        message, remedy = "没有权限打开这个文件夹，里面的工作簿没有读", "请取得读取权限，或复制到能读的地方再试"
    else:
        message, remedy = "文件夹打不开，里面的工作簿没有读", "请检查磁盘或网络位置，或复制到本机再试"
    return BookError("unreadable", shown or "/", message, remedy)


def _linked_folder(entry: "os.DirEntry[str]", shown: str, top: str) -> Met:
    """A link to a folder: what is below the folder that is searched is read there, anything else is missing."""
    target = os.path.realpath(entry.path)
    if f"{target}{os.sep}".startswith(f"{top}{os.sep}"):
        return Met(Path(entry.path), shown, "通往别的文件夹的链接，没有跟过去，那里的已经读了")
    remedy = f"要读那里的工作簿，请另外给出 {target}"
    error = BookError("unreadable", shown, "是通往别的文件夹的链接，没有跟过去", remedy)
    return Met(Path(entry.path), shown, error=error)


def _met(path: Path, shown: str) -> Met:
    """A file in a folder. What is called a workbook and cannot be had is an error, other things are passed over."""
    is_wanted = is_workbook_name(path.name) or is_container(path.name)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        is_wanted = is_wanted or (not path.suffix and not is_left_behind(path.name))  # perhaps it was a folder
        if not is_left_behind(path.name) and is_wanted:
            return Met(path, shown, error=unreachable(error, path, shown))
        return Met(path, shown, "" if is_left_behind(path.name) else "链接所指的文件不在，或者不许看")
    if stat.S_ISREG(mode):
        return Met(path, shown)
    if is_wanted:
        return Met(path, shown, error=BookError("not-a-workbook", shown, "不是普通文件", GIVE_A_WORKBOOK))
    return Met(path, shown, "不是普通文件")


def is_left_behind(name: str) -> bool:
    """A lock file, or something else that a program left beside what people made."""
    return name.startswith(LEFT_BEHIND_STARTS) or name.lower() in LEFT_BEHIND


def is_workbook_name(name: str) -> bool:
    return _suffix(name) in WORKBOOK_SUFFIXES and not is_left_behind(name)


def is_container(name: str) -> bool:
    """An archive or a mail, by its name."""
    return is_container_name(name) and not is_left_behind(PurePath(name).name)


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122  # pathlib takes ten times as long
