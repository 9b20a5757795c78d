"""Workbooks as people change them (tests/people.py): read rightly, or said; never wrong in silence."""

import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from tests import people
from tests.people import CHANGES, Book, Expected, Said
from tests.thorough import every, so_many
from xl_perf.cli import main as cli

Document = Mapping[str, Any]

# --- the judge ------------------------------------------------------------------------------------------------------

MONEY_CODES: Final = ("S101", "S102", "S103", "S105", "S106", "S108", "B3", "X60", "T70")
"""What can speak of missing or odd money, or of a form that was not read."""
NAME_CODES: Final = (*MONEY_CODES, "F201")
COUNT_CODES: Final = (*MONEY_CODES, "I5")
FALSE_CODES: Final = ("S102", "S103", "S108", "B30", "I50")
"""Errors that are untrue of a book that is clear."""
NOUGHT: Final = Decimal(0)


@dataclass(frozen=True)
class Verdict:
    """``right``, ``said``, ``off`` (a name or count differs in silence) or ``silent`` (money does)."""

    outcome: str
    why: tuple[str, ...]
    false: tuple[str, ...]
    """Untrue errors at sheets that were read rightly."""


@dataclass(frozen=True)
class Trouble:
    """Something that was read otherwise than a person reads it."""

    sheet: str | None
    what: str
    codes: tuple[str, ...] = MONEY_CODES


class NothingSaid(AssertionError):
    """The program printed no document."""


def check(path: Path) -> Document:
    """What ``xl-perf check BOOK --json`` prints."""
    out, errors = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(errors):
        cli.main(["check", str(path), "--json"])
        sys.stdout.flush()
    printed = out.buffer.getvalue()
    if not printed:
        raise NothingSaid(errors.getvalue())
    document: Document = json.loads(printed)
    return document


def judge(book: Book, document: Document) -> Verdict:
    """Compares what was read with what a person reads, and looks whether differences are said where they are."""
    voice = Voice(document, book.demands)
    troubles = [*_projects(book, document), *_totals(book, document)]
    unsaid = [one for one in troubles if not voice.speaks_of(one)]
    # Where a form could not be read and this was said, nothing more can be asked.
    lost = {one.sheet for one in troubles if one.codes != COUNT_CODES and one not in unsaid}
    unmet = [one for one in book.demands if not voice.meets(one) and not lost & {*one.sheets}]
    why = [f"{one.sheet}: {one.what}" for one in troubles] + [f"unsaid: {one.why}" for one in unmet]
    if voice.failed or unmet or any(one.codes == MONEY_CODES for one in unsaid):
        outcome = "silent"
    elif unsaid:
        outcome = "off"
    else:
        outcome = "said" if troubles else "right"
    troubled = {one.sheet for one in troubles}
    false = tuple(what for sheet, what in _false(book, document) if sheet not in troubled)
    return Verdict(outcome, (*why, *voice.failed), false)


class Voice:
    """What the program says about a book."""

    def __init__(self, document: Document, demands: Sequence[Said]) -> None:
        self._book: Document = document["books"][0]
        self._incomplete = {one["sheet"] for one in document["totals"].get("incomplete", ())}
        self._named = {one["sheet"] for key in ("others", "unread") for one in self._book.get(key, ())}
        self._demands = demands

    @property
    def failed(self) -> tuple[str, ...]:
        """Rules that failed."""
        return tuple(one["message"] for one in self._book["findings"] if one["code"] == "K000")

    def speaks_of(self, trouble: Trouble) -> bool:
        if self._book["error"] is not None or (trouble.sheet is None and self._incomplete):
            return True
        if trouble.sheet in self._named | self._incomplete or self._found(trouble.codes, trouble.sheet):
            return True
        # A project on two sheets may be said at either.
        met = (one for one in self._demands if trouble.sheet is None or trouble.sheet in one.sheets)
        return any(self.meets(one) for one in met)

    def meets(self, demand: Said) -> bool:
        if self._book["error"] is not None or self._named & {*demand.sheets}:
            return True
        if "B3" in demand.codes and self._incomplete & {*demand.sheets}:
            return True
        return any(self._found(demand.codes, sheet) for sheet in demand.sheets)

    def _found(self, codes: Sequence[str], sheet: str | None) -> bool:
        """An error or warning at the sheet or the book as a whole; for the whole book one anywhere."""
        return any(
            one["severity"] != "hint" and one["code"].startswith(tuple(codes))
            for one in self._book["findings"]
            if sheet is None or one["sheet"] in (None, sheet)
        )


