"""打包报送: the files that are written; what is there already is not replaced."""

import json
from pathlib import Path

import pytest

from tests.builders import project
from tests.submission.test_pack import good, landed, source
from xl_perf.core.errors import OutputError
from xl_perf.submission.pack import Wish, file_stem, packed, write_package


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("甲局", "甲局-2023"),
        ('甲/乙\\丙:*?"<>|局', "甲_乙_丙_局-2023"),
        (" .甲局. ", "甲局-2023"),
        ("..", "部门-2023"),
        ("甲\u200b局\n", "甲局_-2023"),
        ("con", "con_-2023"),
    ],
)
def test_names_are_legal_on_windows(name: str, start: str) -> None:
    assert file_stem(name, 2023, 3) == f"{start}-绩效文本-v3"


def test_long_names_are_cut() -> None:
    stem = file_stem("很长的部门名称" * 40, None, 12)
    assert stem.endswith("-年度未写-绩效文本-v12")
    assert 200 < len(f"{stem}.xlsx".encode()) <= 255


def test_files_are_written_once(tmp_path: Path) -> None:
    path, out = good(tmp_path), tmp_path / "出" / "深"
    package = packed(source(path), None)
    write_package(package, out, path)
    names = sorted(one.name for one in out.iterdir())
    assert names == [f"测试街道办事处-2023-绩效文本-v1.{suffix}" for suffix in ("eml", "json", "xlsx")]
    before = {one: (one.stat().st_mtime_ns, one.read_bytes()) for one in out.iterdir()}
    write_package(package, out, path)
    assert {one: (one.stat().st_mtime_ns, one.read_bytes()) for one in out.iterdir()} == before
    assert json.loads((out / names[1]).read_text("utf-8"))["format"] == "xl-perf-manifest-1"


def test_another_content_never_replaces_a_version(tmp_path: Path) -> None:
    path, out = good(tmp_path), tmp_path / "出"
    write_package(packed(source(path), None), out, path)
    before = {one: one.read_bytes() for one in out.iterdir()}
    other = packed(source(good(tmp_path, project(name="另一个"))), None)
    with pytest.raises(OutputError, match=r"v1\.xlsx 已经存在，内容不同，没有覆盖。.*--version 2"):
        write_package(other, out, path)
    assert {one: one.read_bytes() for one in out.iterdir()} == before
    write_package(other, out, path, overwrite=True)
    assert (out / other.workbook.name).read_bytes() == other.workbook.content


def test_a_draft_in_which_somebody_wrote_is_left_alone(tmp_path: Path) -> None:
    path, out = good(tmp_path), tmp_path / "出"
    package = packed(source(path), None)
    write_package(package, out, path)
    mail = out / package.mail.name
    mail.write_bytes(b"To: a@example.org\r\n" + package.mail.content)
    write_package(package, out, path)
    assert mail.read_bytes().startswith(b"To:")


def test_the_workbook_itself_is_never_replaced(tmp_path: Path) -> None:
    path = landed(packed(source(good(tmp_path)), None), tmp_path / "出")
    other = packed(source(path), None, Wish(time="2024-01-01T00:00:00"))
    before = path.read_bytes()
    with pytest.raises(OutputError, match=r"同时是输入文件，不能覆盖"):
        write_package(other, path.parent, path, overwrite=True)
    assert path.read_bytes() == before
