"""Many workbooks published into a folder: a text for each, named after its department; none takes others along."""

import re
import zipfile
from pathlib import Path

import docx
import pytest

from tests import builders
from tests.cli.test_counting import saved
from tests.command_line import Runner, project, run, write
from tests.office import Office
from xl_perf.core.errors import OutputError
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.service import publishing, publishing_many
from xl_perf.service.placing import Written
from xl_perf.text import pdf

__all__ = ["run"]  # the fixture


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """东局, 西局 in two folders; one file that is no workbook."""
    folder = tmp_path / "收件"
    for name in ("东", "西"):
        (folder / name).mkdir(parents=True)
        write(folder / name / "书.xlsx", project(f"{name}一"), name=f"{name}局")
    (folder / "说明.txt").write_text("请查收", "utf-8")
    return folder


def texts(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_text_for_each_department(run: Runner, inbox: Path, tmp_path: Path) -> None:
    status, out, err = run("publish", "收件", "-o", "文本/")
    assert (status, err) == (0, "")
    assert out.endswith("已写出绩效文本 2 份：文本/\n")
    assert "略过 1 个" in out
    assert texts(tmp_path / "文本") == ["东局-绩效文本.docx", "西局-绩效文本.docx"]
    written = docx.Document(str(tmp_path / "文本" / "西局-绩效文本.docx"))
    said = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert "西一" in said
    assert "东一" not in said
    # Its own outputs may be written again, also where they lie among the inputs; they are none.
    for _ in range(2):
        status, out, err = run("publish", "收件", "-o", "收件")
        assert (status, err, "已写出绩效文本 2 份：收件\n" in out) == (0, "", True)
    assert "略过 2 个：xl-perf 写出的绩效文本" in out


def test_what_a_text_lacks_and_what_counts_in_no_total_is_said(
    run: Runner, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "东" / "副本.xlsx").write_bytes((inbox / "东" / "书.xlsx").read_bytes())
    publish = publishing.publish

    def lacking(out: str, department: Department, profile: Profile, *, laid_out: bool) -> Written:
        return publish(out, department, profile, laid_out=laid_out)._replace(more=["目录里没有印页码。"])

    monkeypatch.setattr(publishing_many, "publish", lacking)
    status, out, err = run("publish", "收件", "-o", "文本/")
    assert (status, err, "已写出绩效文本 2 份" in out) == (0, "", True)
    assert out.count("目录里没有印页码。") == 2
    assert "收件/东/副本.xlsx 与 收件/东/书.xlsx 内容相同，没有写它的文本。" in out


def former(folder: Path) -> None:
    """Two versions of one book, of which the former comes first; and its book of the year before."""
    for name, when, year, budget in (
        ("a前.xlsx", "5", 2023, "7"),
        ("b后.xlsx", "6", 2023, "8"),
        ("0去年.xlsx", "7", 2022, "9"),
    ):
        path = folder / name
        one = project("甲一", code="11", budget=budget)
        builders.write(path, builders.department(one, name="甲局", year=year))
        saved(path, f"2024-01-0{when}T08:00:00")
    write(folder / "乙.xlsx", project("乙一", code="12"), name="乙局")


def test_the_version_that_counts_has_the_plain_name(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "收").mkdir()
    former(tmp_path / "收")
    _, out, err = run("publish", "收", "-o", "文本/")
    assert err == ""
    assert "收/a前.xlsx 是 收/b后.xlsx 的前一稿，没有写它的文本；也要写的，用 --all-versions。" in out
    assert "收/0去年.xlsx 是 2022 年的，合计的是 2023 年，它的文本也写了一份。" in out
    assert texts(tmp_path / "文本") == ["乙局-绩效文本.docx", "甲局-2022年-绩效文本.docx", "甲局-绩效文本.docx"]
    out = run("publish", "收", "-o", "全部/", "--all-versions")[1]
    assert "收/a前.xlsx 的文本写成 甲局-绩效文本 (2).docx" in out
    assert texts(tmp_path / "全部")[-1] == "甲局-绩效文本.docx"


def test_all_versions_of_one_text_is_refused(run: Runner, inbox: Path) -> None:
    status, _, err = run("publish", inbox / "东" / "书.xlsx", "-o", "甲.docx", "--all-versions")
    assert (status, "--all-versions 只与文件夹一起用" in err) == (2, True)


def test_many_do_not_wait_for_a_layout(run: Runner, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice takes seconds for each: the page numbers of many Word files are worked out."""
    asked: list[str] = []
    monkeypatch.setattr(pdf, "placement_by_libreoffice", lambda department, _: asked.append(department.name))
    assert run("publish", "收件", "-o", "文本/")[0] == 0
    assert asked == []
    assert run("publish", "收件/东/书.xlsx", "-o", "东.docx")[0] == 0
    assert asked == ["东局"]


@pytest.mark.parametrize(
    "given", [["收件/东/书.xlsx", "收件/西"], ["收件/*"], ["收件.zip"]], ids=["files", "wildcard", "archive"]
)
def test_whatever_the_inputs_are(run: Runner, inbox: Path, tmp_path: Path, given: list[str]) -> None:
    with zipfile.ZipFile(tmp_path / "收件.zip", "w") as archive:
        for path in inbox.rglob("*.xlsx"):
            archive.write(path, path.relative_to(tmp_path))
    assert run("publish", *given, "-o", "文本")[0] == 0
    assert texts(tmp_path / "文本") == ["东局-绩效文本.docx", "西局-绩效文本.docx"]


def test_one_workbook_into_a_folder(run: Runner, inbox: Path, tmp_path: Path) -> None:
    """A folder is there or ends like one; else the extension is missing."""
    status, _, err = run("publish", inbox / "东" / "书.xlsx", "-o", "文本")
    assert status == 2
    assert "这里只能写出 .docx 或 .pdf" in err
    assert run("publish", inbox / "东" / "书.xlsx", "-o", "文本/")[0] == 0
    assert run("publish", inbox / "西" / "书.xlsx", "-o", "文本")[0] == 0
    assert texts(tmp_path / "文本") == ["东局-绩效文本.docx", "西局-绩效文本.docx"]


def test_departments_of_one_name_keep_their_folders(run: Runner, inbox: Path, tmp_path: Path) -> None:
    write(inbox / "西" / "书.xlsx", project("西一"), name="东局")
    write(inbox / "西" / "又.xlsx", project("西二"), name="东局")
    write(inbox / "南.xlsx", project("南一"), name="南局")
    status, out, _ = run("publish", "收件", "-o", "文本/")
    assert status == 0
    assert re.search(r"收件/西/\S+\.xlsx 的文本写成 东局-绩效文本 \(2\)\.docx：同名的不止一份。\n", out)
    assert texts(tmp_path / "文本") == [
        "东/东局-绩效文本.docx",
        "南局-绩效文本.docx",
        "西/东局-绩效文本 (2).docx",
        "西/东局-绩效文本.docx",
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [('a/b\\c:*?"<>|', "a_b_c_"), ("..", "部门"), ("CON", "CON_"), ("长" * 200, "长" * 77), ("甲\n局", "甲_局")],
    ids=["signs", "dots", "reserved", "long", "lines"],
)
def test_names_that_are_no_names_of_files(run: Runner, inbox: Path, tmp_path: Path, name: str, file: str) -> None:
    write(inbox / "东" / "书.xlsx", project("东一"), name=name)
    assert run("publish", inbox / "东", "-o", "文本/")[0] == 0
    (found,) = texts(tmp_path / "文本")
    assert found.startswith(file)
    assert len(found.encode()) <= 255


def test_a_name_from_the_file_where_the_workbook_has_none(run: Runner, inbox: Path, tmp_path: Path) -> None:
    (inbox / "东" / "书.xlsx").unlink()
    (inbox / "西" / "书.xlsx").unlink()
    write(inbox / "东" / "南河镇政府2023.xlsx", project("一"), name="")
    write(inbox / "西" / "书（改）.xlsx", project("二"), name="")
    assert run("publish", "收件", "-o", "文本/")[0] in {0, 1}
    assert texts(tmp_path / "文本") == ["书（改）-绩效文本.docx", "南河镇政府-绩效文本.docx"]


def test_each_failure_is_a_line_and_stops_no_other(run: Runner, inbox: Path, tmp_path: Path) -> None:
    """What cannot be read, what somebody edited; the others are written, and 2 is what the program says."""
    (inbox / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "文本").mkdir()
    own = docx.Document()
    own.save(str(tmp_path / "文本" / "东局-绩效文本.docx"))
    before = (tmp_path / "文本" / "东局-绩效文本.docx").read_bytes()
    status, out, err = run("publish", "收件", "-o", "文本")
    assert status == 2
    lines = err.splitlines()
    assert [line.partition("：")[0] for line in lines] == ["收件/坏.xlsx", "收件/东/书.xlsx 的文本没有写"]
    assert "已经存在，没有覆盖：它不是 xl-perf 写出的，是别的 Word 文档" in lines[1]
    assert out.endswith("已写出绩效文本 1 份：文本\n没有写出 2 本，原因见上。\n")
    assert (tmp_path / "文本" / "东局-绩效文本.docx").read_bytes() == before
    assert run("publish", "收件/东", "收件/西", "-o", "文本", "--overwrite")[0] == 0


def test_texts_that_somebody_edited_are_kept(run: Runner, inbox: Path, tmp_path: Path) -> None:
    run("publish", "收件", "-o", "文本/")
    path = tmp_path / "文本" / "西局-绩效文本.docx"
    document = docx.Document(str(path))
    document.add_paragraph("补充")
    document.save(str(path))
    before = path.read_bytes()
    status, out, err = run("publish", "收件", "-o", "文本/")
    assert (status, err.count("\n")) == (2, 1)
    assert "但写出后有人改过" in err
    assert "已写出绩效文本 1 份" in out
    assert path.read_bytes() == before


def test_errors_in_workbooks_do_not_stop_their_texts(run: Runner, inbox: Path, tmp_path: Path) -> None:
    write(inbox / "西" / "书.xlsx", project("西一", fiscal="9"), name="西局")
    status, out, err = run("publish", "收件", "-o", "文本/")
    assert (status, err) == (1, "")
    assert "1 本有错误，文本照样写出，请改正后重新发布：收件/西/书.xlsx（1 个）。逐条列出用 xl-perf check。" in out
    assert len(texts(tmp_path / "文本")) == 2


def test_a_fault_of_ours_is_one_workbooks_only(
    run: Runner, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = publishing.publish

    def failing(out: str, department: Department, profile: Profile, *, laid_out: bool) -> Written:
        if department.name == "东局":
            raise KeyError(out)
        return publish(out, department, profile, laid_out=laid_out)

    monkeypatch.setattr(publishing_many, "publish", failing)
    status, out, err = run("publish", "收件", "-o", "文本/")
    assert (status, err.count("\n")) == (2, 1)
    assert err.startswith("收件/东/书.xlsx：写文本时程序内部出错（KeyError），详情已写入 ")
    assert "已写出绩效文本 1 份" in out


def test_a_full_disk_is_said_once(run: Runner, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(out: str, department: Department, profile: Profile, *, laid_out: bool) -> Written:
        raise OutputError(f"{out} 没有写成：磁盘空间不足", "请清理磁盘") from OSError(28, "full")

    monkeypatch.setattr(publishing_many, "publish", full)
    status, out, err = run("publish", "收件", "-o", "文本/")
    assert (status, err.count("\n"), "已写出" in out) == (2, 1, False)
    assert "磁盘空间不足，后面的文本也没有写" in err


def test_options_without_effect_are_refused(run: Runner, inbox: Path) -> None:
    status, _, err = run("publish", inbox / "东" / "书.xlsx", "-o", "甲.docx", "--format", "pdf")
    assert (status, err) == (
        2,
        "--format 只与文件夹一起用：写一份文本时看 OUT 的扩展名。请去掉 --format，或给出文件夹。\n",
    )
    status, _, err = run("publish", "收件", "-o", "甲.docx")
    assert (status, "一个文件只写一本的文本。请给出其中一本，或用 -o 给出一个文件夹" in err) == (2, True)


@pytest.mark.slow
def test_as_pdf(run: Runner, inbox: Path, tmp_path: Path, soffice: Office) -> None:
    assert run("publish", "收件", "-o", "文本/", "--format", "pdf")[0] == 0
    assert texts(tmp_path / "文本") == ["东局-绩效文本.pdf", "西局-绩效文本.pdf"]
    assert all(soffice.pages(path) > 1 for path in (tmp_path / "文本").iterdir())
