"""A performance text as a department: Word (.docx, .doc) or plain text (.txt), read by the one reader of all forms."""

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from xl_perf.core.cells.grid import Book
from xl_perf.core.making import draft
from xl_perf.core.model.department import Cover, Department
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.files.compound_file import Compound
from xl_perf.files.guard import COMPOUND_START, ZIP_START, Refused, damaged, encrypted, load, suffix_of
from xl_perf.files.zip_package import Package
from xl_perf.text.blocks import Block
from xl_perf.text.forms_in import Form, Split, Unplaced, split, unplaced
from xl_perf.text.goals_in import RunningText, read_running_text
from xl_perf.text.lists_in import in_list
from xl_perf.text.office import NotConverted, convert
from xl_perf.text.plain_in import decoded, read_plain
from xl_perf.text.word_in import read_word

_GIVE_A_TEXT: Final = "请给出绩效文本（.docx .doc .txt）"
_SAVE_AS_DOCX: Final = "请用 Word 或 WPS 打开它，另存为 .docx 后再试"
_REMEDIES: Final = {
    "damaged": "请用 Word 或 WPS 打开并另存一份后再试；打不开就请对方重新发送",
    "encrypted": "请先用 Word 或 WPS 打开它，取消打开密码并保存后再试",
}
"""In place of what is said of workbooks."""
_RTF: Final = b"{\\rtf"


class TextRead(NamedTuple):
    """A text as a department, and what found no place in it, in the order of the text."""

    department: Department
    unplaced: tuple[Unplaced, ...]


def read_text(path: Path, shown: str) -> TextRead:
    """Reads a performance text; ``shown`` is its path as the user gave it.

    Every text of a table is in the department or in `unplaced`. Raises BookError for what cannot be read: missing,
    not-a-workbook (no text at all), wrong-extension, encrypted, damaged, empty-file or unreadable (too large, too
    deeply nested, LibreOffice missing for .doc).
    """
    data = load(path, shown)
    try:
        parts = split(_blocks(data, suffix_of(path)))
    except Refused as refused:
        remedy = _REMEDIES.get(refused.kind, refused.remedy)
        raise Refused(refused.kind, refused.message, remedy).at(shown) from refused
    except Exception as error:
        raise Refused("damaged", "文件已损坏，无法读取", _REMEDIES["damaged"]).at(shown) from error
    return _understood(parts, shown, hashlib.sha256(data).hexdigest())


def _blocks(data: bytes, suffix: str) -> Iterable[Block]:
    """Decides by the content how a file is read. Raises Refused."""
    if data.startswith(ZIP_START):
        if suffix not in {".docx", ".docm"}:
            raise Refused("wrong-extension", f"扩展名是 {suffix}，内容却是 Word 文档", "请把扩展名改为 .docx")
        return read_word(_word_package(data))
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
    with tempfile.TemporaryDirectory(prefix="xl-perf-text-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, f"text{suffix}"), Path(folder, "docx")
        source.write_bytes(data)
        made.mkdir()
        try:
            return convert(source, "docx:MS Word 2007 XML", made).read_bytes()
        except NotConverted as error:
            message = f"旧版 Word 文档要先转换，但{error.message}"
            raise Refused("unreadable", message, f"{error.remedy}，或{_SAVE_AS_DOCX}") from None


# --- understanding -------------------------------------------------------------------------------------------------


def _understood(parts: Split, shown: str, sha256: str) -> TextRead:
    found = read_department(Book(shown, [one.grid for one in parts.forms], sha256=sha256))
    said = read_running_text(parts.paragraphs)
    goals = draft.department(
        name=said.department or None,
        year=said.year or None,
        overall_goal="\n".join(said.overall) or None,
        sub_goals=[
            draft.sub_goal(sub.title, "\n".join(sub.goal), sub.indicators, sub.projects) for sub in said.sub_goals
        ],
        safeguards=said.safeguards,
    )
    department = replace(
        goals,
        path=shown,
        sheets=found.sheets,
        cover=goals.cover if goals.cover.year.value else _with_year(goals.cover, found.year),
        year=goals.year or found.year,
        projects=found.projects,
        sha256=sha256,
    )
    notes = (Unplaced(note.what, note.text) for note in parts.notes)
    return TextRead(department, (*_unplaced(parts.forms, found.projects, said), *notes))


def _with_year(cover: Cover, year: int | None) -> Cover:
    return replace(cover, year=draft.department(year=year).cover.year)


def _unplaced(forms: Sequence[Form], projects: Sequence[Project], said: RunningText) -> list[Unplaced]:
    found = [Unplaced(f"正文第{number}段", text) for number, text in said.rest]
    for one in forms:
        own = [project for project in projects if project.sheet == one.grid.sheet]
        if own or not (rest := in_list(one, projects)).is_list:
            found += unplaced(one, own)
        else:
            found += rest.unplaced
    return found
