"""The types, lines and fills of an office's own cells, as XlsxWriter is told of them."""

from typing import Any, Final

from xl_perf.written.own_colours import Colours

_LINES: Final = {
    name: number
    for number, name in enumerate(
        (
            *("thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot"),
            *("mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"),
        ),
        1,
    )
}
PATTERNS: Final = {
    name: number
    for number, name in enumerate(
        (
            *("solid", "mediumGray", "darkGray", "lightGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp"),
            *("darkGrid", "darkTrellis", "lightHorizontal", "lightVertical", "lightDown", "lightUp", "lightGrid"),
            *("lightTrellis", "gray125", "gray0625"),
        ),
        1,
    )
}
_UNDERLINES: Final = {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}


def font_look(font: Any, colours: Colours) -> dict[str, Any]:
    """The properties of a font, of a cell or of a part of its text."""
    name, size = font.rFont if hasattr(font, "rFont") else font.name, font.sz  # a part's type has no valid "name"
    look: dict[str, Any] = {**({"font_name": name} if name else {}), **({"font_size": size} if size else {})}
    for key, is_so in (("bold", font.b), ("italic", font.i), ("font_strikeout", font.strike)):
        look |= {key: True} if is_so else {}
    if font.u in _UNDERLINES:
        look["underline"] = _UNDERLINES[font.u]
    if font.vertAlign in {"superscript", "subscript"}:
        look["font_script"] = 1 if font.vertAlign == "superscript" else 2
    colour = colours.of(font.color)
    return {**look, **({"font_color": colour} if colour else {})}


def borders_look(border: Any, colours: Colours) -> dict[str, Any]:
    """The properties of the lines around and across a cell."""
    look: dict[str, Any] = {}
    for side in ("left", "right", "top", "bottom"):
        line = getattr(border, side)
        if line is not None and line.style in _LINES:
            look[side] = _LINES[line.style]
            colour = colours.of(line.color)
            look |= {f"{side}_color": colour} if colour else {}
    line = border.diagonal
    kind = (1 if border.diagonalUp else 0) + (2 if border.diagonalDown else 0)
    if line is not None and line.style in _LINES and kind:
        look |= {"diag_type": kind, "diag_border": _LINES[line.style]}
        colour = colours.of(line.color)
        look |= {"diag_color": colour} if colour else {}
    return look


def condition_look(style: Any, colours: Colours) -> dict[str, Any]:
    """The properties that a condition gives to cells. Its plain fill has the colour as the one behind the pattern."""
    look: dict[str, Any] = {} if style.font is None else font_look(style.font, colours)
    look |= {} if style.border is None else borders_look(style.border, colours)
    if style.fill is not None:
        pattern = PATTERNS.get(getattr(style.fill, "patternType", None) or "solid", 1)
        back, front = colours.of(style.fill.bgColor), colours.of(style.fill.fgColor)
        look |= {"pattern": pattern} if pattern > 1 else {}
        look |= {"bg_color": back} if back else {}
        look |= {"fg_color": front} if front and pattern > 1 else {}
    if style.numFmt is not None and style.numFmt.formatCode:
        look["num_format"] = style.numFmt.formatCode
    return look
