"""The PDF as people see it, and LibreOffice missing, failing or hanging."""

import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.national import whole
from tests.office import Office, poppler
from tests.text.departments import example
from xl_perf.core.errors import BookError, OutputError
from xl_perf.core.making import draft
from xl_perf.files.untouched import is_untouched
from xl_perf.profiles import load
from xl_perf.service import publishing
from xl_perf.text import office
from xl_perf.text.reader import read_text


def pages(pdf: Path) -> list[str]:
    return poppler("pdftotext", "-layout", str(pdf), "-").split("\f")[:-1]


def test_a_row_taller_than_a_page_is_printed_whole(soffice: Office, tmp_path: Path) -> None:
    """LibreOffice cuts off what does not fit on one page where a row may not be split."""
    goal = "".join(f"第{number}处沟渠清理完毕。" for number in range(300))
    long = draft.project(name="沟渠清理" * 35, heading="沟渠", budget="1", goals=["清理。", goal])
    pdf = tmp_path / "文本.pdf"
    publishing.publish(str(pdf), replace(example(), projects=(long,)), load())
    printed = "".join(re.sub(r"— ?\d+ ?—|(绩效)?目标\d?", "", text) for text in pages(pdf))
    # The head of the form stands again on every page.
    printed = re.sub("[沟渠清理]+项目编码项目名称[沟渠清理]+", "", "".join(printed.split()))
    assert re.findall(r"第(\d+)处", printed) == [str(number) for number in range(300)]


@pytest.mark.slow
def test_the_second_page_of_a_form_says_what_its_rows_are(soffice: Office, tmp_path: Path) -> None:
    """The header of the indicators and the level that goes on there, wherever the page ends."""
    goal = "目标1：全年组织开展免费开放服务不少于3000场次，覆盖全市12个县（区）、186个乡镇（街道）。\n"
    rows = [{"level1": "产出指标", "level2": "数量指标", "level3": f"数{at}", "target": "=1个"} for at in range(14)]
    projects = [whole(goals=[goal * goals], indicators=rows) for goals in range(2, 14)]
    pdf = tmp_path / "文本.pdf"
    publishing.publish(str(pdf), draft.department(name="甲局", year=2026, projects=projects), load("mof-2021"))
    second = ["".join(text.split()) for text in pages(pdf)[3:] if "项目支出绩效目标表" not in text]
    assert len(second) == len(projects)
    assert [(text.count("一级指标"), text.count("产出指标")) for text in second] == [(1, 1)] * len(projects)


def test_example(soffice: Office, tmp_path: Path) -> None:
    pdf = tmp_path / "文本.pdf"
    assert publishing.publish(str(pdf), example(), load()).path == pdf
    texts = pages(pdf)
    assert len(texts) == 14
    assert "2023 年部门预算绩效文本" in texts[0]
    assert "高新区三女河办事处编制" in texts[0]
    assert "目" in texts[1]
    assert ["项目绩效目标表" in text for text in texts] == [False] * 6 + [True] * 8
    assert ["".join(text.split())[-3:] for text in texts[2:4]] == ["—1—", "—2—"]
    assert "1135.76" in texts[5]
    size = next(line for line in poppler("pdfinfo", str(pdf)).splitlines() if line.startswith("Page size"))
    assert "A4" in size
    assert is_untouched(pdf)


def test_contents_name_the_pages_on_which_things_stand(soffice: Office, tmp_path: Path) -> None:
    """The stored numbers are worked out beforehand; a long text and a form of two pages must not put them wrong."""
    rows = [{"level1": "产出", "level2": "数量", "level3": f"指标{n}", "target": "=1个"} for n in range(40)]
    department = example()
    long = draft.project(name="很长的项目", heading="很长的项目", budget="1", goals=["目标。"], indicators=rows)
    measures = tuple(one._replace(text=draft.text("要认真落实各项工作。" * 12)) for one in department.safeguards)
    department = replace(department, projects=(long, *department.projects), safeguards=measures)
    pdf = tmp_path / "文本.pdf"
    publishing.publish(str(pdf), department, load())
    texts = ["".join(text.split()) for text in pages(pdf)]
    contents = [line.rstrip() for line in pages(pdf)[1].splitlines() if "...." in line]
    assert len(contents) == 14
    for line in contents:
        title, number = "".join(line.split()).rstrip("0123456789").rstrip("."), int(line.rpartition(".")[2])
        assert title in texts[number + 1], line
        assert texts[number + 1].endswith(f"—{number}—")


def test_own_pdf(tmp_path: Path) -> None:
    for data in (b"", b"%PDF-1.6 somebody else's", b"/Keywords<FEFF0078006C002D0070006500720066>"):
        (tmp_path / "x.pdf").write_bytes(data)
        assert not is_untouched(tmp_path / "x.pdf")
    assert not is_untouched(tmp_path / "missing.pdf")


# --- LibreOffice that does not do what it should -------------------------------------------------------------------


def program(folder: Path, line: str) -> str:
    """A program that does this instead of converting."""
    script = folder / "soffice"
    script.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def test_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(OutputError) as caught:
        publishing.publish(str(tmp_path / "文本.pdf"), example(), load())
    assert "没有 LibreOffice" in str(caught.value)
    assert ".docx" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")
@pytest.mark.parametrize("line", ["exit 0", "exit 1", 'while [ "$1" != --outdir ]; do shift; done; : > "$2/text.pdf"'])
def test_no_file_is_a_failure_whatever_the_status(line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: program(tmp_path, line))
    with pytest.raises(OutputError, match="没有转换成功"):
        publishing.publish(str(tmp_path / "文本.pdf"), example(), load())
    assert [path.name for path in tmp_path.iterdir()] == ["soffice"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")
def test_a_hanging_program_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "TIME_LIMIT", 0.2)
    monkeypatch.setattr(office, "find_soffice", lambda: program(tmp_path, f"echo $$ > '{tmp_path}/pid'; sleep 600"))
    with pytest.raises(OutputError, match="没有完成，已停止"):
        publishing.publish(str(tmp_path / "文本.pdf"), example(), load())


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")
def test_the_status_does_not_count_where_there_is_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    line = 'while [ "$1" != --outdir ]; do shift; done; echo x > "$2/text.pdf"; exit 77'
    monkeypatch.setattr(office, "find_soffice", lambda: program(tmp_path, line))
    publishing.publish(str(tmp_path / "文本.pdf"), example(), load())
    assert (tmp_path / "文本.pdf").read_bytes() == b"x\n"


def test_old_word_without_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from xl_perf.files.compound_file import packed

    monkeypatch.setattr(office, "find_soffice", lambda: None)
    path = tmp_path / "旧.doc"
    path.write_bytes(packed("WordDocument", b"\xec\xa5\xc1\x00" + bytes(5000)))
    with pytest.raises(BookError) as caught:
        read_text(path, "旧.doc")
    assert caught.value.kind == "unreadable"
    assert "另存为 .docx" in str(caught.value)
