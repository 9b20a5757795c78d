"""A folder as a Windows Installer package for one user, made with Debian's wixl and msibuild.

It goes to ``%LOCALAPPDATA%\\Programs\\xl-perf``, where the buttons look, puts that folder on the user's PATH, and
installs the add-in into Excel. Any version takes the place of any older or equal one. The same folder gives the same
bytes.
"""

import hashlib
import os
import re
import shutil
import struct
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

from tools.bundle import BundleError
from tools.packing import archives

NAME: Final = "xl-perf 部门预算绩效"
UPGRADE_CODE: Final = "6E7D8C5A-4B1F-5E0C-9A57-2B0C1D5F7A31"
"""Of the program in all its versions, whole or not. Never to be changed."""
_OURS: Final = uuid.UUID(UPGRADE_CODE)
_CODE_PAGE: Final = 936
_LANGUAGE: Final = 2052
_SUMMARY: Final = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
"""How the properties begin that Windows shows of an .msi file."""
_TABLES: Final = {
    "_ForceCodepage": ("\r\n\r\n936\t_ForceCodepage\r\n",),
    "Upgrade": (  # wixl forgets that the highest version to be replaced is included
        "UpgradeCode\tVersionMin\tVersionMax\tLanguage\tAttributes\tRemove\tActionProperty\r\n",
        "s38\tS20\tS20\tS255\ti4\tS255\ts72\r\n",
        "Upgrade\tUpgradeCode\tVersionMin\tVersionMax\tLanguage\tAttributes\r\n",
        f"{{{{{UPGRADE_CODE}}}}}\t0.0.0\t{{version}}\t\t768\t\tOLDER\r\n",
        f"{{{{{UPGRADE_CODE}}}}}\t{{version}}\t\t\t2\t\tNEWER\r\n",
    ),
    "Environment": (
        *("Environment\tName\tValue\tComponent_\r\n", "s72\tl255\tL255\ts72\r\n", "Environment\tEnvironment\r\n"),
        "Path\t=-PATH\t[~];[INSTALLDIR]\t{root}\r\n",
    ),
    "Shortcut": (
        "Shortcut\tDirectory_\tName\tComponent_\tTarget\tArguments\tDescription\tHotkey\tIcon_\tIconIndex\tShowCmd\tWkDir\r\n",
        "s72\ts72\tl128\ts72\ts72\tS255\tL255\tI2\tS72\tI2\tI2\tS72\r\n",
        "Shortcut\tShortcut\r\n",
        "Install\tProgramMenuFolder\tXLPERF|xl-perf 装到 Excel 并检查\t{root}\t[System64Folder]cmd.exe\t",
        '/k ""[INSTALLDIR]xl-perf.exe" excel install & "[INSTALLDIR]xl-perf.exe" excel doctor"',
        "\t\t\t\t\t\tINSTALLDIR\r\n",
    ),
    "CustomAction": (
        "Action\tType\tSource\tTarget\r\ns72\ti2\tS72\tS255\r\nCustomAction\tAction\r\n",
        # An installed program, run as the user; the installation does not depend on what comes of it.
        "AddToExcel\t82\t{pythonw}\t-I -m xl_perf excel install\r\n",
        "TakeFromExcel\t82\t{pythonw}\t-I -m xl_perf excel uninstall\r\n",
    ),
}
_NEWER_IS_THERE: Final = "已经装有更新的 xl-perf。要换成这一版，请先在“应用和功能”里卸载它。"
_ACTIONS: Final = (
    ("WriteEnvironmentStrings", "", 5200),
    ("RemoveEnvironmentStrings", "", 3300),
    ("CreateShortcuts", "", 4500),
    ("RemoveShortcuts", "", 3200),
    ("AddToExcel", "NOT REMOVE AND EXCEL = 1", 6601),
    ("TakeFromExcel", 'REMOVE = "ALL" AND NOT UPGRADINGPRODUCTCODE AND EXCEL = 1', 1450),
)


def build(folder: Path, target: Path, version: str) -> None:
    """Writes the package of a folder. Raises `BundleError` where the tools are missing or fail."""
    if not (shutil.which("wixl") and shutil.which("msibuild")):
        raise BundleError("需要 wixl 和 msibuild，请先安装 Debian 的软件包 wixl 和 msitools，再做一遍")
    numbers = _numbers(version)
    contents = archives.digest(folder)
    with tempfile.TemporaryDirectory(prefix=".msi-", dir=target.parent) as place:
        work = Path(place)
        source = work / "source"
        shutil.copytree(folder, source)
        for path in archives.files_of(source):  # the cabinet tells their time and whether they may be written
            os.utime(path, (archives.epoch(), archives.epoch()))
            path.chmod(0o644)
        wxs = "\n".join(_wxs(source, numbers, contents))
        (work / "xl-perf.wxs").write_text(wxs, "utf-8")
        package = work / target.name
        _run("wixl", "--arch", "x64", "--output", package, "xl-perf.wxs", cwd=work)
        names = {"version": numbers, "root": _id("c", Path()), "pythonw": _id("f", Path("pythonw.exe"))}
        changes: list[str | Path] = []
        for table, lines in _TABLES.items():
            idt = work / f"{table}.idt"
            idt.write_bytes("".join(line.format(**names) for line in lines).encode("utf-8"))
            changes += ["-i", idt]
        changes.append("-q")
        for action, condition, sequence in _ACTIONS:
            row = f"(`Action`, `Condition`, `Sequence`) VALUES ('{action}', '{condition}', {sequence})"
            changes.append(f"INSERT INTO `InstallExecuteSequence` {row}")
        code = f"{{{uuid.uuid5(_OURS, wxs)}}}".upper()
        changes += ["-s", f"xl-perf {numbers}", "xl-perf", f"x64;{_LANGUAGE}", code]
        _run("msibuild", package, *changes)
        package.write_bytes(_dated(package.read_bytes(), archives.epoch()))
        package.replace(target)


