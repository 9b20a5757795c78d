"""What people send in place of a workbook, told by how the file begins; each with what it is and what to do."""

import re
from typing import Final

from xl_perf.files.guard import (
    ASK_AGAIN,
    COMPOUND_START,
    GIVE_A_WORKBOOK,
    SAVE_AS_XLSX,
    UNPACK,
    Refused,
    damaged,
    encrypted,
)
from xl_perf.files.zip_package import Package

LOOKED_AT: Final = 8192
"""Bytes from the beginning."""

DECRYPT: Final = "请在装有该软件的电脑上解密（或申请外发），再给出解密后的文件"
SAVE_THE_ATTACHMENT: Final = "请先存出邮件里的附件，再给出其中的工作簿"
DOWNLOAD: Final = "请打开其中的网址，下载工作簿后再试"

BY_SIGNATURE: Final = (
    (b"%PDF", "是 PDF 文件", GIVE_A_WORKBOOK),
    (b"{\\rtf", "是 RTF 文档", GIVE_A_WORKBOOK),
    (b"Rar!", "是 RAR 压缩包", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "是 7z 压缩包", UNPACK),
    (b"\x1f\x8b", "是 gzip 压缩包", UNPACK),
    (b"BZh", "是 bzip2 压缩包", UNPACK),
    (b"\xfd7zXZ", "是 xz 压缩包", UNPACK),
    (b"\x89PNG", "是图片", GIVE_A_WORKBOOK),
    (b"\xff\xd8\xff", "是图片", GIVE_A_WORKBOOK),
    (b"GIF8", "是图片", GIVE_A_WORKBOOK),
    (b"II*\0", "是图片", GIVE_A_WORKBOOK),
    (b"MM\0*", "是图片", GIVE_A_WORKBOOK),
    (b"L\0\0\0\x01\x14\x02\0", "是 Windows 快捷方式", "请给出快捷方式所指的工作簿本身"),
)
# BOF records of Excel 2 to 4, which stand without a compound file around them ([MS-XLS] 2.4.21).
EXCEL_4: Final = (b"\t\0", b"\t\2", b"\t\4", b"\t\b")
# How the software begins a file that offices use to keep documents readable on their own computers only.
ENCRYPTED_BY_OFFICE: Final = (b"%TSD-Header-###%", b"\x62\x14\x23\x65\0\0")

HTML_TAGS: Final = (
    "html|!doctype html|table|meta|head|body|div|style|script|title|tr|td|font|center|p|br|link|form|base|span|h[1-6]|b"
)
# Texts, by a pattern at their beginning; small letters, without white space and HTML comments before them.
BY_TEXT: Final = (
    (r"mime-version:.{0,2000}?multipart/related", "是改了扩展名的网页（MHT）", SAVE_AS_XLSX),
    # As browsers save them; other mail holds related parts too.
    (r"from: [^\n]{0,5}saved by|.{0,2000}?\nsnapshot-content-location:", "是改了扩展名的网页（MHT）", SAVE_AS_XLSX),
    (r"(?:mime-version|received|return-path|x-[a-z-]+|from|message-id|date|subject): ", "是邮件", SAVE_THE_ATTACHMENT),
    (r"id;p", "是改了扩展名的 SYLK 表格", SAVE_AS_XLSX),
    (r"table\r?\n0,1\r?\n", "是改了扩展名的 DIF 表格", SAVE_AS_XLSX),
    (r"version https://git-lfs", "是 Git LFS 留下的指针，不是文件本身", "请先用 git lfs pull 取回文件本身"),
    (r"\[internetshortcut\]", "是网址快捷方式", DOWNLOAD),
    (r'\{\s*"type"\s*:\s*"k\w+"', "是 WPS 云文档的链接，里面没有表格", "请在 WPS 中打开它，另存为 .xlsx 后再试"),
    (r"(?:<\?xml.{0,2000}?)?<(?:\w+:)?uof\b", "是 UOF（标文通）文档", "请用 WPS 打开它，另存为 .xlsx 后再试"),
    (r"<\?xml.{0,2000}?<html\b", "是改了扩展名的网页（HTML）", SAVE_AS_XLSX),
    (
        r"<\?xml.{0,4000}?opendocument\.spreadsheet",
        "是 XML 格式的 ODF 表格",
        "请用 LibreOffice 打开它，另存为 .xlsx 后再试",
    ),
    (r"<\?xml|<workbook\b", "是 XML 文件", SAVE_AS_XLSX),
    # Many office systems export HTML or XML and call it .xls; Excel opens it with a warning.
    (rf"<(?:!--|(?:{HTML_TAGS})\b)", "是改了扩展名的网页（HTML）", SAVE_AS_XLSX),
)
NUMBERS: Final = "请在 Numbers 中打开它，用“文件→导出为→Excel”存成 .xlsx 后再试"
# Zip archives, by how the name of one of their parts begins.
BY_PART: Final = (
    ("word/", "Word 文档", GIVE_A_WORKBOOK),
    ("ppt/", "演示文稿", GIVE_A_WORKBOOK),
    ("visio/", "Visio 绘图", GIVE_A_WORKBOOK),
    ("ofd.xml", "OFD 版式文件", GIVE_A_WORKBOOK),
    ("index/document.iwa", "Apple Numbers 等的文档", NUMBERS),
    ("index.zip", "Apple Numbers 等的文档", NUMBERS),
)
LINES: Final = 8
LIKELY: Final = re.compile(r"[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\ufeff]")
BEFORE_TEXT: Final = re.compile(r"\A(?:\s|\ufeff|<!--.*?-->)+", re.DOTALL)


