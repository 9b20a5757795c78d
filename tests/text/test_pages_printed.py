"""Contents and forms of several pages as LibreOffice prints them, from .pdf and from .docx."""

import re
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.office import Office, poppler
from tests.text.departments import example
from tests.text.long_forms import FORMS, LEVELS, Book, book
from xl_perf.core.making import draft
from xl_perf.profiles import load
from xl_perf.service import publishing
from xl_perf.text import office, pdf
from xl_perf.text.pages import Pages
from xl_perf.text.placement import Placement
from xl_perf.text.typography import FONTS


def pages(path: Path) -> list[str]:
    """The text of each page, without white space."""
    return ["".join(text.split()) for text in poppler("pdftotext", "-layout", str(path), "-").split("\f")[:-1]]


def contents(path: Path) -> list[tuple[str, int]]:
    """What the contents of a PDF say: headings and page numbers."""
    lines = poppler("pdftotext", "-layout", "-f", "2", "-l", "2", str(path), "-").splitlines()
    found = (re.fullmatch(r"(.*?)\.{3,}(\d+)", "".join(line.split())) for line in lines)
    return [(match[1], int(match[2])) for match in found if match]


def check_contents(path: Path) -> None:
    texts, lines = pages(path), contents(path)
    assert len(lines) >= 5
    for title, number in lines:
        assert title in texts[number + 1], (title, number)
        assert texts[number + 1].endswith(f"—{number}—")


def check_forms(path: Path, made: Book) -> None:
    """Every page with indicators has their header once, and the name of each first level that has rows there."""
    seen = []
    for text in pages(path):
        rows = [(int(project), int(row)) for project, row in re.findall(r"P(\d)n(\d+)x", text)]
        if not rows:
            continue
        seen += rows
        levels = [one for one in LEVELS[made.profile] if text.count(one)]
        assert text.count("一级指标") == 1
        assert levels == sorted({made.level_of(*row) for row in rows}, key=LEVELS[made.profile].index)
        assert [text.count(one) for one in levels] == [1] * len(levels)
    assert seen == [(number, row) for number, (_, count) in enumerate(FORMS) for row in range(count)]


@pytest.mark.slow
@pytest.mark.parametrize("profile", LEVELS)
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_pages_of_both_kinds_of_form(profile: str, suffix: str, soffice: Office, tmp_path: Path) -> None:
    path, made = tmp_path / f"文本.{suffix}", book(profile)
    assert publishing.publish(str(path), made.department, load(profile)).more == ()
    printed = path if suffix == "pdf" else office.convert(path, "pdf", tmp_path, FONTS)
    check_contents(printed)
    check_forms(printed, made)
    for number in ("1234567.8901", "1135.7654", "1234567.891"):
        assert number in "".join(pages(printed))


# --- the passes ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_pages_are_those_of_the_layout(
    suffix: str, soffice: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However wrong those are that were worked out beforehand; each time the same bytes."""
    path, again = (tmp_path / f"{name}.{suffix}" for name in "甲乙")
    monkeypatch.setattr(Pages, "paragraph", lambda *_: 77)
    monkeypatch.setattr(Pages, "rows", lambda *_: [2, 5])
    for one in (path, again):
        publishing.publish(str(one), example(), load())
    printed = path if suffix == "pdf" else office.convert(path, "pdf", tmp_path, FONTS)
    check_contents(printed)
    assert path.read_bytes() == again.read_bytes()


@pytest.fixture
def printed_as_word(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What stands for LibreOffice gives the Word document back: a "PDF" to look into. Its documents are listed."""
    documents: list[Path] = []

    def convert(document: Path, *_: object) -> Path:
        documents.append(document)
        return document

    monkeypatch.setattr(pdf, "convert", convert)
    monkeypatch.setattr(pdf, "find_soffice", lambda: "soffice")
    return documents


def lines_of_contents(path: Path) -> list[str]:
    """Those of a Word document, whatever it is called."""
    paragraphs = docx.Document(BytesIO(path.read_bytes())).paragraphs
    return [one.text for one in paragraphs if one.style is not None and one.style.name in {"toc 1", "toc 2"}]


