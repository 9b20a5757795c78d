"""A copy of the open book before a button changes much of it: 导入项目, 删除项目, 规范化."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_perf.files import backups
from xl_perf.files.temporary import TEMPORARY_START, new_name, sweep
from xl_perf.live.host import NotHere

if TYPE_CHECKING:
    from xl_perf.live.host import Host

_KEPT_BY_LIBREOFFICE: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
"""What LibreOffice writes as it was; everything else is copied in its own format."""


def before(host: "Host", action: str) -> str:
    """Copies the book as it is now, with what is not saved; gives a sentence that says where the copy lies.

    Where it can be written nowhere the person is asked whether to go on; raises `NotHere` if not.
    """
    fullname = host.book.fullname
    targets = backups.targets(fullname, action, _suffix(host, fullname))
    for target in targets:
        if _is_copied(host, target):
            backups.prune(target)
            return f"操作前的工作簿{'（上次保存的内容）' if _is_mac(host) else ''}备份在：{target}"
    places = "、".join(str(target.parent) for target in targets)
    reason = f"操作前的备份没有写成（{places}）：磁盘已满、没有写入权限，或者工作簿设有打开密码而有没保存的内容。"
    if not host.ask(f"{reason}\n不留备份，继续“{action}”吗？"):
        raise NotHere(f"备份没有写成，没有做“{action}”", "请先保存工作簿，检查磁盘空间和写入权限，再按一次")
    return "没有留下操作前的备份。"


def _suffix(host: "Host", fullname: str) -> str:
    suffix = Path(fullname).suffix.lower()
    if host.app.engine.name == "libreoffice":
        return suffix if suffix in _KEPT_BY_LIBREOFFICE else ".ods"
    return suffix or ".xlsx"


def _is_copied(host: "Host", target: Path) -> bool:
    """Writes the copy under another name first: what has its name is whole."""
    fresh = target.with_name(new_name(TEMPORARY_START, target.suffix))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        if host.app.engine.name == "libreoffice":
            host.book.impl.save_copy(str(fresh))
        elif _is_mac(host):
            shutil.copyfile(host.book.fullname, fresh)
        else:
            host.book.api.SaveCopyAs(str(fresh))
        fresh.replace(target)
    except Exception:  # the host's own errors, too: no room, no permission, too long a path
        with suppress(OSError):
            fresh.unlink()
        return False
    return True


def _is_mac(host: "Host") -> bool:
    """Excel on macOS saves no copies."""
    return sys.platform == "darwin" and host.app.engine.name == "excel"
