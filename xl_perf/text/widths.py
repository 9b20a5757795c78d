"""How wide characters are, in parts of the size of type: as a rule, and at most in any font that may stand in."""

import unicodedata


def usual(character: str) -> float:
    """A Chinese character is as wide as it is high, any other half of it."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def chinese(character: str) -> float:
    """The same at most in a Chinese font."""
    return _width(character, digit=0.56, point=0.3, sign=0.6)


def most(character: str) -> float:
    """The same at most in any font: Linux falls back on DejaVu Sans, which is the widest."""
    return _width(character, digit=0.64, point=0.35, sign=0.84)


def _width(character: str, *, digit: float, point: float, sign: float) -> float:
    if not character.isascii():
        return 1.1 if unicodedata.east_asian_width(character) == "A" else 1.0
    if character.isdigit() or character.islower():
        return digit
    if character in ".,:; ":
        return point
    return 0.95 if character.isupper() or character in "%@&" else sign
