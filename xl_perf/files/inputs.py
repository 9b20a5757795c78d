"""Which workbooks a list of inputs means: files, folders, wildcards, archives, mails, mixed, as people give them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.errors import BookError
from xl_perf.core.forms.marks import GUIDE_STEM
from xl_perf.core.workbook.sheets import MANIFEST_FORMAT
from xl_perf.files.candidates import (
    DOCUMENTS,
    OPENED_BY_EXCEL,
    PROFILE_SUFFIX,
    Met,
    candidates_of,
    has_wildcard,
    is_container,
    is_disguised,
    is_left_behind,
    is_one_workbook,
    is_workbook_name,
    members_of,
)
from xl_perf.files.containers import MAX_DEPTH, TOO_DEEP, Letter, Room, container_of, is_mail_name, is_member
from xl_perf.files.disguised import disguised
from xl_perf.files.guard import LOOK_AGAIN, TEMPLATE_SUFFIXES, UNPACK, load
from xl_perf.files.guides import is_like_guide
from xl_perf.files.inboxes import RECORD, record_in_archive
from xl_perf.files.own_files import GUIDE, MISNAMED_GUIDE, OWN_OUTPUTS, TEXT
from xl_perf.files.own_properties import own_kind_of

NO_WORKBOOK: Final = "不是工作簿"


class Skipped(NamedTuple):
    """A file, or folder, that is no input: its path as the user would type it, and why, in Chinese."""

    path: str
    reason: str

    @property
    def is_document(self) -> bool:
        """A performance text, perhaps: forms are taken from it where it is named itself."""
        return Path(self.path).suffix.lower() in DOCUMENTS


def plain_ones_last(one: Skipped) -> int:
    """By this they are sorted for people: what may matter, documents, what is simply no workbook."""
    return 2 if one.reason == NO_WORKBOOK else int(one.is_document)


@dataclass(frozen=True, slots=True)
class Found:
    """`books` as pairs of path and the path as the user would type it; what was passed over; what was wrong.

    Of what programs leave behind (lock files) only the number is kept, in `locks`. ``letters`` are the mails with which
    files came, by the paths of these as they are shown.
    """

    books: list[tuple[Path, str]]
    skipped: list[Skipped]
    locks: int
    errors: list[BookError]
    letters: dict[str, Letter] = field(default_factory=dict)

    def skipped_for_people(self) -> list[Skipped]:
        """What was passed over, in the order in which people read it: what is simply no workbook comes last."""
        return sorted(self.skipped, key=plain_ones_last)


def find_books(inputs: Sequence[str]) -> Found:
    """The workbooks that these inputs mean, each once, in the order of the inputs and sorted within a folder.

    Folders are searched below, zip archives and mails looked into (what is in them is unpacked until the process ends),
    and wildcards expanded where the shell has not done it. What lies there and is no workbook or our own output is
    skipped, with the reason; a workbook or an archive under another extension is an error; so is an inbox
    (kind inbox); so is an own output that is named itself, unless nothing else is left: then that is an
    error of kind own-output. Errors are not raised but listed: missing, no-workbooks (a folder), not-a-workbook (a file
    named with another extension), unreadable (a folder that may not be entered); a workbook that cannot be had, be it a
    link that leads nowhere, is never passed over.

    Own outputs are recognised here, before reading, by one small part of the file (about 0.1 ms each): so the caller
    gets a list that is final, and can show how many there are, or share them out to processes.
    """
    search = Search()
    for given in inputs:
        try:
            search.take_in(given)
        except BookError as error:
            search.errors.append(error)
    if not search.books and not search.errors:
        search.give_up()
    return Found(search.books, search.skipped, search.locks, search.errors, search.letters)


class Search:
    """What the inputs so far gave."""

    def __init__(self) -> None:
        self.books: list[tuple[Path, str]] = []
        self.skipped: list[Skipped] = []
        self.errors: list[BookError] = []
        self.locks = 0
        self.letters: dict[str, Letter] = {}
        self._own: list[Skipped] = []
        self._folders: list[tuple[str, int]] = []
        self._seen: set[tuple[int, int] | str] = set()
        self._pointed_out: set[Path] = set()

    def take_in(self, given: str) -> None:
        """Takes in the files that one input means. Raises BookError if it means none."""
        before, errors, books = len(self.skipped), len(self.errors), len(self.books)
        workbooks = 0
        for met in candidates_of(given):
            if met.error is None and not met.reason and is_container(met.path.name):
                workbooks += self._look_into(met, Room())
            else:
                workbooks += met.error is not None or (not met.reason and is_workbook_name(met.path.name))
                self._place_once(met)
        skipped = len(self.skipped) - before
        if not os.path.isdir(given):  # noqa: PTH112  # never raises
            for book, shown in self.books[books:]:
                self._point_out_profiles(book, shown)
        if not workbooks and len(self.errors) == errors:
            raise _no_workbooks(given, skipped)
        if is_one_workbook(given) or is_disguised(given):
            self._own += self.skipped[before : before + skipped]
        else:
            self._folders.append((given, skipped))

    def _look_into(self, container: Met, room: Room, depth: int = 1) -> int:
        """Takes in the members of an archive or a mail; gives how many of them are workbooks."""
        identity = identity_of(container.path)
        workbooks = members = 0
        try:
            if depth > MAX_DEPTH:
                raise BookError("unreadable", container.shown, TOO_DEEP, UNPACK)
            for one in members_of(container, room):
                members += 1
                workbooks += one.error is not None or (not one.reason and is_workbook_name(one.path.name))
                member = f"{identity}{one.shown.removeprefix(container.shown)}"
                if member not in self._seen:
                    self._seen.add(member)
                    if one.error is None and not one.reason and is_container(one.path.name):
                        workbooks += self._look_into(one, room, depth + 1)
                    else:
                        self._place(one)
        except BookError as error:
            if str(error) not in self._seen:
                self._seen.add(str(error))
                self.errors.append(error)
        else:
            if not members:
                reason = "邮件里没有附件" if is_mail_name(container.path.name) else "压缩包是空的"
                self._skip(container.path, container.shown, reason)
        return workbooks

    def _place_once(self, met: "Met") -> None:
        identity = str(met.path) if met.error or met.reason else identity_of(met.path)
        if identity not in self._seen:
            self._seen.add(identity)
            self._place(met)

    def _place(self, met: "Met") -> None:
        path = met.path
        if met.letter is not None:
            self.letters[met.shown] = met.letter
        own = _own_disguised(met)
        if own:
            self._skip(path, met.shown, own)
        elif met.error is not None:
            self.errors.append(met.error)
        elif met.reason:
            self._skip(path, met.shown, met.reason)
        elif is_left_behind(path.name):
            self.locks += 1
        elif is_workbook_name(path.name):
            kind = GUIDE if is_like_guide(path) else own_kind(path)
            if kind in OWN_OUTPUTS:
                is_misnamed = kind == GUIDE and not path.name.startswith(GUIDE_STEM)
                self._skip(path, met.shown, MISNAMED_GUIDE if is_misnamed else OWN_OUTPUTS[kind])
            else:
                self.books.append((path, met.shown))
        elif path.suffix.lower() != PROFILE_SUFFIX:
            self._place_foreign(path, met.shown)

    def _place_foreign(self, path: Path, shown: str) -> None:
        """What is named as no workbook: by its content it may be one all the same, or an archive."""
        if is_member(shown):
            error = record_in_archive(shown) if path.name == RECORD else None
        else:
            error = disguised(path, shown)
        if error is None:
            self._skip(path, shown, _no_workbook(path, shown))
        else:
            self._place(Met(path, shown, error=error))

    def _skip(self, path: Path, shown: str, reason: str) -> None:
        if path not in self._pointed_out:
            self.skipped.append(Skipped(shown, reason))

    def _point_out_profiles(self, book: Path, shown: str) -> None:
        """What was meant to be the department's own profile, beside a workbook that was named itself."""
        for name in (f"{book.stem}{PROFILE_SUFFIX}.txt", "口径.toml.txt"):
            path = book.with_name(name)
            if path not in self._pointed_out and os.path.isfile(path):  # noqa: PTH113  # never raises
                head = shown[: len(shown) - len(book.name)]
                self._place_once(Met(path, f"{head}{name}"))
                self._pointed_out.add(path)

    def give_up(self) -> None:
        """Nothing was found: our own outputs that were named themselves are errors, and so are folders full of them."""
        self.errors += [own_output(one.path, one.reason) for one in self._own]
        self.errors += [_no_workbooks(*folder) for folder in self._folders]
        self.skipped = [one for one in self.skipped if one not in self._own]


