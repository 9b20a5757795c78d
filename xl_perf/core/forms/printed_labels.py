"""What a missing label is called as an office's own form prints it, and where its 样表 prints it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xl_perf.core.cells.grid import a1
from xl_perf.core.cells.labels import bare
from xl_perf.core.forms.amount_columns import AMOUNT_COLUMN
from xl_perf.core.forms.kind import FormKind


class Printed(NamedTuple):
    """A label, and its cell on the 样表; empty where that is not known, or the kind is a shipped one."""

    label: str
    cell: str = ""


def printed_label(kind: FormKind, key: str, otherwise: str = "") -> Printed:
    """The label of a key. That of the year's amounts is the heading beside those of other amounts."""
    own, label = kind.learned, kind.labels.get(key, otherwise)
    words = () if own is None else [word.label for word in own.words if word.key == key]
    if own is None or not words:
        return Printed(label)
    places = list(_places(kind, words))
    if key == AMOUNT_COLUMN:
        others = [at for at, _ in _places(kind, own.printed)]
        rows, columns = {row for row, _ in others}, {column for _, column in others}
        headings = [one for one in places if one[0][0] in rows] or [one for one in places if one[0][1] in columns]
        places = headings or places
    if not places:
        return Printed(words[-1] if key == AMOUNT_COLUMN else words[0])
    at, text = places[0]
    return Printed(text, a1(*at))


def _places(kind: FormKind, labels: Sequence[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells of the 样表 that print one of some labels, in reading order."""
    texts = kind.own_sheet.texts if kind.own_sheet is not None else ()
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            if text.strip() and (own := bare(text).text) in labels:
                yield (row, column), own
