"""The lines of a text's contents (目录): they name what stands elsewhere, and hold nothing themselves."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.titles import heading_of, is_title
from xl_perf.text.blocks import Paragraph
from xl_perf.text.sections import section_of

_LONGEST_ENTRY: Final = 400
_DOTTED: Final = re.compile(r"(.*?)\s*[.…·]{3,}\s*\d{1,4}\s*")
_TABBED: Final = re.compile(r"(.*?\S)\t\s*\d{1,4}\s*")
_NUMBER: Final = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、.．\s]|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])\s*"
)
_HEADINGS: Final = frozenset({"目录", "目次"})


def contents_of(
    paragraphs: Sequence[tuple[int, Paragraph]], headings: Iterable[str] = (), breaks: Collection[int] = ()
) -> set[int]:
    """The numbers of the paragraphs that belong to the contents.

    ``headings`` are texts that stand above forms, ``breaks`` the numbers of paragraphs before which a form stands. A
    line counts where its style says so, where dots lead to a page number, or where what it names stands further below
    and it has a page number, or is a heading and stands below 目录. A label of a form with its value (预算数, a tab,
    500) is no such line.
    """
    later = Counter(_bare(one.text) for _, one in paragraphs)
    later.update(map(_bare, headings))
    found: set[int] = set()
    is_below = False
    for number, paragraph in paragraphs:
        text = paragraph.text
        later[_bare(text)] -= 1
        is_below &= number not in breaks
        if folded(text) in _HEADINGS:
            is_below = True
        elif paragraph.style.startswith("toc") or _is_line(text, later, is_below=is_below):
            found.add(number)
        elif text.strip():
            is_below = False
    return found


def _is_line(text: str, later: Counter[str], *, is_below: bool) -> bool:
    if len(text) > _LONGEST_ENTRY:
        return False
    dotted, tabbed = _DOTTED.fullmatch(text), _TABBED.fullmatch(text)
    match = dotted or tabbed
    head = match[1] if match else text
    key = None if match is not None and section_of(head) else label_key(head.strip())
    if key is not None and (key != "title" or match is None) and not is_below:
        return False
    if dotted is not None or (match is not None and is_below):
        return True
    may_be = match is not None or (is_below and (is_title(head) or _NUMBER.match(head) is not None))
    return may_be and _stands_in(head, later)


def _stands_in(head: str, later: Counter[str]) -> bool:
    """The text stands alone in some paragraph; or what a title names above the form's own title."""
    bare = _bare(head)
    heading = _bare(heading_of(head)) if is_title(head) else ""
    return later[bare] > 0 or (heading != "" and (later[heading] > 0 or later[heading + DEFAULT.title] > 0))


def _bare(text: str) -> str:
    match = _NUMBER.match(text)
    return folded(text[match.end() :] if match else text)