def _numbers(version: str) -> str:
    """What Windows compares: three numbers."""
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", version)
    if found is None:
        raise BundleError(f"版本应写成 1.2.3 这样，而不是 {version}。")
    return ".".join(part or "0" for part in found.groups())


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    """wixl and msibuild take the code page of strings from this variable, and the time of files from the zone."""
    environment = os.environ | {"LC_ALL": "C.UTF-8", "WINDOWS_LANGUAGE": "zh_CN", "TZ": "UTC"}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"{command[0]} 没有成功（{done.returncode}）：\n{done.stdout}{done.stderr}")


# --- what wixl reads --------------------------------------------------------------------------------------------------


def _wxs(source: Path, version: str, contents: str) -> Iterator[str]:
    product = uuid.uuid5(_OURS, f"{version} {contents}")
    older = f'Minimum="0.0.0" IncludeMinimum="yes" Maximum="{version}" IncludeMaximum="yes" Property="OLDER"'
    newer = f'Minimum="{version}" IncludeMinimum="no" OnlyDetect="yes" Property="NEWER"'
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">'
    yield f'<Product Id="{product}" Name={quoteattr(NAME)} Language="{_LANGUAGE}" Codepage="{_CODE_PAGE}"'
    yield f' Version="{version}" Manufacturer="xl-perf" UpgradeCode="{UPGRADE_CODE}">'
    yield '<Package InstallScope="perUser" InstallerVersion="500" Compressed="yes" Keywords="xl-perf"'
    yield ' Comments="xl-perf" Description="xl-perf"/>'
    yield f'<Upgrade Id="{UPGRADE_CODE}"><UpgradeVersion {older}/><UpgradeVersion {newer}/></Upgrade>'
    yield f'<Condition Message="{_NEWER_IS_THERE}">NOT NEWER</Condition>'
    yield '<Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>'
    # All files are replaced, whatever version they bear; nothing to repair or change is offered.
    for name, value in (("REINSTALLMODE", "amus"), ("ARPNOMODIFY", "1"), ("ARPNOREPAIR", "1"), ("EXCEL", "1")):
        yield f'<Property Id="{name}" Value="{value}"/>'
    yield '<Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="ProgramMenuFolder"/>'
    yield '<Directory Id="LocalAppDataFolder"><Directory Id="Programs" Name="Programs">'
    components: list[str] = []
    yield from _directory(source, source, components)
    yield "</Directory></Directory></Directory>"
    yield '<InstallExecuteSequence><RemoveExistingProducts After="InstallValidate"/></InstallExecuteSequence>'
    yield '<Feature Id="All" Level="1">'
    yield from (f'<ComponentRef Id="{component}"/>' for component in components)
    yield "</Feature></Product></Wix>"


def _directory(folder: Path, source: Path, components: list[str]) -> Iterator[str]:
    """A folder as a component with its files.

    Its key is a value in the user's registry, as Windows wants it below a user's folder; it goes with its last file.
    """
    relative = folder.relative_to(source)
    own, name = (_id("d", relative), folder.name) if relative.parts else ("INSTALLDIR", "xl-perf")
    component = _id("c", relative)
    components.append(component)
    yield f'<Directory Id="{own}" Name={quoteattr(name)}>'
    yield f'<Component Id="{component}" Guid="{uuid.uuid5(_OURS, "folder " + relative.as_posix())}">'
    yield r'<RegistryValue Root="HKCU" Key="Software\xl-perf\Installed"'
    yield f' Name="{component}" Type="string" Value="1" KeyPath="yes"/>'
    yield f'<RemoveFolder Id="{_id("r", relative)}" On="uninstall"/>'
    inside = sorted(folder.iterdir())
    for path in (path for path in inside if path.is_file()):
        place = path.relative_to(source)
        name = quoteattr((Path(source.name) / place).as_posix())
        yield f'<File Id="{_id("f", place)}" Name={quoteattr(path.name)} Source={name}/>'
    yield "</Component>"
    for path in (path for path in inside if path.is_dir()):
        yield from _directory(path, source, components)
    yield "</Directory>"


def _id(kind: str, path: Path) -> str:
    """An identifier for a path; Windows Installer wants ASCII letters, digits, dots and underscores."""
    return f"{kind}{hashlib.sha256(path.as_posix().encode()).hexdigest()[:24]}"


# --- what the tools write by themselves -------------------------------------------------------------------------------


def _dated(package: bytes, epoch: int) -> bytes:
    """The package with its code page, and this moment (seconds since 1970) as the one when it was made."""
    start = package.index(_SUMMARY)
    (offset,) = struct.unpack_from("<I", package, start + 16)
    section = start - 28 + offset
    changed = bytearray(package)
    (count,) = struct.unpack_from("<I", package, section + 4)
    for number in range(count):
        identifier, place = struct.unpack_from("<II", package, section + 8 + 8 * number)
        (kind,) = struct.unpack_from("<I", package, section + place)
        if kind == 64:  # moments, in tenths of a microsecond since 1601
            struct.pack_into("<Q", changed, section + place + 4, (epoch + 11644473600) * 10_000_000)
        elif identifier == 1:
            struct.pack_into("<h", changed, section + place + 4, _CODE_PAGE)
    return bytes(changed)
