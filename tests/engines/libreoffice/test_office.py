"""``xl-perf office``: starts LibreOffice with a pipe, stays until the book is closed, and leaves nothing behind."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.engines.libreoffice.macro_book import macro_book
from xl_perf.cli import main as cli
from xl_perf.core.errors import BookError
from xl_perf.engines import soffice
from xl_perf.engines.libreoffice import connect, office, uno_import
from xl_perf.engines.libreoffice.bridge import properties
from xl_perf.files.compound_file import packed

if TYPE_CHECKING:
    import xlwings

EXAMPLE = Path(__file__).parents[3] / "workbooks" / "example-2023.xlsx"


@contextmanager
def started(*arguments: str | Path, folder: Path) -> "Iterator[subprocess.Popen[str]]":
    """The command in a process of its own, its temporary files in ``folder``; ended in any case."""
    command = [sys.executable, "-m", "xl_perf", "office", *map(str, arguments)]
    environment = os.environ | {"TMPDIR": str(folder)}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_stays_until_the_book_is_closed(office_app: object, tmp_path: Path) -> None:
    pipe, folder = office.free_pipe(), tmp_path / "tmp"
    folder.mkdir()
    path = macro_book(tmp_path)
    with started(path, "--headless", "--pipe", pipe, folder=folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"已在 LibreOffice 中打开 {path}，关闭窗口后结束。管道：{pipe}\n"
        assert f"xl-perf new 新文件.xlsm --from {path}" in process.stdout.readline()
        app = connect(pipe, headless=True)
        assert [book.name for book in app.books] == [path.name]
        assert list(folder.glob("xl-perf-office-*")) != []
        assert process.poll() is None
        app.books.active.close()
        _, err = process.communicate(timeout=30)
        app.impl.engine.apps.gone(app.impl)
    assert (process.returncode, err) == (0, "")
    assert list(folder.glob("xl-perf-office-*")) == []


def spied(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the next process would be started with: its environment, and its arguments in one line."""
    seen: dict[str, str] = {}

    def popen(arguments: list[str], env: dict[str, str], **options: object) -> None:
        seen.update(env, arguments=" ".join(arguments))

    monkeypatch.setattr(subprocess, "Popen", popen)
    return seen


def test_environment_of_what_it_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = spied(monkeypatch)
    monkeypatch.setenv("XL_PERF_HEADLESS", "1")
    office._start("soffice", tmp_path, "某管道", headless=False)
    assert seen["XL_PERF_PIPE"] == "某管道"
    assert seen["XL_PERF_COMMAND"] == f"{sys.executable} -m xl_perf"
    assert "XL_PERF_HEADLESS" not in seen
    assert "--accept=pipe,name=某管道;urp" in seen["arguments"]
    assert f"-env:UserInstallation={tmp_path.as_uri()}" in seen["arguments"]
    assert "--headless" not in seen["arguments"]


def test_command_with_blanks_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/opt/my programs/xl-perf")
    assert office.command() == '"/opt/my programs/xl-perf" -m xl_perf'
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert office.command() == '"/opt/my programs/xl-perf"'