def _projects(book: Book, document: Document) -> Iterator[Trouble]:
    """Every project that is missing, odd, or one too many."""
    for sheet, wanted, found in _by_sheet(book, document):
        for want in wanted:
            at = next((which for which, one in enumerate(found) if one["name"] == want.name), 0)
            yield from _compared(want, found.pop(at)) if found else [Trouble(sheet, f"{want.name} not read")]
        for one in found:
            if one["name"] is not None or any(_amount(one[key]) for key in people.MONEY):
                yield Trouble(sheet, f"read as a project: {one['name']} {one['budget']}")


def _by_sheet(book: Book, document: Document) -> Iterator[tuple[str, list[Expected], list[Document]]]:
    found = document["books"][0]["projects"]
    for sheet in dict.fromkeys([*(one.sheet for one in book.projects), *(one["sheet"] for one in found)]):
        yield (
            sheet,
            [one for one in book.projects if one.sheet == sheet],
            [one for one in found if one["sheet"] == sheet],
        )


def _compared(want: Expected, found: Document) -> Iterator[Trouble]:
    for key in people.MONEY:
        wanted = getattr(want, key)
        if not want.known:
            yield Trouble(want.sheet, f"{want.name}: amounts cannot be known")
            break
        if (wanted or NOUGHT) != _amount(found[key]):
            yield Trouble(want.sheet, f"{want.name}: {key} {found[key]} instead of {wanted}")
    if found["name"] != want.name:
        yield Trouble(want.sheet, f"name {found['name']!r} instead of {want.name!r}", NAME_CODES)
    if found["indicators"] != want.indicators:
        what = f"{want.name}: {found['indicators']} indicators instead of {want.indicators}"
        yield Trouble(want.sheet, what, COUNT_CODES)


def _totals(book: Book, document: Document) -> Iterator[Trouble]:
    """Totals that do not follow from projects that were read rightly."""
    if any(one.codes == MONEY_CODES for one in _projects(book, document)):
        return
    for key, wanted in zip(people.MONEY, book.total, strict=True):
        if _amount(document["totals"][key]) != wanted:
            yield Trouble(None, f"total {key} {document['totals'][key]} instead of {wanted}")


def _amount(printed: str | None) -> Decimal:
    return Decimal(printed or 0)


def _false(book: Book, document: Document) -> Iterator[tuple[str | None, str]]:
    """Errors that are untrue, with their sheets: the book is clear and complete."""
    if not book.clear:
        return
    for one in document["books"][0]["findings"]:
        if one["severity"] == "error" and one["code"].startswith(FALSE_CODES) and one["code"] not in book.allowed:
            yield one["sheet"], f"{one['code']} {one['sheet']}!{one['cell']} {one['message']}"


# --- the books ------------------------------------------------------------------------------------------------------


def hold(results: Sequence[people.Result]) -> None:
    """What must be true of many books."""
    clear = [one for one in results if one.clear]
    silent = [one for one in results if one.outcome == "silent"]
    right = sum(one.outcome == "right" for one in clear) / len(clear)
    false = sum(bool(one.false) for one in clear) / len(clear)
    summary = f"{len(silent)} silent; of {len(clear)} clear books {right:.1%} right, {false:.1%} with false alarms"
    if silent or right < 0.9 or false >= 0.03:
        pytest.fail(f"{summary}\n\n{people.report(results)}", pytrace=False)


def test_some_changed_books_are_read_rightly_or_said(tmp_path: Path) -> None:
    hold([people.examine_seed(seed, tmp_path) for seed in range(1, 1 + so_many(60, 120))])


@pytest.mark.slow
def test_many_changed_books_are_read_rightly_or_said(tmp_path: Path) -> None:
    """Others than those above; 680 of them in `make thorough`."""
    hold(people.examine_all(people.examine_seed, range(121, 121 + so_many(30, 680)), tmp_path))


@pytest.mark.parametrize("name", list(CHANGES)[:: every(3)])
def test_a_change_alone_is_read_rightly_or_said(name: str, tmp_path: Path) -> None:
    result = people.examine_alone(name, tmp_path)
    if CHANGES[name].expects == "right":
        assert (result.outcome, result.false) == ("right", ()), str(result)
    else:
        assert result.outcome in ("right", "said"), str(result)


# --- the generator --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_seed_makes_the_same_book_again(tmp_path: Path) -> None:
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
    for seed in range(1, 30):
        one, two = (people.make(seed, tmp_path / name) for name in "ab")
        assert (one.changes, one.projects, one.clear) == (two.changes, two.projects, two.clear)
        assert contents(one.path) == contents(two.path)


