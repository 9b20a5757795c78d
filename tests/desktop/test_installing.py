"""Installing, again, over what is not ours, and taking away: what lies where afterwards."""

import stat
from pathlib import Path

import pytest

from tests.desktop.fakes import FakeSystem, linux, macos, windows
from xl_perf.core.errors import OutputError
from xl_perf.desktop import files
from xl_perf.desktop.installing import Piece, Step, install, uninstall
from xl_perf.desktop.places import NotHere, Places, places_of
from xl_perf.desktop.send_to import send_to_entry
from xl_perf.desktop.system import Program


def pieces(places: Places, addin: bytes = b"addin", template: bytes = b"template") -> list[Piece]:
    return [Piece("加载项", places.addin, addin), Piece("模板", places.template, template, read_only=True)]


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder: relative path -> content, None for a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    return windows(tmp_path)


def test_a_new_user(system: FakeSystem, tmp_path: Path) -> None:
    """XLSTART is not there yet; the user's name is Chinese. Everything lands, and goes again without a trace."""
    places, before = places_of(system), tree(tmp_path)
    steps = install(system, places, pieces(places))
    roaming = tmp_path / "Users" / "张三" / "AppData" / "Roaming"
    assert (roaming / "Microsoft/Excel/XLSTART/xl_perf.xlam").read_bytes() == b"addin"
    template = roaming / "Microsoft/Templates/部门预算绩效文本.xlsm"
    assert template.read_bytes() == b"template"
    assert not template.stat().st_mode & stat.S_IWRITE, "Excel asks for a new name"
    assert places.config == tmp_path / "Users" / "张三" / ".xlwings" / "xlwings.conf"
    assert places.config.read_bytes() == (
        b'"XL_PERF_EXE","%LOCALAPPDATA%\\Programs\\Python\\Scripts\\xl-perf.exe"\r\n'
        b'"INTERPRETER_WIN","%LOCALAPPDATA%\\Programs\\Python\\python.exe"\r\n'
    )
    assert [(step.what, step.outcome.split()[0]) for step in steps] == [
        ("加载项", "已写入"),
        ("模板", "已写入"),
        ("设置 XL_PERF_EXE", "已设为"),
        ("设置 INTERPRETER_WIN", "已设为"),
    ]
    assert [step.outcome for step in uninstall(system, places)] == ["已删除"] * 4
    assert tree(tmp_path) == before
    assert uninstall(system, places) == []


def test_again_changes_nothing(system: FakeSystem, tmp_path: Path) -> None:
    """The second time everything is as it must be; a newer program replaces its own files."""
    places = places_of(system)
    install(system, places, pieces(places))
    once = tree(tmp_path)
    steps = install(system, places, pieces(places))
    assert {step.outcome for step in steps} == {"已是最新"}
    assert tree(tmp_path) == once
    steps = install(system, places, pieces(places, b"addin 2", b"template 2"))
    assert [step.outcome for step in steps[:2]] == ["已更新", "已更新"]
    assert (places.addin.read_bytes(), places.template.read_bytes()) == (b"addin 2", b"template 2")
    uninstall(system, places)
    assert not places.template.exists()


@pytest.mark.parametrize("which", ["addin", "template"])
def test_a_foreign_file_is_not_overwritten(system: FakeSystem, tmp_path: Path, which: str) -> None:
    """Nothing at all is done then."""
    places = places_of(system)
    foreign: Path = getattr(places, which)
    foreign.parent.mkdir(parents=True)
    foreign.write_bytes(b"somebody's")
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=f"{foreign.name} 已经存在，而且不是 xl-perf 安装的，没有覆盖.*移到别处"):
        install(system, places, pieces(places))
    assert tree(tmp_path) == before
    assert uninstall(system, places) == []
    assert foreign.read_bytes() == b"somebody's"


