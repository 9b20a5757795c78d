"""Pictures, headers and footers of an office's sheet in its 样表, which openpyxl writes but does not always read."""

import re
from typing import TYPE_CHECKING, Any

from xl_perf.written.own_drawings import Corner, Drawn, Picture

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def put_pictures(sheet: "Worksheet", drawn: Drawn) -> None:
    """Puts the pictures on the sheet in the place of those that openpyxl has read."""
    from openpyxl.drawing.image import Image

    class Kept(Image):
        """A picture as openpyxl asks for it when it writes a sheet; its own would open it with the other library."""

        def __init__(self, picture: Picture) -> None:
            self.picture, self.format = picture, picture.kind
            self.anchor = _anchor(picture)  # type: ignore[assignment]  # its stubs know the name of a cell only

        def _data(self) -> bytes:
            return self.picture.data

    sheet._images = [Kept(one) for one in drawn.pictures]  # type: ignore[attr-defined]  # noqa: SLF001  # what add_image appends to


def put_around(sheet: "Worksheet", drawn: Drawn) -> None:
    """Puts header and footer as the file has them: openpyxl drops those that it does not understand."""
    items: Any = (sheet.oddHeader, sheet.oddFooter)  # its stubs allow for none
    for code, item in zip((drawn.header, drawn.footer), items, strict=True):
        before, *parts = re.split("&([LCR])", code)
        sections = {"C": before, **dict(zip(parts[::2], parts[1::2], strict=True))}
        for side, part in (("L", item.left), ("C", item.center), ("R", item.right)):
            part.text, part.font, part.size, part.color = sections.get(side) or None, None, None, None


def _anchor(picture: Picture) -> object:
    from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor, OneCellAnchor, TwoCellAnchor
    from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D

    if picture.end is None and picture.stands:
        return AbsoluteAnchor(pos=XDRPoint2D(*picture.begin[2:]), ext=XDRPositiveSize2D(*picture.size))
    if picture.end is None:
        return OneCellAnchor(_from=_marker(picture.begin), ext=XDRPositiveSize2D(*picture.size))
    moves: Any = {1: "twoCell", 2: "oneCell", 3: "absolute"}[picture.moves]
    return TwoCellAnchor(editAs=moves, _from=_marker(picture.begin), to=_marker(picture.end))


def _marker(corner: Corner) -> Any:
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker

    row, column, right, down = corner
    return AnchorMarker(col=column, colOff=right, row=row, rowOff=down)