def _own_disguised(met: Met) -> str:
    """What an output of ours under a foreign extension is called; empty for anything else."""
    is_disguised = met.error is not None and met.error.kind == "wrong-extension"
    return OWN_OUTPUTS.get(own_kind(met.path), "") if is_disguised else ""


def _no_workbook(path: Path, shown: str) -> str:
    """Why a file that is named as no workbook is none."""
    suffix = path.suffix.lower()
    if path.name.lower().endswith(f"{PROFILE_SUFFIX}.txt"):
        return f"像是口径文件，但多了扩展名 .txt，没有用上，请改名为 {path.stem}"
    if not suffix:
        return "没有扩展名，不知道是不是工作簿"
    if suffix in TEMPLATE_SUFFIXES:
        return "模板文件，填好的请另存为 .xlsx"
    if suffix in OPENED_BY_EXCEL:
        return "不是工作簿，里面有表的请另存为 .xlsx"
    if suffix == ".json" and _begins_with(path, f'"{MANIFEST_FORMAT}"'):
        return "报送清单，工作簿里也有一份"
    if suffix == ".docx" and own_kind(path) == TEXT:
        return OWN_OUTPUTS[TEXT]
    if suffix in DOCUMENTS:
        first = "解压后" if is_member(shown) else ""
        return f"文档，没有读；里面有项目绩效目标表的，请{first}用 xl-perf new --from 收进工作簿"
    return NO_WORKBOOK


