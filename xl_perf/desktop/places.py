"""Where Excel keeps a user's add-ins, templates and settings. Nobody needs administrator's rights to write there.

XLSTART and Templates are among Excel's trusted locations by default: macros run there without being asked for.
"""

from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.errors import XlPerfError
from xl_perf.desktop.system import System

ADDIN_NAME: Final = "xl_perf.xlam"
TEMPLATE_NAME: Final = "部门预算绩效文本.xlsm"
SEND_TO_NAME: Final = "用 xl-perf 校验.cmd"

_APP_PATHS: Final = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"


class Places(NamedTuple):
    """One user's files. ``send_to`` is there on Windows only, ``scripts`` (AppleScript) on macOS only."""

    addin: Path
    template: Path
    config: Path
    receipt: Path
    send_to: Path | None = None
    scripts: Path | None = None


class NotHere(XlPerfError):
    """This computer has no Excel that xl-perf could be installed into."""


def places_of(system: System) -> Places:
    """The files of this user. Raises `NotHere` where Excel does not run, or has never been started."""
    if system.name == "windows":
        return _windows(system)
    if system.name == "macos":
        return _macos(system)
    raise NotHere(
        "这台电脑上没有 Excel，不用安装，也没有要卸载的", "请用 xl-perf office 工作簿，在 LibreOffice 中打开并使用按钮"
    )


def excel_of(system: System) -> str:
    """The path of Excel; "" where it was not found."""
    if system.name == "windows":
        found = (system.registry(rf"{root}\{_APP_PATHS}").get("") for root in ("HKLM", "HKCU"))
        return next((str(path) for path in found if path), "")
    name = "Microsoft Excel.app"
    return next((str(folder / name) for folder in system.applications if (folder / name).exists()), "")


def _windows(system: System) -> Places:
    roaming, local, profile = (_folder(system, name) for name in ("APPDATA", "LOCALAPPDATA", "USERPROFILE"))
    return Places(
        addin=roaming / "Microsoft" / "Excel" / "XLSTART" / ADDIN_NAME,
        template=roaming / "Microsoft" / "Templates" / TEMPLATE_NAME,
        config=profile / ".xlwings" / "xlwings.conf",
        receipt=local / "xl-perf" / "installed.json",
        send_to=roaming / "Microsoft" / "Windows" / "SendTo" / SEND_TO_NAME,
    )


def _macos(system: System) -> Places:
    library = _folder(system, "HOME") / "Library"
    office = library / "Group Containers" / "UBF8T346G9.Office"
    container = library / "Containers" / "com.microsoft.Excel" / "Data"
    if not (_is_folder(office) and _is_folder(container)):
        raise NotHere("没有找到 Excel 的文件夹", "请先打开一次 Excel 再重做；没有 Excel 的电脑请用 xl-perf office")
    content = office / "User Content.localized"
    return Places(
        addin=content / "Startup.localized" / "Excel" / ADDIN_NAME,
        template=content / "Templates.localized" / TEMPLATE_NAME,
        config=container / "xlwings.conf",
        receipt=library / "Application Support" / "xl-perf" / "installed.json",
        scripts=library / "Application Scripts" / "com.microsoft.Excel",
    )


def _is_folder(path: Path) -> bool:
    """macOS may forbid a terminal to look into another program's data: then it is there."""
    try:
        return path.is_dir()
    except PermissionError:
        return True


def _folder(system: System, name: str) -> Path:
    value = system.variable(name)
    if not value:
        raise NotHere(f"没有设置环境变量 {name}，不知道用户的文件夹在哪里", "请在用户自己登录的桌面上运行")
    return Path(value)
