"""Runs the program on a folder of changed files as a person would, and judges what it says of each.

What must hold: exit status 0, 1 or 2; no traceback; no input changed; each file accounted for; within limits of time
and memory; and no total that is another one without a word.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

from tests import builders
from tests.fuzz.packages import entries_of, may_lose_sheets, mutant, packed
from xl_perf.core.errors import BookError
from xl_perf.core.figures.totals import totals_of_department
from xl_perf.core.reading import read_department
from xl_perf.saved.workbook import read_book

ROOT: Final = Path(__file__).parents[2]
FIXTURES: Final = ROOT / "tests" / "fixtures"
SECONDS, MEMORY = 8, 700
"""Limits for each file; all are small, so none may need them. MiB."""
ARCHIVE: Final = ".zip"
LIMITS: Final = ("--limit-seconds", str(SECONDS), "--limit-memory", str(MEMORY), "--all-versions")
NEEDED_TOO_MUCH: Final = ("还没有读完", "需要的内存超过", "崩溃", "意外")
PROBLEMS: Final = ("Traceback", "程序内部出错")


@dataclass(frozen=True)
class Subject:
    """A sound file, and what is said of it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Failure:
    """What went wrong with which file, what had been done to it."""

    what: str
    done: str
    name: str = ""
    data: bytes = b""

    def __str__(self) -> str:
        return f"{self.name}: {self.what}\n  done: {self.done}"


def subjects(work: Path) -> list[Subject]:
    """Workbooks of several programs and kinds: our own, one with comments and drawings, others' .xlsx, .xls, .ods; and
    an archive of some.
    """
    own = work / "own.xlsx"
    projects = [
        builders.project(name=f"项目{n}", budget=100.25 * n, fiscal=100.25 * n - 0.25, other=0.25) for n in (1, 2)
    ]
    builders.write(own, builders.department(*projects, name="甲局"))
    faulty = work / "faulty.xlsx"
    builders.write(faulty, builders.department(builders.project(code="", goals=["", ""]), name="乙局"))
    run(work, "check", faulty.name, "--marked", "marked")
    marked = (work / "marked" / faulty.name).read_bytes()
    others = [
        *("layouts/l01-ministry-2016-mid-annual.xlsx", "layouts/l26-list-sichuan-merged.xlsx"),
        *("layouts/l45-shanghai-yuan.xlsx", "reading/formats.xlsx", "reading/formats.xls", "reading/formats.ods"),
        *("forms/c05-anhui-self-2022.xls", "reading/ods-whitespace-gnumeric.ods"),
        *("hostile/b02_legacy_unknown_id.xlsx", "reading/velvet-rc4.xls"),
    ]
    found = [Subject(Path(name).name, (FIXTURES / name).read_bytes()) for name in others]
    box = packed([("甲/一.xlsx", own.read_bytes()), ("甲/二.xls", found[4].data), ("说明.txt", b"x"), ("空/", b"")])
    own_ones = [Subject("own.xlsx", own.read_bytes()), Subject("marked.xlsx", _sent_back(marked))]
    return [*own_ones, *found, Subject(f"box{ARCHIVE}", box)]


def _sent_back(marked: bytes) -> bytes:
    """A marked copy that counts as anybody's workbook: else it would be passed over."""
    return packed([one for one in entries_of(marked) if one[0] != "docProps/custom.xml"])


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, for at most two minutes."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE", "COV_"))}
    environment = clean | {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "xl_perf", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=120,
    )


