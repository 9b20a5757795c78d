"""`xl-perf excel …` from end to end, on a made-up Windows and macOS: real template, real add-in, real command line."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

from tests.desktop.fakes import FakeSystem, linux, windows
from tests.desktop.fakes import macos as mac
from xl_perf.cli import main as cli
from xl_perf.cli import terminal
from xl_perf.core.workbook.sheets import COVER_SHEET, TEMPLATE_VERSION
from xl_perf.desktop.places import ADDIN_NAME, places_of
from xl_perf.profiles import load
from xl_perf.service import excel as excel_setup
from xl_perf.service.origin import origin_of
from xl_perf.written import macros

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "example-2023.xlsx"


class Terminal:
    """Runs a command on a system of its own: ``status, stdout, stderr``."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, system: FakeSystem, *arguments: str | Path) -> tuple[int, str, str]:
        self._monkeypatch.setattr(excel_setup, "this_system", lambda: system)
        status = cli.main(["excel", *map(str, arguments)])
        out, err = self._capsys.readouterr()
        return status, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(capsys, monkeypatch)


def test_windows_from_nothing_to_nothing(run: Terminal, tmp_path: Path) -> None:
    """Not installed: the doctor says so. Installed: nothing is in the way. Uninstalled: as before."""
    system = windows(tmp_path)
    places = places_of(system)
    before = sorted(tmp_path.rglob("*"))
    status, out, err = run(system, "doctor")
    assert (status, err) == (1, "")
    assert f"没有 {places.addin}" in out
    assert out.splitlines()[-1] == "有 3 项不妥，请按“怎样处理”逐项解决。"

    status, out, err = run(system, "install")
    assert (status, err) == (0, "")
    for path in (places.addin, places.template, places.send_to, places.config):
        assert str(path) in out
    assert "重新打开 Excel" in out
    addin, template = origin_of(places.addin), origin_of(places.template)
    assert addin.has_macros
    assert (template.kind, template.version) == ("department", TEMPLATE_VERSION)
    assert addin.xlwings == template.xlwings != ""
    assert places.send_to is not None
    assert places.send_to.read_bytes().isascii()

    status, out, err = run(system, "doctor")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1] == "没有发现妨碍按钮的情况。"
    status, out, _ = run(system, "install")
    assert status == 0
    assert out.count("已是最新") == 5

    status, out, err = run(system, "uninstall")
    assert (status, err) == (0, "")
    assert out.count("已删除") == 5
    assert sorted(tmp_path.rglob("*")) == before
    assert run(system, "uninstall") == (0, "没有安装过，不用卸载。\n", "")


def test_the_template_gives_a_workbook(tmp_path: Path) -> None:
    """What lies in Templates is a department workbook that can be read."""
    system = windows(tmp_path)
    excel_setup.install(load(), system)
    from xl_perf.service import checking

    assert checking.read(places_of(system).template).sheets[0] == COVER_SHEET


def test_macos(run: Terminal, tmp_path: Path) -> None:
    """xlwings' AppleScript of the installed version goes where AppleScriptTask looks for it."""
    system = mac(tmp_path)
    places = places_of(system)
    assert run(system, "install")[0] == 0
    assert places.scripts is not None
    (script,) = places.scripts.iterdir()
    assert script.name == f"xlwings-{origin_of(places.addin).xlwings}.applescript"
    assert b"on VbaHandler" in script.read_bytes()
    assert run(system, "doctor")[0] == 0
    assert run(system, "uninstall")[0] == 0
    assert not places.scripts.exists()


def test_linux(run: Terminal, tmp_path: Path) -> None:
    """One sentence for install and uninstall; the doctor reports what it can, also on a workbook."""
    system = linux(tmp_path)
    for command in ("install", "uninstall"):
        status, out, err = run(system, command)
        assert (status, out) == (2, "")
        assert err.count("\n") == 1
        assert "xl-perf office" in err
    status, out, err = run(system, "doctor", EXAMPLE)
    assert (status, err) == (1, "")
    assert "LibreOffice" in out
    assert "example-2023.xlsx：模板版本" in out


