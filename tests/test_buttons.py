"""Buttons: every one has its function, one runs at a time, whatever happens is said in Chinese through the host."""

import inspect
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from xl_perf import buttons
from xl_perf.cli.main import main
from xl_perf.core.actions import ACTIONS
from xl_perf.live import validation
from xl_perf.live.host import TITLE, WORKING, Host, NotHere
from xl_perf.live.lock import Busy, one_at_a_time

ROOT = Path(__file__).parent.parent


class App:
    """What a host shows."""

    calculation = "automatic"

    def __init__(self) -> None:
        self.alerts: list[tuple[str, str, str, str]] = []
        self.states: list[tuple[str, object]] = []
        self.screen_updating = True
        self.engine = SimpleNamespace(name="excel")
        self.cut_copy_mode = True
        self.calculation = "automatic"

    def alert(self, prompt: str, title: str, choice: str, mode: str) -> str:
        self.alerts.append((prompt, title, choice, mode))
        return "ok"

    @property
    def status_bar(self) -> object:
        return self.states[-1][1]

    @status_bar.setter
    def status_bar(self, value: object) -> None:
        self.states.append(("status bar", value))


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[App]:
    made = App()
    api = SimpleNamespace(MultiUserEditing=False, ReadOnly=False)
    book: Any = SimpleNamespace(app=made, api=api, fullname=str(tmp_path / "部门.xlsx"), sheets=[], sheet_names=[])
    monkeypatch.setattr(buttons, "_host", lambda: Host(book))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    yield made
    assert made.screen_updating is True


def test_every_action_has_its_function() -> None:
    public = {name for name, one in vars(buttons).items() if inspect.isfunction(one) and not name.startswith("_")} - {
        "run",
        "wraps",
    }
    assert public == {action.name for action in ACTIONS}
    for action in ACTIONS:
        button = getattr(buttons, action.name)
        assert not inspect.signature(button).parameters, action.name
        assert (button.__doc__ or "").startswith(action.caption), action.name


def test_done_is_said(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "validate", lambda _: "校验完成。")
    assert buttons.validate() == 0
    assert app.alerts == [("校验完成。", TITLE, "ok", "info")]
    assert app.states == [("status bar", WORKING), ("status bar", False)]


def test_what_a_person_can_mend(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Host) -> str:
        assert app.screen_updating is False
        raise NotHere("这里不行", "请到别处")

    monkeypatch.setattr(validation, "validate", refuse)
    assert buttons.run("validate") == 0
    assert app.alerts == [("这里不行。请到别处。", TITLE, "ok", "critical")]
    assert app.status_bar is False


def test_what_nobody_foresaw(app: App, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(validation, "validate", lambda _: 1 / 0)
    assert main(["button", "validate", "--wb=部门.xlsx", "--from_xl=1", "--app=", "--hwnd=1"]) == 0
    said = app.alerts[0][0]
    found = re.fullmatch(r"程序内部出错（ZeroDivisionError）。详情已写入 (.*)，请把这个文件交给维护人员。", said)
    assert found is not None
    assert "ZeroDivisionError: division by zero" in Path(found[1]).read_text("utf-8")
    assert app.alerts[0][3] == "critical"
    assert app.status_bar is False
    assert capfd.readouterr() == ("", "")


def test_a_second_press_is_refused(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def press_again(_: Host) -> str:
        assert buttons.validate() == 0
        return "第一次"

    monkeypatch.setattr(validation, "validate", press_again)
    buttons.validate()
    assert [alert[0] for alert in app.alerts] == ["上一个操作还没有完成。请等它结束后再按。", "第一次"]
    monkeypatch.setattr(validation, "validate", lambda _: "第二次")
    buttons.validate()
    assert app.alerts[-1][0] == "第二次"


def test_a_second_press_in_libreoffice_opens_no_box(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could lie under the box of the first press, which is shown meanwhile: then nothing can be clicked."""
    shown: list[object] = []
    app.engine.name = "libreoffice"
    monkeypatch.setattr(time, "sleep", lambda _: shown.append(app.status_bar))
    host: Any = SimpleNamespace(app=app, fullname="")
    Host(host).tell_in_passing("上一个操作还没有完成。")
    assert shown == ["上一个操作还没有完成。"]
    assert app.status_bar is False
    assert app.alerts == []


def test_the_lock_is_of_one_book_and_ends_with_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = (
        "import tempfile, sys; tempfile.tempdir = sys.argv[1];"
        "from xl_perf.live.lock import one_at_a_time;"
        "held = one_at_a_time('甲'); held.__enter__(); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-X", "utf8", "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy), one_at_a_time("甲"):
            pytest.fail("two at a time")
        with one_at_a_time("乙"):
            pass
        other.kill()
        other.wait()
    with one_at_a_time("甲"):
        pass


def test_without_a_host(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """Typed on the command line: one line in Chinese; for Excel's VBA, which cannot show that, in ASCII."""
    monkeypatch.delenv(buttons.PIPE, raising=False)
    assert main(["button", "validate"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("没有打开着的工作簿可以处理（详情在 ")
    assert err.count("\n") == 1
    monkeypatch.setattr(sys, "argv", ["xl-perf", "button", "validate", "--wb=a.xlsx"])
    assert main(["button", "validate", "--wb=a.xlsx"]) == 2
    out, err = capfd.readouterr()
    assert err.isascii()
    assert err.startswith("xl-perf button: no workbook to work on, details in ")
    assert err.count("\n") == 1


def test_unknown_button(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["button", "校验"]) == 2
    err = capfd.readouterr().err
    assert err.startswith("没有按钮 校验，可用的有：")
    assert "validate（校验全部）" in err


def test_no_name(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["button"]) == 2
    assert "缺少参数" in capfd.readouterr().err


HEAVY = ("pandas", "numpy", "polars", "matplotlib", "PIL", "openpyxl", "xlsxwriter", "rich", "python_calamine", "docx")


def test_a_click_imports_nothing_heavy() -> None:
    """Every module of a press but the import of other workbooks, in a process of its own."""
    code = (
        "import sys, pkgutil, importlib\n"
        "from xl_perf import buttons\n"
        "from xl_perf.cli.main import main\n"
        "from xl_perf.engines import xlwings_import\n"
        "xlwings_import.load()\n"
        "import xl_perf.live as live\n"
        "for module in pkgutil.iter_modules(live.__path__):\n"
        "    importlib.import_module('xl_perf.live.' + module.name)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_in_a_real_program(office_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command as LibreOffice's VBA starts it: another process, found by the pipe."""
    import shutil

    book = Path(shutil.copy(ROOT / "workbooks" / "example-2023.xlsx", tmp_path / "部门.xlsx"))
    opened = office_app.books.open(str(book))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "xl_perf", "button", "validate"],
            cwd=ROOT,
            env=os.environ | {buttons.PIPE: office_app.impl.pipe, "XL_PERF_HEADLESS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert opened.sheets["校验结果"]["A4"].value == "警告"
    finally:
        opened.close()
