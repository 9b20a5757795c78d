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
_YEAR_OR_ROOM: Final = re.compile(r"(?:19|20|21)\d\d|[_＿\s　]+(?=年)|(?=年)")


def year_pattern(layout: Layout, box: Box) -> str | None:
    """What a box prints with {} in place of the year: of the line with the year, and of labels that name it too.

    A label with another year as well, 中期目标（2025年—2027年）, is printed as it is.
    """
    if box.role in {Role.YEAR, Role.TITLE} and YEAR_IN_WORDS.search(box.text):
        return YEAR_IN_WORDS.sub("{}", box.text)
    if box.role is Role.YEAR:
        return _YEAR_OR_ROOM.sub("{}", box.text, count=1)
    printed = _printed_year(layout)
    if box.role is Role.INPUT or not printed or set(_YEAR.findall(box.text)) != {printed}:
        return None
    return _YEAR.sub("{}", box.text)


def _printed_year(layout: Layout) -> str:
    """The year that the 样表 prints in its title or the line below it."""
    heads = [box.text for box in layout.boxes if box.role in {Role.YEAR, Role.TITLE}]
    return next((found[0] for text in heads if (found := _YEAR.findall(text))), "")


def with_heading(title: str, project: Project | None) -> str:
    """The title, below the project's heading where that says more."""
    heading = "" if project is None else shown_heading(project)
    is_there = "".join(heading.split()) in "".join(title.split())
    return title if is_there else f"{heading}\n{title}"


def of_year(layout: Layout, year: int | None) -> Layout:
    """The form with the year in its title, its line and the labels that name it."""
    shown = YEAR_UNKNOWN if year is None else str(year)
    patterns = ((box, year_pattern(layout, box)) for box in layout.boxes)
    boxes = [box if text is None else box._replace(text=text.replace("{}", shown)) for box, text in patterns]
    return replace(layout, boxes=tuple(boxes))