def test_what_was_changed_since_stays(system: FakeSystem) -> None:
    """Figures typed into the template, a setting that somebody changed: neither overwritten nor taken away."""
    places = places_of(system)
    install(system, places, pieces(places))
    places.template.chmod(0o644)
    places.template.write_bytes(b"figures")
    places.config.write_bytes(places.config.read_bytes().replace(b"python.exe", b"python3.exe"))
    with pytest.raises(OutputError, match="安装以后被改过，没有覆盖"):
        install(system, places, pieces(places, b"addin 2"))
    assert places.addin.read_bytes() == b"addin"
    outcomes = {step.where + step.what: step.outcome for step in uninstall(system, places)}
    assert outcomes[f"{places.template}文件"] == "安装以后被改过，没有删除；不要了请自己删除"
    assert outcomes[f"{places.config}设置 INTERPRETER_WIN"] == "安装以后被改过，没有删除"
    assert places.template.read_bytes() == b"figures"
    assert places.config.read_bytes() == b'"INTERPRETER_WIN","%LOCALAPPDATA%\\Programs\\Python\\python3.exe"\r\n'
    assert not places.addin.exists()
    assert not places.receipt.exists()


def test_other_settings_stay(system: FakeSystem) -> None:
    """A GBK file with comments, another key and another interpreter: ours go before it and come out again."""
    places = places_of(system)
    rest = '# 单位自己的设置\r\n"PYTHONPATH","D:\\绩效"\r\n"INTERPRETER_WIN","D:\\py\\python.exe"\r\n'.encode("gbk")
    places.config.parent.mkdir()
    places.config.write_bytes(rest)
    steps = install(system, places, [])
    assert Step("设置 INTERPRETER_WIN", str(places.config), r"保留原有的 D:\py\python.exe，没有改动") in steps
    ours = b'"XL_PERF_EXE","%LOCALAPPDATA%\\Programs\\Python\\Scripts\\xl-perf.exe"\r\n'
    assert places.config.read_bytes() == ours + rest
    uninstall(system, places)
    assert places.config.read_bytes() == rest


def test_the_same_interpreter_set_before_stays(system: FakeSystem) -> None:
    """`xlwings config create` had set it: it is not ours to take away."""
    places = places_of(system)
    places.config.parent.mkdir()
    line = b'"INTERPRETER_WIN","%LOCALAPPDATA%\\Programs\\Python\\python.exe"\r\n'
    places.config.write_bytes(line)
    install(system, places, [])
    install(system, places, [])
    uninstall(system, places)
    assert places.config.read_bytes() == line


@pytest.mark.parametrize("content", ["utf-16", None])
def test_unreadable_settings(system: FakeSystem, tmp_path: Path, content: str | None) -> None:
    """UTF-16, or a folder in the file's place: said before anything is done."""
    places = places_of(system)
    if content is None:
        places.config.mkdir(parents=True)
    else:
        places.config.parent.mkdir()
        places.config.write_bytes('"A","1"'.encode(content))
    before = tree(tmp_path)
    with pytest.raises(OutputError, match=r"xlwings\.conf"):
        install(system, places, pieces(places))
    assert tree(tmp_path) == before


