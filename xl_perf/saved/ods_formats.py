"""Number formats of an OpenDocument spreadsheet as Excel writes them, where they tell something of money.

Data styles (OpenDocument 1.3 Part 3, 16.29) stand in styles.xml or before the sheets in content.xml; a cell style
names its data style.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.number_formats import LONGEST, STRUCK
from xl_perf.files.xml_parts import Element, elements
from xl_perf.files.zip_package import Package
from xl_perf.saved.number_styles import telling_formats
from xl_perf.saved.sheet_xml import NO_STYLES

HINTS: Final = (
    *(sign.encode() for sign in ("元", "万", "千", "亿")),
    *(b"display-factor", b"embedded-text", b"percentage-style", b"currency-symbol"),
)
"""No data style tells anything of money without one of these."""
LARGEST: Final = 16 * 1024 * 1024
"""Bytes of styles that are looked at."""
MOST_FOREBEARS: Final = 10
MOST_SECTIONS: Final = 3
AUTOMATIC: Final = re.compile(rb"<office:automatic-styles[\s>].*?</office:automatic-styles>", re.DOTALL)
LINE_THROUGH: Final = re.compile(rb"""text-line-through-(?:style|type)\s*=\s*["'](?!none["'])""")
CONDITION: Final = re.compile(r"value\(\)([<>=!]+.*)")
NO_CONDITION: Final = (">=0", ">0", "")


def telling_cell_styles(package: Package, content: bytes) -> Mapping[str, str]:
    """Name of a cell style -> number format, for those that are to be reported."""
    automatic = AUTOMATIC.search(content)
    parts = [package.read("styles.xml") if "styles.xml" in package else b"", automatic[0] if automatic else b""]
    may_be_struck = any(LINE_THROUGH.search(part) for part in parts)
    if not may_be_struck and not any(hint in part for part in parts for hint in HINTS):
        return NO_STYLES
    found = [element for part in parts if 0 < len(part) <= LARGEST for element in elements(part)]
    telling = telling_formats(format_codes(found), content[automatic.end() if automatic else 0 :], "utf-8")
    styles = cell_styles(found, telling) if telling else {}
    return styles | dict.fromkeys(struck_styles(found), STRUCK) if may_be_struck else styles


def cell_styles(found: Sequence[Element], codes: Mapping[str, str]) -> dict[str, str]:
    """Name of a cell style -> format code; a style without a data style has that of its parent."""
    named = {e.get_local("name"): e for e in found if e.name == "style" and e.get_local("family") == "table-cell"}
    styles = {}
    for name, style in named.items():
        parent: Element | None = style
        for _ in range(MOST_FOREBEARS):
            if parent is None or parent.get_local("data-style-name"):
                break
            parent = named.get(parent.get_local("parent-style-name"))
        code = codes.get(parent.get_local("data-style-name")) if parent else None
        if code:
            styles[name] = code
    return styles


def struck_styles(found: Sequence[Element]) -> Iterator[str]:
    """The names of the cell styles whose whole font is struck out; what one does not say, its parent says."""
    own: dict[str, tuple[str, bool | None]] = {}
    name = ""
    for one in found:
        if one.name == "style":
            name = one.get_local("name") if one.get_local("family") == "table-cell" else ""
            own[name] = one.get_local("parent-style-name"), None
        elif one.name == "text-properties" and name:
            own[name] = own[name][0], struck_by(one)
    for style in filter(None, own):
        parent, struck = own[style]
        for _ in range(MOST_FOREBEARS):
            if struck is not None or parent not in own:
                break
            parent, struck = own[parent]
        if struck:
            yield style


def struck_by(properties: Element) -> bool | None:
    """Whether text properties (20.370, 20.372) strike out; None where they say nothing of it."""
    lines = [line for what in ("type", "style") if (line := properties.get_local(f"text-line-through-{what}"))]
    return "none" not in lines if lines else None


def format_codes(found: Sequence[Element]) -> dict[str, str]:
    """Name of a data style -> its format code: first the sections that its conditions choose, then its own."""
    own: dict[str, str] = {}
    chosen: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for element in found:
        if element.name.endswith("-style") and element.get_local("name"):
            name = element.get_local("name")
            own[name] = ""
            chosen[name] = []
        elif element.name == "map" and name:
            condition = CONDITION.match(element.get_local("condition"))
            chosen[name].append((condition[1] if condition else "", element.get_local("apply-style-name")))
        elif element.name in ("style", "automatic-styles", "master-styles"):
            name = ""
        elif name and len(own[name]) <= LONGEST:
            own[name] = with_element(own[name], element)
    return {name: ";".join([*sections(chosen[name], own), code]) for name, code in own.items()}


def sections(chosen: Sequence[tuple[str, str]], codes: Mapping[str, str]) -> Iterator[str]:
    """The codes that conditions choose; the one for positive numbers needs no condition, for it comes first."""
    for condition, name in chosen[:MOST_SECTIONS]:
        code = codes.get(name, "")
        yield code if condition in NO_CONDITION else f"[{condition}]{code}"


def with_element(code: str, element: Element) -> str:
    """The format code so far, and what this element of a data style adds."""
    if element.name == "number":
        return code + digits(element)
    if element.name == "embedded-text":
        return with_text_between(code, element)
    if element.name in ("text", "currency-symbol"):
        return code + "".join(part if part == "%" else quoted(part) for part in re.split("(%)", element.text))
    return code


def digits(element: Element) -> str:
    """The digits of a number, and a comma for each time that it is divided by 1,000."""
    whole = "0" * max(1, small(element.get_local("min-integer-digits")))
    grouping = "#,##" if element.get_local("grouping") == "true" else ""
    places = small(element.get_local("decimal-places"))
    commas = "," * ((len(element.get_local("display-factor").partition(".")[0]) - 1) // 3)
    return f"{grouping}{whole}{'.' if places else ''}{'0' * places}{commas}"


def with_text_between(code: str, element: Element) -> str:
    """The format code with a text before so many of the last digits of its whole number."""
    begin = code.rfind('"') + 1
    number = code[begin:]
    whole = re.split(r"\.|,*$", number, maxsplit=1)[0]
    at = len(whole) - small(element.get_local("position"))
    return code[:begin] + number[: max(at, 0)] + quoted(element.text) + number[max(at, 0) :]


def small(count: str) -> int:
    """A number of digits; 0 for none, and for what nobody writes."""
    return int(count) if re.fullmatch("[0-9]{1,2}", count) else 0


def quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if text else ""