def contents(path: Path) -> list[tuple[str, str, object]]:
    pages = openpyxl.load_workbook(path).worksheets
    return [(page.title, cell.coordinate, cell.value) for page in pages for row in page.iter_rows() for cell in row]


def test_every_family_of_changes_turns_up(tmp_path: Path) -> None:
    books = [people.make(seed, tmp_path) for seed in range(1, 1 + so_many(60, 120))]
    families = {name.partition(":")[0] for book in books for name in book.changes}
    assert families == set(people.FAMILIES)
    assert 0.5 < sum(book.clear for book in books) / len(books) < 0.9


# --- the judge itself -----------------------------------------------------------------------------------------------

BOOK: Final = Book(
    path=Path("部门.xlsx"),
    seed=0,
    changes=(),
    projects=(
        Expected("01", "道路养护", Decimal(10), Decimal(8), Decimal(2), 6, known=True),
        Expected("02", "绿化", Decimal(5), Decimal(5), None, 7, known=True),
    ),
    clear=True,
    demands=(),
    allowed=frozenset(),
)


def finding(code: str, sheet: str | None, severity: str = "error") -> Document:
    return {"code": code, "sheet": sheet, "severity": severity, "cell": None, "message": "…"}


def document(*findings: Document, road: str | None = "10", total: str = "15", **more: object) -> Document:
    projects = [
        {"sheet": "01", "name": "道路养护", "budget": road, "fiscal": "8", "other": "2", "indicators": 6},
        {"sheet": "02", "name": "绿化", "budget": "5", "fiscal": "5", "other": None, "indicators": 7},
    ]
    book = {"projects": projects, "findings": findings, "error": None} | more
    return {"books": [book], "totals": {"projects": 2, "budget": total, "fiscal": "13", "other": "2"}}


def outcome(printed: Document, *demands: Said) -> str:
    return judge(replace(BOOK, demands=demands), printed).outcome


def test_what_is_read_as_a_person_reads_it_is_right() -> None:
    assert outcome(document()) == "right"
    assert outcome(document(finding("I512", "01", "warning"))) == "right"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], "silent"),
        ([finding("B301", "01")], "said"),
        ([finding("B306", "01", "warning")], "said"),
        ([finding("B307", "01", "hint")], "silent"),
        ([finding("B301", "02")], "silent"),
        ([finding("S101", None)], "said"),
        ([finding("S104", "01", "warning")], "silent"),
        ([finding("F202", "01", "warning")], "silent"),
        ([finding("B301", "01"), finding("K000", None)], "silent"),
    ],
)
def test_other_money_must_be_said_where_it_is(said: list[Document], expected: str) -> None:
    assert outcome(document(*said, road=None, total="5")) == expected
    assert outcome(document(*said, road="100000", total="100005")) == expected


def test_a_sheet_may_be_named_instead() -> None:
    for key in ("others", "unread"):
        assert outcome(document(road=None, total="5", **{key: [{"sheet": "01"}]})) == "said"
        assert outcome(document(road=None, total="5", **{key: [{"sheet": "02"}]})) == "silent"


def test_a_project_too_many_must_be_said() -> None:
    more = {"sheet": "汇总", "name": "合计", "budget": "15", "fiscal": "13", "other": "2", "indicators": 0}
    printed = document()
    printed["books"][0]["projects"].append(more)
    assert outcome(printed) == "silent"
    blank = more | {"name": None, "budget": None, "fiscal": None, "other": None}
    printed["books"][0]["projects"][-1] = blank
    assert outcome(printed) == "right"


def test_a_total_that_does_not_follow_must_be_said() -> None:
    assert outcome(document(total="25")) == "silent"


def test_names_and_counts_that_differ_are_off() -> None:
    printed = document()
    printed["books"][0]["projects"][0]["name"] = "道路"
    assert outcome(printed) == "off"
    printed = document()
    printed["books"][0]["projects"][0]["indicators"] = 3
    assert outcome(printed) == "off"


def test_a_demand_must_be_met_even_where_all_is_right() -> None:
    twice = Said(("01", "02"), ("X60",), "the same project twice")
    assert outcome(document(), twice) == "silent"
    assert outcome(document(finding("X602", "02")), twice) == "right"


def test_untrue_errors_are_counted() -> None:
    assert judge(BOOK, document(finding("S102", "01"))).false
    assert not judge(BOOK, document(finding("S104", "01", "warning"))).false
