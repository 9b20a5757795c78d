"""Zip archives as inputs: names in every encoding, and nothing that leaves the temporary folder or fills the disk."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from tests.workbooks import cell, ooxml, row, saved, sheet
from xl_perf.files import containers
from xl_perf.files.inputs import Found, find_books

PLAIN = ooxml(sheet())


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def packed(path: Path, members: dict[str, bytes], *, encoding: str = "") -> Path:
    """An archive; with an encoding its names are stored in that, without the flag that says UTF-8."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(stand_in(name, encoding), (2023, 5, 6, 7, 8, 10)), content)
    if encoding:
        data = path.read_bytes()
        for name in members:
            data = data.replace(stand_in(name, encoding).encode(), name.encode(encoding))
        path.write_bytes(data)
    return path


def stand_in(name: str, encoding: str) -> str:
    """An ASCII name as long as the right one, so that it can be replaced afterwards."""
    return name if not encoding else "".join("z" * len(one.encode(encoding)) for one in name)


def shown(found: Found) -> list[str]:
    return [name for _, name in found.books]


@pytest.mark.parametrize("encoding", ["", "gbk", "utf-8"])
def test_members_are_read_under_their_names(here: Path, encoding: str) -> None:
    packed(here / "归档.zip", {"部门甲/书.xlsx": PLAIN, "乙二二.xls": PLAIN}, encoding=encoding)
    found = find_books(["归档.zip"])
    assert (found.errors, found.skipped) == ([], [])
    assert shown(found) == ["归档.zip!乙二二.xls", "归档.zip!部门甲/书.xlsx"]
    path = found.books[1][0]
    assert path.read_bytes() == PLAIN
    assert path.parts[-2:] == ("部门甲", "书.xlsx")


def test_archives_in_folders_and_parts_of_archives(here: Path) -> None:
    (here / "收件").mkdir()
    packed(here / "收件" / "归档.ZIP", {"甲/1.xlsx": PLAIN, "甲/2.xlsx": PLAIN, "乙/3.xlsx": PLAIN})
    saved(here / "收件" / "书.xlsx", PLAIN)
    whole = ["收件/书.xlsx", *(f"收件/归档.ZIP!{name}.xlsx" for name in ("乙/3", "甲/1", "甲/2"))]
    assert sorted(shown(find_books(["收件"]))) == sorted(whole)
    assert shown(find_books(["收件/归档.ZIP!甲"])) == whole[2:]
    assert shown(find_books(["收件/归档.ZIP!甲/2.xlsx"])) == whole[3:]
    assert len(shown(find_books(["收件/归档.ZIP!甲/2.xlsx", "收件", "收件/归档.ZIP"]))) == 4
    (error,) = find_books(["收件/归档.ZIP!丙"]).errors
    assert str(error) == "收件/归档.ZIP!丙：压缩包里没有这个文件或文件夹。请核对它在压缩包里的路径。"


def test_what_is_passed_over_in_an_archive(here: Path) -> None:
    """Named as in a folder. Profiles lie beside their workbooks."""
    members = ("书.xlsx", "__MACOSX/._书.xlsx", "~$书.xlsx", "口径.toml", "__MACOSX/._书.rar")
    found = find_books([str(packed(Path("归档.zip"), dict.fromkeys(members, PLAIN) | {"说明.txt": b"x"}))])
    assert found.errors == []
    assert {one.path: one.reason for one in found.skipped} == {
        "归档.zip!说明.txt": "文档，没有读；里面有项目绩效目标表的，请解压后用 xl-perf new --from 收进工作簿",
    }
    assert found.locks == 3
    assert found.books[0][0].with_name("口径.toml").exists()
    (error,) = find_books([str(packed(Path("空.zip"), {"说明.txt": b"x"}))]).errors
    assert str(error).startswith("空.zip：压缩包里没有部门填报的工作簿，1 个文件都略过了。")


@pytest.mark.parametrize("name", ["../外.xlsx", "甲/../../外.xlsx", "/../外.xlsx", "..\\外.xlsx", "C:\\外.xlsx"])
def test_no_member_leaves_its_folder(here: Path, name: str) -> None:
    found = find_books([str(packed(here / "归档.zip", {name: PLAIN, "书.xlsx": PLAIN}))])
    assert [str(error).partition("：")[2] for error in found.errors] == [
        "在压缩包里的路径不正常，没有读取。请先解压，再给出其中的工作簿。"
    ]
    assert len(found.books) == 1
    assert not list(here.rglob("外.xlsx"))


def test_absolute_paths_are_below_the_folder(here: Path) -> None:
    found = find_books([str(packed(here / "归档.zip", {"/etc/书.xlsx": PLAIN}))])
    assert found.books[0][0].parts[-3:] == ("归档.zip!", "etc", "书.xlsx")