def test_where_pages_are_not_found_the_contents_have_no_numbers(printed_as_word: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "文本.pdf"
    written = publishing.publish(str(path), example(), load())
    assert written.message("绩效文本") == f"已写出绩效文本：{path}\n{pdf.NO_NUMBERS}"
    assert "目录里没有印页码" in "".join(written.more)
    assert lines_of_contents(path)[:2] == ["2023年部门整体绩效目标", "一、总体绩效目标"]
    assert len(printed_as_word) == 2
    # In Word they are fields: the numbers that were worked out stay until somebody updates them.
    publishing.publish(str(tmp_path / "文本.docx"), example(), load())
    assert lines_of_contents(tmp_path / "文本.docx")[4] == "项目预算汇总表\t4"


@pytest.mark.parametrize("is_moving", [True, False], ids=["headings", "rows"])
def test_what_never_settles(
    is_moving: bool, printed_as_word: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of headings that change with each pass are not printed; rows that do so spoil no page number."""

    def found(_: bytes, headings: int, rows: Sequence[int]) -> Placement:
        number = len(printed_as_word)
        page = number if is_moving else 9
        return Placement((page,) * headings, ((number,),) * len(rows), (True,) * len(rows))

    monkeypatch.setattr(pdf, "found_placement", found)
    written = publishing.publish(str(tmp_path / "文本.pdf"), example(), load())
    numbers = {line.partition("\t")[2] for line in lines_of_contents(tmp_path / "文本.pdf")}
    assert (list(written.more), numbers) == (([pdf.NO_NUMBERS], {""}) if is_moving else ([], {"9"}))
    assert len(printed_as_word) == (5 if is_moving else 4)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")
@pytest.mark.parametrize("line", ["exit 1", "sleep 600"])
def test_a_word_text_needs_no_libreoffice(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing, failing or hanging, it changes nothing but where the page numbers come from."""
    publishing.publish(str(tmp_path / "甲.docx"), example(), load())
    script = tmp_path / "soffice"
    script.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(pdf, "_SHORT", 0.2)
    for module in (office, pdf):
        monkeypatch.setattr(module, "find_soffice", lambda: str(script))
    publishing.publish(str(tmp_path / "乙.docx"), example(), load())
    assert (tmp_path / "甲.docx").read_bytes() == (tmp_path / "乙.docx").read_bytes()


# --- the page ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_page_numbers_stand_at_the_outer_side(soffice: Office, tmp_path: Path) -> None:
    """One character from the edge of the text, below it: odd ones at the right, even ones at the left."""
    path = tmp_path / "文本.pdf"
    publishing.publish(str(path), example(), load())
    left, right = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
    below = (297 - 35) / 25.4 * 72
    for number in (1, 2, 3, 4):
        boxes = poppler("pdftotext", "-bbox", "-f", str(number + 2), "-l", str(number + 2), str(path), "-")
        words = [
            tuple(map(float, match.groups()))
            for match in re.finditer(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax=".*?">(?:—|\d+)<', boxes)
        ]
        foot = [(begin, end) for begin, top, end in words if top > below]
        assert len(foot) == 3
        at = max(end for _, end in foot) if number % 2 else min(begin for begin, _ in foot)
        assert abs(at - (right - 14 if number % 2 else left + 14)) < 2, number


@pytest.mark.slow
def test_no_number_of_the_running_text_is_broken(soffice: Office, tmp_path: Path) -> None:
    """Wherever a line ends."""
    numbers = ("1135.76", "161.93万元", "12,345.67元", "≥99.99%", "1234567890123.4567", "2023年")
    texts = [f"{'字' * at}{number}字字字" for number in numbers for at in range(28)]
    department = draft.department(name="甲局", year=2026, safeguards=[("措施", text) for text in texts])
    path = tmp_path / "文本.pdf"
    publishing.publish(str(path), department, load())
    lines = poppler("pdftotext", "-raw", str(path), "-").replace(" ", "")
    for number in numbers:
        assert lines.count(number.rstrip("万元年")) == 28, number