def test_without_libreoffice(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(uno_import, "load", lambda: None)
    monkeypatch.setattr(soffice, "find_soffice", lambda: None)
    assert cli.main(["office", str(EXAMPLE)]) == 2
    assert "没有找到 LibreOffice" in capsys.readouterr().err


def test_libreoffice_that_does_not_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, office_app: object
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(soffice, "find_soffice", lambda: "/bin/false")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert cli.main(["office", str(EXAMPLE)]) == 2
    assert "LibreOffice 没有启动起来" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("display", ["", ":987", "127.0.0.1:40987.0"])
def test_without_a_screen(
    display: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], office_app: object
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert cli.main(["office", str(EXAMPLE)]) == 2
    assert capsys.readouterr().err == (
        "没有图形界面，打不开 LibreOffice 的窗口。请在桌面上的终端里运行；只供程序使用的，请加 --headless。\n"
    )


def test_saving_asks_for_no_other_format(office_app: "xlwings.App") -> None:
    """Whoever answers its question with ODF has an .ods without buttons, and an .xlsm that stays as it was."""
    provider = office_app.impl.service("com.sun.star.configuration.ConfigurationProvider")
    path = properties(nodepath="/org.openoffice.Office.Common/Save/Document")
    found = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", path)
    assert found.getPropertyValue("WarnAlienFormat") is False


def test_what_is_typed_stays_as_typed(office_app: "xlwings.App") -> None:
    """A short name is not completed to an earlier text of its column, as LibreOffice does by itself."""
    settings = office_app.impl.service("com.sun.star.configuration.ConfigurationProvider")

    def inside(path: str) -> Any:
        place = properties(nodepath=path)
        return settings.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", place)

    assert not inside("/org.openoffice.Office.Calc/Input").getByName("AutoInput")
    corrections = inside("/org.openoffice.Office.Common/AutoCorrect")
    for name in ("UseReplacementTable", "TwoCapitalsAtStart", "CapitalAtStartSentence", "ChangeDash"):
        assert not corrections.getByName(name), name


def test_a_pipe_that_is_taken(office_app: "xlwings.App", capsys: pytest.CaptureFixture[str]) -> None:
    """Else the workbook would open in somebody else's window."""
    pipe = office_app.impl.pipe
    assert cli.main(["office", str(EXAMPLE), "--headless", "--pipe", pipe]) == 2
    said = f"管道 {pipe} 已经有一个 LibreOffice 在用。请换一个 --pipe 名称，或不写 --pipe。\n"
    assert capsys.readouterr().err == said
    assert office_app.impl.api.getFrames() is not None


def test_a_workbook_that_is_open_already(
    office_app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "xl-perf-office-1-2-3").mkdir()
    Path("部门.xlsx").write_bytes(EXAMPLE.read_bytes())
    Path(".~lock.部门.xlsx#").write_text(f"张三,,PC,,file://{tmp_path}/xl-perf-office-1-2-3;", "utf-8")
    assert cli.main(["office", "部门.xlsx", "--headless"]) == 2
    said = "部门.xlsx：已经在另一个 xl-perf office 的窗口里打开。请用那个窗口，或先关闭它。\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\3\4" + bytes(100), "文件不完整，多半没有下载完或没有传完。"),
        (packed("EncryptedPackage", bytes(5000)), "文件受权限管理（IRM）保护，无法读取。"),
    ],
)
def test_why_it_is_not_opened(
    content: bytes,
    message: str,
    office_app: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("部门.xlsx").write_bytes(content)
    assert cli.main(["office", "部门.xlsx", "--headless"]) == 2
    assert capsys.readouterr().err.startswith(f"部门.xlsx：{message}")


def test_a_colleague_has_it_open(office_app: object, tmp_path: Path) -> None:
    pipe, path = office.free_pipe(), tmp_path / "部门.xlsx"
    path.write_bytes(EXAMPLE.read_bytes())
    lock = tmp_path / ".~lock.部门.xlsx#"
    lock.write_text("张三,zhang,PC,29.11.2026 16:14,file:///home/zhang/4;", "utf-8")
    with started(path, "--headless", "--pipe", pipe, folder=tmp_path) as process:
        assert process.stdout is not None
        assert "已在 LibreOffice 中打开" in process.stdout.readline()
        said = "注意：张三 正打开着它，在这里是只读的，能校验、发布文本，不能改动。\n"
        assert process.stdout.readline() == said
        app = connect(pipe, headless=True)
        app.books.active.close()
        assert process.wait(30) == 0
        app.impl.engine.apps.gone(app.impl)
    assert lock.exists()


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ({}, "C.UTF-8"),
        ({"LANG": "C"}, "C.UTF-8"),
        ({"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}, "C.UTF-8"),
        ({"LANG": "zh_CN.UTF-8"}, None),
        ({"LC_CTYPE": "zh_CN.GB18030", "LANG": "C"}, None),
    ],
)
def test_locale_in_which_chinese_names_open(
    locale: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = spied(monkeypatch)
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    office._start("soffice", tmp_path, "管道", headless=True)
    assert (seen["XL_PERF_HEADLESS"], seen.get("LC_ALL")) == ("1", expected)


def test_file_that_libreoffice_does_not_open(office_app: "xlwings.App", tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(BookError, match="LibreOffice 没有打开它"):
        office.open_with_buttons(office_app, path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["没有.xlsx"], "没有.xlsx：文件不存在。"),
        (["."], ".：这是一个文件夹，不是工作簿。"),
        (["书.txt"], "书.txt：扩展名 .txt 不是工作簿的。"),
        (["书.txt", "--pipe", "a;b"], "命令行有误，参数 --pipe：应为字母、数字、. - _，不超过 60 个。"),
    ],
)
def test_what_cannot_be_opened(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("书.txt").write_text("x")
    assert cli.main(["office", *arguments]) == 2
    assert capsys.readouterr().err.startswith(message)
