"""What a region's profile says of a kind of form, and the kind with that applied."""

from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import bare
from xl_perf.core.forms.kind import FormKind, Known
from xl_perf.core.forms.kinds import KINDS, Kinds

EXTRA: Final = "extra:"
"""Begins the key of a column that is known and not read."""
MONTH: Final = "month:"


class FormSettings(NamedTuple):
    """What a profile says of one kind; what it does not mention stays as the kind has it.

    ``words`` are further wordings by key, ``required`` the keys of what is demanded, ``columns`` headings of the
    indicator table that are known and not read, ``month_words`` wordings of checkpoints with their months. Without
    ``plans`` no spending plan is demanded. The others are as `FormKind` names them.
    """

    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    required: frozenset[str] | None = None
    unit: str = ""
    columns: tuple[str, ...] = ()
    level_points: bool = False
    stop_words: tuple[str, ...] = ()
    month_words: tuple[tuple[str, int], ...] = ()
    plans: bool = True

    @property
    def wordings(self) -> tuple[tuple[str, str], ...]:
        """Every wording that these settings bring, with the key of what it labels."""
        return (
            *((wording, key) for key, wordings in self.words for wording in wordings),
            *((heading, f"{EXTRA}{heading}") for heading in self.columns),
            *((wording, f"{MONTH}{month}") for wording, month in self.month_words),
        )


@lru_cache(maxsize=256)
def variant(kind: FormKind, settings: FormSettings) -> FormKind:
    """A shipped kind with the settings applied: the same object for the same settings."""
    if settings == FormSettings():
        return kind
    words, asked = dict(settings.words), _asked(kind, settings)
    return replace(
        kind,
        parts=tuple(one._replace(aliases=(*one.aliases, *words.get(one.key, ()))) for one in kind.parts),
        fields=tuple(
            one._replace(aliases=(*one.aliases, *words.get(one.key, ())), required=one.key in asked)
            for one in kind.fields
        ),
        columns=tuple(one._replace(aliases=(*one.aliases, *words.get(one.key, ()))) for one in kind.columns),
        known=tuple(one._replace(aliases=(*one.aliases, *words.get(one.key, ()))) for one in kind.known),
        extra=tuple(Known(f"{EXTRA}{heading}", heading) for heading in settings.columns),
        unit=settings.unit or kind.unit,
        states_unit=kind.states_unit and not settings.unit,
        asked=asked,
        stop_words=tuple(bare(word).text for word in settings.stop_words),
        level_points=settings.level_points,
        own_words=settings.wordings,
        settings=settings,
    )


def _asked(kind: FormKind, settings: FormSettings) -> frozenset[str]:
    """A total is demanded by everyone."""
    asked = kind.demanded if settings.required is None else settings.required
    if not settings.plans and (plan := kind.plan) is not None:
        asked -= {plan.key}
    return asked | {field.key for field in kind.money[:1]}


def variants(settings: dict[str, FormSettings]) -> Kinds:
    """All kinds that are known, those that the settings name with theirs; `KINDS` itself where none is."""
    return tuple(variant(kind, settings[kind.name]) if kind.name in settings else kind for kind in KINDS)


@lru_cache(maxsize=64)
def in_own_workbooks(kinds: Kinds) -> Kinds:
    """The kinds as workbooks of ours hold them: their amounts count in 万元, whatever the region's own forms do."""
    return tuple(
        kind
        if kind.settings is None or not kind.settings.unit
        else variant(_shipped(kind), kind.settings._replace(unit=""))
        for kind in kinds
    )


def _shipped(kind: FormKind) -> FormKind:
    return next(one for one in KINDS if one.name == kind.name)
