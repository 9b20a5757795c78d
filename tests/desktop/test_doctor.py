"""Every item of the doctor: in the way, with its remedy, and fine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desktop.fakes import EXCEL, EXCEL_KEY, FakeSystem, windows
from xl_perf.core.errors import XlPerfError
from xl_perf.desktop.doctor import diagnose
from xl_perf.desktop.installing import install
from xl_perf.desktop.items import BookFacts, Item, Versions
from xl_perf.desktop.places import places_of
from xl_perf.desktop.policy_checks import is_wps
from xl_perf.desktop.system import Program

VERSIONS = Versions(xlwings="0.37.8", template="1.10")
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
MACHINE = r"HKLM\Software\Policies\Microsoft\Office\16.0"
CHOSEN = r"HKCU\Software\Microsoft\Office\16.0"
ASR = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
EXCEL_CLASS = "{00024500-0000-0000-C000-000000000046}"
CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"


def good(system: FakeSystem) -> list[BookFacts]:
    places = places_of(system)
    return [
        BookFacts("加载项", places.addin, xlwings="0.37.8"),
        BookFacts("模板", places.template, xlwings="0.37.8", version="1.10"),
    ]


def items_of(
    system: FakeSystem, installed: list[BookFacts] | None = None, named: tuple[BookFacts, ...] = ()
) -> dict[str, Item]:
    places = None if system.name == "linux" else places_of(system)
    if installed is None:
        installed = [] if places is None else good(system)
    return {item.what: item for item in diagnose(system, places, installed, named, VERSIONS)}


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    """A Windows on which everything is as it should be."""
    system = windows(tmp_path)
    install(system, places_of(system), [])
    return system


def in_the_way(system: FakeSystem) -> dict[str, str]:
    return {item.what: item.remedy for item in items_of(system).values() if not item.fine}


def test_all_is_well(system: FakeSystem) -> None:
    """Nothing stands in the way, and everything that was looked at is listed."""
    found = items_of(system)
    assert [item.what for item in found.values() if not item.fine] == []
    assert list(found) == [
        "Excel",
        "Python 来源",
        "程序",
        "xlwings",
        "设置文件",
        "设置 XL_PERF_EXE",
        "解释器 INTERPRETER_WIN",
        "加载项",
        "加载项：网络标记",
        "加载项：保存者",
        "加载项：xlwings 模块",
        "模板",
        "模板：网络标记",
        "模板：保存者",
        "模板：xlwings 模块",
        "模板：模板版本",
        "代码页",
        "Excel.Application",
        ".xlsm 的打开方式",
        "VBA",
        "受信任位置",
        "用户的文件夹",
        "加载项设置",
        "宏设置",
        "来自网络的宏",
        "停用的项目",
        "启动程序",
    ]
    assert found["Excel"].found == EXCEL


# --- registry ------------------------------------------------------------------------------------------------------

WPS = r'"C:\Program Files\Kingsoft\WPS Office\office6\et.exe" /Automation'
USER_CHOICE = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsm\UserChoice"
TRUSTED = r"Excel\Security\Trusted Locations"
DISABLED = b"\x01\0\0\0\x20\0\0\0\x10\0\0\0" + "c:\\users\\张三\\xlstart\\xl_perf.xlam\0".encode("utf-16-le")


@pytest.mark.parametrize(
    ("key", "values", "what", "remedy"),
    [
        (EXCEL_KEY, {}, "Excel", "请安装 Excel"),
        (
            r"HKCR\CLSID\{00024500-0000-0000-C000-000000000046}\LocalServer32",
            {"": WPS},
            "Excel.Application",
            "WPS Office 兼容第三方系统和软件",
        ),
        (
            rf"HKCR\WOW6432Node\CLSID\{EXCEL_CLASS}\LocalServer32",
            {"": WPS},
            "Excel.Application",
            "WPS Office 兼容第三方系统和软件",
        ),
        (
            r"HKCR\Excel.Application\CLSID",
            {"": "{45540001-5750-5300-4B49-4E47534F4655}"},
            "Excel.Application",
            "WPS Office 兼容第三方系统和软件",
        ),
        (rf"{POLICY}\Excel\Security", {"requireaddinsig": 1}, "加载项设置", "请管理员放开（requireaddinsig）"),
        (rf"{CHOSEN}\Excel\Security", {"disablealladdins": 1}, "加载项设置", "取消“禁用所有加载项”的勾选"),
        (USER_CHOICE, {"progid": "ET.Xlsm.6"}, ".xlsm 的打开方式", "始终使用"),
        (rf"{POLICY}\Common", {"vbaoff": 1}, "VBA", "请管理员放开（VBAOff）"),
        (rf"{MACHINE}\{TRUSTED}", {"alllocationsdisabled": 1}, "受信任位置", "请管理员放开（AllLocationsDisabled）"),
        (rf"{CHOSEN}\{TRUSTED}", {"alllocationsdisabled": 1}, "受信任位置", "取消“禁用所有受信任位置”"),
        (rf"{POLICY}\Excel\Security", {"vbawarnings": 4}, "宏设置", "请用功能区“预算绩效”"),
        (rf"{MACHINE}\Excel\Security", {"vbawarnings": 3}, "宏设置", "请用功能区“预算绩效”"),
        (rf"{CHOSEN}\Excel\Security", {"vbawarnings": 4}, "宏设置", "请用功能区“预算绩效”"),
        (
            rf"{MACHINE}\Excel\Security",
            {"blockcontentexecutionfrominternet": 1},
            "来自网络的宏",
            "收到的带宏工作簿不能用其中的宏",
        ),
        (
            r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0\Excel\Security",
            {"blockcontentexecutionfrominternet": 1},
            "来自网络的宏",
            "收到的带宏工作簿不能用其中的宏",
        ),
        (rf"{CHOSEN}\Excel\Resiliency\DisabledItems", {"2fb4c": DISABLED}, "停用的项目", "选中它，点“启用”"),
        (rf"HKLM\Software\Policies\Microsoft\{ASR}", {CHILDREN: "1"}, "启动程序", "请管理员为 xl-perf 设排除"),
        (rf"HKLM\Software\Policies\Microsoft\{ASR}", {CHILDREN: "6"}, "启动程序", "请在警告中选“允许”"),
        (rf"HKLM\Software\Microsoft\{ASR}", {CHILDREN: 1}, "启动程序", "请管理员为 xl-perf 设排除"),
        (
            r"HKLM\Software\Policies\Microsoft\Windows Defender\Policy Manager",
            {"asrrules": f"26190899-1602-49e8-8b27-eb1d0a1ce869=1|{CHILDREN.upper()}=1"},
            "启动程序",
            "请管理员为 xl-perf 设排除",
        ),
    ],
)
def test_registry_in_the_way(
    system: FakeSystem, key: str, values: dict[str, str | int | bytes], what: str, remedy: str
) -> None:
    """One thing wrong is one item in the way, and it says what to do."""
    system.keys[r"HKCR\Excel.Application\CLSID"] = {"": EXCEL_CLASS}
    system.keys[key] = values
    found = in_the_way(system)
    assert list(found) == [what]
    assert remedy in found[what]


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (r"HKCR\CLSID\{00024500-0000-0000-C000-000000000046}\LocalServer32", {"": rf"{EXCEL} /automation"}),
        (USER_CHOICE, {"progid": "Excel.SheetMacroEnabled.12"}),
        (rf"{POLICY}\Common", {"vbaoff": 0}),
        (rf"{POLICY}\{TRUSTED}", {"alllocationsdisabled": 0}),
        (rf"{POLICY}\Excel\Security", {"vbawarnings": 2, "requireaddinsig": 0, "disablealladdins": 0}),
        (rf"{POLICY}\Excel\Security", {"blockcontentexecutionfrominternet": 0}),
        (rf"{CHOSEN}\Excel\Resiliency\DisabledItems", {"2fb4c": "other.xlam".encode("utf-16-le"), "x": 1}),
        (rf"HKLM\Software\Policies\Microsoft\{ASR}", {CHILDREN: "2"}),
        (rf"HKLM\Software\Policies\Microsoft\{ASR}", {CHILDREN: "0"}),
        (rf"HKLM\Software\Policies\Microsoft\{ASR}", {"26190899-1602-49e8-8b27-eb1d0a1ce869": "1"}),
    ],
)
def test_registry_fine(system: FakeSystem, key: str, values: dict[str, str | int | bytes]) -> None:
    """The near misses: asked, audited, switched off, another rule, another add-in."""
    system.keys[r"HKCR\Excel.Application\CLSID"] = {"": EXCEL_CLASS}
    system.keys[key] = values
    assert in_the_way(system) == {}


def test_a_policy_goes_before_a_choice(system: FakeSystem) -> None:
    """Where the administrator allows trusted locations, what the user chose does not count."""
    system.keys[rf"{POLICY}\{TRUSTED}"] = {"alllocationsdisabled": 0}
    system.keys[rf"{CHOSEN}\{TRUSTED}"] = {"alllocationsdisabled": 1}
    assert in_the_way(system) == {}
    system.keys[rf"HKLM\Software\Policies\Microsoft\{ASR}"] = {CHILDREN: "0"}
    system.keys[rf"HKLM\Software\Microsoft\{ASR}"] = {CHILDREN: "1"}
    assert in_the_way(system) == {}


@pytest.mark.parametrize(
    ("command", "wps"),
    [
        (WPS, True),
        (r"C:\Users\a\AppData\Local\Kingsoft\WPS Office\12.1\office6\et.exe /Automation", True),
        (r"D:\et.exe", True),
        (rf'"{EXCEL}" /automation', False),
        (rf"{EXCEL} /automation", False),
        (r"C:\Program Files\Planet\excel.exe", False),
        ("", False),
    ],
)
def test_is_wps(command: str, wps: bool) -> None:
    """By the program's name or folder."""
    assert is_wps(command) is wps


