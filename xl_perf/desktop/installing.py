"""Puts the add-in, the template, the settings and the Send To entry into their places, and takes them away again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from typing import Final, NamedTuple

from xl_perf.core.errors import OutputError
from xl_perf.desktop import files
from xl_perf.desktop.places import NotHere, Places
from xl_perf.desktop.receipt import Receipt
from xl_perf.desktop.settings import (
    EXECUTABLE,
    INTERPRETERS,
    path_text,
    read_setting,
    refuse_unreadable,
    with_settings,
    without_settings,
)
from xl_perf.desktop.system import System

_STORE: Final = ("windowsapps", "pythonsoftwarefoundation")


class Piece(NamedTuple):
    """A file to be installed. ``shared``: where the same file lies there already, it is another program's too."""

    what: str
    target: Path
    content: bytes
    read_only: bool = False
    shared: bool = False


class Step(NamedTuple):
    """One thing that was done, or was not: what, where, and how it went."""

    what: str
    where: str
    outcome: str


def from_store(system: System) -> bool:
    """Whether Python comes from Microsoft's store: what it writes into AppData lands where Excel never looks."""
    if system.name != "windows":
        return False
    paths = (str(path) for path in system.program if path is not None)
    return any(part.lower().startswith(_STORE) for path in paths for part in PureWindowsPath(path).parts)


def install(system: System, places: Places, pieces: Sequence[Piece]) -> list[Step]:
    """Installs everything, or says why not before anything is changed. Doing it again changes nothing.

    Raises `OutputError`: a file of the same name that is not ours, settings that cannot be read or written, a place
    that may not be written; `NotHere` under a Python whose writing goes astray.
    """
    if from_store(system):
        raise NotHere(
            "这个 Python 来自微软商店，它写入的文件 Excel 看不到", "请改用 python.org 的 Python 安装 xl-perf，再重做"
        )
    receipt = Receipt.load(places.receipt)
    for piece in pieces:
        _refuse_foreign(piece, receipt)
    data = files.get(places.config) or b""
    refuse_unreadable(data, places.config)
    wanted = dict(_wanted_settings(system))
    steps = [_install_file(piece, receipt) for piece in pieces]
    return steps + _install_settings(system, places.config, data, wanted, receipt)


def _refuse_foreign(piece: Piece, receipt: Receipt) -> None:
    found = files.get(piece.target)
    if found is None or found == piece.content or receipt.wrote(piece.target, found):
        return
    if str(piece.target) in receipt.files:
        raise OutputError(f"{piece.target} 安装以后被改过，没有覆盖", "请把它移到别处（里面的内容还要的话），再重做")
    raise OutputError(f"{piece.target} 已经存在，而且不是 xl-perf 安装的，没有覆盖", "请把它移到别处或改名，再重做")


def _install_file(piece: Piece, receipt: Receipt) -> Step:
    found = files.get(piece.target)
    if found == piece.content:
        if not piece.shared and str(piece.target) not in receipt.files:
            receipt.files[str(piece.target)] = files.digest(found)
            receipt.save()
        return Step(piece.what, str(piece.target), "已是最新")
    receipt.make_folder(piece.target.parent)
    files.put(piece.target, piece.content, read_only=piece.read_only)
    receipt.files[str(piece.target)] = files.digest(piece.content)
    receipt.save()
    return Step(piece.what, str(piece.target), "已写入" if found is None else "已更新")


def _wanted_settings(system: System) -> Iterator[tuple[str, str]]:
    """On Windows the executable, which a click starts without an interpreter; macOS can start an interpreter only."""
    executable, interpreter = system.program
    if system.name == "windows" and executable is not None:
        yield EXECUTABLE, path_text(str(executable), system)
    if interpreter is not None:
        yield INTERPRETERS[system.name], path_text(str(interpreter), system)


def _install_settings(
    system: System, config: Path, data: bytes, wanted: Mapping[str, str], receipt: Receipt
) -> list[Step]:
    steps, ours = [], {}
    for key, value in wanted.items():
        before = read_setting(data, key, system.ansi_encoding)
        foreign = before not in (None, "", value, receipt.settings.get(key))
        if foreign and key != EXECUTABLE:
            # An interpreter that somebody chose serves their other workbooks too.
            steps.append(Step(f"设置 {key}", str(config), f"保留原有的 {before}，没有改动"))
        else:
            ours[key] = value
            steps.append(Step(f"设置 {key}", str(config), "已是最新" if before == value else f"已设为 {value}"))
    after = with_settings(data, ours, system.ansi_encoding, b"\r\n" if system.name == "windows" else b"\n")
    receipt.settings |= {key: ours[key] for key in ours if _newly_ours(key, data, system, receipt)}
    receipt.save()
    if after != data:
        receipt.make_folder(config.parent)
        files.put(config, after)
        receipt.save()
    return steps


def _newly_ours(key: str, data: bytes, system: System, receipt: Receipt) -> bool:
    """A setting that stood there with the same value before the first installation stays when we go."""
    return key == EXECUTABLE or key in receipt.settings or not read_setting(data, key, system.ansi_encoding)


# --- and away again ---------------------------------------------------------------------------------------------------


def uninstall(system: System, places: Places) -> list[Step]:
    """Takes away what `install` put there, as far as it is still as it was put; what was there before stays."""
    receipt = Receipt.load(places.receipt)
    steps = [_remove_file(Path(path), receipt) for path in list(receipt.files)]
    steps += _remove_settings(system, places.config, receipt)
    receipt.drop_folders()
    receipt.save()
    if not receipt.files and not receipt.settings:
        receipt.drop_folders()
    return steps


def _remove_file(path: Path, receipt: Receipt) -> Step:
    found = files.get(path)
    if found is None:
        outcome = "已经不在"
    elif not receipt.wrote(path, found):
        outcome = "安装以后被改过，没有删除；不要了请自己删除"
    else:
        files.remove(path)
        outcome = "已删除"
    del receipt.files[str(path)]
    receipt.save()
    return Step("文件", str(path), outcome)


def _remove_settings(system: System, config: Path, receipt: Receipt) -> list[Step]:
    if not receipt.settings:
        return []
    steps, data = [], files.get(config) or b""
    refuse_unreadable(data, config)
    ours = []
    for key, value in receipt.settings.items():
        found = read_setting(data, key, system.ansi_encoding)
        if found is None:
            outcome = "已经不在"
        elif found != value:
            outcome = "安装以后被改过，没有删除"
        else:
            ours.append(key)
            outcome = "已删除"
        steps.append(Step(f"设置 {key}", str(config), outcome))
    after = without_settings(data, ours)
    if after != data:
        # A file that holds nothing any more was made for our settings.
        files.put(config, after) if after.strip() else files.remove(config)
    receipt.settings.clear()
    return steps
