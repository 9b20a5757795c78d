"""A year of a bureau: forty departments, three rounds, and whatever comes by mail."""

import re
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from tests import samples
from tests.command_line import Runner, run  # noqa: F401 (a fixture)
from tests.mails import attached, eml, forwarded, msg, said
from tests.office import Office
from tests.submission.mailed import content, expect, form, mailed
from tests.submission.test_receiving import BOX, rows, total
from tests.validator import Validator
from tests.workbooks import saved

NUMBER = 40
NAMES = [f"第{number:02}街道办事处" for number in range(1, NUMBER + 1)]
ZIPPED, MAILED, OUTLOOK = range(1, 11), range(11, 16), range(16, 19)
DOUBLED, LAST_YEAR, MACROS, BOMB, WITH_ERROR, CHANGED, NEW_VERSION, LATE, NEVER = 20, 21, 22, 23, 24, 25, 26, 39, 40
ERRORS_AGAIN = 27
LINE = re.compile(r"应交 (\d+) 个部门，已交 (\d+) 个")


def name(number: int) -> str:
    return NAMES[number - 1]


class Year:
    """What is sent, and what should be in the total: the independent sum."""

    def __init__(self) -> None:
        self.intended: dict[int, Decimal] = {}
        self.files = 0

    def book(self, path: Path, number: int, amount: float, saved_on: str = "2023-03-01", **more: object) -> Path:
        """A department's workbook with two projects, of which the second has 5 万元."""
        fiscal = amount - 1 if more.pop("wrong", False) else amount
        forms = (form(f"{name(number)}道路", amount, fiscal=fiscal), form(f"{name(number)}桥梁", 5))
        return mailed(path, name(number), *forms, saved=f"{saved_on}T08:00:00", **more)  # type: ignore[arg-type]

    def counts(self, number: int, amount: float) -> None:
        self.intended[number] = Decimal(str(amount)) + 5

    @property
    def total(self) -> Decimal:
        return sum(self.intended.values(), Decimal(0))


def amount_of(number: int) -> float:
    return 10 + number / 100


def first_round(year: Year, folder: Path, aside: Path) -> None:
    """March: by hand, as archives, as mails of three programs."""
    books = {number: aside / f"{name(number)}.xlsx" for number in range(1, NUMBER - 1)}
    for number, path in books.items():
        if number in (LAST_YEAR, BOMB):
            continue
        year.book(path, number, amount_of(number), version=1 if number in (CHANGED, NEW_VERSION) else None)
        year.counts(number, amount_of(number))
    year.book(books[LAST_YEAR], LAST_YEAR, 77, year=2022)
    for number in (WITH_ERROR, ERRORS_AGAIN):
        year.book(books[number], number, amount_of(number), wrong=True)
    with zipfile.ZipFile(books[MACROS], "a") as package:
        package.writestr("xl/vbaProject.bin", b"Sub AutoOpen")
    books[MACROS] = books[MACROS].rename(books[MACROS].with_suffix(".xlsm"))
    saved(books[BOMB], bomb())
    with zipfile.ZipFile(folder / "片区.zip", "w") as archive:
        for number in ZIPPED:
            archive.write(books.pop(number), f"片区/{name(number)}.xlsx")
        archive.writestr("片区/说明.txt", "请查收")
    for number in MAILED:
        mail = eml(said("请查收"), attached(f"{name(number)}.xlsx", books.pop(number).read_bytes()), subject="report")
        (folder / f"{number}.eml").write_bytes(forwarded_by(mail) if number == MAILED[0] else mail)
    for number in OUTLOOK:
        msg(
            folder / f"{number}.msg", [(f"{name(number)}.xlsx", books.pop(number).read_bytes()), ("章.png", b"\x89PNG")]
        )
    for path in books.values():
        shutil.move(path, folder)
    shutil.copy(folder / f"{name(DOUBLED)}.xlsx", folder / f"{name(DOUBLED)}（再发）.xlsx")
    saved(folder / "封面.docx", b"text")
    saved(folder / "~$锁.xlsx", b"lock")


def bomb() -> bytes:
    """A workbook of 300 KB that would be 300 MB."""
    from tests.workbooks import ooxml_parts, sheet, zipped

    parts = ooxml_parts(sheet())
    return zipped({**parts, "xl/worksheets/sheet1.xml": b" " * 300_000_000})


def forwarded_by(mail: bytes) -> bytes:
    return eml(said("转上"), forwarded(mail), subject="fw", boundary="outer")