class Batch:
    """A folder of sound files and changed ones among them."""

    def __init__(self, folder: Path, sound: list[Subject], chance: Random, size: int) -> None:
        self.folder = folder
        self.done: dict[str, str] = {}
        self.place = folder / "in"
        self.place.mkdir(parents=True)
        for one in sound:
            (self.place / f"sound-{one.name}").write_bytes(one.data)
        self.data: dict[str, bytes] = {}
        self.of: dict[str, str] = {}
        for number in range(size):
            one = chance.choice(sound)
            data, done = mutant(one.data, chance)
            name = f"{number:03}-{one.name}"
            (self.place / name).write_bytes(data)
            self.data[name], self.done[name], self.of[name] = data, done, f"sound-{one.name}"

    def failures(self, *, marked: bool) -> Iterator[Failure]:
        """Everything that does not hold."""
        before = self._fingerprints()
        options = ("--marked", "out") if marked else ()
        try:
            result = run(self.folder, "check", "in", "--json", *LIMITS, *options)
        except subprocess.TimeoutExpired:
            yield Failure("the batch took more than two minutes", "everything")
            return
        if self._fingerprints() != before:
            yield Failure("an input was changed", "everything")
        problems = [word for word in PROBLEMS if word in result.stderr or word in result.stdout]
        if problems or result.returncode not in (0, 1, 2):
            tail = result.stderr[-2000:]
            yield Failure(f"exit status {result.returncode}, {problems}: {tail}", "everything")
        try:
            document = json.loads(result.stdout)
        except ValueError:
            yield Failure(f"no JSON: {result.stdout[-500:]}{result.stderr[-2000:]}", "everything")
            return
        yield from self._judged(document)
        if marked:
            yield from self._of_copies()

    def _judged(self, document: dict[str, Any]) -> Iterator[Failure]:
        books = {Path(one["path"]).name: one for one in document["books"]}
        skipped = {Path(one["path"]).name for one in document["skipped"]}
        named = [one["path"] for part in ("books", "skipped") for one in document[part]]
        for name, done in self.done.items():
            if name.endswith(ARCHIVE):
                if not any(path.startswith(f"in/{name}") for path in named):
                    yield self._failure(name, "not accounted for")
                continue
            if name not in books:
                if name not in skipped:
                    yield self._failure(name, "not accounted for")
                continue
            book, sound = books[name], books[self.of[name]]
            if sound["error"] is not None:
                yield Failure(f"a sound file is refused: {sound['error']}", "nothing", self.of[name])
            if book["error"] is not None:
                if any(word in book["error"]["message"] for word in NEEDED_TOO_MUCH) and "entit" not in done:
                    yield self._failure(name, book["error"]["message"])
                continue
            said, usual = _said(book), _said(sound)
            if said["K000"]:
                yield self._failure(name, "a rule failed")
            is_other = _figures(book) != _figures(sound)
            if is_other and not said - usual and not may_lose_sheets(done) and not self._lacks_something(name):
                yield self._failure(name, f"{_figures(sound)} became {_figures(book)} without a word")

    def _lacks_something(self, name: str) -> bool:
        """Whether the totals of this book alone say that they are not whole; those of all leave out other years."""
        result = run(self.folder, "check", f"in/{name}", "--json")
        return bool(json.loads(result.stdout)["totals"]["incomplete"])

    def _of_copies(self) -> Iterator[Failure]:
        """Marked copies say what their originals say, once they count as anybody's workbook."""
        for copy in sorted((self.folder / "out").rglob("*.xlsx")):
            original = _totals(self.folder / "again.xlsx", self.place / copy.name)
            own = _totals(self.folder / "again.xlsx", copy)
            if original is not None and own != original:
                yield self._failure(copy.name, f"the marked copy says {own}, the original {original}")

    def _failure(self, name: str, what: str) -> Failure:
        return Failure(what, self.done.get(name, "nothing"), name, self.data.get(name, b""))

    def _fingerprints(self) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(self.place.iterdir())}

    def drop(self) -> None:
        """Deletes the folder."""
        shutil.rmtree(self.folder)


def _totals(again: Path, path: Path) -> tuple[int, Decimal, Decimal] | None:
    """Number of projects and amounts of a workbook that is taken for anybody's; None where it cannot be read."""
    try:
        again.write_bytes(_sent_back(path.read_bytes()))
    except Exception:  # zipfile fails in many ways where we still read what matters
        return None
    try:
        totals = totals_of_department(read_department(read_book(again)))
    except BookError:
        return None
    return totals.projects, totals.amounts["budget"], totals.amounts["fiscal"]


def _figures(book: dict[str, Any]) -> tuple[int, Decimal, Decimal]:
    """Number of projects, budget and money of the treasury."""
    budget, fiscal = (
        sum((Decimal(one[key]) for one in book["projects"] if one[key] is not None), Decimal(0))
        for key in ("budget", "fiscal")
    )
    return len(book["projects"]), budget, fiscal


def _said(book: dict[str, Any]) -> Counter[str]:
    """What is said of money and of reading; what several books say of each other is left out."""
    codes = (one["code"] for one in book["findings"])
    said = Counter(code for code in codes if code[0] in "SBTK")
    said["unread"], said["others"] = len(book["unread"]), len(book["others"])
    return said
