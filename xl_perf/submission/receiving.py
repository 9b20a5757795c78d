"""`receive`: takes what was mailed into an inbox: keeps originals, checks each workbook, records it.

A file is kept before the row that names it is written; a row is one transaction. So a run that is killed at any moment
leaves a whole inbox, and the next one goes on. What has been recorded is not read again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf import __version__
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.reported import is_report_kind, report_kind, reported
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.figures.totals import MONEY
from xl_perf.core.model.findings import Severity, count, count_accepted
from xl_perf.core.profile import Profile
from xl_perf.files.guard import Refused
from xl_perf.files.inboxes import ORIGINALS
from xl_perf.files.keeping import Kept, keep, place
from xl_perf.files.last_saved import as_utc
from xl_perf.files.temporary import FULL
from xl_perf.profiles import beside
from xl_perf.saved.guides import guides_beside
from xl_perf.service.checking import Wanted, Workers, examine, guarded_results
from xl_perf.service.results import BookResult, not_read
from xl_perf.submission import frozen
from xl_perf.submission.arriving import Arrival, Arrived
from xl_perf.submission.store import Container, PassedOver, Received, Store

if TYPE_CHECKING:
    from xl_perf.saved.children import At
    from xl_perf.saved.limits import Limits


FORWARDED: Final = "转发来的，原发件人"
"""What the note on a forwarded mail begins with."""


class Reading(NamedTuple):
    """How workbooks are read: by which profile (None: that of their forms), by whom, within which limits."""

    profile: Profile | None = None
    workers: Workers = None
    limits: "Limits | None" = None

    @property
    def checked_by(self) -> str:
        """What a workbook was checked by; one that could not be read is tried again when this is something else."""
        limits = f" {self.limits.seconds}秒 {self.limits.memory}MB" if self.limits else ""
        return f"xl-perf {__version__}{limits}"


@dataclass
class Taken:
    """What came of one run: how many files were new, how many had come before; what could not be kept."""

    new: list[int] = field(default_factory=list)
    before: int = 0
    problems: list[XlPerfError] = field(default_factory=list)


Recorded = tuple[Received, BookResult]
Passing = Callable[[Iterator[Recorded]], Iterable[Recorded]]


def take_in(
    store: Store, arrived: Arrived, reading: Reading, taken: Taken, passing: Passing = iter
) -> Iterator[Recorded]:
    """Keeps, checks and records everything; gives each new workbook when it is in the record."""
    _keep_containers(store, arrived.containers, taken)
    known = store.known()
    new: list[tuple[Arrival, Kept]] = []
    for arrival, kept in _kept(store, arrived.books, taken):
        number, by, error = known.get((kept.sha256, arrival.name), (0, "", ""))
        is_done = number < 0 or (number > 0 and (not error or by == reading.checked_by))
        if is_done:
            taken.before += 1
        else:
            known[kept.sha256, arrival.name] = (-1, "", "")
            new.append((arrival, kept))
    examined = _examined(new, reading)
    yield from passing(_recorded(store, zip(new, examined, strict=True), reading, taken))
    notes = [PassedOver(note, reason, is_error=False) for note, reason in _profiles(arrived.books)]
    store.add_passed_over([one._replace(path=_recordable(one.path)) for one in (*arrived.passed_over, *notes)])


def _keep_containers(store: Store, containers: Sequence[Arrival], taken: Taken) -> None:
    for one in containers:
        kept = _keep(store, one, taken)
        if kept is not None:
            store.add_container(
                Container(
                    *(kept.sha256, kept.suffix, kept.size),
                    *(one.name, one.shown, one.received_at, one.sender, one.subject),
                )
            )


def _kept(store: Store, arrivals: Sequence[Arrival], taken: Taken) -> Iterator[tuple[Arrival, Kept]]:
    for one in arrivals:
        kept = _keep(store, one, taken)
        if kept is not None:
            yield one, kept


def _keep(store: Store, arrival: Arrival, taken: Taken) -> Kept | None:
    try:
        return keep(arrival.path, store.folder / ORIGINALS)
    except OSError as error:
        if error.errno in FULL:
            message = f"收件箱所在的磁盘空间不足，从 {arrival.shown} 起没有收"
            raise XlPerfError(message, "请清理磁盘后再运行一次，会接着收") from error
        said = f"没有收进收件箱（{error.__class__.__name__}）"
        taken.problems.append(BookError("unreadable", arrival.shown, said, "请检查文件和磁盘后再运行一次"))
        return None


def _profiles(arrivals: Sequence[Arrival]) -> Iterator[tuple[str, str]]:
    """Departments' own profiles that came with workbooks: whoever sends a workbook does not say how it is checked."""
    for path in dict.fromkeys(found for one in arrivals if (found := beside(one.path)) is not None):
        yield path.name, "随工作簿来的口径文件，收件时没有用；要用的请以 --profile 给出"
    for path in dict.fromkeys(found for one in arrivals for found in guides_beside(one.path)):
        yield (
            path.name,
            f'随工作簿来的样表，收件时没有用；要用的请以 --profile 给出写有 forms = ["{path.name}"] 的口径文件',
        )


