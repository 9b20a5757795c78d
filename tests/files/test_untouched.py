"""Outputs are replaced until somebody edits them: then they are somebody's work."""

import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.command_line import Runner, project, run, write
from tests.office import Office
from xl_perf.core.errors import OutputError
from xl_perf.files.output import check_target, replacing
from xl_perf.files.own_files import FINGERPRINT_PROPERTY
from xl_perf.files.untouched import is_untouched, seal, what_it_is
from xl_perf.files.zip_package import Package

__all__ = ["run"]  # the fixture


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """What `outputs` made the first time: no path is in it."""
    return {}


@pytest.fixture
def outputs(run: Runner, tmp_path: Path, written: dict[str, bytes]) -> dict[str, Path]:
    """A report, a summary of one book and one of two, a text."""
    one, two = (write(tmp_path / f"{name}.xlsx", project(name), name=f"{name}局") for name in "甲乙")
    made = {name: tmp_path / name for name in ("报告.xlsx", "部门.xlsx", "合并.xlsx", "文本.docx")}
    for name, content in written.items():
        made[name].write_bytes(content)
    for _ in range(0 if written else 2):  # the second time in place of the first
        assert run("check", one, two, "--report", made["报告.xlsx"])[0] == 0
        assert run("consolidate", one, "-o", made["部门.xlsx"])[0] == 0
        assert run("consolidate", one, two, "-o", made["合并.xlsx"])[0] == 0
        assert run("publish", one, "-o", made["文本.docx"])[0] == 0
    written |= {name: path.read_bytes() for name, path in made.items()}
    return made


