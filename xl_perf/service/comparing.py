"""`diff`: two sides given as people type inputs, read under guard and compared, and the workbook that lists it."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.checking.delivered import Delivered, delivered
from xl_perf.core.checking.seen import Seen
from xl_perf.core.comparing.diff import Side, diff_of_sides, side_of
from xl_perf.core.comparing.not_compared import file_skipped, file_unread
from xl_perf.core.comparing.records import Difference, NotCompared, SideName
from xl_perf.core.errors import BookError, XlPerfError
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.files.guard import Refused
from xl_perf.files.inputs import Found, find_books, identity_of
from xl_perf.files.output import check_target, replacing
from xl_perf.service.checking import Workers, guarded_results, named_by_file, read
from xl_perf.service.placing import Written
from xl_perf.service.results import NO_MONEY, saved_at

if TYPE_CHECKING:
    from xl_perf.saved.children import At
    from xl_perf.saved.limits import Limits

_HELD: Final = 32 * 1024 * 1024
"""So many bytes of departments are put aside in memory, more of them in a file."""


class Given(NamedTuple):
    """A side: the input as it was typed, and which files it means."""

    name: SideName
    typed: str
    found: Found


class Read(NamedTuple):
    """A workbook, put aside until it is compared; or why it cannot be read."""

    delivered: Delivered | None
    department: bytes
    error: BookError | None = None


Passing = Callable[[Iterator[Read]], Iterable[Read]]


def given(old: str, new: str) -> tuple[Given, Given]:
    """The two sides. Raises `BookError` where an input means nothing at all."""
    sides = Given(SideName.OLD, old, find_books([old])), Given(SideName.NEW, new, find_books([new]))
    for side in sides:
        if not side.found.books and len(side.found.errors) == 1:
            raise side.found.errors[0]
    return sides


def check_changes_target(out: str, sides: Sequence[Given], overwrite: bool = False) -> None:
    """Raises `OutputError` where the list of changes must not be written."""
    check_target(Path(out), [path for side in sides for path, _ in side.found.books], overwrite)


class Compared(NamedTuple):
    """What differs, and the files that could not be read."""

    difference: Difference
    errors: tuple[BookError, ...]


def compare(
    sides: tuple[Given, Given],
    profile: Profile | None = None,
    workers: Workers = None,
    limits: "Limits | None" = None,
    passing: Passing = iter,
) -> Compared:
    """Reads both sides in processes that are held to ``limits``, and compares them.

    ``profile`` says how forms look, as for `check`. Departments are in memory while they are compared; else they lie in
    a temporary file. Raises `BookError` where one side has no workbook that can be read.
    """
    books = [place for side in sides for place in side.found.books]
    results = guarded_results(books, partial(_read_each, profile=profile), _refused, workers, limits)
    with SpooledTemporaryFile(_HELD) as aside:
        reads = iter(passing(results))
        of_old, of_new = (_put_aside(side, reads, aside) for side in sides)
        next(reads, None)  # there is none: the processes and the progress bar come to their end
        errors = (*of_old.errors, *of_new.errors)
        for side, own in zip(sides, (of_old, of_new), strict=True):
            if not own.side.books:
                raise _nothing_read(side, own.errors)
        difference = diff_of_sides(of_old.side, of_new.side)
    return Compared(_with_note_on_same(sides, difference), errors)


class _Put(NamedTuple):
    side: Side
    errors: tuple[BookError, ...]


def _put_aside(side: Given, reads: Iterator[Read], aside: "IO[bytes]") -> _Put:
    """The next results, as many as the side has books."""
    places: list[tuple[int, int]] = []
    books: list[Delivered] = []
    errors: list[BookError] = []
    for _ in side.found.books:
        one = next(reads)
        if one.delivered is None or one.error is not None:
            errors += [one.error] if one.error else []
            continue
        books.append(one.delivered)
        places.append((aside.seek(0, 2), len(one.department)))
        aside.write(one.department)
    errors += side.found.errors

    def load(at: int) -> Department:
        start, size = places[at]
        aside.seek(start)
        department: Department = pickle.loads(aside.read(size))
        return department

    more = [*map(partial(_unread, side.name), errors), *_skipped(side)]
    return _Put(side_of(side.name, books, load, more), tuple(errors))


def _unread(side: SideName, error: BookError) -> NotCompared:
    reason = error.message.removeprefix(f"{error.path}：")
    if error.kind in NO_MONEY:
        return file_skipped(side, error.path, reason)
    return file_unread(side, error.path, reason)


def _skipped(side: Given) -> Iterator[NotCompared]:
    for one in side.found.skipped:
        yield file_skipped(side.name, one.path, one.reason)


def _nothing_read(side: Given, errors: Sequence[BookError]) -> BookError:
    if len(errors) == 1:
        return errors[0]
    what = "原来的一边" if side.name is SideName.OLD else "现在的一边"
    named = "；".join(str(one).rstrip("。") for one in errors)
    return BookError("no-workbooks", side.typed, f"{what}没有一本读得出来，没法比较（{named}）", "请先处理这些文件")


def _with_note_on_same(sides: tuple[Given, Given], difference: Difference) -> Difference:
    """Who gives one and the same file twice probably means another one."""
    places = [[identity_of(path) for path, _ in side.found.books] for side in sides]
    if places[0] != places[1]:
        return difference
    note = "两边给的是同样的文件，自然没有变化"
    return Difference(
        difference.departments,
        difference.old_totals,
        difference.new_totals,
        difference.not_compared,
        (note, *difference.notes),
    )


def _read_each(places: Sequence[tuple[Path, str]], at: "At", *, profile: Profile | None) -> list[Read]:
    """Some workbooks; what cannot be read is a result too."""
    results: list[Read] = []
    for number, (path, shown) in enumerate(places):
        at(number)
        try:
            results.append(_put(read(path, profile, shown)))
        except BookError as error:
            results.append(Read(None, b"", error))
        except XlPerfError as error:  # the department's own profile
            results.append(Read(None, b"", BookError("profile", shown, error.message, error.remedy)))
    return results


def _put(department: Department) -> Read:
    named, _ = named_by_file(department)
    modified = named.modified or saved_at(named)
    known = delivered(named, Seen(named).whole_text, named.name, modified)
    return Read(known, pickle.dumps(named, pickle.HIGHEST_PROTOCOL))


def _refused(place: tuple[Path, str], refused: Refused) -> Read:
    return Read(None, b"", refused.at(place[1]))


def write_changes(out: str, difference: Difference, sides: Sequence[Given]) -> Written:
    """The workbook with 变动总览, 项目 and 明细; and 未计入 where something was not compared."""
    from xl_perf.written.changes import write_changes_workbook

    with replacing(Path(out)) as output:
        write_changes_workbook(output.temp, difference, [side.typed for side in sides])
    return Written(output.path, output.notice)
