"""The inbox of a finance bureau: what three hundred departments sent, among it what should not be there.

It lies in ``folder/收件``, a folder for each county; what is written of it here is what its totals are to be.
"""

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import openpyxl

from tests.builders import FIELDS
from tests.many.facts import LAST_YEAR, YEAR, BookFacts, ProjectFacts, Sums, departments, planned, sums_of
from tests.many.faults import FAULTS, WRONG_OTHER, Fault
from tests.many.writers import IN_TURN, SUFFIXES, Writers, by_openpyxl, by_xlsxwriter, sheets_of

INBOX: Final = "收件"
ARCHIVE: Final = f"{INBOX}/荷塘乡补交.zip"
COPIES_IN: Final = "补发"
TYPED_BY_HAND: Final = Decimal("88.66")
"""The budget that a person typed into the marked copy, in 万元."""

Run = Callable[..., tuple[int, str, str]]


@dataclass
class Inbox:
    """What lies in it, by paths as the user sees them."""

    intended: list[BookFacts] = field(default_factory=list)
    faulty: list[tuple[Fault, BookFacts]] = field(default_factory=list)
    copies: dict[str, str] = field(default_factory=dict)
    """Of each copy the original."""
    other_year: list[BookFacts] = field(default_factory=list)
    former: str = ""
    marked: str = ""
    skipped: list[str] = field(default_factory=list)
    locks: int = 0

    def sums(self) -> Sums:
        """The totals over all that is intended to count."""
        return sums_of([*planned(self.intended), *(one for pair in self.faulty for one in _told(*pair))])

    def files(self) -> set[str]:
        """Every file that must be accounted for."""
        books = {book.file for book in (*self.intended, *self.other_year, *(book for _, book in self.faulty))}
        return books | {*self.copies, self.former, self.marked, *self.skipped}


def _told(fault: Fault, book: BookFacts) -> list[tuple[ProjectFacts, bool]]:
    """What of a faulty workbook nevertheless counts."""
    if fault.kind:
        return []
    (first, has_plan), *others = planned([book])
    nothing: dict[str, Any] = dict.fromkeys(fault.lacks, Decimal(0))
    own = replace(first, **nothing)
    if fault.title == "资金来源加不起来":
        own = replace(own, other=WRONG_OTHER)
    return [(own, has_plan), *others]


def fill(folder: Path, writers: Writers, run: Run) -> Inbox:
    """Writes everything. ``run`` runs a command in the folder: the marked copy and the summary are our own."""
    inbox = Inbox()
    facts = departments()
    faulty, others, blank = facts[7::15], facts[4::60], facts[100]
    packed = [one for one in facts[285:] if one not in faulty][:10]
    special = {one.department for one in (*faulty, *others, blank, *packed)}
    to_write = []
    for at, book in enumerate(facts):
        program = IN_TURN[at % len(IN_TURN)]
        placed = book.named(f"{INBOX}/{book.department[:3]}/{book.department}{SUFFIXES[program]}")
        if book in others:
            placed = replace(placed, year=LAST_YEAR)
            inbox.other_year.append(placed)
        elif book.department not in special:
            placed = replace(placed, has_cover=book.form == "河北" or at % 16 != 3)
            inbox.intended.append(placed)
        if book in others or book.department not in special:
            to_write.append((program, placed))
    writers.write(to_write, folder)
    _copy(folder, inbox, [one for program, one in to_write if program != "XlsxWriter" and one.year == YEAR])
    for fault, book in zip(FAULTS, faulty, strict=True):
        (folder / INBOX / book.department[:3]).mkdir(exist_ok=True)
        placed = fault.of(book)
        placed = placed.named(f"{INBOX}/{book.department[:3]}/{fault.file}")
        fault.write(folder / placed.file, placed)
        inbox.faulty.append((fault, placed))
    _mark(folder, inbox, blank, run)
    _pack(folder, inbox, packed)
    _litter(folder, inbox, run)
    return inbox


def _copy(folder: Path, inbox: Inbox, books: Sequence[BookFacts]) -> None:
    """Ten duplicates: five of the same bytes, five that another program saved anew."""
    for number, book in enumerate(books[3:200:20]):
        copy = f"{INBOX}/{COPIES_IN}/{number}号 {Path(book.file).stem}"
        (folder / copy).parent.mkdir(exist_ok=True)
        if number % 2:
            copy += Path(book.file).suffix
            shutil.copyfile(folder / book.file, folder / copy)
        else:
            copy += ".xlsx"
            by_openpyxl(folder / copy, sheets_of(book))
        inbox.copies[copy] = book.file


def _mark(folder: Path, inbox: Inbox, book: BookFacts, run: Run) -> None:
    """A department left out its budget, got a marked copy, typed the budget into it and sent that back."""
    first = replace(book.projects[0], budget=TYPED_BY_HAND, fiscal=TYPED_BY_HAND, other=Decimal(0))
    book = replace(
        book, file=f"{INBOX}/{book.department[:3]}/{book.department}.xlsx", projects=(first, *book.projects[1:])
    )
    sheets = dict(sheets_of(replace(book, form="河北", unit="万元")))
    row, column = FIELDS["budget"]
    sheets["01"][row][column] = ""
    by_xlsxwriter(folder / book.file, sheets)
    run("check", book.file, "--marked", "标注")
    marked = f"{INBOX}/{book.department[:3]}/{book.department}（标注改好）.xlsx"
    again = openpyxl.load_workbook(folder / "标注" / Path(book.file).name)
    again["01"].cell(row + 1, column + 1).value = float(TYPED_BY_HAND)
    again.save(folder / marked)
    inbox.former, inbox.marked = book.file, marked
    inbox.intended.append(replace(book, form="河北", unit="万元", file=marked))


def _pack(folder: Path, inbox: Inbox, books: Sequence[BookFacts]) -> None:
    """A county sent one archive."""
    with zipfile.ZipFile(folder / ARCHIVE, "w", zipfile.ZIP_DEFLATED) as archive:
        for book in books:
            name = f"荷塘乡/{book.department}.xlsx"
            by_openpyxl(folder / "包.xlsx", sheets_of(book))
            archive.write(folder / "包.xlsx", name)
            inbox.intended.append(book.named(f"{ARCHIVE}!{name}"))
        archive.writestr("说明.txt", "请查收")
    (folder / "包.xlsx").unlink()
    inbox.skipped.append(f"{ARCHIVE}!说明.txt")


def _litter(folder: Path, inbox: Inbox, run: Run) -> None:
    """What lies about: our own summary and a marked copy that nobody edited, a letter, a lock file."""
    one = inbox.intended[0].file
    run("consolidate", one, "-o", f"{INBOX}/汇总.xlsx")
    shutil.move(folder / "标注", folder / INBOX / "标注")
    (folder / INBOX / "通知.docx").write_bytes(b"PK")
    (folder / INBOX / "~$汇总.xlsx").write_bytes(bytes(165))
    inbox.skipped += [f"{INBOX}/汇总.xlsx", f"{INBOX}/通知.docx", f"{INBOX}/标注/{Path(inbox.former).name}"]
    inbox.locks = 1


def accounted(document: dict[str, Any]) -> list[str]:
    """Every path that the JSON of ``check`` names, as a workbook or as passed over."""
    return [one["path"] for part in ("books", "skipped") for one in document[part]]


def loaded(out: str) -> dict[str, Any]:
    document: dict[str, Any] = json.load(io.StringIO(out))
    return document
