"""Titles of forms in a text behind which no form was read: its table may be a picture, or have become text."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.forms.titles import heading_of, is_title
from xl_perf.core.forms.unplaced import names_project_form, titles_on
from xl_perf.text.form_grid import Form, Numbered
from xl_perf.text.forms_in import may_be_name
from xl_perf.text.unplaced import paragraph, place_of

_COVER: Final = 3
"""Among so many first paragraphs of a text with forms, a title with a year is the text's own."""
_YEAR: Final = re.compile(r"(?:19|20|21)\d{2}年")


class LoneTitle(NamedTuple):
    """A title without a form: where it stands, itself, with what it names; its paragraph and the line above it."""

    place: str
    title: str
    text: str
    numbers: tuple[int, ...] = ()


class TitlesRead(NamedTuple):
    """How many titles of project forms a text has, how many of their forms were read, and which have none."""

    titles: int
    read: int
    forms: int
    lone: tuple[LoneTitle, ...]
    apart: tuple[int, ...]
    """The paragraphs that are titles of any form without a table, with what names their projects."""

    @property
    def warning(self) -> str:
        """What is to be said of those without a form; empty where there are none."""
        if not self.lone:
            return ""
        places = "、".join(f"{one.place}“{one.text}”" for one in self.lone)
        read = f"{self._read}；" if self._read else ""
        return f"文档里有 {self.titles} 个项目绩效目标表的标题，{read}{places}后面没有读出表。请核对，缺的表要另填"

    @property
    def _read(self) -> str:
        if not self.forms:
            return "一张表也没有读出"
        if self.forms == self.read:
            return f"只读出 {self.read} 张表"
        return f"只有 {self.read} 个后面读出了表" if self.read else ""


def titles_in(forms: Sequence[Form], paragraphs: Sequence[Numbered], read: int) -> TitlesRead:
    """The titles above forms, in tables, and in the paragraphs that are left; ``read`` is how many forms were read."""
    found = [titles_on(one.grid) for one in forms]
    cells = [
        _in_cell(place_of(one.rows[row], column), str(one.grid.rows[row][column]))
        for one, titles in zip(forms, found, strict=True)
        for row, column in titles.lone
    ]
    alone = [_lone(paragraphs, at) for at in range(len(paragraphs)) if _is_alone(paragraphs, at, read)]
    with_form = sum(titles.read for titles in found)
    others = sum(titles.unread for titles in found)
    lone = (*(one for one in alone if names_project_form(one.title)), *cells)
    apart = tuple(number for one in alone for number in one.numbers)
    return TitlesRead(with_form + others + len(lone), with_form, read, lone, apart)


def _is_alone(paragraphs: Sequence[Numbered], at: int, read: int) -> bool:
    text = paragraphs[at][1].unnumbered.strip()
    return is_title(text) and not (read and at < _COVER and _YEAR.search(folded(text)))


def _in_cell(place: str, title: str) -> LoneTitle:
    return LoneTitle(place, title, " ".join(title.split()))


def _lone(paragraphs: Sequence[Numbered], at: int) -> LoneTitle:
    """The title with the line above it, where that names the project."""
    number, title = paragraphs[at]
    shown = title.text.strip()
    numbers: tuple[int, ...] = (number,)
    if at and not heading_of(title.unnumbered) and may_be_name(paragraphs[at - 1][1]):
        above, named = paragraphs[at - 1]
        shown, numbers = f"{named.text.strip()} {shown}", (above, number)
    return LoneTitle(paragraph(number), title.text.strip(), " ".join(shown.split()), numbers)
