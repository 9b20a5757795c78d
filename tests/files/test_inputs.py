"""Which files a list of inputs means."""

import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests import workbooks as made
from tests.workbooks import ooxml, saved, sheet
from xl_perf.files.guard import LOOK_AGAIN
from xl_perf.files.inputs import Skipped, find_books, own_kind
from xl_perf.files.own_files import GUIDE, MISNAMED_GUIDE, OWN_OUTPUTS

PLAIN = ooxml(sheet())
OWN_TEXT = '<Properties><property name="xl-perf"><vt:lpwstr xmlns:vt="urn:t">text</vt:lpwstr></property></Properties>'

DOCUMENT = "文档，没有读；里面有项目绩效目标表的，请用 xl-perf new --from 收进工作簿"


def own(path: Path, kind: str) -> Path:
    """What xl-perf wrote as such a file; of a 样表 a mark says so too."""
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet().write_string(0, 0, "{预算数}" if kind == GUIDE else "")
    workbook.set_custom_property("xl-perf", kind)
    workbook.close()
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inbox, seen from the folder that holds it."""
    inbox = tmp_path / "收件"
    (inbox / "乙局" / "子").mkdir(parents=True)
    for name in ("b.xlsx", "a.xls", "乙局/子/c.ods", "乙局/d.ET", "乙局/B.xlsm"):
        saved(inbox / name, PLAIN)
    for name in ("~$b.xlsx", ".~lock.b.xlsx#", ".~lock.b.xlsx", ".xl-perf-1.xlsx", "读我.txt", "乙局/表.docx", "无"):
        saved(inbox / name, b"x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*inputs: str) -> list[str]:
    return [name for _, name in find_books(inputs).books]


def kinds(*inputs: str) -> list[str]:
    return [error.kind for error in find_books(inputs).errors]


def skipped(*inputs: str) -> dict[str, str]:
    """The reasons by path."""
    return {one.path: one.reason for one in find_books(inputs).skipped}


def test_folders_are_searched_below_in_a_stable_order(here: Path) -> None:
    found = find_books(["收件"])
    assert [name for _, name in found.books] == [
        "收件/a.xls",
        "收件/b.xlsx",
        "收件/乙局/B.xlsm",
        "收件/乙局/d.ET",
        "收件/乙局/子/c.ods",
    ]
    assert found.errors == []
    assert all(path.is_file() for path, _ in found.books)


@pytest.mark.parametrize("given", ["收件/乙局", "收件/乙局/", "./收件/乙局", "收件//乙局"])
def test_paths_are_shown_as_typed(here: Path, given: str) -> None:
    assert shown(given)[0] == f"{given.rstrip('/')}/B.xlsm"
    assert shown(given + "/B.xlsm" if not given.endswith("/") else given + "B.xlsm")[0].startswith(given)


def test_the_current_and_the_root_folder(here: Path) -> None:
    assert shown(".")[0] == "./收件/a.xls"


def test_the_same_file_is_taken_once(here: Path) -> None:
    (here / "link.xlsx").symlink_to(here / "收件" / "b.xlsx")
    found = find_books(["收件/b.xlsx", "./收件/b.xlsx", str(here / "收件" / "b.xlsx"), "link.xlsx", "收件"])
    assert [name for _, name in found.books].count("收件/b.xlsx") == 1
    assert len(found.books) == 5
    assert not found.errors


def test_a_folder_given_twice_is_no_error(here: Path) -> None:
    assert kinds("收件", "收件") == []


def test_errors_are_listed_and_stop_nothing(here: Path) -> None:
    (here / "空").mkdir()
    found = find_books(["没有.xlsx", "空", "收件/读我.txt", "收件/~$b.xlsx", "收件/b.xlsx", "a\0b"])
    assert [name for _, name in found.books] == ["收件/b.xlsx"]
    assert [(error.kind, error.path) for error in found.errors] == [
        ("missing", "没有.xlsx"),
        ("no-workbooks", "空"),
        ("not-a-workbook", "收件/读我.txt"),
        ("not-a-workbook", "收件/~$b.xlsx"),
        ("missing", "a\0b"),
    ]
    assert ".txt" in str(found.errors[2])


# --- wildcards -----------------------------------------------------------------------------------------------------


def test_wildcards_are_expanded_where_no_shell_did(here: Path) -> None:
    assert shown("收件/*.xls*") == ["收件/a.xls", "收件/b.xlsx"]
    assert shown("收件/乙*") == ["收件/乙局/B.xlsm", "收件/乙局/d.ET", "收件/乙局/子/c.ods"]
    assert skipped("收件/*") == {
        "收件/无": "没有扩展名，不知道是不是工作簿",
        "收件/读我.txt": DOCUMENT,
        "收件/乙局/表.docx": DOCUMENT,
    }
    assert [str(error) for error in find_books(["收件/*.xlsm", "收件/*.txt", "收件/**/*.xlsx"]).errors] == [
        "收件/*.xlsm：没有与它相符的文件。请核对路径和文件名。",
        f"收件/*.txt：没有与它相符的工作簿，相符的 1 个文件都略过了。{LOOK_AGAIN}。",
        "收件/**/*.xlsx：不能用 **。请直接给出文件夹，其中各级文件夹里的工作簿都会读。",
    ]


def test_a_name_with_brackets_is_a_name(here: Path) -> None:
    saved(here / "表[1].xlsx", PLAIN)
    assert shown("表[1].xlsx") == ["表[1].xlsx"]


# --- what is passed over -------------------------------------------------------------------------------------------


def test_what_is_passed_over_is_named_with_its_reason(here: Path) -> None:
    """In the order in which it lies there; lock files and what systems leave in folders are only counted."""
    for name in ("._b.xlsx", ".DS_Store", "乙局/Thumbs.db"):
        saved(here / "收件" / name, b"x")
    found = find_books(["收件"])
    assert found.skipped == [
        Skipped("收件/无", "没有扩展名，不知道是不是工作簿"),
        Skipped("收件/读我.txt", DOCUMENT),
        Skipped("收件/乙局/表.docx", DOCUMENT),
    ]
    assert found.locks == 7


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("空白.xltx", "模板文件，填好的请另存为 .xlsx"),
        ("导出.csv", "不是工作簿，里面有表的请另存为 .xlsx"),
        ("旧表.html", "不是工作簿，里面有表的请另存为 .xlsx"),
        ("扫描.pdf", "不是工作簿"),
        ("文本.odt", DOCUMENT),
    ],
)
def test_names_tell_what_is_to_be_done(here: Path, name: str, reason: str) -> None:
    saved(here / "收件" / name, b"x")
    assert skipped("收件")[f"收件/{name}"] == reason


def test_a_manifest_beside_its_workbook(here: Path) -> None:
    saved(here / "收件" / "清单.json", b'{\n "format": "xl-perf-manifest-1",\n "department": "x"}')
    saved(here / "收件" / "别的.json", b'{"a": 1}')
    assert skipped("收件")["收件/清单.json"] == "报送清单，工作簿里也有一份"
    assert skipped("收件")["收件/别的.json"] == "不是工作簿"


@pytest.mark.parametrize("kind", sorted(OWN_OUTPUTS.keys() - {"marked"}))
def test_own_outputs_are_passed_over(here: Path, kind: str) -> None:
    """Named themselves, they are an error where nothing else is left; then they are named once."""
    own(here / "收件" / "汇总.xlsx", kind)
    why = MISNAMED_GUIDE if kind == GUIDE else OWN_OUTPUTS[kind]
    found = find_books(["收件"])
    assert (len(found.books), found.errors) == (5, [])
    assert Skipped("收件/汇总.xlsx", why) in found.skipped
    found = find_books(["收件/汇总.xlsx", "收件/b.xlsx"])
    assert [name for _, name in found.books] == ["收件/b.xlsx"]
    assert found.skipped == [Skipped("收件/汇总.xlsx", why)]
    found = find_books(["收件/汇总.xlsx"])
    assert (found.books, [error.kind for error in found.errors]) == ([], ["own-output"])
    assert found.skipped == []


def test_a_text_that_we_wrote_is_known(here: Path) -> None:
    saved(here / "收件" / "文本.docx", made.zipped({"docProps/custom.xml": OWN_TEXT}))
    assert skipped("收件")["收件/文本.docx"] == "xl-perf 写出的绩效文本"


def test_what_is_given_twice_is_named_once(here: Path) -> None:
    assert len(find_books(["收件", "./收件", "收件/乙局"]).skipped) == 3


def test_a_profile_with_an_extension_too_many_is_pointed_out(here: Path) -> None:
    """Windows hides the .txt that its editor adds; also beside a workbook that is named itself, and once only."""
    (here / "收件" / "口径.toml.txt").write_text("", "utf-8")
    said = {"收件/口径.toml.txt": "像是口径文件，但多了扩展名 .txt，没有用上，请改名为 口径.toml"}
    assert skipped("收件/b.xlsx") == said
    assert skipped("收件/b.xlsx", "收件/a.xls") == said
    assert len([path for path in skipped("收件") if "口径" in path]) == 1
    assert len(find_books(["收件/b.xlsx", "收件"]).skipped) == len(find_books(["收件"]).skipped)


def test_profiles_are_used_not_passed_over(here: Path) -> None:
    (here / "收件" / "口径.toml").write_text("", "utf-8")
    (here / "收件" / "b.TOML").write_text("", "utf-8")
    assert not {name for name in skipped("收件") if name.lower().endswith(".toml")}


def test_a_folder_in_which_everything_was_passed_over(here: Path) -> None:
    """It says so; what lies there is named, and counts as nothing wrong beside other inputs."""
    (here / "出").mkdir()
    own(here / "出" / "汇总.xlsx", "summary")
    saved(here / "出" / "说明.txt", b"x")
    found = find_books(["出"])
    assert [str(error) for error in found.errors] == [
        (
            "出：文件夹里没有部门填报的工作簿，2 个文件都略过了。"
            "请核对文件夹；工作簿的扩展名是 .xlsx .xlsm .xlsb .xls .et .ods。"
        )
    ]
    assert [one.path for one in found.skipped] == ["出/汇总.xlsx", "出/说明.txt"]
    assert kinds("出", "收件") == []


def test_what_cannot_be_had_is_an_error(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links to folders elsewhere, that lead nowhere or round, folders that nobody may open: money may be there."""
    inbox = here / "收件"
    (here / "别处").mkdir()
    (inbox / "圈").symlink_to(inbox, target_is_directory=True)
    (inbox / "别处").symlink_to(here / "别处", target_is_directory=True)
    (inbox / "空链.xlsx").symlink_to(here / "没有.xlsx")
    (inbox / "空链").symlink_to(here / "没有")
    (inbox / "空链.txt").symlink_to(here / "没有.txt")
    (inbox / "自己.xlsx").symlink_to(inbox / "自己.xlsx")
    (inbox / "锁").mkdir()
    opened = os.scandir

    def scandir(folder: str) -> Any:
        if folder.endswith("锁"):
            raise PermissionError
        return opened(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find_books(["收件"])
    assert len(found.books) == 5
    assert sorted(map(str, found.errors)) == [
        f"收件/别处：是通往别的文件夹的链接，没有跟过去。要读那里的工作簿，请另外给出 {here}/别处。",
        "收件/空链.xlsx：是链接，所指的文件不在。请核对链接，或给出工作簿本身。",
        "收件/空链：是链接，所指的文件不在。请核对链接，或给出工作簿本身。",
        "收件/自己.xlsx：链接绕成了圈，指不到文件。请给出工作簿本身。",
        "收件/锁：没有权限打开这个文件夹，里面的工作簿没有读。请取得读取权限，或复制到能读的地方再试。",
    ]
    reasons = {one.path: one.reason for one in found.skipped}
    assert reasons["收件/圈"] == "通往别的文件夹的链接，没有跟过去，那里的已经读了"
    assert reasons["收件/空链.txt"] == "链接所指的文件不在，或者不许看"


@pytest.mark.parametrize("given", ["长" * 90 + ".xlsx", "a/" * 3000 + "b.xlsx", "收件/b.xlsx/c.xlsx"])
def test_names_that_no_file_has(here: Path, given: str) -> None:
    (error,) = find_books([given, "收件"]).errors
    assert (error.kind, error.path) == ("missing", given)


def test_folders_of_any_depth(here: Path) -> None:
    """Deeper than Python calls functions."""
    deep = Path("收件", *["d"] * 1100)
    subprocess.run(["mkdir", "-p", deep], check=True)
    try:
        saved(deep / "底.xlsx", PLAIN)
        found = find_books(["收件"])
    finally:
        subprocess.run(["rm", "-r", "收件/d"], check=True)  # shutil gives up at such a depth
    assert (len(found.books), found.errors) == (6, [])


# --- what xl-perf wrote --------------------------------------------------------------------------------------------


def test_department_workbooks_are_inputs(here: Path) -> None:
    own(here / "部门.xlsx", "department")
    assert shown("部门.xlsx") == ["部门.xlsx"]


def test_own_kind_never_raises(here: Path) -> None:
    assert own_kind(own(here / "r.xlsx", "report")) == "report"
    assert own_kind(here / "没有.xlsx") == ""
    assert own_kind(saved(here / "x.xlsx", b"PK\x03\x04 broken")) == ""
    assert own_kind(saved(here / "y.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) == ""
    assert own_kind(saved(here / "z.xlsx", made.zipped({"docProps/custom.xml": "<xl-perf"}))) == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix matter")
def test_a_pipe_is_left_alone(here: Path) -> None:
    os.mkfifo(here / "收件" / "p.xlsx")
    os.mkfifo(here / "收件" / "p")
    found = find_books(["收件"])
    assert len(found.books) == 5
    assert [str(error) for error in found.errors] == [
        "收件/p.xlsx：不是普通文件。请给出工作簿文件（.xlsx .xlsm .xlsb .xls .et .ods）。"
    ]
    assert skipped("收件")["收件/p"] == "不是普通文件"
    assert shown("收件/p.xlsx") == ["收件/p.xlsx"]  # read_book says what is wrong with it


def test_copies_that_buttons_made_are_passed_over(here: Path) -> None:
    """Else each project would be there twice."""
    books = shown("收件")
    copy = "部门 2023-05-06 070809 删除项目前.xlsx"
    (here / "收件" / "xl-perf 备份").mkdir()
    saved(here / "收件" / "xl-perf 备份" / copy, PLAIN)
    assert shown("收件") == books
    assert skipped("收件")["收件/xl-perf 备份"] == "按钮留下的备份，没有读"
    with zipfile.ZipFile("归档.zip", "w") as archive:
        for name in ("b.xlsx", f"xl-perf 备份/{copy}"):
            archive.writestr(f"甲局/{name}", PLAIN)
    assert shown("归档.zip") == ["归档.zip!甲局/b.xlsx"]
    assert skipped("归档.zip") == {f"归档.zip!甲局/xl-perf 备份/{copy}": "按钮留下的备份，没有读"}
    # Whoever names the folder, or a copy in it, means it.
    assert shown("收件/xl-perf 备份") == [f"收件/xl-perf 备份/{copy}"]
    assert shown(f"收件/xl-perf 备份/{copy}") == [f"收件/xl-perf 备份/{copy}"]
    assert shown("归档.zip!甲局/xl-perf 备份") == [f"归档.zip!甲局/xl-perf 备份/{copy}"]