def test_folders_on_a_server(system: FakeSystem) -> None:
    """XLSTART is a trusted location, but on the network only where that is allowed."""
    installed, places = good(system), places_of(system)
    system.variables["APPDATA"] = r"\\server\profiles\zhang"
    item = next(item for item in diagnose(system, places, installed, [], VERSIONS) if item.what == "用户的文件夹")
    assert item.found.startswith(r"在网络上：\\server\profiles\zhang，")
    assert "允许网络上的受信任位置" in item.remedy
    system.keys[rf"{CHOSEN}\{TRUSTED}"] = {"allownetworklocations": 1}
    item = next(item for item in diagnose(system, places, installed, [], VERSIONS) if item.what == "用户的文件夹")
    assert item.fine


# --- program and settings ------------------------------------------------------------------------------------------


def without_executable(system: FakeSystem) -> None:
    assert system.program.executable is not None
    system.program.executable.unlink()


def without_interpreter(system: FakeSystem) -> None:
    assert system.program.interpreter is not None
    system.program.interpreter.unlink()


def config_is(text: bytes) -> Callable[[FakeSystem], None]:
    def spoil(system: FakeSystem) -> None:
        places_of(system).config.write_bytes(text)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "what", "found", "remedy"),
    [
        (without_executable, "设置 XL_PERF_EXE", "xl-perf.exe 不存在", "程序移走了：请运行 xl-perf excel install"),
        (without_interpreter, "解释器 INTERPRETER_WIN", "python.exe 不存在", "请改正或删去 xlwings.conf 中的这一行"),
        (
            lambda system: places_of(system).config.unlink(),
            "设置文件",
            "没有 ",
            "请运行 xl-perf excel install",
        ),
        (config_is('"A","1"'.encode("utf-16")), "设置文件", "不是普通的文本文件", "另存为 ANSI"),
        (
            config_is(b'"INTERPRETER_WIN","%LOCALAPPDATA%\\Programs\\Python\\python.exe"\r\n'),
            "设置 XL_PERF_EXE",
            "没有设置",
            "请运行 xl-perf excel install",
        ),
    ],
)
def test_settings_in_the_way(
    system: FakeSystem, spoil: Callable[[FakeSystem], None], what: str, found: str, remedy: str
) -> None:
    """What VBA would stumble over."""
    spoil(system)
    items = items_of(system)
    assert [item.what for item in items.values() if not item.fine] == [what]
    assert found in items[what].found
    assert remedy in items[what].remedy


