"""What may be written where, and that a file is there whole or not at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from xl_perf.core.errors import OutputError
from xl_perf.files.output import Output, check_new, check_target, free_name, replacing
from xl_perf.written.properties import set_properties


def write(path: Path, kind: str = "") -> Path:
    with replacing(path) as output, xlsxwriter.Workbook(output.temp) as workbook:
        workbook.add_worksheet()
        if kind:
            set_properties(workbook, kind, "标题")
    return path


def refused(path: Path, inputs: tuple[Path, ...] = (), overwrite: bool = False) -> str:
    with pytest.raises(OutputError) as caught:
        check_target(path, inputs, overwrite)
    return str(caught.value)


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".xl-perf-*")]


def test_a_free_place_is_fine(tmp_path: Path) -> None:
    check_target(tmp_path / "新" / "夹" / "汇总.xlsx")
    check_target(tmp_path / "汇总.XLSX")


def test_wrong_extensions_say_what_to_use(tmp_path: Path) -> None:
    assert "汇总.xlsx" in refused(tmp_path / "汇总.xlsm")
    assert "汇总.xlsx" in refused(tmp_path / "汇总.csv")
    assert "汇总.xlsx" in refused(tmp_path / "汇总")


def test_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "汇总.xlsx").mkdir()
    assert "是文件夹" in refused(tmp_path / "汇总.xlsx")
    (tmp_path / "文件").write_text("")
    assert "不是文件夹" in refused(tmp_path / "文件" / "汇总.xlsx")


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "权限" in refused(tmp_path / "汇总.xlsx")


@pytest.mark.parametrize("overwrite", [False, True])
def test_an_input_is_never_written_over(tmp_path: Path, overwrite: bool) -> None:
    path = write(tmp_path / "a.xlsx", "summary")
    link = tmp_path / "b.xlsx"
    link.symlink_to(path)
    assert "输入文件" in refused(path, (tmp_path / "missing.xlsx", link), overwrite)


def test_only_own_results_are_replaced_without_asking(tmp_path: Path) -> None:
    for kind in ("summary", "report", "receipt"):
        check_target(write(tmp_path / f"{kind}.xlsx", kind))
    for kind in ("", "department"):
        path = write(tmp_path / f"其他{kind}.xlsx", kind)
        assert "--overwrite" in refused(path)
        check_target(path, overwrite=True)


def test_what_is_no_workbook_is_somebody_elses(tmp_path: Path) -> None:
    for name, data in (("c.xlsx", b""), ("d.xlsx", b"PK\x03\x04 broken"), ("e.xlsx", b"text")):
        (tmp_path / name).write_bytes(data)
        assert "--overwrite" in refused(tmp_path / name)


def test_checking_a_target_does_not_import_the_writer() -> None:
    code = "import sys, xl_perf.files.output; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_new_never_replaces_and_offers_a_name(tmp_path: Path) -> None:
    path = write(tmp_path / "部门.xlsx", "summary")
    write(tmp_path / "部门 (2).xlsx")
    assert free_name(path).name == "部门 (3).xlsx"
    with pytest.raises(OutputError, match=r"部门 \(3\)\.xlsx"):
        check_new(path)
    check_new(tmp_path / "别的.xlsx")


def test_what_is_written_comes_into_place(tmp_path: Path) -> None:
    target = tmp_path / "新" / "汇总.xlsx"
    with replacing(target) as result:
        assert result.temp.parent == target.parent
        assert result.temp.name.startswith(".xl-perf-")
        result.temp.write_text("新")
        assert not target.exists()
    assert (target.read_text(), result.path, result.notice) == ("新", target, None)
    assert not leftovers(tmp_path)
    (tmp_path / "plain").touch()
    assert target.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_after_an_exception_everything_is_as_before(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_text("旧")

    def half() -> None:
        with replacing(target) as result:
            result.temp.write_text("半")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert target.read_text() == "旧"
    assert not leftovers(tmp_path)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "盘" / "汇总.xlsx"
    real.parent.mkdir()
    real.write_text("旧")
    link = tmp_path / "汇总.xlsx"
    link.symlink_to(real)
    with replacing(link) as result:
        result.temp.write_text("新")
    assert link.is_symlink()
    assert real.read_text() == "新"


@pytest.mark.parametrize("lock", ["~$汇总.xlsx", ".~lock.汇总.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_left_alone(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_text("旧")
    (tmp_path / lock).touch()
    with replacing(target) as result:
        result.temp.write_text("新")
    check_second_name(result, target)


def check_second_name(result: Output, target: Path) -> None:
    assert target.read_text() == "旧"
    assert result.path == target.with_name("汇总 (2).xlsx")
    assert result.path.read_text() == "新"
    assert result.notice is not None
    assert "汇总 (2).xlsx" in result.notice
    assert not leftovers(target.parent)


def test_a_file_that_windows_will_not_give_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_text("旧")
    move = Path.replace

    def held(self: Path, to: Path) -> Path:
        if to == target:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return move(self, to)

    monkeypatch.setattr(Path, "replace", held)
    with replacing(target) as result:
        result.temp.write_text("新")
    check_second_name(result, target)


def test_a_new_file_does_not_replace_what_came_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    with replacing(target, new=True) as result:
        result.temp.write_text("新")
        target.write_text("旧")
    check_second_name(result, target)


def test_errors_of_the_disk_are_said_in_chinese(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    full = OSError(errno.ENOSPC, "No space left on device")
    for error in (full, FileCreateError(full)):
        with pytest.raises(OutputError, match="磁盘空间不足"), replacing(target):
            raise error
    with pytest.raises(OutputError, match="写入时出错"), replacing(target):
        raise OSError(errno.EIO, "Input/output error")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    with pytest.raises(OutputError, match="不是文件夹"), replacing(tmp_path / "文件" / "汇总.xlsx"):
        pytest.fail("nothing to write into")


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_read_only_file_is_left_alone(tmp_path: Path, overwrite: bool) -> None:
    """Also where the folder could be written, and with --overwrite."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"x")
    path.chmod(0o444)
    with pytest.raises(OutputError) as caught:
        check_target(path, overwrite=overwrite)
    assert str(caught.value) == f"{path} 是只读的，没有覆盖。请去掉它的只读属性，或换一个文件名。"
    path.chmod(0o644)
    check_target(path, overwrite=True)