def test_two_members_of_one_name(here: Path) -> None:
    with zipfile.ZipFile("归档.zip", "w") as archive:
        archive.writestr("书.xlsx", PLAIN)
        archive.writestr("./书.xlsx", PLAIN + b" ")
        archive.writestr("书.xlsx/甲.xlsx", PLAIN)
    found = find_books(["归档.zip"])
    assert sorted(path.stat().st_size - len(PLAIN) for path, _ in found.books) == [0, 1]
    assert len(found.errors) == 1


def test_bombs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_UNPACKED", 10_000_000)
    zeros = bytes(6_000_000)
    (error,) = find_books([str(packed(Path("大.zip"), {"一.xlsx": zeros, "二.xlsx": zeros}))]).errors
    assert str(error) == "大.zip：压缩包里的文件过多，或解压后过大，没有读取。请先解压，再给出需要的工作簿。"
    monkeypatch.setattr(containers, "MAX_MEMBERS", 3)
    (error,) = find_books([str(packed(Path("多.zip"), dict.fromkeys("1234", b"")))]).errors
    assert "文件过多" in error.message
    # What states a smaller size than it has is damaged; no more than stated is unpacked.
    data = packed(Path("谎.zip"), {"一.xlsx": zeros}).read_bytes()
    Path("谎.zip").write_bytes(data.replace(len(zeros).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    (error,) = find_books(["谎.zip"]).errors
    assert (error.kind, error.path) == ("damaged", "谎.zip!一.xlsx")


def test_what_is_no_archive(here: Path) -> None:
    saved(here / "书.zip", PLAIN)
    saved(here / "空.zip", b"")
    data = packed(here / "整.zip", {"书.xlsx": bytes(range(256)) * 20}).read_bytes()
    saved(here / "半.zip", data[: len(data) // 2])
    saved(here / "坏.zip", data.replace(data[60:70], b"0123456789", 1))
    errors = {error.path: str(error) for error in find_books(["书.zip", "空.zip", "半.zip", "坏.zip"]).errors}
    again = "请重新下载或复制一次；还是不行，就请对方重新发送。"
    assert errors == {
        "书.zip": "书.zip：扩展名是 .zip，内容却是工作簿。请把扩展名改为 .xlsx。",
        "空.zip": f"空.zip：压缩包已损坏或不完整，打不开。{again}",
        "半.zip": f"半.zip：压缩包已损坏或不完整，打不开。{again}",
        "坏.zip!书.xlsx": f"坏.zip!书.xlsx：压缩包里的这个文件已损坏，解不出来。{again}",
    }


def test_members_with_a_password_or_a_name_too_long(here: Path) -> None:
    long = "长" * 84 + ".xlsx"
    data = bytearray(packed(here / "归档.zip", {"密.xlsx": b"x", long: b"x"}).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    Path("归档.zip").write_bytes(data)
    errors = {error.path: error for error in find_books(["归档.zip"]).errors}
    assert errors["归档.zip!密.xlsx"].kind == "encrypted"
    assert "文件名太长" in errors[f"归档.zip!{long}"].message


def test_an_archive_given_by_any_bytes_never_raises(here: Path) -> None:
    """Each byte of a small archive changed in turn."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("书.xlsx", b"x")
    for at in range(len(out.getvalue())):
        data = bytearray(out.getvalue())
        data[at] ^= 0xFF
        Path("归档.zip").write_bytes(data)
        found = find_books(["归档.zip"])
        assert found.books or found.errors


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("甲.xlsx", "甲.xlsx"), ("甲 (2).xlsx", "甲.xlsx")),
        (("甲.xlsx", "./甲.xlsx"), ("./甲.xlsx", "甲 (2).xlsx")),
        (("a/甲.xlsx", "a\\甲.xlsx", "A/甲.xlsx"), ("A/甲.xlsx", "a/甲 (2).xlsx", "a/甲 (3).xlsx")),
    ],
)
def test_members_of_one_name_are_all_there(tmp_path: Path, names: tuple[str, ...], shown: tuple[str, ...]) -> None:
    """Some programs pack two folders into one, or the same name with the other slash."""
    path = tmp_path / "来件.zip"
    contents = [ooxml(sheet(row(1, cell("A1", number)))) for number in range(len(names))]
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in zip(names, contents, strict=True):
            archive.writestr(zipfile.ZipInfo(name), content)
    found = find_books([str(path)])
    assert sorted(name.partition("!")[2] for _, name in found.books) == sorted(shown)
    assert {one.read_bytes() for one, _ in found.books} == set(contents)
