"""What a person sees of a text: characters that nobody sees, other forms of the same character, footnote marks.

Numbers and labels are compared by what is seen, and never by what a normal form would make of it: NFKC turns
``120.5①`` and ``120.5²`` into longer numbers.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Final

_OTHER_INVISIBLE: Final = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Fillers and variation selectors: no format characters (Cf), and seen no better."""
BYTE_ORDER_MARK: Final = "\ufeff"
STRUCK: Final = "\u0336"
"""Behind each character that is struck through: how text is typed so, and how `saved.rich_text` gives it."""
_FORMAT: Final = (
    "\xad\u0600\u0601\u0602\u0603\u0604\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e"
    "\u206f\ufff9\ufffa\ufffb"
)
"""The format characters (category Cf) of the basic plane but for the byte order mark."""
INVISIBLE: Final = frozenset(_FORMAT + _OTHER_INVISIBLE + BYTE_ORDER_MARK)
"""The invisible characters of the basic plane."""
BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All that `str.isspace` calls white space."""


def is_invisible(character: str) -> bool:
    """Nobody sees it: a format character such as U+200B or the byte order mark, a filler, a variation selector."""
    return character in INVISIBLE or unicodedata.category(character) == "Cf"


def visible(text: str) -> str:
    """The text without invisible characters; line breaks and blanks stay."""
    return text if text.isprintable() else "".join([one for one in text if not is_invisible(one)])


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text as it is compared: no white space, no invisible characters, half-width forms (NFKC)."""
    normal = "".join(unicodedata.normalize("NFKC", text).split())
    return visible(normal)


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """A name as it is compared where typing differs: as `folded`, and without punctuation but between digits."""
    return _PUNCTUATION.sub("", folded(text))


_PUNCTUATION: Final = re.compile(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)|_")


# --- numbers --------------------------------------------------------------------------------------------------

_HALF_WIDTH: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0xA0: " ",
    0xFFE5: "¥",
    0x33A1: "m2",
    0x33A5: "m3",
    0x338F: "kg",
    0x339E: "km",
}
"""Full-width forms and the unit signs that people type. Marks such as ① and ² stay what they are."""
_HAS_FULL_WIDTH: Final = re.compile(f"[{''.join(map(chr, _HALF_WIDTH))}]").search
"""A quick look: translating a text character by character takes longer than all else."""
_POWERS: Final = (("m²", "m2"), ("m³", "m3"))


@lru_cache(maxsize=8192)
def numeric(text: str) -> str:
    """The text as a number is read from it: half-width, without what nobody sees, without blanks beside a digit.

    What stands between two digits stays as a line feed, for it may part two numbers; only thousands may be parted
    by blanks, one between two groups (``1 619 300``).
    """
    seen = text
    if not text.isascii():
        seen = visible(text.translate(_HALF_WIDTH) if _HAS_FULL_WIDTH(text) else text)
        for power, plain in _POWERS:
            seen = seen.replace(power, plain)
    pieces = seen.split()
    return "".join(_together(_GROUPED.sub(_without_blanks, seen).split())) if len(pieces) > 1 else "".join(pieces)


_GROUPED: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}([ \u2009\u202f])\d{3}(?:\1\d{3})*(?![\d,]|\s+\d)")
"""Thousands parted by one blank each. A first group that begins with 0 is no thousand: ``0 500`` may be 0.500."""


_ONE_BLANK: Final = re.compile(r"(?<!\d )(?<![\d.,，．])[1-9１-９]\d{0,2} \d{3}(?![\d,，]|\s*\d)").search
_GROUPS: Final = re.compile(r"\d[ \xa0\u2009\u202f]\d{3}(?!\d)").search


def may_be_two(text: str) -> bool:
    """One plain blank between digits: ``80 100`` may be one number or two; thin blanks and ``1 619 300`` are sure."""
    return " " in text and _ONE_BLANK(visible(text)) is not None


def has_parted_thousands(text: str) -> bool:
    """Blanks part the thousands of a number that `numeric` takes for one."""
    return _GROUPS(visible(text)) is not None


def _without_blanks(grouped: re.Match[str]) -> str:
    return grouped[0].replace(grouped[1], "")


def _together(pieces: list[str]) -> list[str]:
    """The pieces of a text, with a line feed between two digits: they do not belong together."""
    joined = pieces[:1]
    for before, after in pairwise(pieces):
        joined += ["\n", after] if before[-1].isdecimal() and after[0].isdecimal() else [after]
    return joined


# --- other forms of a character ----------------------------------------------------------------------------------

_TRADITIONAL: Final = dict(
    zip(
        "項編碼稱預規數財撥計劃績級標據權總額體實單門務對產個萬億濟會態續響滿質時經環職績優辦執監評價報審減減調與於為爲準備註據確佔運轉補資關類況況",
        "项编码称预规数财拨计划绩级标据权总额体实单门务对产个万亿济会态续响满质时经环职绩优办执监评价报审减减调与于为为准备注据确占运转补资关类况况",
        strict=True,
    )
)
_RADICALS: Final = dict(
    zip("⺠⺷⺸⻚⻓⻔⻋⻉⻅⻛⻜⻢⻥⻦⻨⻩⻬⻮⻰⻳", "民羊羊页长门车贝见风飞马鱼鸟麦黄齐齿龙龟", strict=True)
)
"""CJK radicals that text copied from a PDF holds in place of characters, and that NFKC leaves as they are."""
_SIMPLIFIED: Final = str.maketrans(_TRADITIONAL | _RADICALS)
_HAS_TRADITIONAL: Final = re.compile(f"[{''.join(map(chr, _SIMPLIFIED))}]").search


def simplified(text: str) -> str:
    """The text in simplified characters, as far as labels are made of them."""
    return text.translate(_SIMPLIFIED) if _HAS_TRADITIONAL(text) else text


OTHER_FORMS: Final = f"\u2e80-\u2fdf\uf900-\ufaff！-～{''.join(_TRADITIONAL)}"
"""For a pattern: the characters that `folded` and `simplified` make others of, as far as labels are typed with them."""
