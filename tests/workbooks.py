"""Workbooks written byte by byte: what no library writes, and what nobody should."""

import io
import struct
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from xl_perf.files import compound_file as compound

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
Parts = dict[str, str | bytes]


def cell(reference: str, value: object = 1) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(*rows: str, tail: str = "", head: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{"".join(rows)}</sheetData>{tail}</worksheet>'


def relations(*links: tuple[str, str, str]) -> str:
    entries = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{to}"/>' for i, kind, to in links)
    return f'<Relationships xmlns="{PACKAGE}">{entries}</Relationships>'


def ooxml_parts(*sheets: str, names: Sequence[str] = ()) -> Parts:
    names = names or [f"S{n}" for n in range(1, len(sheets) + 1)]
    entries = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, 1))
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *((f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
        ),
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, 1)},
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def ooxml(*sheets: str) -> bytes:
    return zipped(ooxml_parts(*sheets))


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def rewritten(path: Path, change: Mapping[str, str | bytes]) -> Path:
    """The same zip file with some parts replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts: Parts = {name: archive.read(name) for name in archive.namelist()}
    return saved(path, zipped(parts | dict(change)))


# --- .xlsb ([MS-XLSB]) ----------------------------------------------------------------------------------------------


def record(type_: int, content: bytes = b"") -> bytes:
    head = bytes([type_]) if type_ < 0x80 else bytes([type_ & 0x7F | 0x80, type_ >> 7])
    length, size = b"", len(content)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_sheet(
    cells: Mapping[tuple[int, int], str | float | None],
    hidden_rows: Collection[int] = (),
    hidden_columns: Collection[int] = (),
) -> bytes:
    """Texts, numbers and (None) styled blanks, by row and column."""
    columns = [record(0x3C, struct.pack("<4IH", one, one, 0, 0, 1)) for one in hidden_columns]
    out = [record(0x81), record(0x94, struct.pack("<4I", 0, 0, 0, 0)), record(0x186), *columns, record(0x187)]
    out.append(record(0x91))
    for r in sorted({r for r, _ in cells}):
        out.append(record(0x00, struct.pack("<IIH3sI", r, 0, 300, b"\0\x10\0" if r in hidden_rows else b"\0\0\0", 0)))
        for (at, column), value in sorted(cells.items()):
            head = struct.pack("<II", column, 0)
            if at != r:
                continue
            if value is None:
                out.append(record(0x01, head))
            elif isinstance(value, str):
                out.append(record(0x06, head + wide(value)))
            else:
                out.append(record(0x05, head + struct.pack("<d", value)))
    return b"".join([*out, record(0x92), record(0x82)])


def xlsb(cells: Mapping[tuple[int, int], str | float | None], name: str = "表") -> bytes:
    workbook = [record(0x83), record(0x99, struct.pack("<III", 0, 0, 0)), record(0x8F)]
    workbook += [record(0x9C, struct.pack("<II", 0, 1) + wide("r1") + wide(name)), record(0x90), record(0x84)]
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{types}"><Default Extension="bin" ContentType="{main}"/><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/work'
                'sheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
            ),
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.bin")),
            "xl/workbook.bin": b"".join(workbook),
            "xl/_rels/workbook.bin.rels": relations(("r1", "worksheet", "worksheets/sheet1.bin")),
            "xl/worksheets/sheet1.bin": binary_sheet(cells),
        }
    )


# --- .ods -----------------------------------------------------------------------------------------------------------

ODS_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="表&amp;1">{}</table:table>{}</office:spreadsheet></office:body></office:document-content>'
)


def ods_parts(rows: str, after: str = "") -> Parts:
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest:manifest/>",
        "content.xml": ODS_CONTENT.format(rows, after),
    }


def ods_text(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


# --- .xls ([MS-XLS]) in a compound file -----------------------------------------------------------------------------


def biff(type_: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", type_, len(content)) + content


def number(r: int, column: int, value: float) -> bytes:
    return biff(0x203, struct.pack("<HHHd", r, column, 0, value))


def workbook_stream(*cells: bytes, globals_: bytes = b"") -> bytes:
    """One sheet named S1 with these cell records."""
    bof = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)
    head = biff(0x809, bof) + globals_
    start = len(head) + 4 + 10 + 4
    boundsheet = biff(0x85, struct.pack("<IBBBB", start, 0, 0, 2, 0) + b"S1")
    return head + boundsheet + biff(0x0A) + biff(0x809, bof[:2] + b"\x10\0" + bof[4:]) + b"".join(cells) + biff(0x0A)


# --- one of each ----------------------------------------------------------------------------------------------------

PLAIN = ooxml(sheet(row(1, cell("A1", 5))))
ODS = zipped(ods_parts(f"<table:table-row>{ods_text('甲')}</table:table-row>"))
XLSB = xlsb({(0, 0): "甲", (1, 1): 5.0})
XLS = compound.packed("Workbook", workbook_stream(number(0, 0, 5)))