def edited(path: Path) -> None:
    """As a person does who types a reason and saves."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        document.add_paragraph("补充说明")
        document.save(str(path))
    else:
        book = openpyxl.load_workbook(path)
        book.active["Z1"] = "已核实"  # type: ignore[index]
        book.save(path)


def test_what_somebody_edited_is_kept(run: Runner, outputs: dict[str, Path], tmp_path: Path) -> None:
    """A text is not replaced; beside a new report or summary the edited one stays (tests/service/test_carrying.py)."""
    commands = {
        "报告.xlsx": ("check", "甲.xlsx", "--report"),
        "部门.xlsx": ("consolidate", "甲.xlsx", "-o"),
        "合并.xlsx": ("consolidate", "甲.xlsx", "乙.xlsx", "-o"),
        "文本.docx": ("publish", "甲.xlsx", "-o"),
    }
    for name, path in outputs.items():
        assert is_untouched(path)
        edited(path)
        before = path.read_bytes()
        status, _, err = run(*commands[name], path)
        if path.suffix == ".docx":
            assert (status, err.count("\n")) == (2, 1)
            assert "但写出后有人改过。确要覆盖请加 --overwrite，否则换一个文件名。" in err
            assert path.read_bytes() == before
            assert run(*commands[name], path, "--overwrite")[0] == 0
        else:
            assert status == 0
            assert path.with_name(f"{path.stem}（改过的原件）.xlsx").read_bytes() == before
        assert is_untouched(path)


@pytest.mark.slow
def test_saving_in_libreoffice_counts_as_editing(soffice: Office, outputs: dict[str, Path], tmp_path: Path) -> None:
    for path in outputs.values():
        folder = tmp_path / "另存"
        folder.mkdir(exist_ok=True)
        saved = soffice.convert(path, path.suffix[1:], folder)
        assert not is_untouched(saved)
        assert "写出后有人改过" in what_it_is(saved)


def test_the_fingerprint_harms_nothing(outputs: dict[str, Path]) -> None:
    """The package is whole: every part is there, and has its checksum; sealing again changes nothing."""
    for path in outputs.values():
        package = Package(path.read_bytes())
        for name in package:
            package.read(name)
        properties = package.read("docprops/custom.xml")
        assert properties.count(FINGERPRINT_PROPERTY.encode()) == 1
        numbers = re.findall(rb'pid="([0-9]+)"', properties)
        assert len(set(numbers)) == len(numbers)
        before = path.read_bytes()
        seal(path)
        assert path.read_bytes() == before


def test_the_same_input_gives_the_same_bytes(run: Runner, outputs: dict[str, Path]) -> None:
    before = outputs["报告.xlsx"].read_bytes()
    assert run("check", "甲.xlsx", "乙.xlsx", "--report", "报告.xlsx")[0] == 0
    assert outputs["报告.xlsx"].read_bytes() == before


def test_what_was_found_is_named(outputs: dict[str, Path], tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别人.xlsx")
    docx.Document().save(str(tmp_path / "别人.docx"))
    for name, data in {
        "空.xlsx": b"",
        "字.xlsx": b"some text",
        "图.xlsx": b"\x89PNG",
        "坏.xlsx": b"PK\x03\x04",
    }.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (tmp_path / "别.pdf").write_bytes(b"%PDF-1.6")
    assert {name: what_it_is(tmp_path / name) for name in ("甲.xlsx", "别人.xlsx", "别人.docx", "空.xlsx")} == {
        "甲.xlsx": "它是部门填报的工作簿，不是 xl-perf 写出的汇总或报告",
        "别人.xlsx": "它不是 xl-perf 写出的，是别的工作簿",
        "别人.docx": "它不是 xl-perf 写出的，是别的 Word 文档",
        "空.xlsx": "它不是 xl-perf 写出的，文件是空的（0 字节）",
    }
    assert what_it_is(tmp_path / "字.xlsx") == "它不是 xl-perf 写出的，是文本文件"
    assert what_it_is(tmp_path / "图.xlsx") == "它不是 xl-perf 写出的，是图片"
    assert what_it_is(tmp_path / "旧.xls") == "它不是 xl-perf 写出的，是别的旧版文档"
    assert what_it_is(tmp_path / "别.pdf") == "它不是 xl-perf 写出的，是 PDF 文件"
    assert "文件不完整" in what_it_is(tmp_path / "坏.xlsx")


def test_what_an_earlier_version_wrote_is_kept(tmp_path: Path) -> None:
    """It has no fingerprint: nobody knows what was typed into it."""
    import xlsxwriter

    from xl_perf.written.properties import set_properties

    path = tmp_path / "汇总.xlsx"
    with xlsxwriter.Workbook(path) as book:
        set_properties(book, "summary", "汇总")
    with pytest.raises(OutputError, match=r"它是旧版 xl-perf 写出的汇总，不知道有没有人改过。确要覆盖请加 --overwrite"):
        check_target(path)
    shutil.copy(path, tmp_path / "新.xlsx")
    seal(tmp_path / "新.xlsx")
    check_target(tmp_path / "新.xlsx")


def test_a_pdf_that_somebody_changed(tmp_path: Path) -> None:
    """Programs that write notes into a PDF append them; others write it anew."""
    keyword = b"%PDF-1.6\n/Keywords<FEFF0078006C002D0070006500720066>\n%%EOF\n"
    path = tmp_path / "文本.pdf"
    with replacing(path) as output:
        output.temp.write_bytes(keyword)
    assert is_untouched(path)
    sealed = path.read_bytes()
    for data in (sealed + b"\n1 0 obj\n%%EOF\n", sealed.replace(b"1.6", b"1.7"), keyword):
        path.write_bytes(data)
        assert not is_untouched(path)


@pytest.mark.slow
def test_a_published_pdf_is_replaced_until_somebody_changes_it(soffice: Office, run: Runner, tmp_path: Path) -> None:
    book, path = write(tmp_path / "甲.xlsx", project("甲"), name="甲局"), tmp_path / "文本.pdf"
    for _ in range(2):
        assert run("publish", book, "-o", path)[0] == 0
    noted = path.read_bytes() + b"\n9 0 obj\n<</Type/Annot/Subtype/Text>>\nendobj\n%%EOF\n"
    path.write_bytes(noted)
    status, _, err = run("publish", book, "-o", path)
    assert status == 2
    assert "它是 xl-perf 写出的绩效文本，但写出后有人改过。确要覆盖请加 --overwrite，否则换一个文件名。" in err
    assert path.read_bytes() == noted
