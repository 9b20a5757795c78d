"""Labels of amounts that somebody worded otherwise than the office's own form does: 政府性基金拨款 for
政府性基金预算拨款.

A known wording tells the source alone. Where the form has several rows of one, the row is the one whose label reads
most alike, of those that are missing.
"""

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Final

from xl_perf.core.cells.labels import Label, bare
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.learned import MORE, source_of

_ALIKE: Final = 0.6
"""So much of two wordings must be the same."""
_OF_WHICH: Final = "其中"


def give_to_missing(
    kind: FormKind, labels: dict[str, Label], further: list[Label], text: Callable[[Label], object]
) -> None:
    """Gives labels of a source to the rows of that source whose own are missing; ``text`` is what a label reads.

    Of ``labels`` and of the ``further`` ones those move whose wording the form does not have.
    """
    more = [key for key in kind.place if key.startswith(MORE)] if kind.learned is not None else []
    if all(key in labels for key in more):
        return
    own = printed_labels(kind)
    for source in dict.fromkeys(map(source_of, more)):
        first = labels.get(source)
        strange = [one for one in (first, *further) if one is not None and one.key == source]
        strange = [one for one in strange if bare(str(text(one))).text not in own]
        free = [key for key in more if source_of(key) == source and key not in labels]
        if first in strange:
            free.insert(0, source)
        pairs = list(_pairs(kind, strange, free, text))
        moved = [label for label, _ in pairs]
        if first in strange and (first in moved or source in [key for _, key in pairs]):
            del labels[source]
            further += [first] if first not in moved else []
        further[:] = [label for label in further if label not in moved]
        labels.update({key: label._replace(key=key) for label, key in pairs})


def _pairs(
    kind: FormKind, strange: list[Label], free: list[str], text: Callable[[Label], object]
) -> Iterator[tuple[Label, str]]:
    """Each label with the key that it is most like, the likest first, each once."""
    wordings = {key: [label for label, its in kind.own_words if its == key] for key in free}
    ranked = sorted(
        (
            (max((_alike(str(text(label)), one) for one in wordings[key]), default=0.0), -at, label, key)
            for label in strange
            for at, key in enumerate(free)
        ),
        reverse=True,
    )
    taken: set[object] = set()
    for alike, _, label, key in ranked:
        if alike >= _ALIKE and label not in taken and key not in taken:
            taken |= {label, key}
            yield label, key


def _alike(one: str, other: str) -> float:
    own, its = (bare(text).text.removeprefix(_OF_WHICH).lstrip(":") for text in (one, other))
    return SequenceMatcher(None, own, its, autojunk=False).ratio()


def printed_labels(kind: FormKind) -> frozenset[str]:
    """What an office's own form prints, as labels are compared."""
    sheet = kind.own_sheet
    texts = (text for texts in (sheet.texts if sheet else ()) for text in texts if text.strip())
    return frozenset(bare(text).text for text in (*texts, *(label for label, _ in kind.own_words)))