def test_a_foreign_add_in(run: Terminal, tmp_path: Path) -> None:
    """One line, exit 2, and the file is as it was."""
    system = windows(tmp_path)
    addin = places_of(system).addin
    addin.parent.mkdir(parents=True)
    addin.write_bytes(b"somebody's")
    status, out, err = run(system, "install")
    assert (status, out) == (2, "")
    assert err == f"{addin} 已经存在，而且不是 xl-perf 安装的，没有覆盖。请把它移到别处或改名，再重做。\n"
    assert addin.read_bytes() == b"somebody's"
    assert not places_of(system).config.exists()


def test_doctor_on_a_workbook(run: Terminal, tmp_path: Path) -> None:
    """Saved by LibreOffice, or damaged, or not there."""
    system = windows(tmp_path)
    assert run(system, "install")[0] == 0
    book = tmp_path / "部门.xlsm"
    book.write_bytes(as_libreoffice_saves(places_of(system).template.read_bytes()))
    status, out, _ = run(system, "doctor", book)
    assert status == 1
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if "部门.xlsm：保存者" in line)
    assert lines[at].startswith("✗")
    assert "怎样处理：请用 xl-perf new 新工作簿.xlsm --from 这本工作簿" in lines[at + 1]
    book.write_bytes(places_of(system).template.read_bytes()[:5000])
    status, out, _ = run(system, "doctor", book)
    assert status == 1
    assert f"{book}：文件不完整，多半没有下载完或没有传完" in out
    book.write_text("不是工作簿")
    status, out, _ = run(system, "doctor", book)
    assert status == 1
    assert f"{book}：不是工作簿，是文本文件" in out
    status, out, err = run(system, "doctor", "没有.xlsm")
    assert (status, out, err) == (2, "", "没有.xlsm：文件不存在。请核对路径和文件名。\n")


def as_libreoffice_saves(workbook: bytes) -> bytes:
    """The workbook with the name that LibreOffice writes into its application properties."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/app.xml":
                part = part.replace(
                    b"Microsoft Excel", b"LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2"
                )
            new.writestr(name, part)
    return saved.getvalue()


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "✗"), ("gbk", "×"), ("cp1252", "!!"), ("ascii", "!!")])
def test_marks_of_the_code_page(encoding: str, mark: str) -> None:
    """What is not fine can be told from what is, whatever the terminal."""
    assert terminal.marks(io.TextIOWrapper(io.BytesIO(), encoding))[1] == mark


def test_marks_of_a_windows_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """UTF-8 by its name, but in the font of an old console only what GBK has."""
    with monkeypatch.context() as patch:
        patch.setattr("os.name", "nt")
        found = terminal.marks(io.TextIOWrapper(io.BytesIO(), "utf-8"))
    assert found == ("√", "×")


def test_names_agree() -> None:
    """Ribbon.bas looks for the add-in by the name under which it is installed."""
    assert ADDIN_NAME == macros.ADDIN_NAME


def test_piped_lines_are_whole(run: Terminal, tmp_path: Path) -> None:
    """Aligned, and never cut, however long a path is."""
    system = windows(tmp_path / ("很长的文件夹名" * 8))
    out = run(system, "doctor")[1]
    assert str(places_of(system).addin) in out
    assert "…" not in out


def test_usage(run: Terminal, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Listed among the commands; a command of its own is needed, in Chinese."""
    assert cli.main(["--help"]) == 0
    assert "\n  excel " in capsys.readouterr().out
    status, _, err = run(linux(tmp_path))
    assert (status, err) == (2, "命令行有误，缺少参数：命令。请看 xl-perf excel --help。\n")


@pytest.mark.skipif(sys.platform != "linux", reason="this Linux")
def test_here(capsys: pytest.CaptureFixture[str]) -> None:
    """On the machine that runs the tests, without any fake."""
    assert cli.main(["excel", "install"]) == 2
    assert "xl-perf office" in capsys.readouterr().err
    assert cli.main(["excel", "doctor"]) == 1
    assert "xlwings" in capsys.readouterr().out
