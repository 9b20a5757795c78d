"""Comments and input prompts on the cells of a worksheet that may state a unit of money.

ECMA-376 Part 1, 18.7 (comments) and 18.3.1.32 (dataValidation); [MS-XLSX] 2.6.51 for prompts in extLst. Excel keeps
what is said in threaded comments as comments too. Notes of ours are none.
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import COMMENT, PROMPT, Area, Attached, cell_place
from xl_perf.files.guard import Refused
from xl_perf.files.ooxml_package import relations
from xl_perf.files.xml_parts import elements, remembered
from xl_perf.files.zip_package import Package

OWN_NOTE: Final = re.compile(r"【(?:错误|警告|提示) [A-Z][0-9]{3}】")
"""Begins a note of ours on a cell."""
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of comments that are looked at."""
LONGEST: Final = 1_000
"""Characters of one of them that are looked at."""
_NAMES_MONEY: Final = re.compile(r"[元圆圓镑币$€£]|单位|RMB|CNY|Yuan|USD|EUR|GBP|HKD|JPY").search
_CELL: Final = "[$]?([A-Z]{1,3})[$]?([1-9][0-9]{0,6})"
_AREA: Final = rf"{_CELL}(?::{_CELL})?"
_CELLS_END: Final = b"sheetData>"
_VALIDATIONS: Final = rb"<(?:\w{1,40}:)?dataValidations[\s>].*?</(?:\w{1,40}:)?dataValidations>"


def may_state_unit(text: str) -> bool:
    """It speaks of money, and is no note of ours."""
    return bool(_NAMES_MONEY(text)) and OWN_NOTE.match(text.strip()) is None


def attached_to(package: Package, part: str, xml: bytes) -> tuple[Attached, ...]:
    """What is said on the cells of a worksheet; what cannot be read is left out, the cells can be read nevertheless."""
    return *comments_on(package, part), *prompts_in(xml)


def comments_on(package: Package, part: str) -> Iterator[Attached]:
    folder, _, name = part.rpartition("/")
    if f"{folder}/_rels/{name}.rels" not in package:
        return
    try:
        parts = [at for at, type_ in relations(package, part).values() if type_ == "comments" and at in package]
        for at in parts:
            content = package.read(at)
            if len(content) <= LARGEST:
                yield from _comments(content)
    except Refused:
        return


def _comments(content: bytes) -> Iterator[Attached]:
    cell, said = "", ""
    for one in [*elements(content), None]:
        if one is None or one.name == "comment":
            if cell and may_state_unit(said) and (area := area_of(cell)):
                yield Attached(area, COMMENT, said[:LONGEST])
            cell, said = ("", "") if one is None else (one.get("ref"), "")
        elif one.name == "t" and len(said) <= LONGEST:
            said += one.text


def prompts_in(xml: bytes) -> Iterator[Attached]:
    """The input prompts of a worksheet, once for each of their areas."""
    end = xml.rfind(_CELLS_END)
    if end < 0 or xml.find(b"prompt", end) < 0:
        return
    for validations in re.finditer(_VALIDATIONS, xml[end:], re.DOTALL):
        try:
            yield from _prompts(validations[0])
        except Refused:
            continue


@remembered
def _prompts(validations: bytes) -> tuple[Attached, ...]:
    found: list[Attached] = []
    said = ""
    for one in elements(re.sub(rb"(</?|\s)\w{1,40}:(?=\w)", rb"\1", validations)):
        if one.name == "dataValidation":
            is_shown = one.get("showInputMessage") in ("1", "true")
            said = f"{one.get('promptTitle')}\n{one.get('prompt')}".strip() if is_shown else ""
        if said and may_state_unit(said) and one.name in ("dataValidation", "sqref"):
            areas = one.get("sqref") or (one.text if one.name == "sqref" else "")
            found += [Attached(area, PROMPT, said[:LONGEST]) for name in areas.split() if (area := area_of(name))]
    return tuple(found)


def area_of(name: str) -> Area | None:
    """``C3`` and ``C3:E4`` as an area; None for what is no cell."""
    named = re.fullmatch(_AREA, name)
    if named is None:
        return None
    top, left = cell_place(f"{named[1]}{named[2]}")
    bottom, right = cell_place(f"{named[3]}{named[4]}") if named[3] else (top, left)
    return top, left, bottom, right
