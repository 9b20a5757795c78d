"""Can a click find the program? Excel, executable, interpreter, settings, code page."""

from collections.abc import Iterator
from pathlib import PureWindowsPath

from xl_perf.core.errors import OutputError
from xl_perf.desktop import files
from xl_perf.desktop.installing import from_store
from xl_perf.desktop.items import Item, Versions
from xl_perf.desktop.places import Places, excel_of
from xl_perf.desktop.settings import (
    EXECUTABLE,
    INTERPRETERS,
    can_write,
    expanded,
    path_text,
    read_setting,
    refuse_unreadable,
)
from xl_perf.desktop.system import System

_INSTALL = "请运行 xl-perf excel install"
_READ_BY_VBA = ("USERPROFILE", "LOCALAPPDATA", "APPDATA", "TEMP")


def excel_item(system: System) -> Item:
    """Whether Excel is here."""
    found = excel_of(system)
    if found:
        return Item("Excel", found)
    if system.name == "linux":
        return Item("Excel", "这个系统上没有 Excel", "请用 xl-perf office 工作簿，在 LibreOffice 中打开并使用按钮")
    return Item("Excel", "没有找到", "请安装 Excel；没有 Excel 时按钮不能用，xl-perf check 等命令照常可用")


def program_items(system: System) -> Iterator[Item]:
    """The running program itself."""
    executable, interpreter = system.program
    if from_store(system):
        yield Item("Python 来源", "微软商店", "它写入的文件 Excel 看不到：请改用 python.org 的 Python 重新安装 xl-perf")
    elif system.name == "windows":
        yield Item("Python 来源", "不是微软商店版")
    if executable is not None:
        yield Item("程序", str(executable))
    elif interpreter is not None:
        yield Item("程序", f"没有 xl-perf 可执行文件，用 {interpreter} 启动")


def libreoffice_item(system: System) -> Item:
    """On Linux the buttons work in LibreOffice."""
    found = (folder / name for folder in system.applications for name in ("soffice", "libreoffice"))
    path = next((path for path in found if path.is_file()), None)
    if path is not None:
        return Item("LibreOffice", str(path))
    return Item("LibreOffice", "没有找到", "请安装 LibreOffice（带 Calc 和 Python 支持），按钮在其中使用")


def settings_items(system: System, places: Places) -> Iterator[Item]:
    """What VBA will find in xlwings.conf."""
    try:
        data = files.get(places.config)
        refuse_unreadable(data or b"", places.config)
    except OutputError as error:
        yield Item("设置文件", error.message, error.remedy)
        return
    if data is None:
        yield Item("设置文件", f"没有 {places.config}", _INSTALL)
        return
    yield Item("设置文件", str(places.config))
    if system.name == "windows":
        yield _executable_item(system, data)
    yield _interpreter_item(system, data)


def _executable_item(system: System, data: bytes) -> Item:
    what = f"设置 {EXECUTABLE}"
    setting = read_setting(data, EXECUTABLE, system.ansi_encoding)
    if not setting:
        if system.program.executable is None:
            return Item(what, "没有设置；按钮用 Python 解释器启动")
        return Item(what, "没有设置", _INSTALL)
    path = expanded(setting, system)
    if not system.is_file(path):
        return Item(what, f"{path} 不存在", f"程序移走了：{_INSTALL}")
    ours = system.program.executable
    if ours is not None and not _is(setting, str(ours), system):
        return Item(what, f"{path}，不是正在运行的 {ours}", f"要用现在这一个，{_INSTALL}")
    return Item(what, path)


def _interpreter_item(system: System, data: bytes) -> Item:
    key = INTERPRETERS[system.name]
    what = f"解释器 {key}"
    setting = read_setting(data, key, system.ansi_encoding)
    executable = system.name == "windows" and bool(read_setting(data, EXECUTABLE, system.ansi_encoding))
    if not setting:
        if executable:
            return Item(what, "没有设置；按钮直接启动 xl-perf，不需要")
        return Item(what, "没有设置", _INSTALL)
    path = expanded(setting, system)
    if not system.is_file(path):
        return Item(what, f"{path} 不存在", f"请改正或删去 xlwings.conf 中的这一行，{_INSTALL}")
    ours = system.program.interpreter
    if not executable and ours is not None and not _is(setting, str(ours), system):
        return Item(what, f"{path}，不是装有 xl-perf 的 {ours}", f"请删去 xlwings.conf 中的这一行，{_INSTALL}")
    return Item(what, path)


def _is(setting: str, path: str, system: System) -> bool:
    """Whether a setting leads to a path, perhaps by variables or short names."""
    try:
        return setting == path_text(path, system) or PureWindowsPath(expanded(setting, system)) == PureWindowsPath(path)
    except OutputError:
        return False


def xlwings_item(versions: Versions) -> Item:
    """The installed xlwings."""
    if versions.xlwings:
        return Item("xlwings", versions.xlwings)
    return Item("xlwings", "没有安装", "请重新安装 xl-perf，它会带上 xlwings")


def code_page_item(system: System) -> Item:
    """VBA knows folders in the ANSI code page only: a user's name that it lacks hides all settings."""
    encoding = system.ansi_encoding
    for name in _READ_BY_VBA:
        folder = system.variable(name)
        if not can_write(folder, encoding):
            return Item(
                "代码页",
                f"系统编码 {encoding} 写不出 {folder}",
                "Excel 的宏找不到这个用户的设置：请管理员在“区域—管理—更改系统区域设置”中选“中文(简体，中国)”，"
                "或换一个用户名是英文字母的用户；在此之前请用命令行",
            )
    return Item("代码页", f"{encoding}，写得出用户的文件夹")
