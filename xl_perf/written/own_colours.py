"""The colours of a workbook as ``#RRGGBB``: given outright, from its palette, or from its theme with a tint."""

import colorsys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""Of the theme's colours as cells count them (ECMA-376 Part 1, 18.8.3); the file has dk1 before lt1."""
_OFFICE: Final = (
    *("FFFFFF", "000000", "E7E6E6", "44546A", "5B9BD5", "ED7D31", "A5A5A5", "FFC000", "4472C4", "70AD47"),
    *("0563C1", "954F72"),
)
"""Of a book without a theme."""
_DIGITS: Final = 6


class Colours:
    """The colours of one workbook."""

    def __init__(self, book: "Workbook") -> None:
        self.palette = list(book._colors)  # type: ignore[attr-defined]  # noqa: SLF001  # the book's own, else the usual ones
        self.theme = _theme(book.loaded_theme)

    def of(self, colour: Any) -> str | None:
        """A colour; None for the automatic one, and for what is none."""
        if colour is None or colour.type == "auto":
            return None
        if colour.type == "rgb":
            plain = _plain(colour.rgb)
        elif colour.type == "indexed":
            plain = _plain(self.palette[colour.indexed]) if colour.indexed < len(self.palette) else None
        else:
            plain = self.theme[colour.theme] if colour.theme < len(self.theme) else None
        return None if plain is None else f"#{_tinted(plain, colour.tint or 0)}"


def _plain(argb: object) -> str | None:
    """The last six digits: files write anything for the transparency, which cells do not have."""
    text = str(argb)
    return (
        text[-_DIGITS:].upper()
        if len(text) >= _DIGITS and all(one in "0123456789abcdefABCDEF" for one in text)
        else None
    )


def _theme(source: bytes | None) -> tuple[str, ...]:
    if not source:
        return _OFFICE
    from openpyxl.xml.functions import fromstring

    try:
        scheme = next(fromstring(source).iter(f"{_DRAWING}clrScheme"), None)
    except SyntaxError:
        return _OFFICE
    found = {one.tag.removeprefix(_DRAWING): one for one in (scheme if scheme is not None else ())}
    made = []
    for name, usual in zip(_ORDER, _OFFICE, strict=True):
        inner = next(iter(found.get(name, ())), None)
        said = None if inner is None else inner.get("lastClr") or inner.get("val")
        made.append((_plain(said) if said else None) or usual)
    return tuple(made)


def _tinted(colour: str, tint: float) -> str:
    """Lighter or darker by a share from -1 to 1 of its lightness (ECMA-376 Part 1, 18.8.19)."""
    if not tint:
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    made = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), depth)
    return "".join(f"{round(one * 255):02X}" for one in made)
