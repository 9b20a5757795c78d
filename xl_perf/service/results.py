"""What checking a workbook gives, compact enough to pass between processes; and the profile that it was checked by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.checking.accepting import no_longer
from xl_perf.core.checking.counting import Left
from xl_perf.core.checking.delivered import Delivered, delivered
from xl_perf.core.checking.seen import Seen
from xl_perf.core.checking.together import has_reports
from xl_perf.core.errors import BookError
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.summary import ProjectLine, lines_of
from xl_perf.core.figures.totals import Totals
from xl_perf.core.model.department import Department, OtherTable, UnreadSheet
from xl_perf.core.model.findings import Accepted, Finding
from xl_perf.core.model.progress import Evaluation, Monitoring
from xl_perf.core.model.project import Project
from xl_perf.core.profile import Profile, ProfileError
from xl_perf.files.last_saved import in_iso
from xl_perf.files.temporary import as_given
from xl_perf.profiles import DEFAULT, beside
from xl_perf.saved.guides import load_own
from xl_perf.saved.sent import Sent


class OwnProfile(NamedTuple):
    """A profile that lies beside a workbook."""

    path: str
    profile: Profile


def own_profile(workbook: Path) -> OwnProfile | None:
    """The department's own profile beside its workbook: ``<stem>.toml``, else 口径.toml; None where there is none.

    Raises `ProfileError` where it cannot be used.
    """
    path = beside(workbook)
    return None if path is None else profile_at(path)


def profile_at(path: Path) -> OwnProfile:
    """The department's own profile that lies there. Raises `ProfileError` where it cannot be used."""
    shown = as_given(str(path))
    try:
        return OwnProfile(shown, load_own(path))
    except ProfileError as error:
        raise ProfileError(error.message.replace(str(path), shown), error.remedy) from error


_NOTHING: Final = Totals()


@dataclass(frozen=True)
class BookResult:
    """What one workbook gave: its projects' lines and findings, or the error that kept it from being read."""

    path: str
    department: str | None = None
    year: int | None = None
    sha256: str | None = None
    """Of the file, if fingerprints were asked for."""
    sheets: tuple[str, ...] = ()
    lines: tuple[ProjectLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    error: BookError | None = None
    accepted: tuple[Accepted, ...] = ()
    own: OwnProfile | None = None
    """The department's own profile, if it was used."""
    profile: str | None = None
    """What it was checked by: the path of the department's own profile, else the name of another one."""
    settings: Profile | None = None
    """That profile."""
    offered: tuple[str, ...] = ()
    """The names of the 样表 that lie beside it or that its profile names, whether it was read by them or not."""
    blank: tuple[str, ...] = ()
    """The names of the 样表 of which it has a form that is not filled in."""
    carried: tuple[str, ...] = ()
    """The names of the 样表 by which it was read and that it alone knows: it was made of them."""
    totals: Totals = _NOTHING
    """The book's projects added up, in 万元, and what is missing from that: of a book that was not read, itself."""
    tables: tuple[OtherTable, ...] = ()
    """Tables of other kinds."""
    own_targets: tuple[Project, ...] = ()
    """部门整体绩效目标表: the department's own targets and whole money."""
    monitoring: tuple[Monitoring, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    reporting: bool = False
    """It holds tables of the year after the text: monitoring, self-evaluation, tasks."""
    checked_with: tuple[str, ...] = ()
    """The workbooks of the same department beside which those tables were checked."""
    unread: tuple[UnreadSheet, ...] = ()
    """Sheets with content of which nothing was read."""
    projects: tuple[Project, ...] = ()
    """The projects of `lines`, whole, if they were asked for."""
    delivered: Delivered | None = None
    """What is compared with the other books, until all have come."""
    left: Left | None = None
    """Why the book is in no total; None where it counts."""
    sent: Sent | None = None
    """What its manifest says, where it has one."""


NO_MONEY: Final = frozenset({"no-workbooks", "own-output"})
"""Kinds of errors about inputs that hold no department's money."""


def not_read(error: BookError) -> BookResult:
    """The result of what could not be read: its money is missing from every total."""
    if error.kind in NO_MONEY:
        return BookResult(error.path, error=error)
    reason = error.message.removeprefix(f"{error.path}：")
    return BookResult(error.path, error=error, totals=Totals().lacking(Incomplete(error.path, None, reason)))


def result_of(
    seen: Seen,
    findings: Sequence[Finding],
    profile: Profile,
    own: OwnProfile | None = None,
    notes: Sequence[str] = (),
    sent: Sent | None = None,
) -> BookResult:
    """The compact result of a department that has been checked by a profile, perhaps its own; with further notes.

    ``sent`` is what its manifest says, for whoever lists what was handed in.
    """
    department = seen.department
    modified = department.modified or saved_at(department)
    known = delivered(department, seen.whole_text, department.name, modified, seen.listed)
    is_altered = department.packed is not None and not department.packed.is_same
    return BookResult(
        department.path,
        department.name,
        department.year,
        department.sha256 or None,
        department.sheets,
        lines_of(department, findings, seen.totals),
        tuple(findings),
        (
            *department.notes,
            *notes,
            *_other_profile(department, profile, own),
            *no_longer(findings, department.accepted, department.sheets),
        ),
        accepted=department.accepted,
        own=own,
        profile=own.path if own else profile.names,
        settings=profile,
        totals=seen.total._replace(altered=1) if is_altered else seen.total,
        tables=department.tables,
        own_targets=department.own_targets,
        monitoring=department.monitoring,
        evaluations=department.evaluations,
        reporting=has_reports(department),
        unread=department.unread,
        delivered=known,
        sent=sent,
    )


def saved_at(department: Department) -> str:
    """When the file was last written, where the workbook itself does not say it; empty where there is none."""
    try:
        return in_iso(datetime.fromtimestamp(Path(department.path).stat().st_mtime, UTC))
    except (OSError, ValueError, OverflowError):
        return ""


def _other_profile(department: Department, used: Profile, own: OwnProfile | None) -> Iterator[str]:
    """A note where a book was made for another profile than it is checked by: its file may have stayed behind."""
    made_for = department.profile_name
    if own is None and made_for not in {"", DEFAULT, used.name}:
        remedy = "要按原来的口径，请用 --profile 给出，或把口径文件放在工作簿旁边"
        yield f"这本工作簿是按口径“{made_for}”建的，这次按“{used.names}”校验；{remedy}"