def second_round(year: Year, folder: Path) -> None:
    """April: what was late, wrong or sent back; one was changed after it had been packed, one is a new version."""
    for number in (LATE, LAST_YEAR, BOMB, WITH_ERROR):
        year.book(folder / f"{name(number)}.xlsx", number, amount_of(number), "2023-04-01")
        year.counts(number, amount_of(number))
    amount = amount_of(CHANGED)
    tampered = ("01", "C3", amount + 100)
    year.book(folder / f"{name(CHANGED)}.xlsx", CHANGED, amount, "2023-04-01", version=2, change=tampered)
    year.book(folder / f"{name(NEW_VERSION)}.xlsx", NEW_VERSION, 30, "2023-04-01", version=2)
    year.counts(NEW_VERSION, 30)
    year.book(folder / f"{name(ERRORS_AGAIN)}.xlsx", ERRORS_AGAIN, 45, "2023-04-01", wrong=True)
    year.counts(ERRORS_AGAIN, 45)


@pytest.mark.slow
def test_a_year(run: Runner, tmp_path: Path, soffice: Office, validator: Validator) -> None:  # noqa: F811
    year, aside = Year(), Path("aside")
    for place in ("三月", "四月", "五月"):
        Path(place).mkdir()
    listed = expect(Path("名单.xlsx"), NAMES)

    first_round(year, Path("三月"), aside)
    status, out, err = run("receive", "三月", "-o", BOX, "--expect", listed, "--year", "2023", "--time", "2023-03-31")
    assert status == 2  # the bomb
    assert total(out) == year.total
    assert f"{name(BOMB)}.xlsx" in err
    assert LINE.search(out).groups() == ("40", "36")  # type: ignore[union-attr]
    assert all(name(number) in out for number in (BOMB, LAST_YEAR, LATE, NEVER))
    assert {path for (path,) in rows("SELECT path FROM passed_over")} >= {
        "三月/封面.docx",
        "三月/片区.zip!片区/说明.txt",
    }

    status, out, _ = run("inbox", BOX, "return", "--all-with-errors", "--reason", "请改正", "--time", "2023-04-01")
    letters = sorted((BOX / "退回").rglob("*.docx"))
    assert {letter.parent.name for letter in letters} == {name(WITH_ERROR), name(ERRORS_AGAIN)}
    text = "\n".join(
        cell.text for table in docx.Document(str(letters[0])).tables for row in table.rows for cell in row.cells
    )
    assert "C3" in text

    second_round(year, Path("四月"))
    status, out, _ = run("receive", "四月", "-o", BOX, "--time", "2023-04-30")
    assert total(out) == year.total
    assert LINE.search(out).groups() == ("40", "39")  # type: ignore[union-attr]
    _, history, _ = run("inbox", BOX, "history", name(CHANGED))
    assert "C3" in history  # what was changed after packing

    # May: everything once more, and then the decisions.
    before = content(BOX)
    run("receive", "三月", "四月", "-o", BOX)
    assert content(BOX) == before
    run("inbox", BOX, "return", "--all-with-errors", "--time", "2023-05-01")
    year.book(Path("五月") / f"{name(ERRORS_AGAIN)}.xlsx", ERRORS_AGAIN, 44, "2023-05-02")
    year.counts(ERRORS_AGAIN, 44)
    run("receive", "五月", "-o", BOX, "--time", "2023-05-10")
    status, out, err = run("inbox", BOX, "approve", *NAMES[:-1], "--time", "2023-05-20")
    assert (status, err) == (0, "")
    year.book(Path("五月") / "又一稿.xlsx", 1, 500, "2023-06-01")
    _, out, _ = run("receive", "五月", "-o", BOX, "--time", "2023-06-02")
    assert total(out) == year.total
    states = dict(
        zip(*(samples.below(BOX / "收件汇总.xlsx", "收件汇总", head) for head in ("部门", "状态")), strict=False)
    )  # the last row is the total, which has no state
    assert [states[one] for one in NAMES] == ["已批复"] * 39 + ["没有交"]

    # Every file is accounted for, and the originals are what was sent.
    recorded = {path for (path,) in rows("SELECT path FROM received UNION SELECT path FROM containers")}
    recorded |= {path for (path,) in rows("SELECT path FROM passed_over")}
    sent = {f"{path}" for place in ("三月", "四月", "五月") for path in Path(place).iterdir()}
    assert sent - recorded == {"三月/~$锁.xlsx"}
    counted = samples.below(BOX / "收件汇总.xlsx", "工作簿", "是否计入")
    assert counted.count("计入") == 39

    # What it wrote is sound.
    assert validator.errors(BOX / "收件汇总.xlsx") == []
    assert validator.errors(BOX / "退回" / "退回清单.xlsx") == []
    assert validator.errors(letters[0]) == []
    for path in (BOX / "收件汇总.xlsx", letters[0]):
        assert soffice.convert(path, "pdf", tmp_path / "pdf").stat().st_size > 1000
