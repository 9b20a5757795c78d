"""Three hundred workbooks of five programs, among them what should not be there: totals, words and names are right.

What the totals are to be is worked out from the facts that the workbooks were made of (tests/many), by other code.
"""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.exceljs import ExcelJs
from tests.many import inbox as made
from tests.many.inbox import INBOX, Inbox
from tests.many.writers import SUFFIXES, Writers
from tests.office import Office
from tests.screen import on_terminal, width

pytestmark = pytest.mark.slow
SCREEN = 50
"""Lines of a terminal, of 100 columns."""


@dataclass
class Desk:
    """Where the inbox lies, and what was put into it."""

    folder: Path
    inbox: Inbox

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Runs a command there."""
        return _run(self.folder, *arguments)

    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of every file that was sent."""
        files = sorted(path for path in (self.folder / INBOX).rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "xl_perf", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, soffice: Office, exceljs: ExcelJs) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    writers = Writers(soffice, exceljs, tmp_path_factory.mktemp("work"))
    inbox = made.fill(folder, writers, lambda *arguments: _run(folder, *arguments))
    return Desk(folder, inbox)


@pytest.fixture(scope="module")
def document(desk: Desk) -> dict[str, Any]:
    """What ``check --json`` says of the inbox; nothing of it was changed."""
    before = desk.fingerprints()
    status, out, err = desk.run("check", INBOX, "--json")
    assert status == 2, "what was refused is on stderr"
    assert "Traceback" not in err
    assert "程序内部出错" not in err
    assert err.count("\n") == sum(bool(fault.kind) for fault, _ in desk.inbox.faulty)
    assert desk.fingerprints() == before
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_inbox_is_what_it_is_said_to_be(desk: Desk) -> None:
    inbox = desk.inbox
    assert len(inbox.intended) == 300 - 20 - 5
    assert (len(inbox.faulty), len(inbox.copies), len(inbox.other_year), inbox.locks) == (20, 10, 5, 1)
    suffixes = [Path(book.file).suffix for book in inbox.intended]
    assert min(suffixes.count(suffix) for suffix in SUFFIXES.values()) > 30


def test_totals_are_those_of_the_facts(desk: Desk, document: dict[str, Any]) -> None:
    sums, totals = desk.inbox.sums(), document["totals"]
    assert totals["projects"] == sums.projects
    said = {key: Decimal(totals[key]) for key in ("budget", "fiscal", "other")}
    assert said == {"budget": sums.budget, "fiscal": sums.fiscal, "other": sums.other}
    assert {int(month): Decimal(one) for month, one in totals["planned"].items()} == sums.planned


def test_every_project_has_its_amounts(desk: Desk, document: dict[str, Any]) -> None:
    """Not the sums only: two errors might make up for each other."""
    books = {one["path"]: one for one in document["books"]}
    for book in desk.inbox.intended:
        read = books[book.file]["projects"]
        assert [(one["name"], Decimal(one["budget"]), Decimal(one["fiscal"])) for one in read] == [
            (one.name, one.budget, one.fiscal) for one in book.projects
        ]
        assert books[book.file]["department"] == book.department
        assert not [one for one in books[book.file]["findings"] if one["severity"] == "error"]


def test_every_file_is_accounted_for_by_name(desk: Desk, document: dict[str, Any]) -> None:
    named = made.accounted(document)
    assert len(named) == len(set(named))
    assert set(named) == desk.inbox.files()
    lying = {str(path.relative_to(desk.folder)) for path in (desk.folder / INBOX).rglob("*") if path.is_file()}
    assert {name.partition("!")[0] for name in named} == {one for one in lying if "~$" not in one}


def test_what_does_not_count_is_named_with_its_reason(desk: Desk, document: dict[str, Any]) -> None:
    inbox = desk.inbox
    out = {one["path"]: one["counted"] for one in document["books"] if one["counted"] is not True}
    for copy, original in inbox.copies.items():
        (left,) = {copy, original} & out.keys()
        (kept,) = {copy, original} - {left}
        assert out.pop(left) == {"reason": f"与 {kept} 内容相同", "instead": kept}
    assert out.pop(inbox.former) == {"reason": f"是 {inbox.marked} 的前一稿", "instead": inbox.marked}
    assert out == {
        book.file: {"reason": "是 2023 年的，合计的是 2024 年", "instead": None} for book in inbox.other_year
    }


