"""What is mailed upward: a macro-free workbook with its manifest, the manifest beside it, the draft of a mail.

The workbook is written anew from what was read, never by changing the person's file: what is not known to belong into
it cannot get into it. It is read back before anything comes into place, and must say the same.
"""

import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import visible
from xl_perf.core.cells.grid import Book, is_blank_row
from xl_perf.core.checking.check import check
from xl_perf.core.errors import BookError, OutputError, XlPerfError
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.making.merging import kind_of
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.core.submitting.manifest import Manifest, Packed, manifest_of, to_json
from xl_perf.core.submitting.packing import (
    NOT_CARRIED,
    accepted_rows,
    differences,
    findings_of_packed,
    money_texts_left,
    not_carried,
    sheet_names,
    to_send,
)
from xl_perf.core.submitting.verifying import verify
from xl_perf.core.version import VERSION
from xl_perf.core.workbook.settings import MONEY_TEXT_STAYED, STAYED_BEHIND
from xl_perf.core.workbook.sheets import TEMPLATE_VERSION
from xl_perf.files.guard import load
from xl_perf.files.names import file_name
from xl_perf.files.output import check_copy, check_folder, name_of, replacing
from xl_perf.profiles import fitting
from xl_perf.saved.besides import besides
from xl_perf.saved.workbook import OpenedBook, open_book, opened
from xl_perf.service.checking import named_by_file
from xl_perf.service.placing import Written
from xl_perf.submission.draft import draft_of
from xl_perf.submission.draft_mail import Attached
from xl_perf.text.book_left import places_left
from xl_perf.written.packed_sheets import PackedSheets
from xl_perf.written.template import write_department

FIRST_VERSION: Final = 1
SUFFIX: Final = ".xlsx"
_MOST_SHOWN: Final = 10
_LONG: Final = 5
"""Digits that no version's number has."""


class Source(NamedTuple):
    """A department's workbook as it was read for packing.

    ``hidden`` are the names of its hidden sheets, ``outside`` the cells beside its forms that nobody reads, ``signed``
    those among them in which people sign, ``besides`` what its file holds beside cells (Chinese).
    """

    department: Department
    hidden: tuple[str, ...]
    outside: tuple[str, ...]
    signed: tuple[str, ...]
    besides: tuple[str, ...]
    kinds: Kinds = KINDS
    """The kinds of form with which it was read."""


class Wish(NamedTuple):
    """What is asked for: the number of the version, a time instead of the document's, why it goes with errors."""

    version: int = FIRST_VERSION
    time: str = ""
    reason: str = ""


class HasErrors(XlPerfError):
    """Errors keep the workbook from being packed; ``findings`` are these."""

    def __init__(self, message: str, remedy: str, findings: Sequence[Finding]) -> None:
        super().__init__(message, remedy)
        self.findings = tuple(findings)


class Package(NamedTuple):
    """What is sent, ready to be written: names and contents of workbook, manifest and draft."""

    manifest: Manifest
    workbook: Attached
    beside: Attached
    mail: Attached

    @property
    def files(self) -> tuple[Attached, ...]:
        """All three."""
        return self.workbook, self.beside, self.mail


# --- reading ---------------------------------------------------------------------------------------------------


def read_source(path: Path, shown: str, kinds: Kinds = KINDS) -> Source:
    """The workbook as it was saved. Raises `BookError`. Strangers' files are read in a process of their own."""
    book = open_book(path, shown).read()
    department, _ = named_by_file(read_department(book, kinds))
    return source_of(book, department, kinds, besides(load(path, shown)))


def source_of(book: Book, department: Department, kinds: Kinds, beside_cells: Sequence[str]) -> Source:
    """A workbook that was read, saved or open, with what its file holds beside cells."""
    hidden = [grid.sheet for grid in book.grids if grid.hidden and not all(map(is_blank_row, grid.rows))]
    outside, signed = places_left(book, department, kinds)
    return Source(department, tuple(hidden), outside, signed, tuple(beside_cells), kinds)


