"""Small files put into place whole, replaced and removed; what goes wrong is said in Chinese."""

import hashlib
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from xl_perf.core.errors import OutputError


def digest(content: bytes) -> str:
    """SHA-256."""
    return hashlib.sha256(content).hexdigest()


def get(path: Path) -> bytes | None:
    """The content of a file; None where there is none. Raises `OutputError` for one that may not be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(path, error, "读取") from error


def put(path: Path, content: bytes, *, read_only: bool = False) -> None:
    """Writes a file beside its place and moves it there: never half a file, never an empty one.

    Excel loads whatever lies in XLSTART when it starts, so the name beside is no workbook's.
    """
    beside = path.with_name(f".xl-perf-{secrets.token_hex(6)}.tmp")
    try:
        beside.write_bytes(content)
        _writable(path)
        beside.replace(path)
        if read_only:
            path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    except OSError as error:
        raise refusal(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Deletes a file, also a read-only one; one that is not there is fine."""
    try:
        _writable(path)
        path.unlink(missing_ok=True)
    except OSError as error:
        raise refusal(path, error, "删除") from error


def _writable(path: Path) -> None:
    """Windows neither replaces nor deletes what is read-only."""
    if path.is_file():
        path.chmod(path.stat().st_mode | stat.S_IWRITE)


def refusal(path: Path, error: OSError, what: str = "写入") -> OutputError:
    """What the system would not do, and what to do about it."""
    if isinstance(error, PermissionError):
        return OutputError(
            f"{path} 没能{what}：正被占用，或没有权限",
            "请关闭 Excel 后重做；macOS 上还要在“系统设置—隐私与安全性”中允许终端访问其他 App 的数据",
        )
    return OutputError(f"{path} 没能{what}：{error.strerror or error}", "请检查磁盘和文件夹后重做")
