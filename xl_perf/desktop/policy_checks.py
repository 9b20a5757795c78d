r"""What Windows' registry says about Excel: policies, WPS, add-ins that Excel has disabled.

Office 2016 to 2024 and Microsoft 365 all call themselves 16.0. Policies stand below Software\Policies for the user or
the machine, those of the cloud below Software\Policies\Microsoft\Cloud, what a user chose below Software\Microsoft.
"""

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import Final

from xl_perf.desktop.items import Item
from xl_perf.desktop.places import ADDIN_NAME
from xl_perf.desktop.system import RegistryValue, System

_OFFICE: Final = r"Office\16.0"
_POLICIES: Final = (
    r"HKCU\Software\Policies\Microsoft",
    r"HKLM\Software\Policies\Microsoft",
    r"HKCU\Software\Policies\Microsoft\Cloud",
)
_CHOSEN: Final = r"HKCU\Software\Microsoft"
_DEFENDER: Final = (
    r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\Software\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_MANAGED: Final = r"HKLM\Software\Policies\Microsoft\Windows Defender\Policy Manager"
_NO_CHILDREN: Final = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"
"""Microsoft's number of the rule «Block all Office applications from creating child processes»."""
_BLOCK, _WARN = "1", "6"

_EXCEL_CLASS: Final = "{00024500-0000-0000-C000-000000000046}"
"""What the ProgID Excel.Application stands for where Microsoft's Excel holds it."""

_COMMAND_LINE: Final = "xl-perf check 等命令不受影响，可以先用命令行"
_RIBBON: Final = "请用功能区“预算绩效”里的按钮（由加载项提供），不要用工作表上的按钮"


def registry_items(system: System) -> Iterator[Item]:
    """Everything, in the order in which a click meets it."""
    yield _wps_item(system)
    yield _opened_by_item(system)
    yield _vba_item(system)
    yield _trusted_item(system)
    yield _network_item(system)
    yield _addins_item(system)
    yield _macros_item(system)
    yield _internet_item(system)
    yield _disabled_item(system)
    yield _children_item(system)


def _text(system: System, key: str, name: str = "") -> str:
    value = system.registry(key).get(name, "")
    return value if isinstance(value, str) else ""


# --- WPS -----------------------------------------------------------------------------------------------------------


def _wps_item(system: System) -> Item:
    """xlwings starts Excel by its ProgID; WPS takes that over when it is made compatible with other software."""
    class_id = _text(system, r"HKCR\Excel.Application\CLSID")
    # WPS and many an Excel are 32-bit programs: their servers stand in the second view.
    keys = (rf"HKCR\{view}CLSID\{class_id}\LocalServer32" for view in ("", "WOW6432Node\\")) if class_id else ()
    servers = [server for key in keys if (server := _text(system, key))]
    wps = next(filter(is_wps, servers), "")
    if wps or class_id.upper() not in ("", _EXCEL_CLASS):
        return Item(
            "Excel.Application",
            f"归 WPS：{wps}" if wps else f"不是 Excel：{next(iter(servers), class_id)}",
            "请打开 WPS“配置工具—高级—兼容设置”，取消“WPS Office 兼容第三方系统和软件”，再对 Office 做一次“快速修复”",
        )
    return Item("Excel.Application", next(iter(servers), "没有登记"))


def _opened_by_item(system: System) -> Item:
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsm\UserChoice"
    program = _text(system, key, "progid")
    if re.match(r"(et|wps|ksoet)\.", program, re.IGNORECASE):
        return Item(
            ".xlsm 的打开方式", f"WPS（{program}）", "请右击 .xlsm 文件—打开方式—选择其他应用—Excel，勾选“始终使用”"
        )
    return Item(".xlsm 的打开方式", program or "系统默认")


def is_wps(command: str) -> bool:
    """Whether a command line starts one of WPS's programs."""
    match = re.match(r'\s*"([^"]+)"|\s*(.*?\.exe)', command, re.IGNORECASE)
    if match is None:
        return False
    path = PureWindowsPath(match[1] or match[2])
    return path.name.lower() in ("et.exe", "wps.exe", "ksolaunch.exe", "wpsoffice.exe") or any(
        part.lower() in ("kingsoft", "wps office") for part in path.parts
    )


# --- macros ----------------------------------------------------------------------------------------------------------


def _policy(system: System, place: str, name: str) -> RegistryValue | None:
    """What an administrator has set; None where nobody has."""
    for root in _POLICIES:
        value = system.registry(rf"{root}\{_OFFICE}\{place}").get(name)
        if value is not None:
            return value
    return None


def _setting(system: System, place: str, name: str) -> tuple[str, RegistryValue | None]:
    """Who has set it (策略 before 用户), and to what."""
    value = _policy(system, place, name)
    if value is not None:
        return "策略", value
    return "用户", system.registry(rf"{_CHOSEN}\{_OFFICE}\{place}").get(name)


def _vba_item(system: System) -> Item:
    if _policy(system, "Common", "vbaoff") == 1:
        return Item("VBA", "策略禁用了 Office 的 VBA", f"按钮不能用，请管理员放开（VBAOff）；{_COMMAND_LINE}")
    return Item("VBA", "没有禁用")


def _trusted_item(system: System) -> Item:
    who, value = _setting(system, r"Excel\Security\Trusted Locations", "alllocationsdisabled")
    if value == 1:
        remedy = (
            "请管理员放开（AllLocationsDisabled）"
            if who == "策略"
            else "请在 Excel“选项—信任中心—受信任位置”中取消“禁用所有受信任位置”"
        )
        return Item("受信任位置", f"{who}停用了受信任位置，加载项的宏不能运行", f"{remedy}；{_COMMAND_LINE}")
    return Item("受信任位置", "可用")


def _network_item(system: System) -> Item:
    """Where an administrator has moved the user's folders to a server, the trusted locations are no longer trusted."""
    folder = system.variable("APPDATA")
    _, value = _setting(system, r"Excel\Security\Trusted Locations", "allownetworklocations")
    if folder.startswith("\\\\") and value != 1:
        remedy = "请在 Excel“选项—信任中心—受信任位置”中勾选“允许网络上的受信任位置”；不能勾选的请管理员放开"
        return Item("用户的文件夹", f"在网络上：{folder}，Excel 默认不信任，加载项的宏不能运行", remedy)
    return Item("用户的文件夹", folder)


def _addins_item(system: System) -> Item:
    for name, what in (("disablealladdins", "禁用所有加载项"), ("requireaddinsig", "只允许有签名的加载项")):
        who, value = _setting(system, r"Excel\Security", name)
        if value == 1:
            remedy = (
                f"请管理员放开（{name}）" if who == "策略" else f"请在 Excel“选项—信任中心—加载项”中取消“{what}”的勾选"
            )
            return Item("加载项设置", f"{who}{what}，xl_perf.xlam 不能加载", remedy)
    return Item("加载项设置", "没有禁用")


def _macros_item(system: System) -> Item:
    who, value = _setting(system, r"Excel\Security", "vbawarnings")
    if value in (3, 4):
        what = "没有签名的宏" if value == 3 else "所有的宏"
        return Item("宏设置", f"{who}禁止受信任位置以外{what}，也不询问（VBAWarnings={value}）", _RIBBON)
    return Item("宏设置", f"没有禁止（VBAWarnings={value}）" if isinstance(value, int) else "没有禁止")


def _internet_item(system: System) -> Item:
    who, value = _setting(system, r"Excel\Security", "blockcontentexecutionfrominternet")
    if value == 1:
        return Item("来自网络的宏", f"{who}禁止来自网络的文件中的宏", f"收到的带宏工作簿不能用其中的宏：{_RIBBON}")
    return Item("来自网络的宏", "没有策略禁止；Excel 默认也会拦住带网络标记的文件")


def _disabled_item(system: System) -> Item:
    """Excel disables what was open when it crashed: binary values with paths in UTF-16, in small letters."""
    name = ADDIN_NAME.encode("utf-16-le")
    values = system.registry(rf"{_CHOSEN}\{_OFFICE}\Excel\Resiliency\DisabledItems").values()
    if any(isinstance(value, bytes) and name in value.lower() for value in values):
        return Item(
            "停用的项目",
            f"Excel 停用了 {ADDIN_NAME}",
            "请在 Excel“文件—选项—加载项”下方选“禁用项目—转到”，选中它，点“启用”，再重新打开 Excel",
        )
    return Item("停用的项目", "其中没有 xl-perf 的加载项")


# --- processes -------------------------------------------------------------------------------------------------------


def _children_item(system: System) -> Item:
    """A click starts cmd.exe and the program from Excel; Defender may forbid Office to start anything."""
    state = _children_state(system)
    remedy = f"请管理员为 xl-perf 设排除，或放开这条规则；{_COMMAND_LINE}"
    if state == _BLOCK:
        return Item("启动程序", "Defender 的攻击面减少规则禁止 Office 启动程序，按钮不能用", remedy)
    if state == _WARN:
        return Item(
            "启动程序", "Defender 的攻击面减少规则在 Office 启动程序时警告并拦住", f"请在警告中选“允许”，或{remedy}"
        )
    return Item("启动程序", "没有规则禁止 Office 启动程序")


def _children_state(system: System) -> str:
    """1 blocks, 6 warns, 0, 2 (audit), 5 and "" let pass. The one that a policy sets goes first."""
    managed = _text(system, _MANAGED, "asrrules")
    match = re.search(rf"{_NO_CHILDREN}=(\d)", managed, re.IGNORECASE)
    found = [match[1]] if match else []
    found += (str(value) for key in _DEFENDER if (value := system.registry(key).get(_NO_CHILDREN)) is not None)
    return found[0] if found else ""