# --- packing ---------------------------------------------------------------------------------------------------


def packed(source: Source, chosen: Profile | None, wish: Wish = Wish()) -> Package:  # noqa: B008 (immutable)
    """What is sent of a department's workbook, checked by the profile that was chosen, else by the fitting one.

    Raises `HasErrors` for errors without a reason, and `BookError` where the workbook holds no project, or where the
    new one would not say the same.
    """
    before = source.department
    if not before.projects:
        remedy = "请先填写项目表"
        if before.monitoring or before.evaluations:
            remedy = (
                "只有监控表、自评表的不用打包，把这一本直接报送，收件照样认得；要打包的，请放进有项目绩效目标表的那一本"
            )
        raise BookError("no-forms", before.path, "没有填写的项目绩效目标表，没有可以报送的", remedy)
    profile = chosen or fitting(before)
    found = check(before, profile)
    _refuse_errors(before.path, found, wish)
    kind = kind_of([one for one in before.projects if one.kind.is_written], profile.first_kind)
    # A profile that nobody has asked for is not named in the workbook: its forms tell which.
    forms = profile if chosen or profile.name == before.profile_name else replace(profile, is_by_form=True)
    writer = _Writer(before.path, to_send(before, kind), forms, kind, source.kinds)
    read_back = writer.read(writer.write(PackedSheets(())))
    after = replace(read_back, money_texts=money_texts_left(before))
    if unlike := differences(writer.department, after):
        raise _unlike(before.path, [one.said for one in unlike])
    findings = findings_of_packed(before, found, check(replace(after, accepted=()), profile))
    _refuse_errors(before.path, findings, wish)
    as_received = replace(after, accepted=accepted_rows(findings))
    manifest = manifest_of(as_received, findings, _packed(source, findings, kind, wish, profile))
    content = writer.write(PackedSheets(findings, manifest))
    verified = verify(writer.read(content), manifest)
    if not verified.is_same:
        raise _unlike(before.path, verified.said)
    return _package(content, manifest, Path(before.path))


class _Writer(NamedTuple):
    """Writes the department's workbook, and reads it back as whoever receives it does."""

    path: str
    department: Department
    profile: Profile
    kind: FormKind
    kinds: Kinds

    def write(self, sheets: PackedSheets) -> bytes:
        content = io.BytesIO()
        write_department(content, self.department, self.profile, kind=self.kind, packed=sheets)
        return content.getvalue()

    def read(self, content: bytes) -> Department:
        return read_department(OpenedBook(self.path, opened(content, SUFFIX), "").read(), self.kinds)


def _refuse_errors(path: str, findings: Sequence[Finding], wish: Wish) -> None:
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if errors and not wish.reason:
        raise HasErrors(f"{path} 有 {len(errors)} 个错误，没有打包", "请改正后再打包", errors)


def _unlike(path: str, said: Sequence[str]) -> BookError:
    more = f" 等 {len(said)} 处" if len(said) > _MOST_SHOWN else ""
    message = f"打包后的内容会与原来的不一样，没有打包：{'；'.join(said[:_MOST_SHOWN])}{more}"
    return BookError("unlike", path, message, "请把这些地方改成官方表样里的写法，再打包")


def _packed(source: Source, findings: Sequence[Finding], kind: FormKind, wish: Wish, profile: Profile) -> Packed:
    """What stands in the manifest beside what the workbook itself says."""
    department = source.department
    taken_out = [f"{MONEY_TEXT_STAYED}{one.place}（{one.said}）" for one in department.money_texts]
    taken_out += not_carried(department, source.hidden, kind)
    taken_out += [f"表外的文字{NOT_CARRIED}：{'、'.join(source.outside)}"] * bool(source.outside)
    taken_out += [f"表下的填报人、审核人等{NOT_CARRIED}：{'、'.join(source.signed)}"] * bool(source.signed)
    taken_out += [f"{one}{NOT_CARRIED}" for one in source.besides]
    return Packed(
        wish.version,
        wish.time or department.modified,
        VERSION,
        TEMPLATE_VERSION,
        profile.names,
        taken_out,
        list(_lacking(department)),
        wish.reason if any(one.severity is Severity.ERROR for one in findings) else "",
    )


