"""Writes the sheets with openpyxl, and drawings into the package."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange

from tests.people.books import Sheet

WIDTH: Final = 18
"""Of columns, in characters: no amount shows as ###."""


def written(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a workbook; drawings come later. Cells under merged areas keep their content."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.sheet_state = sheet.state
        page.sheet_format.defaultColWidth = WIDTH
        for (row, column), cell in sorted(sheet.cells.items()):
            made = page.cell(row, column, cell.value)
            made.number_format = cell.shown
            if cell.shown == "@" and isinstance(cell.value, str):
                made.data_type = "s"  # =78人 typed into a text cell is no formula
        for top, left, bottom, right in sheet.merges:
            page.merged_cells.add(CellRange(None, left, top, right, bottom))
    book.active = next(which for which, sheet in enumerate(sheets) if sheet.state == "visible")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
FRAME: Final = (
    f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}">'
    "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    "</xdr:from><xdr:to><xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>25</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    "{}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)
AREA: Final = (
    '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="4000000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
)
IMAGE: Final = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    f'<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>{AREA}</xdr:pic>'
)
TEXT_BOX: Final = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="文本框 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
    f"{AREA}<xdr:txBody><a:bodyPr/><a:lstStyle/>{{}}</xdr:txBody></xdr:sp>"
)


def png() -> bytes:
    """A picture of one grey pixel."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\x00\x80")),
        (b"IEND", b""),
    )
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in chunks:
        out += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return out


def with_drawings(sheets: Sequence[Sheet], data: bytes) -> bytes:
    """The workbook with its pictures and text boxes, which openpyxl does not write without further packages."""
    drawn = [which for which, sheet in enumerate(sheets, 1) if sheet.picture or sheet.text_box]
    if not drawn:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for which in drawn:
        draw(parts, which, sheets[which - 1])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def draw(parts: dict[str, bytes], which: int, sheet: Sheet) -> None:
    lines = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in sheet.text_box.splitlines())
    page, link = f"xl/worksheets/sheet{which}.xml", f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
    parts[page] = parts[page].replace(b"</worksheet>", link.encode())
    drawing = f"drawings/drawing{which}.xml"
    parts[f"xl/worksheets/_rels/sheet{which}.xml.rels"] = relation("drawing", f"/xl/{drawing}")
    parts[f"xl/{drawing}"] = FRAME.format(IMAGE if sheet.picture else TEXT_BOX.format(lines)).encode()
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    types = f'<Override PartName="/xl/{drawing}" ContentType="{kind}"/></Types>'
    if sheet.picture:
        parts[f"xl/drawings/_rels/drawing{which}.xml.rels"] = relation("image", "/xl/media/image1.png")
        parts["xl/media/image1.png"] = png()
        if b'Extension="png"' not in parts["[Content_Types].xml"]:
            types = types.replace("<Override", '<Default Extension="png" ContentType="image/png"/><Override', 1)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode())


def relation(kind: str, target: str) -> bytes:
    entry = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}">{entry}</Relationships>'.encode()