def test_what_is_wrong_is_said_where_it_is(desk: Desk, document: dict[str, Any]) -> None:
    books = {one["path"]: one for one in document["books"]}
    lacking = {(one["path"], one["sheet"]) for one in document["totals"]["incomplete"]}
    for fault, book in desk.inbox.faulty:
        read = books[book.file]
        if fault.kind:
            assert read["error"]["kind"] == fault.kind, book.file
            assert (book.file, None) in lacking
            continue
        assert read["error"] is None, book.file
        spoken = {(one["code"], one["sheet"], one["cell"]) for one in read["findings"]}
        assert not fault.code or (fault.code, "01", fault.cell) in spoken, book.file
        assert ((book.file, "01") in lacking) == ("budget" in fault.lacks), book.file
    refused = {one["path"] for one in document["books"] if one["error"]}
    assert refused == {book.file for fault, book in desk.inbox.faulty if fault.kind}


@pytest.fixture(scope="module")
def summary(desk: Desk) -> openpyxl.Workbook:
    """The combined summary of the inbox."""
    status, _, err = desk.run("consolidate", INBOX, "-o", "汇总.xlsx")
    assert status == 2
    assert "Traceback" not in err
    return openpyxl.load_workbook(desk.folder / "汇总.xlsx", data_only=True)


def test_the_summary_has_the_same_totals(desk: Desk, summary: openpyxl.Workbook) -> None:
    sums = desk.inbox.sums()
    rows = [list(row) for row in summary["汇总"].values]
    head = next(row for row in rows if "预算数" in row)
    total = next(row for row in rows if "合计" in row)
    for heading, amount in (("预算数", sums.budget), ("财政资金", sums.fiscal), ("其他资金", sums.other)):
        assert Decimal(repr(total[head.index(heading)])) == amount
    for month, amount in sums.planned.items():
        at = next(at for at, one in enumerate(head) if str(one).startswith(f"{month}月底"))
        assert Decimal(repr(total[at])) == amount
    assert total[head.index("项目")] == sums.projects


def test_the_summary_names_what_it_lacks(desk: Desk, summary: openpyxl.Workbook) -> None:
    named = {str(row[0]) for row in summary["未读入"].values}
    inbox = desk.inbox
    assert {faulty.file for fault, faulty in inbox.faulty if fault.kind or fault.lacks} <= named
    assert {*(one.file for one in inbox.other_year), inbox.former} <= named
    assert all(copy in named or original in named for copy, original in inbox.copies.items())


@pytest.mark.parametrize("command", [("check", INBOX), ("consolidate", INBOX, "-o", "终端.xlsx")])
def test_it_fits_a_screen(desk: Desk, command: tuple[str, ...]) -> None:
    """The worst books and the totals are there, no figure is cut."""
    status, lines = on_terminal(*command, cwd=desk.folder)
    assert status == 2
    assert len(lines) <= SCREEN, "\n".join(lines)
    assert max(map(width, lines)) <= 100
    text = "\n".join(lines)
    sums = desk.inbox.sums()
    assert f"{sums.budget.normalize():f} / {sums.fiscal.normalize():f} / {sums.other.normalize():f} 万元" in text
    assert "没有计入合计 16 本" in text
    assert f"{sum(bool(fault.kind) for fault, _ in desk.inbox.faulty)} 个没有读入" in text
    if command[0] == "check":
        assert "收件/长亭县/两种单位.xlsx " in text
        assert "要逐条看" in text


def test_in_a_pipe_too(desk: Desk) -> None:
    out = desk.run("check", INBOX)[1]
    assert len(out.splitlines()) <= SCREEN
    asked = desk.run("check", INBOX, "--level", "hint")[1]
    assert len(asked.splitlines()) > 300
