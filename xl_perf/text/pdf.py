"""The performance text as a PDF: the Word document, printed by LibreOffice Writer.

The page numbers of its contents are those of the PDF: a first PDF shows on which page each heading and row stands, the
document is written again with that, until a PDF shows what its document says.
"""

import hashlib
import itertools
import re
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from xl_perf.core.errors import OutputError
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.engines.soffice import find_soffice
from xl_perf.files import temporary
from xl_perf.text.office import NotConverted, convert
from xl_perf.text.placement import Placement, Written, found_placement
from xl_perf.text.typography import FONTS
from xl_perf.text.word_out import write_text

_MOST_PASSES: Final = 4
_SHORT: Final = 60.0
"""Seconds for a pass where the PDF itself is not wanted."""
NO_NUMBERS: Final = (
    "目录里没有印页码：从 LibreOffice 转成的 PDF 看不出各部分在第几页。"
    "需要页码时请写成 .docx，用 Word 或 WPS 打开，按 Ctrl+A、F9 更新目录，再另存为 PDF。"
)


class _Printed(NamedTuple):
    """A PDF, and where things stand in it; None where it does not say that."""

    pdf: bytes
    placement: Placement | None


class Writer(Protocol):
    """Writes a document (.docx) whose rows stand where ``placement`` says, None to have it worked out."""

    def __call__(self, target: Path, placement: Placement | None, *, with_marks: bool) -> Written:
        """Gives what the document says of its pages; ``with_marks`` puts bookmarks where rows are to be found."""
        ...


def _text(department: Department, profile: Profile) -> Writer:
    def write(target: Path, placement: Placement | None, *, with_marks: bool) -> Written:
        return write_text(target, department, profile, placement, with_marks=with_marks)

    return write


def write_pdf(target: Path, department: Department, profile: Profile) -> str:
    """Writes the text as a PDF, the same bytes for the same text.

    Gives a Chinese sentence where its contents are without page numbers, else nothing. Raises OutputError where
    LibreOffice is missing or fails.
    """
    return "" if print_pdf(target, _text(department, profile)) else NO_NUMBERS


def print_pdf(target: Path, write: Writer) -> bool:
    """Writes a document as a PDF, the same bytes for the same document.

    True where everything was found in it where the document says. Raises OutputError where LibreOffice is missing or
    fails.
    """
    with temporary.folder("text") as folder:
        try:
            data, placement = _printed(folder, write)
            if placement is None:
                data, _ = _pass(folder / "last", write, Placement())
        except NotConverted as error:
            message = f"没有写出 PDF，{error.message}"
            raise OutputError(message, f"{error.remedy}，或改写成 .docx，再用 Word 或 WPS 另存为 PDF") from None
    target.write_bytes(_timeless(data))
    return placement is not None


def placement_by_libreoffice(department: Department, profile: Profile) -> Placement | None:
    """Where headings and rows stand when LibreOffice lays the text out; None where it is missing or does not say it."""
    return placement_of(_text(department, profile))


def placement_of(write: Writer) -> Placement | None:
    """The same of any document."""
    if find_soffice() is None:
        return None
    try:
        with temporary.folder("text") as folder:
            return _printed(folder, write, _SHORT).placement
    except (NotConverted, OSError):
        return None


def _printed(folder: Path, write: Writer, limit: float | None = None) -> _Printed:
    """The document printed until it says itself on which pages things stand."""
    data, written = _pass(folder / "1", write, None, limit)
    for number in range(2, _MOST_PASSES + 1):
        found = _found(data, written)
        if found is None or found == written.placement:
            return _Printed(data, found)
        data, written = _pass(folder / str(number), write, found, limit)
    # Rows may go on changing places; where the headings stay, the contents are right all the same.
    found = _found(data, written)
    is_right = found is not None and found.headings == written.placement.headings
    return _Printed(data, written.placement if is_right else None)


def _found(data: bytes, written: Written) -> Placement | None:
    return found_placement(data, len(written.placement.headings), written.rows)


def _pass(
    folder: Path, write: Writer, placement: Placement | None, limit: float | None = None
) -> tuple[bytes, Written]:
    """The PDF of the document, and what that says of its pages."""
    made = folder / "pdf"
    made.mkdir(parents=True)
    document = folder / "text.docx"
    written = write(document, placement, with_marks=True)
    return convert(document, "pdf", made, FONTS, limit).read_bytes(), written


_DATE: Final = re.compile(rb"/(?:Creation|Mod)Date\s*\(D:[^)]{14,24}\)|<xmp:\w+Date>[^<]{10,40}<")
_LONG_AGO: Final = b"20000101000000"
_IDENTIFIER: Final = re.compile(rb"/ID\s*\[\s*(?:<[0-9A-Fa-f]{32}>\s*){2}|/DocChecksum\s*/[0-9A-Fa-f]{32}")
_HEXADECIMAL: Final = re.compile(rb"[0-9A-Fa-f]{32}")


def _timeless(data: bytes) -> bytes:
    """The PDF without a trace of when it was made: identifiers follow from its content. Nothing in it moves."""
    data = _DATE.sub(lambda match: _set_back(match[0]), data)
    without = _with_identifier(data, b"0" * 32)
    return _with_identifier(data, hashlib.sha256(without).hexdigest()[:32].upper().encode())


def _set_back(date: bytes) -> bytes:
    """The same writing of another date, whose time zone is that of Greenwich."""
    digits = itertools.chain(_LONG_AGO, itertools.repeat(ord("0")))
    return bytes(next(digits) if chr(one).isdigit() else one for one in date)


def _with_identifier(data: bytes, identifier: bytes) -> bytes:
    return _IDENTIFIER.sub(lambda match: _HEXADECIMAL.sub(identifier, match[0]), data)