def _lacking(department: Department) -> Iterator[str]:
    """What its totals lack: of forms that come along by their new sheets, of sheets that do not by their old ones.

    The latter are what the packed workbook says of itself when it is read: its totals are no more complete.
    """
    on_sheet = Counter(project.sheet for project in department.projects)
    names = dict(zip((one.sheet for one in department.projects), sheet_names(department), strict=True))
    of_forms = totals_of_department(replace(department, tables=(), unread=())).incomplete
    for one in totals_of_department(department).incomplete:
        if one not in of_forms:
            is_said = one.reason.startswith(STAYED_BEHIND)
            yield one.reason if is_said else f"{STAYED_BEHIND} {one.sheet or ''}：{one.reason}"
        else:  # of several forms on a sheet the reason names the project
            yield f"{names[one.sheet]}：{one.reason}" if one.sheet and on_sheet[one.sheet] == 1 else one.reason


# --- files -----------------------------------------------------------------------------------------------------


def _package(content: bytes, manifest: Manifest, path: Path) -> Package:
    stem = file_stem(manifest.department or path.stem, manifest.year, manifest.version)
    workbook = Attached(f"{stem}{SUFFIX}", content)
    beside = Attached(f"{stem}.json", to_json(manifest).encode())
    return Package(manifest, workbook, beside, Attached(f"{stem}.eml", draft_of(manifest, workbook, beside)))


def file_stem(department: str, year: int | None, version: int) -> str:
    """部门名-年度-绩效文本-vN: what files are called, on Windows too; a long name of a department is cut."""
    name = file_name(visible(department), "部门")
    tail = f"-{year or '年度未写'}-绩效文本-v{version}"
    return name_of(name, f"{tail}{SUFFIX}").removesuffix(SUFFIX)


def last_version(department: Department, folder: Path) -> int:
    """The highest version of the department's workbook that lies in a folder; 0 where none does."""
    start = file_stem(department.name or Path(department.path).stem, department.year, 0).removesuffix("0")
    try:
        names = [one.name for one in folder.iterdir()]
    except OSError:
        return 0
    found = [name.removeprefix(start).removesuffix(SUFFIX) for name in names if name.startswith(start)]
    return max((int(one) for one in found if one.isdecimal() and len(one) < _LONG), default=0)


def write_package(package: Package, folder: Path, source: Path, *, overwrite: bool = False) -> list[Written]:
    """Writes the three files into a folder, which may come into being; one that is there already is left alone.

    So is a draft in which somebody has written, as long as it belongs to the same workbook. Raises `OutputError` before
    anything is written where a file of another content has one of the names: a version that was sent is never
    replaced without ``overwrite``.
    """
    check_folder(folder)
    is_same = is_written(package.workbook, folder) and is_written(package.beside, folder)
    missing = []
    for one in package.files:
        target = folder / one.name
        if is_written(one, folder) or (is_same and one is package.mail and target.is_file() and not overwrite):
            continue
        if not overwrite and os.path.lexists(target):
            version = package.manifest.version + 1
            remedy = f"改过再报的，请加 --version {version}；确要替换，请加 --overwrite"
            raise OutputError(f"{target} 已经存在，内容不同，没有覆盖", remedy)
        check_copy(target, [source], overwrite=True)
        missing.append(one)
    return [_placed(folder / one.name, one if one in missing else None, new=not overwrite) for one in package.files]


def _placed(target: Path, wanted: Attached | None, *, new: bool) -> Written:
    if wanted is None:
        return Written(target)
    with replacing(target, new=new) as output:
        output.temp.write_bytes(wanted.content)
    return Written(output.path, output.notice)


def is_written(file: Attached, folder: Path) -> bool:
    """The file lies there with the same bytes."""
    target = folder / file.name
    try:
        return target.stat().st_size == len(file.content) and target.read_bytes() == file.content
    except OSError:
        return False
