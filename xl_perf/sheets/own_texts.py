"""What an office's own form prints that depends on the year or the project: its title, the line with the year."""

import re
from dataclasses import replace
from typing import Final

from xl_perf.core.forms.box import YEAR_UNKNOWN, Box, Role
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.titles import YEAR_IN_WORDS
from xl_perf.core.model.project import Project
from xl_perf.sheets.form_content import shown_heading

_YEAR: Final = re.compile(r"(?:19|20|21)\d\d(?=\s*年)")
_IN_RANGE: Final = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?=\s*(?:年|[-—–~～至到]))")
"""The first year of 2025—2027年 among them."""
_PLACE: Final = re.compile(r"\{([+-]\d)?\}")
_NEAR: Final = 2
"""Years from that of the form."""
_LONGEST_HEADING: Final = 20
_YEAR_OR_ROOM: Final = re.compile(r"(?:19|20|21)\d\d|[_＿\s　]+(?=年)|(?=年)")


def year_pattern(layout: Layout, box: Box) -> str | None:
    """What a box prints with {} in place of the year: of the line with the year, and of labels that name it too.

    A label with several years, 中期目标（2025年—2027年）, is printed as it is. A short one with a year close to that of
    the form, 2023年执行数 beside 2024年预算数, has {-1}: it goes with it.
    """
    if box.is_typed:
        return None
    if box.role in {Role.YEAR, Role.TITLE} and YEAR_IN_WORDS.search(box.text):
        return YEAR_IN_WORDS.sub("{}", box.text)
    if box.role is Role.YEAR:
        return _YEAR_OR_ROOM.sub("{}", box.text, count=1)
    printed = _printed_year(layout)
    years = set(_IN_RANGE.findall(box.text))
    if box.role is Role.INPUT or box.is_carried or not printed or len(years) != 1:
        return None
    distance = int(years.pop()) - int(printed)
    is_heading = len(box.text) <= _LONGEST_HEADING and box.area[0] <= layout.last_row
    if distance and not (is_heading and abs(distance) <= _NEAR):
        return None
    return _YEAR.sub(f"{{{distance:+d}}}" if distance else "{}", box.text)


def parts_of(pattern: str) -> list[tuple[str, int | None]]:
    """A pattern in parts: texts (with None), and between them the distances of the years that stand there."""
    found = _PLACE.split(pattern)
    parts: list[tuple[str, int | None]] = [(found[0], None)]
    for distance, text in zip(found[1::2], found[2::2], strict=True):
        parts += [("", int(distance or 0)), (text, None)]
    return parts


def with_year(pattern: str, year: str | None) -> str:
    """What a pattern shows in a year, as that is typed; room to write where nobody knows it."""

    def shown(found: re.Match[str]) -> str:
        if year is None or (found[1] and not year.isdecimal()):
            return YEAR_UNKNOWN
        return str(int(year) + int(found[1])) if found[1] else year

    return _PLACE.sub(shown, pattern)


def _printed_year(layout: Layout) -> str:
    """The year that the 样表 prints in its title or the line below it; else the one from which on it holds."""
    heads = [box.text for box in layout.boxes if box.role in {Role.YEAR, Role.TITLE}]
    printed = next((found[0] for text in heads if (found := _YEAR.findall(text))), "")
    own = layout.kind.learned
    return printed or (str(own.year) if own is not None and own.year is not None else "")


def with_heading(title: str, project: Project | None) -> str:
    """The title, below the project's heading where that says more."""
    heading = "" if project is None else shown_heading(project)
    is_there = "".join(heading.split()) in "".join(title.split())
    return title if is_there else f"{heading}\n{title}"


def of_year(layout: Layout, year: int | None) -> Layout:
    """The form with the year in its title, its line and the labels that name it."""
    typed = None if year is None else str(year)
    patterns = ((box, year_pattern(layout, box)) for box in layout.boxes)
    boxes = [box if text is None else box._replace(text=with_year(text, typed)) for box, text in patterns]
    return replace(layout, boxes=tuple(boxes))
