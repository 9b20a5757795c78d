"""Which form the projects of a new workbook get that came in an office's own one: that of the 样表 that holds now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import Kinds
from xl_perf.core.forms.learned import holding_in, lasting, learned_kind, named_form
from xl_perf.core.model.project import Project

_ALIKE: Final = 0.5
"""So much of their labels the forms of two years have in common."""
_NOT_TURNED: Final[Mapping[FormKind, FormKind]] = {}


class Into(NamedTuple):
    """What the forms of a new workbook are: ``kind`` is that of lists and the like, ``own`` the other forms of those
    that are turned into one; ``unwritten`` are offices' own forms of the sources that cannot be written.
    """

    kind: FormKind
    own: Mapping[FormKind, FormKind] = _NOT_TURNED
    unwritten: tuple[FormKind, ...] = ()

    def of(self, kind: FormKind) -> FormKind:
        """What a form of a kind becomes."""
        return self.own.get(kind) or (kind if kind.is_written else self.kind)

    @property
    def said(self) -> Iterator[str]:
        """Chinese sentences on forms that are turned into another one that people call otherwise."""
        for old in self.unwritten:
            why = old.own_sheet.problem if old.own_sheet is not None else ""
            yield f"{named_form(old)}还不能用来新建（{why}），它的项目改写成“{self.kind.title}”"
        for old, new in self.own.items():
            units = f"，金额由{unit_of(old)}换算成{unit_of(new)}" if unit_of(old) != unit_of(new) else ""
            if named_form(old) != named_form(new):
                yield f"{named_form(old)}的项目改写成{named_form(new)}{units}"
            elif units:
                yield f"{named_form(old)}改过，原来的项目照现在的写{units}"


def unit_of(kind: FormKind) -> str:
    """What the whole amount counts in on its forms."""
    places = () if kind.own_sheet is None else kind.own_sheet.fields
    return next((place.unit for place in places if place.key == kind.money[0].key), kind.unit)


def into_of(projects: Sequence[Project], kind: FormKind, beside: Kinds, year: int | None, *, is_named: bool) -> Into:
    """What the projects of a workbook for ``year`` become; ``beside`` are the kinds of the folder it is for.

    An own form becomes the one of the folder that is most like it and holds in that year; ``kind`` itself if it
    ``is_named``. Two that readers of one workbook could not tell apart become one.
    """
    met = list(dict.fromkeys(project.kind for project in projects if project.kind.learned is not None))
    holding = [one for one in holding_in(year, beside) if one.learned is not None]
    turned: dict[FormKind, FormKind] = {}
    for old in met:
        new = kind if is_named and kind.learned is not None else _now(old, holding)
        if new is not None and new.is_written and new is not old:
            turned[old] = new
    left = dict.fromkeys([*([kind] if kind.learned is not None else []), *(turned.get(old, old) for old in met)])
    apart = _told_apart(left)
    if is_named and kind.learned is not None and kind.is_written:
        shipped = (project.kind for project in projects if project.kind.learned is None)
        turned |= dict.fromkeys(shipped, kind)
    unwritten = tuple(old for old in met if old not in turned and not old.is_written)
    own = turned | {old: apart[turned.get(old, old)] for old in met if turned.get(old, old) in apart}
    return Into(kind, own, unwritten)


def _now(old: FormKind, holding: Sequence[FormKind]) -> FormKind | None:
    """The form that holds instead of another one; None where that does, or none lies there."""
    later = [one for one in holding if one is old or _since(one) > _since(old)] if old in holding else [*holding]
    ranked = sorted(later, key=lambda one: (_likeness(old, one) >= _ALIKE, _since(one), _likeness(old, one)))
    if old in holding:
        return ranked[-1] if _likeness(old, ranked[-1]) >= _ALIKE else None
    return ranked[-1] if ranked else None


def _since(kind: FormKind) -> int:
    return (kind.learned.year or 0) if kind.learned is not None else 0


def _likeness(one: FormKind, other: FormKind) -> float:
    """The share of their labels that both have, years aside."""
    labels = [{lasting(word.label) for word in kind.learned.words} if kind.learned else set() for kind in (one, other)]
    return len(labels[0] & labels[1]) / max(len(labels[0] | labels[1]), 1)


def _told_apart(kinds: Iterable[FormKind]) -> dict[FormKind, FormKind]:
    """Kinds that need another one in a workbook with those before them: of one name, or with one wording for amounts
    that count in different units.
    """
    kept: list[FormKind] = []
    turned: dict[FormKind, FormKind] = {}
    for kind in kinds:
        if kind.learned is None:
            continue
        own, words = kind.learned, frozenset(kind.learned.words)
        same = next((one for one in kept if one.learned and frozenset(one.learned.words) == words), None)
        if same is not None and same.learned and (same.name == kind.name or same.learned.unit != own.unit):
            turned[kind] = same
            continue
        names = {one.name for one in kept}
        name, number = kind.name, 2
        while name in names:
            name, number = f"{kind.name}（{number}）", number + 1
        if name != kind.name:
            turned[kind] = learned_kind(kind.learned._replace(name=name))
        kept.append(turned.get(kind, kind))
    return turned