# --- reading -------------------------------------------------------------------------------------------------------

_Place = tuple[Path, str]


def _examined(new: Sequence[tuple[Arrival, Kept]], reading: Reading) -> Iterator[BookResult]:
    """The results, in order. The processes that read start at once."""
    results = examine_originals([(kept.path, one.shown) for one, kept in new if one.error is None], reading)
    return (next(results) if one.error is None else not_read(one.error) for one, _ in new)


def examine_originals(places: Sequence[_Place], reading: Reading) -> Iterator[BookResult]:
    """The results of workbooks that are kept: as of those that came, in processes that are held to limits."""
    work = partial(_examine, profile=reading.profile)
    return guarded_results(places, work, _refused, reading.workers, reading.limits)


def _examine(places: Sequence[_Place], at: "At", *, profile: Profile | None) -> list[BookResult]:
    return examine(places, at, profile=profile, wanted=Wanted(trusts_senders=False))


def _refused(place: _Place, refused: Refused) -> BookResult:
    return not_read(refused.at(place[1]))


def original(store: Store, row: Received) -> Path:
    """Where the original of a received workbook is kept."""
    return place(store.folder / ORIGINALS, row.sha256, row.suffix)


# --- recording -----------------------------------------------------------------------------------------------------


def _recorded(
    store: Store,
    pairs: Iterable[tuple[tuple[Arrival, Kept], BookResult]],
    reading: Reading,
    taken: Taken,
) -> Iterator[Recorded]:
    before = {key: value[0] for key, value in store.known().items()}
    for (arrival, kept), result in pairs:
        row = row_of(arrival, kept, result, reading)
        number = before.get((row.sha256, row.name), 0)
        if number:
            store.replace(number, row)
        else:
            number = store.add(row)
        if not number:
            taken.before += 1
            continue
        taken.new.append(number)
        yield replace(row, id=number), result


def row_of(arrival: Arrival, kept: Kept, result: BookResult, reading: Reading) -> Received:
    """What is recorded of a workbook."""
    result = _dated(result, arrival)
    counts = count(result.findings)
    sent, error, compared, kind = result.sent, result.error, result.delivered, kind_of(result)
    if compared and is_report_kind(kind):
        compared = reported(result.evaluations or result.monitoring, compared)
    return Received(
        id=0,
        sha256=kept.sha256,
        suffix=kept.suffix,
        bytes=kept.size,
        name=_recordable(arrival.name),
        path=_recordable(arrival.shown),
        received_at=arrival.received_at,
        sender=_recordable(arrival.sender),
        subject=_recordable(arrival.subject),
        department=_recordable(result.department) if result.department else None,
        year=result.year,
        kind=kind,
        projects=len(result.lines),
        **{key: plain(result.totals.amounts[key]) for key in MONEY},
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        hints=counts[Severity.HINT],
        accepted=count_accepted(result.findings),
        modified=compared.modified if compared else "",
        version=compared.version if compared else None,
        verified=None if sent is None else int(sent.verified.is_same),
        changed=_recordable("\n".join(_changed(result))),
        forced=_recordable(sent.manifest.forced if sent and sent.manifest else ""),
        profile=_recordable(result.profile or ""),
        notes=_recordable("\n".join([*result.notes, *_forwarded(arrival)])),
        checked_by=reading.checked_by,
        totals=frozen.totals_to_json(result.totals),
        compared=frozen.delivered_to_json(compared) if compared else "",
        error_kind=error.kind if error else "",
        error=_recordable(error.message.removeprefix(f"{error.path}：")) if error else "",
        remedy=_recordable(error.remedy) if error else "",
    )


def _forwarded(arrival: Arrival) -> Sequence[str]:
    return [f"{FORWARDED} {arrival.forwarded}"] if arrival.forwarded else ()


def _changed(result: BookResult) -> Sequence[str]:
    return [" ".join(one.split()) for one in result.sent.verified.said] if result.sent else ()


def kind_of(result: BookResult) -> str:
    """The family of its forms; of a workbook with nothing but reports what these are; empty where nothing is known."""
    if not (result.lines or result.own_targets) and (kind := report_kind(result.monitoring, result.evaluations)):
        return kind
    families = [line.kind.family.value for line in result.lines]
    families += [one.kind.family.value for one in result.own_targets]
    families += [one.family for one in result.tables]
    return next(iter(families), "")


def _dated(result: BookResult, arrival: Arrival) -> BookResult:
    """Where neither manifest nor document says how old a workbook is, it is as old as its mail or its file."""
    if result.delivered is None or result.delivered.modified:
        return result
    when = ""
    with suppress(ValueError):
        when = as_utc(arrival.received_at)
    return replace(result, delivered=replace(result.delivered, modified=when))


def _recordable(text: str) -> str:
    """SQLite takes no lone surrogates, which names of files may have."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
