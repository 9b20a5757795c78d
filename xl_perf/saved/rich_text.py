"""Texts as they look where some of their characters are raised, lowered or struck out (ECMA-376 Part 1, 18.4.7).

calamine joins the runs of a rich text and drops their fonts: 120.5 with the raised footnote mark 1 would become 120.51,
and a struck 90 before 85 would become 9085. Here such runs are rewritten in characters that look the same.
"""

import re
from typing import Final

from xl_perf.files.guard import damaged
from xl_perf.files.xml_parts import local, refuse_doctype

PROPERTIES: Final = b"rPr"
"""Without it a part has no such run, and costs no more than the search for it: most have none."""
SIGNS: Final = (b"strike", b"vertAlign")
_TYPED: Final = "0123456789+-=()０１２３４５６７８９＋－＝（）−"
RAISED: Final = str.maketrans(_TYPED, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁻")
LOWERED: Final = str.maketrans(_TYPED, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
HEIGHTS: Final = {"superscript": RAISED, "subscript": LOWERED}
OFF: Final = ("0", "false")
STROKE: Final = "\u0336"
"""Strikes out the character that it follows."""
CHARACTER: Final = re.compile(r"_x[0-9A-Fa-f]{4}_|\S")
"""One that is to be struck, or the spelling by which a control character is stored, which stays as it is."""


def as_it_looks(xml: bytes) -> bytes:
    """Shared strings or a worksheet, in UTF-8, with such runs rewritten. Raises Refused (damaged)."""
    return Runs(xml).rewritten() if PROPERTIES in xml and any(sign in xml for sign in SIGNS) else xml


def struck(text: str) -> str:
    return CHARACTER.sub(lambda match: match[0] if len(match[0]) > 1 else match[0] + STROKE, text)


class Runs:
    """Goes through all runs (`r`): what their properties (`rPr`) say holds for the text (`t`) behind these."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._pieces: list[bytes] = []
        self._copied = 0
        self._in_run = False
        self._struck = False
        self._height: dict[int, int] = {}
        self._texts: list[str] | None = None
        """What a text that looks otherwise has held so far; None outside of one."""

    def rewritten(self) -> bytes:
        import pyexpat

        # as_utf8 has seen to the encoding, whatever is declared.
        self._parser = pyexpat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            self._parser.Parse(self._xml, True)
        except pyexpat.ExpatError:
            raise damaged("XML") from None
        return b"".join((*self._pieces, self._xml[self._copied :]))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "r":
            self._in_run, self._struck, self._height = True, False, {}
        elif not self._in_run:
            return
        elif kind == "strike":
            self._struck = attributes.get("val") not in OFF
        elif kind == "vertAlign":
            self._height = HEIGHTS.get(attributes.get("val", ""), {})
        elif kind == "t" and (self._struck or self._height):
            self._begin = self._parser.CurrentByteIndex
            self._texts = []

    def _characters(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == "r":
            self._in_run = False
        elif kind == "t" and self._texts is not None:
            text, self._texts = "".join(self._texts), None
            if text:
                self._put(name, self._looking(text))

    def _looking(self, text: str) -> str:
        text = text.translate(self._height)
        return struck(text) if self._struck else text

    def _put(self, name: str, text: str) -> None:
        """The text in place of what stands between its start tag and its end tag, which the parser has reached."""
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
        self._pieces.append(self._xml[self._copied : self._begin])
        self._pieces.append(f'<{name} xml:space="preserve">{escaped}'.encode())
        self._copied = self._parser.CurrentByteIndex
