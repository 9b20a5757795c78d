"""The Word file that holds a performance text: properties, our mark, fonts; the same text gives the same bytes."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from xl_perf.core.making.merging import kind_of
from xl_perf.core.model.department import Department
from xl_perf.files.own_files import KIND_PROPERTY, TEXT
from xl_perf.sheets.texts import valid
from xl_perf.text import sections as words
from xl_perf.text.typography import font_table, set_language

_LONG_AGO: Final = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Creation and change, as the document states them: the clock must not make two equal texts differ."""
_ZIP_START: Final = (1980, 1, 1, 0, 0, 0)


def finish(document: Document, department: Department, target: Path | BinaryIO) -> None:
    """Saves a performance text."""
    title = f"{words.year_of(department)}{words.TEXT_TITLE}"
    finish_as(document, title, kind_of(department.projects).title, department.cover.department.text, target)


def finish_as(document: Document, title: str, subject: str, author: str, target: Path | BinaryIO) -> None:
    """Saves the document: properties, our mark and fonts; parts in the order in which they come, with one date."""
    properties = document.core_properties
    properties.title, properties.subject = valid(title)[:255], subject
    properties.author = properties.last_modified_by = valid(author)[:255]
    properties.keywords, properties.comments = KIND_PROPERTY, ""
    properties.created = properties.modified = _LONG_AGO
    properties.revision = 1
    _mark(document)
    set_language(document)
    own = {"word/fontTable.xml": font_table(), "docProps/app.xml": _APPLICATION}
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in parts.namelist():
            entry = ZipInfo(name, _ZIP_START)
            entry.compress_type = ZIP_DEFLATED
            packed.writestr(entry, own.get(name) or parts.read(name))


_OF_THE_TEMPLATE: Final = frozenset({"thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings"})
_APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>xl-perf</Application></Properties>"
)
_CUSTOM: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="%s"><vt:lpwstr>%s</vt:lpwstr></property>'
    "</Properties>"
)


def _mark(document: Document) -> None:
    """The custom property by which xl-perf knows its own files; python-docx's template leaves nothing of its own."""
    package = document.part.package
    for relations in (package.rels, document.part.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] in _OF_THE_TEMPLATE:
                del relations[name]
    content_type = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    blob = (_CUSTOM % (KIND_PROPERTY, TEXT)).encode()
    part = Part(PackURI("/docProps/custom.xml"), content_type, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