def _begins_with(path: Path, said: str) -> bool:
    """Whether a text says something in its first line or two."""
    try:
        with path.open("rb") as file:
            return said.encode() in file.read(200)
    except OSError:
        return False


def _no_workbooks(given: str, skipped: int) -> BookError:
    """For a folder, an archive or a wildcard in which there are none."""
    if has_wildcard(given):
        message = f"没有与它相符的工作簿，相符的 {skipped} 个文件都略过了"
        return BookError("no-workbooks", given, message, LOOK_AGAIN)
    inner = container_of(given) or given
    what = "邮件" if is_mail_name(inner) else "压缩包" if is_container(inner) else "文件夹"
    message = f"{what}里没有部门填报的工作簿，{skipped} 个文件都略过了" if skipped else f"{what}里没有工作簿"
    return BookError("no-workbooks", given, message, LOOK_AGAIN.replace("文件夹", what))


def identity_of(path: Path) -> tuple[int, int] | str:
    """The same for two names of one file, also through links and on file systems that ignore case."""
    try:
        found = path.stat()
    except OSError:
        return str(path.absolute())
    # Some network file systems number no files.
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.normcase(path.absolute())


def own_kind(path: Path) -> str:
    """What xl-perf wrote this file as; "" for anybody else's and for anything that cannot be read.

    Looks at the custom document properties and at nothing else. A binary .xls does not tell.
    """
    try:
        return own_kind_of(load(path, ""))
    except Exception:  # whoever reads it, in a process of its own, will say what is wrong
        return ""


def own_output(shown: str, reason: str = "") -> BookError:
    """Nobody's workbook, and it was named itself; ``reason`` is why it was passed over."""
    if reason in {OWN_OUTPUTS[GUIDE], MISNAMED_GUIDE}:
        message = "是样表，里面还有没填的标记（如 {三级指标}），不是填报的工作簿"
        return BookError("own-output", shown, message, "是照它填的一份，请把标记都填完，用不着的行删去")
    message = "是 xl-perf 写出的汇总、校验报告、变动表、回执或没有改动过的标注副本，不是部门填报的工作簿"
    return BookError("own-output", shown, message, "请给出部门填报的工作簿")