def test_settings_without_executable(system: FakeSystem) -> None:
    """A program without an .exe needs the interpreter, and it must be this one."""
    config = places_of(system).config
    system.program = Program(None, system.program.interpreter)
    config.write_bytes(b'"INTERPRETER_WIN","%LOCALAPPDATA%\\Programs\\Python\\python.exe"\r\n')
    assert in_the_way(system) == {}
    config.write_bytes(b'"A","1"\r\n')
    assert in_the_way(system) == {"解释器 INTERPRETER_WIN": "请运行 xl-perf excel install"}
    other = Path(system.variables["LOCALAPPDATA"]) / "python.exe"
    other.touch()
    config.write_bytes(b'"INTERPRETER_WIN","%LOCALAPPDATA%\\python.exe"\r\n')
    assert "请删去 xlwings.conf 中的这一行" in in_the_way(system)["解释器 INTERPRETER_WIN"]


def test_settings_with_executable_need_no_interpreter(system: FakeSystem) -> None:
    """A frozen program."""
    places_of(system).config.write_bytes(b'"XL_PERF_EXE","%LOCALAPPDATA%\\Programs\\Python\\Scripts\\xl-perf.exe"\r\n')
    assert in_the_way(system) == {}


def test_another_executable_is_set(system: FakeSystem) -> None:
    """A second installation: its xlwings may be another one."""
    other = Path(system.variables["LOCALAPPDATA"]) / "xl-perf.exe"
    other.touch()
    places_of(system).config.write_bytes(b'"XL_PERF_EXE","%LOCALAPPDATA%\\xl-perf.exe"\r\n')
    item = items_of(system)["设置 XL_PERF_EXE"]
    assert item.found.endswith(f"，不是正在运行的 {system.program.executable}")
    assert item.remedy == "要用现在这一个，请运行 xl-perf excel install"


