"""Who may do what: modes and groups of outputs, and what a user meets who may not look everywhere."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import EXAMPLE, ROOT
from xl_perf.files.output import replacing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes are a Unix matter")
NOBODY = 65534
GROUP = 12345
root_only = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes another user")


def written(path: Path, source: Path | None = None) -> os.stat_result:
    with replacing(path, source=source) as output:
        assert stat.S_IMODE(output.temp.stat().st_mode) == 0o600, "nobody reads it before it is whole"
        output.temp.write_text("新")
    return path.stat()


def made(path: Path, mode: int) -> Path:
    path.write_text("旧")
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_what_is_replaced_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    assert stat.S_IMODE(written(made(tmp_path / "汇总.xlsx", mode)).st_mode) == mode


def test_what_is_new_has_the_usual_mode(tmp_path: Path) -> None:
    assert written(tmp_path / "汇总.xlsx").st_mode == made(tmp_path / "别的", 0o666 & ~_umask()).stat().st_mode


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("source", "there", "wanted"), [(0o600, None, 0o600), (0o640, 0o666, 0o640), (0o777, 0o600, 0o600)]
)
def test_copies_are_no_wider_than_their_source(tmp_path: Path, source: int, there: int | None, wanted: int) -> None:
    copy = tmp_path / "副本.xlsx"
    if there is not None:
        made(copy, there)
    assert stat.S_IMODE(written(copy, made(tmp_path / "原件.xlsx", source)).st_mode) == wanted


@root_only
def test_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is replaced keeps its group, a copy has that of its source; where it cannot be given, nobody gains."""
    target, source = made(tmp_path / "汇总.xlsx", 0o660), made(tmp_path / "原件.xlsx", 0o640)
    for path in (target, source):
        os.chown(path, -1, GROUP)
    assert (written(target).st_gid, stat.S_IMODE(target.stat().st_mode)) == (GROUP, 0o660)
    assert written(tmp_path / "副本.xlsx", source).st_gid == GROUP

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    assert stat.S_IMODE(written(target).st_mode) == 0o600


# --- another user ----------------------------------------------------------------------------------------------------

AS_NOBODY = (
    "import os, sys\n"
    "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    "from xl_perf.cli.main import main\n"
    "sys.exit(main(sys.argv[1:]))\n"
)


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody may enter, with one that nobody else may, and a workbook in each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        for place in (folder, folder / "锁"):
            place.mkdir(exist_ok=True)
            (place / "甲.xlsx").write_bytes(EXAMPLE.read_bytes())
        (folder / "锁").chmod(0o700)
        yield folder


def as_nobody(folder: Path, *arguments: str) -> tuple[int, str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, *arguments],
        cwd=folder,
        env=clean | {"PYTHONPATH": str(ROOT), "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if "ModuleNotFoundError" in done.stderr or "PermissionError: [Errno 13] Permission denied: '/" in done.stderr:
        pytest.skip("another user cannot run this Python")
    return done.returncode, done.stdout, done.stderr


@root_only
def test_a_closed_folder_is_named_and_missing_from_the_totals(shared: Path) -> None:
    said = "锁：没有权限打开这个文件夹，里面的工作簿没有读。请取得读取权限，或复制到能读的地方再试。\n"
    status, out, err = as_nobody(shared, "check", ".")
    assert (status, err) == (2, f"./{said}")
    assert "合计不含 1 个没有读入的文件：./锁（没有权限打开这个文件夹，里面的工作簿没有读）" in out
    assert as_nobody(shared, "check", "锁")[::2] == (2, said)
    status, _, err = as_nobody(shared, "check", "锁/甲.xlsx")
    assert (status, err) == (
        2,
        "锁/甲.xlsx：没有读取权限，或正被别的程序占用。请关闭正打开着它的程序，或请管理员给予读取权限。\n",
    )


@root_only
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "甲.xlsx", "--report", "{}.xlsx"),
        ("check", "甲.xlsx", "--marked", "{}"),
        ("consolidate", "甲.xlsx", "-o", "{}.xlsx"),
        ("publish", "甲.xlsx", "-o", "{}.docx"),
        ("new", "{}.xlsx"),
        ("template", "{}.xlsm"),
    ],
)
@pytest.mark.parametrize("place", ["锁/结果", "锁/下/面/结果"])
def test_outputs_below_a_closed_folder(shared: Path, arguments: tuple[str, ...], place: str) -> None:
    status, _, err = as_nobody(shared, *(one.format(place) for one in arguments))
    assert status == 2
    assert "权限" in err
    assert err.count("\n") == 1
    assert "程序内部出错" not in err


@root_only
@pytest.mark.parametrize(
    "arguments",
    [("publish", "锁/甲.xlsx", "-o", "a.docx"), ("new", "a.xlsx", "--from", "锁"), ("excel", "doctor", "锁/甲.xlsx")],
)
def test_inputs_below_a_closed_folder(shared: Path, arguments: tuple[str, ...]) -> None:
    status, _, err = as_nobody(shared, *arguments)
    assert (status, "权限" in err, err.count("\n")) == (2, True, 1)