def told(data: bytes) -> Refused:
    """Says what a file is that is neither a zip archive nor a compound file."""
    if data.startswith(ENCRYPTED_BY_OFFICE):
        return Refused("encrypted", "文件被单位的加密（防泄密）软件加了密，无法读取", DECRYPT)
    for start, what, remedy in BY_SIGNATURE:
        if data.startswith(start):
            return Refused("not-a-workbook", f"不是工作簿，{what}", remedy)
    if data.startswith(EXCEL_4):
        return Refused("not-a-workbook", "是很早的 Excel 格式（Excel 4.0 或更早）", SAVE_AS_XLSX)
    if not data.strip(b"\0"):
        how = "请在云盘（如 OneDrive）中把它下载完整，或请对方重新发送"
        return Refused("damaged", "文件的内容全是零，没有真正的数据", how)
    if data.startswith((b"PK", COMPOUND_START[:4])):
        return damaged()
    text = text_of(data[:LOOKED_AT])
    if text is None:
        message = "不是工作簿：内容无法识别，可能被单位的加密软件加了密，或已损坏"
        return Refused("not-a-workbook", message, f"如果是加密的，{DECRYPT}；否则{ASK_AGAIN}")
    for pattern, what, remedy in BY_TEXT:
        if re.match(pattern, text, re.DOTALL):
            return Refused("not-a-workbook", f"不是工作簿，{what}", remedy)
    if has_columns(text):
        return Refused("not-a-workbook", "不是工作簿，是改了扩展名的文本表格（CSV 等文本文件）", SAVE_AS_XLSX)
    return Refused("not-a-workbook", "不是工作簿，是文本文件", f"里面有表的，{SAVE_AS_XLSX}；没有的，{GIVE_A_WORKBOOK}")


def text_of(head: bytes) -> str | None:
    """The beginning of a text in small letters, without what may stand before its first tag; None if it is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore")
    elif head.startswith(b"<\0"):
        text = head.decode("utf-16-le", "ignore")
    elif b"\0" in head:
        texts = (head[: len(head) // 2 * 2].decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be"))
        found = next(filter(is_likely, texts), None)
        if found is None:
            return None
        text = found
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
        if sum(character < "\t" or "\r" < character < " " for character in text) * 20 > len(text):
            return None  # hardly a text, with so many control characters
    return BEFORE_TEXT.sub("", text).lower()


def has_columns(text: str) -> bool:
    """Two of the first lines are parted by commas or the like; a cell may go on in the next line."""
    lines = text.splitlines()[:LINES]
    return not text.startswith(("{", "[")) and sum(any(sign in line for sign in ",;|\t") for line in lines) > 1


def is_likely(text: str) -> bool:
    """It may well be a text: nearly all of it is printable ASCII, white space, Chinese or the punctuation of that."""
    return len(LIKELY.findall(text)) >= len(text) * 0.97


def refuse_other_archives(package: Package) -> None:
    """Raises Refused for a zip archive that holds no workbook."""
    for start, what, remedy in BY_PART:
        if any(name.startswith(start) for name in package):
            raise Refused("not-a-workbook", f"不是工作簿，是 {what}", remedy)
    if "encryptedpackage" in package or "encrypted-package" in package:
        raise encrypted()
    if not any(name.startswith("xl/") or name in ("_rels/.rels", "[content_types].xml") for name in package):
        raise Refused("not-a-workbook", "不是工作簿，是压缩包", UNPACK)