def test_python_from_the_store(system: FakeSystem) -> None:
    """What it writes, Excel does not see."""
    path = Path("/WindowsApps/PythonSoftwareFoundation.Python.3.11_qbz5/python.exe")
    system.program = Program(system.program.executable, path)
    assert "python.org" in in_the_way(system)["Python 来源"]


def test_xlwings_missing(system: FakeSystem) -> None:
    """The program alone checks files, but does nothing in Excel."""
    (item,) = (
        item for item in diagnose(system, places_of(system), [], [], Versions("", "1.10")) if item.what == "xlwings"
    )
    assert (item.found, item.remedy) == ("没有安装", "请重新安装 xl-perf，它会带上 xlwings")


def test_code_page(tmp_path: Path) -> None:
    """A Chinese user's name under an English Windows: VBA does not find the user's folder."""
    system = windows(tmp_path, encoding="cp1252")
    places = places_of(system)
    places.config.parent.mkdir()
    places.config.write_bytes(b'"XL_PERF_EXE","%LOCALAPPDATA%\\Programs\\Python\\Scripts\\xl-perf.exe"\r\n')
    item = items_of(system)["代码页"]
    assert item.found == f"系统编码 cp1252 写不出 {system.variables['USERPROFILE']}"
    assert "选“中文(简体，中国)”" in item.remedy
    assert items_of(windows(tmp_path / "2", "zhang", "cp1252"))["代码页"].fine


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 1])
@pytest.mark.parametrize(
    ("change", "what", "found", "remedy"),
    [
        ({"there": False}, "", "没有 ", "请关闭 Excel，运行 xl-perf excel install"),
        (
            {"problem": XlPerfError("模板：文件已损坏", "请换一份")},
            "",
            "模板：文件已损坏",
            "删去它，再运行 xl-perf excel install",
        ),
        ({"from_libreoffice": True}, "：保存者", "LibreOffice 保存过", "运行 xl-perf excel install"),
        ({"xlwings": "0.30.0"}, "：xlwings 模块", "0.30.0，而安装的 xlwings 是 0.37.8", "运行 xl-perf excel install"),
        ({"xlwings": ""}, "：xlwings 模块", "没有，其中的按钮不能用", "运行 xl-perf excel install"),
        ({"version": "1.9"}, "：模板版本", "1.9，程序用的是 1.10", "运行 xl-perf excel install"),
        ({"version": "2.0"}, "：模板版本", "2.0，比程序用的 1.10 新", "请升级 xl-perf"),
    ],
)
def test_installed_files_in_the_way(
    system: FakeSystem, at: int, change: dict[str, object], what: str, found: str, remedy: str
) -> None:
    """Add-in and template alike."""
    books = good(system)
    books[at] = books[at]._replace(**change)  # type: ignore[arg-type]
    found_items = list(diagnose(system, places_of(system), books, [], VERSIONS))
    (item,) = (item for item in found_items if not item.fine)
    assert item.what == books[at].what + what
    assert found in item.found
    assert remedy in item.remedy


@pytest.mark.parametrize("which", ["addin", "template"])
def test_mark_of_the_web(system: FakeSystem, which: str) -> None:
    """A file that came by mail."""
    system.marked.add(getattr(places_of(system), which))
    ((what, remedy),) = in_the_way(system).items()
    assert what == {"addin": "加载项：网络标记", "template": "模板：网络标记"}[which]
    assert "解除锁定" in remedy


def test_a_workbook_that_LibreOffice_saved(system: FakeSystem) -> None:  # noqa: N802
    """Named on the command line: the remedy keeps what was typed."""
    book = BookFacts("部门.xlsm", Path("部门.xlsm"), xlwings="0.37.8", version="1.10", from_libreoffice=True)
    items = items_of(system, named=(book,))
    assert "xl-perf new 新工作簿.xlsm --from 这本工作簿" in items["部门.xlsm：保存者"].remedy
    fine = items_of(system, named=(book._replace(from_libreoffice=False),))
    assert fine["部门.xlsm：保存者"].fine
    plain = items_of(system, named=(book._replace(from_libreoffice=False, macros=False, xlwings=""),))
    assert plain["部门.xlsm：xlwings 模块"] == Item("部门.xlsm：xlwings 模块", "工作簿不带宏；按钮由加载项在功能区提供")
