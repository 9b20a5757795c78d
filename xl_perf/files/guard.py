"""What a file may be before it is read: present, a workbook of the kind its name says, not encrypted, not oversized.

Everything here ends in a `BookError` that tells a person what to do next. The readers below do not know the file's
name as the user gave it; they raise `Refused`, which `read_book` turns into a `BookError`.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from threading import Lock
from typing import Final

from xl_perf.core.errors import BookError

WORKBOOK_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods"})
TEMPLATE_SUFFIXES: Final = frozenset({".xltx", ".xltm", ".xlt", ".ett", ".ots"})

MAX_FILE: Final = 256 * 1024 * 1024
"""Bytes; a department's workbook has some ten thousand."""

ZIP_START: Final = b"PK\x03\x04"
COMPOUND_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SAVE_AS_XLSX: Final = "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再试"
ASK_AGAIN: Final = "请在 Excel 或 WPS 中打开并另存一份后再试；打不开就请对方重新发送"
GIVE_A_WORKBOOK: Final = "请给出工作簿文件（.xlsx .xlsm .xlsb .xls .et .ods）"
UNPACK: Final = "请先解压，再给出其中的工作簿"
LOOK_AGAIN: Final = "请核对文件夹；工作簿的扩展名是 .xlsx .xlsm .xlsb .xls .et .ods"


class Refused(Exception):
    """Why a file is not read, without its name: the arguments of a `BookError` but for the path."""

    def __init__(self, kind: str, message: str, remedy: str) -> None:
        super().__init__(kind, message, remedy)
        self.kind = kind
        self.message = message
        self.remedy = remedy

    def at(self, shown: str) -> BookError:
        return BookError(self.kind, shown, self.message, self.remedy)


def damaged(part: str = "") -> Refused:
    return Refused("damaged", f"文件已损坏，无法读取{f'（{part}）' if part else ''}", ASK_AGAIN)


def incomplete() -> Refused:
    return Refused(
        "damaged", "文件不完整，多半没有下载完或没有传完", "请重新下载或复制一次；还是不行，就请对方重新发送"
    )


def encrypted() -> Refused:
    how = "在 Excel 中点“文件→信息→保护工作簿→用密码进行加密”，清空密码并保存；在 WPS 或 LibreOffice 中另存时不设密码"
    return Refused("encrypted", "文件设有打开密码，无法读取", f"请先取消密码：{how}")


def scrambled() -> Refused:
    """Encrypted in a way by which nobody can tell here whether a person is asked for the password."""
    how = "如果打开时不用输密码，请在 Excel 中另存为 .xlsx；要输密码的，请先取消密码，保存后再试"
    return Refused("encrypted", "文件已加密，无法读取", how)


def restricted() -> Refused:
    how = "请有权限的人在 Excel 中点“文件→信息→保护工作簿→限制访问”，取消限制，另存后再试"
    return Refused("encrypted", "文件受权限管理（IRM）保护，无法读取", how)


def too_large(what: str) -> Refused:
    return Refused("unreadable", what, "请把要报的表复制到一本新的工作簿里，另存为 .xlsx 后再试")


def wrong_suffix(suffix: str, content: str, right: str) -> Refused:
    if suffix in TEMPLATE_SUFFIXES:
        return Refused("wrong-extension", f"是模板文件（{suffix}），不是填好的工作簿", SAVE_AS_XLSX)
    message = f"扩展名是 {suffix or '（无）'}，内容却是{content}"
    return Refused("wrong-extension", message, f"请把扩展名改为 {right}，或在 Excel 或 WPS 中另存为 .xlsx")


def missing(shown: str) -> BookError:
    return BookError("missing", shown, "文件不存在", "请核对路径和文件名")


def unreachable(error: OSError | ValueError, path: Path, shown: str) -> BookError:
    """What is said of a file or folder that the system does not give."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENAMETOOLONG:
        remedy = "请核对路径和文件名（一段最多 255 字节，一个汉字是 3 字节）"
        return BookError("missing", shown, "文件名或路径太长，不会有这样的文件", remedy)
    if number == errno.ELOOP:
        return BookError("missing", shown, "链接绕成了圈，指不到文件", "请给出工作簿本身")
    if isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError)):
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            return BookError("missing", shown, "是链接，所指的文件不在", "请核对链接，或给出工作簿本身")
        return missing(shown)
    if isinstance(error, PermissionError):
        remedy = "请关闭正打开着它的程序，或请管理员给予读取权限"
        return BookError("unreadable", shown, "没有读取权限，或正被别的程序占用", remedy)
    return BookError("unreadable", shown, "读取时出错", "请检查磁盘或网络位置，或把文件复制到本机后再试")


def load(path: Path, shown: str) -> bytes:
    """The bytes of a file, read once. Raises BookError of kind missing, not-a-workbook, empty-file or unreadable."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BookError("not-a-workbook", shown, "这是一个文件夹，不是工作簿", "请给出文件夹里的工作簿文件")
        # A pipe or device would be waited for, perhaps for ever.
        if not stat.S_ISREG(found.st_mode):
            raise BookError("not-a-workbook", shown, "不是普通文件", GIVE_A_WORKBOOK)
        if found.st_size > MAX_FILE:
            raise too_large(f"文件超过 {MAX_FILE // 1024**2} MB，没有读取").at(shown)
        with path.open("rb", buffering=0) as file:
            data = file.read()
    except (OSError, ValueError) as error:
        raise unreachable(error, path, shown) from error
    if not data:
        raise BookError("empty-file", shown, "文件是空的（0 字节）", "请重新保存，或请对方重新发送")
    return data


def refuse_foreign(data: bytes) -> Refused:
    """Says what a file is that is neither a zip archive nor a compound file."""
    from xl_perf.files.foreign import told

    return told(data)


def suffix_of(path: PurePath) -> str:
    return path.suffix.lower()


ONE_AT_A_TIME = Lock()


@contextmanager
def panics_unheard() -> Iterator[None]:
    """Keeps what Rust prints of a panic off the terminal; it is written to descriptor 2 before Python can catch it.

    Only for formats whose damage goes unnoticed until the reader trips over it: what another thread writes to
    stderr meanwhile, such as a progress bar, is lost. One thread at a time, lest two restore each other's silence.
    """
    with ONE_AT_A_TIME:
        try:
            saved = os.dup(2)
        except OSError:  # no stderr at all, as under pythonw
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
            yield
        finally:
            os.dup2(saved, 2)
            os.close(saved)
