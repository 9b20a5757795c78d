"""Parts of the packages for Windows that need no Windows; tests/windows/test_msi.py installs one."""

import os
import zipfile
from pathlib import Path

import pytest

from tools.bundle import BundleError
from tools.packing import archives, licences, make, wheels, windows_folder


def wheel(folder: Path, *names: str) -> Path:
    """A wheel of files with little in them."""
    made = folder / "thing_one-1.0-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "Name: thing-one\nVersion: 1.0\nLicense: MIT\n")
    return made


def listed(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in archives.files_of(folder)]


def test_what_is_unpacked_of_a_wheel(tmp_path: Path) -> None:
    """What is imported, wherever the wheel keeps it; no scripts, no tests, nothing under another licence."""
    made = wheel(
        tmp_path,
        *("thing.py", "pandas/core/a.py", "pandas/tests/b.py", "xlwings/main.py", "xlwings/pro/c.py"),
        *("thing_one-1.0.data/purelib/d.py", "thing_one-1.0.data/scripts/e.py", "thing_one-1.0.dist-info/METADATA"),
    )
    wheels.unpack(made, tmp_path / "site")
    expected = ["d.py", "pandas/core/a.py", "thing.py", "thing_one-1.0.dist-info/METADATA", "xlwings/main.py"]
    assert listed(tmp_path / "site") == expected


def test_packages_left_out(tmp_path: Path) -> None:
    wheel(tmp_path, "thing.py")
    wheels.unpack_all(tmp_path, tmp_path / "site", without=["thing_one"])
    assert listed(tmp_path / "site") == []
    with pytest.raises(BundleError, match="没有 wheel"):
        wheels.unpack_all(tmp_path / "site", tmp_path / "site")


def test_no_part_without_its_licence(tmp_path: Path) -> None:
    site = tmp_path / "site"
    wheels.unpack(wheel(tmp_path, "thing.py", "thing_one-1.0.dist-info/METADATA"), site)
    with pytest.raises(BundleError, match=r"thing-one 1\.0 没有许可的全文"):
        licences.write_list(tmp_path, site, [])
    (site / "thing_one-1.0.dist-info" / "LICENCE.rst").write_text("…", "utf-8")
    licences.write_list(tmp_path, site, [])
    said = (tmp_path / licences.LIST).read_text("utf-8-sig")
    assert "thing-one 1.0　MIT\n    site/thing_one-1.0.dist-info/LICENCE.rst\n" in said


def test_the_same_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever it is made; dated by SOURCE_DATE_EPOCH, else by a fixed day."""
    folder = tmp_path / "folder"
    (folder / "b").mkdir(parents=True)
    for name in ("b/二.txt", "a.txt"):
        (folder / name).write_text(name, "utf-8")
    archives.write_zip(folder, tmp_path / "first.zip", "xl-perf")
    os.utime(folder / "a.txt", (0, 0))
    archives.write_zip(folder, tmp_path / "second.zip", "xl-perf")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    archives.write_zip(folder, tmp_path / "dated.zip", "xl-perf")
    with zipfile.ZipFile(tmp_path / "dated.zip") as archive:
        assert [one.filename for one in archive.infolist()] == ["xl-perf/a.txt", "xl-perf/b/二.txt"]
        assert {one.date_time[:3] for one in archive.infolist()} == {(2023, 11, 14)}


@pytest.mark.parametrize(
    ("kind", "platform", "parts", "said"),
    [
        ("msi", "win_amd64", "button", "PARTS 应是 all"),
        ("portable", "manylinux_2_28_x86_64", "all", "请用 make bundle"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path: Path, kind: str, platform: str, parts: str, said: str) -> None:
    with pytest.raises(BundleError, match=said):
        make.make(kind, tmp_path, platform, parts)


def test_another_python(tmp_path: Path) -> None:
    """python.org's zip says by its library which Python it is; another file is refused."""
    embeddable = tmp_path / "python-3.12.1-embed-amd64.zip"
    with zipfile.ZipFile(embeddable, "w") as archive:
        archive.writestr("python3.dll", "")
        archive.writestr("python312.dll", "")
    assert windows_folder.version_of(str(embeddable)) == "3.12"
    assert windows_folder.version_of(None) == "3.11"
    with pytest.raises(BundleError, match="embeddable"):
        windows_folder.version_of(__file__)
