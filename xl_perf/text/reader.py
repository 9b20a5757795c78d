"""A performance text as a department: Word, OpenDocument or plain text, read by the one reader of all forms."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from xl_perf.core.cells.grid import Grid
from xl_perf.core.errors import BookError
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.files import temporary
from xl_perf.files.compound_file import Compound
from xl_perf.files.guard import COMPOUND_START, ZIP_START, Refused, damaged, encrypted, load, suffix_of
from xl_perf.files.zip_package import Package
from xl_perf.text.blocks import Block
from xl_perf.text.forms_in import UNNEST, Split, split
from xl_perf.text.office import NotConverted, convert
from xl_perf.text.plain_in import decoded, read_plain
from xl_perf.text.understanding import TextRead, understood
from xl_perf.text.word_in import read_word

_GIVE_A_TEXT: Final = "请给出绩效文本（.docx .doc .odt .txt）"
_SAVE_AS_DOCX: Final = "请用 Word 或 WPS 打开它，另存为 .docx 后再试"
_REMEDIES: Final = {
    "damaged": "请用 Word 或 WPS 打开并另存一份后再试；打不开就请对方重新发送",
    "encrypted": "请先用 Word 或 WPS 打开它，取消打开密码并保存后再试",
}
"""In place of what is said of workbooks."""
_ODT: Final = b"application/vnd.oasis.opendocument.text"
_RTF: Final = b"{\\rtf"


def read_text(path: Path, shown: str, kinds: Kinds = KINDS) -> TextRead:
    """Reads a performance text; ``shown`` is its path as the user gave it. Its forms are read as these kinds.

    Every text of a table is in the department or in what is said beside it. Raises BookError for what cannot be read:
    missing, not-a-workbook (no text at all), wrong-extension, encrypted, damaged, empty-file or unreadable (too large,
    too deeply nested, LibreOffice missing for .doc and .odt).
    """
    data = load(path, shown)
    return understood(_parts(data, path, shown), shown, hashlib.sha256(data).hexdigest(), kinds)


def form_grids(path: Path, shown: str) -> tuple[Sequence[Grid], Sequence[str]]:
    """The tables of a text with the lines around them, as the sheets of a workbook would be read; its other paragraphs.

    Raises BookError as `read_text` does.
    """
    found = _parts(load(path, shown), path, shown, is_signed=True)
    if found.nested:
        raise BookError("no-forms", shown, f"没有学：{found.nested_said}", UNNEST)
    return tuple(form.grid for form in found.forms), tuple(one.text.strip() for _, one in found.paragraphs)


def _parts(data: bytes, path: Path, shown: str, *, is_signed: bool = False) -> Split:
    """The text taken apart. Raises BookError."""
    try:
        return split(_blocks(data, suffix_of(path)), is_signed=is_signed)
    except Refused as refused:
        remedy = _REMEDIES[refused.kind] if _speaks_of_excel(refused) else refused.remedy
        raise Refused(refused.kind, refused.message, remedy).at(shown) from refused
    except OSError as error:  # of the conversion's temporary files
        message = f"没有转换成，{temporary.why_full(error)}"
        raise BookError("unreadable", shown, message, temporary.CLEAN_UP) from error
    except Exception as error:
        raise Refused("damaged", "文件已损坏，无法读取", _REMEDIES["damaged"]).at(shown) from error


def _speaks_of_excel(refused: Refused) -> bool:
    """What to do is said for workbooks, and is another thing for texts."""
    return refused.kind in _REMEDIES and "Excel" in refused.remedy


def _blocks(data: bytes, suffix: str) -> Iterable[Block]:
    """Decides by the content how a file is read. Raises Refused."""
    if data.startswith(ZIP_START):
        if _is_open_document(data):
            if suffix != ".odt":
                raise Refused("wrong-extension", f"扩展名是 {suffix}，内容却是 ODF 文档", "请把扩展名改为 .odt")
            return read_word(_word_package(_converted(data, ".odt")))
        package = _word_package(data)
        if suffix not in {".docx", ".docm"}:
            raise Refused("wrong-extension", f"扩展名是 {suffix}，内容却是 Word 文档", "请把扩展名改为 .docx")
        return read_word(package)
    if data.startswith(COMPOUND_START):
        _refuse_compound(data)
        if suffix != ".doc":
            raise Refused("wrong-extension", f"扩展名是 {suffix}，内容却是旧版 Word 文档", "请把扩展名改为 .doc")
        return read_word(_word_package(_converted(data, ".doc")))
    if suffix == ".doc" and data.startswith(_RTF):
        return read_word(_word_package(_converted(data, ".rtf")))
    if suffix == ".txt":
        return read_plain(decoded(data))
    if data.startswith(b"PK"):
        raise damaged()
    raise Refused("not-a-workbook", "不是 Word 文档", _SAVE_AS_DOCX)


def _is_open_document(data: bytes) -> bool:
    """An .odt that can be converted. Raises Refused for one with a password."""
    package = Package(data)
    if "content.xml" not in package or not package.read("mimetype").startswith(_ODT):
        return False
    if b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise encrypted()
    return True


def _word_package(data: bytes) -> Package:
    package = Package(data)
    for folder, what in (("xl/", "Excel 工作簿"), ("ppt/", "演示文稿")):
        if any(name.startswith(folder) for name in package):
            raise Refused("not-a-workbook", f"不是 Word 文档，是 {what}", _GIVE_A_TEXT)
    if "mimetype" in package:
        raise Refused("not-a-workbook", "不是 Word 文档，是 ODF 文档", _SAVE_AS_DOCX)
    if "_rels/.rels" not in package:
        raise damaged("不是完整的 Word 文档")
    return package


def _refuse_compound(data: bytes) -> None:
    """Raises Refused for a compound file that is encrypted or no Word document ([MS-DOC] 2.5.2, fEncrypted)."""
    compound = Compound(data)
    if "EncryptedPackage" in compound:
        raise encrypted()
    if "WordDocument" not in compound:
        raise Refused("not-a-workbook", "不是 Word 文档", _GIVE_A_TEXT)
    head = compound.stream("WordDocument")[:12]
    if len(head) < 12:
        raise damaged()
    if head[11] & 1:
        raise encrypted()


def _converted(data: bytes, suffix: str) -> bytes:
    with temporary.folder("text") as folder:
        source, made = Path(folder, f"text{suffix}"), Path(folder, "docx")
        source.write_bytes(data)
        made.mkdir()
        try:
            return convert(source, "docx:MS Word 2007 XML", made).read_bytes()
        except NotConverted as error:
            what = "ODF 文档" if suffix == ".odt" else "旧版 Word 文档"
            message = f"{what}要先转换，但{error.message}"
            raise Refused("unreadable", message, f"{error.remedy}，或{_SAVE_AS_DOCX}") from None