def test_a_file_in_use(system: FakeSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel holds the add-in: what is done is recorded, what is not is said, and nothing is left beside it."""
    places = places_of(system)
    install(system, places, pieces(places))
    real = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target == places.addin:
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match=r"xl_perf\.xlam 没能写入：正被占用，或没有权限。请关闭 Excel 后重做"):
        install(system, places, pieces(places, b"addin 2", b"template 2"))
    assert [path.name for path in places.addin.parent.iterdir()] == ["xl_perf.xlam"]
    monkeypatch.undo()
    install(system, places, pieces(places, b"addin 2", b"template 2"))
    assert places.addin.read_bytes() == b"addin 2"


def test_a_damaged_record(system: FakeSystem) -> None:
    """No guess about what is ours."""
    places = places_of(system)
    install(system, places, [])
    places.receipt.write_text('{"files": ')
    with pytest.raises(OutputError, match=r"安装记录 .*installed\.json 已损坏"):
        uninstall(system, places)


def test_without_executable(system: FakeSystem) -> None:
    """`python -m xl_perf` from a copy: the interpreter alone is set."""
    places = places_of(system)
    system.program = Program(None, system.program.interpreter)
    install(system, places, [])
    assert places.config.read_bytes() == b'"INTERPRETER_WIN","%LOCALAPPDATA%\\Programs\\Python\\python.exe"\r\n'


def test_frozen(system: FakeSystem) -> None:
    """A frozen program has no interpreter."""
    places = places_of(system)
    system.program = Program(system.program.executable, None)
    install(system, places, [])
    assert b"INTERPRETER" not in places.config.read_bytes()


def test_python_from_the_store(system: FakeSystem, tmp_path: Path) -> None:
    """It writes into a copy of AppData of its own."""
    places, before = places_of(system), tree(tmp_path)
    store = tmp_path / "WindowsApps" / "PythonSoftwareFoundation.Python.3.11_x" / "python.exe"
    system.program = Program(None, store)
    with pytest.raises(NotHere, match=r"来自微软商店.*python\.org"):
        install(system, places, pieces(places))
    assert tree(tmp_path) == before


# --- macOS, Linux, Send To -----------------------------------------------------------------------------------------


def test_macos(tmp_path: Path) -> None:
    """Group container, sandbox, AppleScript; one that xlwings itself has put there stays."""
    system = macos(tmp_path)
    places = places_of(system)
    library = tmp_path / "Users" / "lisi" / "Library"
    content = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
    assert places.addin == content / "Startup.localized" / "Excel" / "xl_perf.xlam"
    assert places.template == content / "Templates.localized" / "部门预算绩效文本.xlsm"
    assert places.config == library / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
    assert places.scripts == library / "Application Scripts" / "com.microsoft.Excel"
    script = Piece("AppleScript", places.scripts / "xlwings-1.applescript", b"on VbaHandler", shared=True)
    before = tree(tmp_path)
    install(system, places, [*pieces(places), script])
    assert script.target.read_bytes() == b"on VbaHandler"
    interpreter = tmp_path / "Users" / "lisi" / "xl-perf" / "bin" / "python3"
    assert places.config.read_bytes() == f'"INTERPRETER_MAC","{interpreter}"\n'.encode()
    uninstall(system, places)
    assert tree(tmp_path) == before
    script.target.parent.mkdir(parents=True)
    script.target.write_bytes(script.content)
    install(system, places, [script])
    uninstall(system, places)
    assert script.target.exists()


def test_macos_without_excel(tmp_path: Path) -> None:
    """The containers come with the first start of Excel."""
    system = macos(tmp_path)
    (tmp_path / "Users" / "lisi" / "Library" / "Group Containers" / "UBF8T346G9.Office").rmdir()
    with pytest.raises(NotHere, match="请先打开一次 Excel"):
        places_of(system)


def test_linux(tmp_path: Path) -> None:
    """One sentence that says where to go."""
    with pytest.raises(NotHere) as caught:
        places_of(linux(tmp_path))
    assert str(caught.value) == (
        "这台电脑上没有 Excel，不用安装，也没有要卸载的。请用 xl-perf office 工作簿，在 LibreOffice 中打开并使用按钮。"
    )


def test_windows_without_its_variables(system: FakeSystem) -> None:
    """A service account."""
    del system.variables["APPDATA"]
    with pytest.raises(NotHere, match="没有设置环境变量 APPDATA"):
        places_of(system)


def test_send_to(system: FakeSystem) -> None:
    """ASCII as long as the path allows; the window stays; GBK where a folder outside the profile is Chinese."""
    entry = send_to_entry(system)
    assert entry.isascii()
    assert entry.decode().split("\r\n") == [
        "@echo off",
        "rem Send To: xl-perf checks the selected workbooks. Written by xl-perf excel install.",
        "title xl-perf",
        '"%LOCALAPPDATA%\\Programs\\Python\\Scripts\\xl-perf.exe" check %*',
        "echo.",
        "pause",
        "",
    ]
    system.program = Program(None, Path("/绩效/python.exe"))
    assert '"/绩效/python.exe" -P -m xl_perf check %*\r\n'.encode("gbk") in send_to_entry(system)


def test_disk_errors_are_sentences(tmp_path: Path) -> None:
    """Folders where files should be."""
    folder = tmp_path / "文件夹"
    folder.mkdir()
    (folder / "x").touch()
    with pytest.raises(OutputError, match="文件夹 没能写入"):
        files.put(folder, b"")
    with pytest.raises(OutputError, match="文件夹 没能读取"):
        files.get(folder)
    with pytest.raises(OutputError, match="文件夹 没能删除"):
        files.remove(folder)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["x", "文件夹"]
