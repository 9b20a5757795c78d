"""Kinds of form that an office brings itself: what its 样表 says, and the `FormKind` that follows from it.

A 样表 is the office's blank form with a mark such as ``{预算数}`` in each cell to fill in. Its own labels are all that
its kind is read by; the order of parts, and what each field is, come from the shipped kind that is nearest to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from xl_perf.core.cells.labels import bare
from xl_perf.core.forms.kind import (
    PRINTED,
    Column,
    Family,
    Field,
    FormKind,
    Holds,
    Known,
    Money,
    Part,
    Shape,
    Stands,
    Value,
)
from xl_perf.core.forms.kinds import BY_NAME, KINDS, Kinds
from xl_perf.core.forms.own_sheet import OwnSheet
from xl_perf.core.forms.titles import kind_of_title

TEXT: Final = "text:"
"""Begins the key of a field that holds a text, and of which nothing is known but its label."""
PART_OF: Final = "part:"
"""Begins the key of an amount that is part of the source above it, and is counted with that: 1.中央补助."""
MORE: Final = "more:"
"""Begins the key of one more amount of a source, ``more:fiscal:政府性基金``, that counts as well."""
STANDARD_WIDTH: Final = 8.43
"""Characters of a column that nobody made broader (ECMA-376 Part 1, 18.3.1.81)."""
_YEAR: Final = re.compile(r"\A(?:19|20)\d\d年度?")
_TARGETS: Final = tuple(kind for kind in KINDS if kind.family is Family.TARGETS)


class Word(NamedTuple):
    """A label of the 样表, and the key of what it labels; ``is_in_text``: the value stands behind it in its cell."""

    key: str
    label: str
    is_in_text: bool = False


class LearnedForm(NamedTuple):
    """What a 样表 says: all that its kind is made of.

    ``base`` names the shipped kind that is nearest; ``words`` are its labels in reading order; ``unlabelled`` the keys
    of fields without a label of their own (资金用途 below the amounts); ``required`` the keys of what every form has to
    fill in; ``extra`` headings of the indicator table that are not read; ``printed`` texts that the form prints beside
    what is filled in, which are no content. ``unit`` is what bare amounts count in where
    the form itself does not print it (empty where it does); ``year`` the budget year from which the 样表 holds.
    """

    name: str
    title: str
    base: str
    words: tuple[Word, ...]
    unlabelled: tuple[str, ...] = ()
    required: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()
    unit: str = ""
    year: int | None = None
    sheet: OwnSheet | None = None
    """How it looks and what stands where, so that forms are written; None for a kind that is only read."""
    printed: tuple[str, ...] = ()
    wholes: tuple[tuple[str, str], ...] = ()
    """The key of each amount that is part of another, and the key of that: empty where no label tells."""
    details: tuple[str, ...] = ()
    """The headers of tables of details among the amounts that are not read, a text a line."""


_IN_ALL: Final = frozenset({"name", "budget", "level1", "level2", "level3", "target", "weight"})
"""Keys of what every kind has: where a form has no label for one that must be there, that is said."""


def _first_of(kinds: Kinds) -> Mapping[str, Field]:
    return {field.key: field for kind in reversed(kinds) for field in kind.fields}


FIELDS: Final = _first_of(_TARGETS)
"""Every field of a form for projects by its key, as the first kind that has it says."""
COLUMNS: Final[Mapping[str, Column]] = {
    column.key: column for kind in reversed(_TARGETS) for column in (*kind.target_parts, *kind.columns)
}
"""Every column of their tables of indicators."""
MONEY: Final = frozenset(key for key, field in FIELDS.items() if field.money)
"""Keys of amounts."""
PARTS: Final[Mapping[str, Part]] = {part.key: part for kind in reversed(_TARGETS) for part in kind.parts if part.label}


def more_of(key: str, label: str) -> str:
    """The key of one more amount of the source that ``key`` names."""
    return f"{MORE}{key}:{label}"


def source_of(key: str) -> str:
    """The key of the source of which a key names one more amount; any other key as it is."""
    return key.removeprefix(MORE).partition(":")[0] if key.startswith(MORE) else key


_SHORTEST: Final = 3
"""Characters of a label without its year."""


def lasting(label: str) -> str:
    """A label without the year that it names: 年度金额 for 2021年金额."""
    return _YEAR.sub("年度", label)


def printed_units(form: LearnedForm) -> frozenset[str]:
    """What the amounts of a 样表 count in; several where they differ."""
    places = () if form.sheet is None or form.unit else form.sheet.fields
    return frozenset(one.unit for one in places if source_of(one.key) in MONEY or one.key.startswith(PART_OF))


@lru_cache(maxsize=64)
def learned_kind(form: LearnedForm) -> FormKind:
    """The kind of a learned form: the same object for the same form."""
    return _Maker(form).kind()


class _Maker:
    """Makes one kind: the nearest shipped one with the form's own labels, and with what the form has only."""

    def __init__(self, form: LearnedForm) -> None:
        self.form, self.base = form, BY_NAME[form.base]
        self.labels: dict[str, list[str]] = {}
        self.in_text: dict[str, list[str]] = {}
        for key, label, is_in_text in form.words:
            own = self.labels.setdefault(key, [])
            if lasting(label) not in own:
                own.append(lasting(label))
            if is_in_text:
                self.in_text.setdefault(key, []).append(label)
        self._take_without_year()
        serving = (*self.base.columns, *COLUMNS.values())
        self.own = {*self.labels, *form.unlabelled, *(one.key for one in serving if one.instead in self.labels)}
        self.own |= _IN_ALL
        if self.base.shape is Shape.LIST:  # their amounts and codes may stand on another sheet
            self.own |= {field.key for field in self.base.fields if field.money or field.value is Value.CODE}

    def _take_without_year(self) -> None:
        """预算安排 for 2026年预算安排: the year may be left out, where nothing else on the form is called so.

        So reads a form of which nobody knows the year yet, too: 　　年预算安排.
        """
        others = {lasting(text) for text in (*self.form.printed, *self.form.extra)}
        others |= {label for labels in self.labels.values() for label in labels}
        for key, label, _ in self.form.words:
            short = _YEAR.sub("", label)
            for other in (short, f"年{short}"):
                if short != label and len(short) >= _SHORTEST and other not in others:
                    self.labels[key].append(other)
                    others.add(other)

    def kind(self) -> FormKind:
        """The kind."""
        form, base = self.form, self.base
        columns = tuple(self._column(one) for one in self._columns(base.columns, is_part_of_target=False))
        known = {one.key: one for kind in _TARGETS for one in kind.known}
        return replace(
            base,
            name=form.name,
            title=self._title(),
            titles=self._titles(),
            parts=tuple(self._part(part) for part in base.parts),
            fields=tuple(self._fields()),
            columns=columns,
            target_parts=tuple(self._column(one) for one in self._columns((), is_part_of_target=True)),
            known=(*(self._worded(one) for key, one in known.items() if key in self.labels), *self._printed()),
            extra=tuple(Known(f"extra:{heading}", heading) for heading in form.extra),
            unit=form.unit or self._printed_unit() or base.unit,
            states_unit=not form.unit,
            asked=self._asked(),
            own_words=(*self._unread(), *((label, key) for key, labels in self.labels.items() for label in labels)),
            settings=None,
            learned=form,
            sheet_widths=self._widths(),
            text_widths=self._widths(),
            headed_by_name=base.headed_by_name and form.sheet is None,
        )

    def _printed_unit(self) -> str:
        """What the 样表 prints that all its amounts count in; empty where they count in several units."""
        units = printed_units(self.form)
        return next(iter(units)) if len(units) == 1 else ""

    def _widths(self) -> tuple[float, ...]:
        """Of as many columns as the form has; how broad each is, its file says. Empty where no form is written."""
        sheet = self.form.sheet
        return () if sheet is None or sheet.problem else sheet.widths or (STANDARD_WIDTH,) * sheet.width

    def _title(self) -> str:
        """The official title; what stands before it in the title line is a heading."""
        seen = bare(self.form.title).text
        shipped = kind_of_title(self.form.title, _TARGETS)
        return shipped.title if shipped and seen.endswith(shipped.title) else seen or self.base.title

    def _titles(self) -> tuple[str, ...]:
        seen = bare(self.form.title).text
        endings = [title for kind in _TARGETS for title in kind.titles if seen.endswith(title)]
        return tuple(dict.fromkeys([*([seen] if seen else []), *sorted(endings, key=len, reverse=True)[:1]]))

    def _worded(self, one: Known) -> Known:
        label, *aliases = self.labels[one.key]
        return one._replace(label=label, aliases=tuple(aliases))

    def _printed(self) -> Iterator[Known]:
        return (Known(f"{PRINTED}{text}", text) for text in self._unread_labels())

    def _unread_labels(self) -> list[str]:
        """Printed texts that name nothing; the other year's heading beside 2024年 reads like that but for the year."""
        own = {lasting(word.label) for word in self.form.words}
        return [text for text in self.form.printed if lasting(text) == text or lasting(text) not in own]

    def _unread(self) -> Iterator[tuple[str, str]]:
        """Labels that the form does not read, whatever other kinds call so."""
        yield from ((text, f"{PRINTED}{text}") for text in self._unread_labels())
        yield from ((heading, f"extra:{heading}") for heading in self.form.extra)

    def _part(self, part: Part) -> Part:
        """A part is kept in its place; one whose label the form has not is not asked for."""
        label, *aliases = self.labels.get(part.key, [part.label])
        is_required = part.key in self.form.required or not part.label
        if part.holds is Holds.GOALS and self.form.sheet is not None:
            part = part._replace(numbered=self.form.sheet.numbers_goals)
        return part._replace(label=label, aliases=tuple(aliases), printed="", rest="", required=is_required)

    def _fields(self) -> list[Field]:
        """The fields that the form has, those of the base first in their order; texts that nobody knows last."""
        base = self.base
        further = [field for key, field in FIELDS.items() if key not in base.place]
        more = [_more_field(key) for key in self.labels if key.startswith(MORE)]
        texts = [_text_field(key) for key in self.labels if key.startswith(TEXT)]
        texts += [_part_field(key) for key in self.labels if key.startswith(PART_OF)]
        return [
            self._field(field)
            for field in (*base.fields, *further, *more, *texts)
            if field.key in self.own and (field.key in base.place or self._has_place(field))
        ]

    def _has_place(self, field: Field) -> bool:
        """A list has columns only."""
        return self.base.shape is Shape.FORM or field.stands is not Stands.BELOW_PART

    def _field(self, field: Field) -> Field:
        label, *aliases = self.labels.get(field.key, [field.label])
        part, stands = field.part, field.stands
        if field.key not in self.base.place:
            money = next((one.part for one in self.base.fields if one.money), "head")
            part = money if field.value is Value.AMOUNT or stands is Stands.BELOW_PART else "head"
        if self.base.shape is Shape.LIST:
            stands = Stands.COLUMN
        elif stands is Stands.COLUMN or (stands is Stands.BELOW_PART and field.key in self.labels):
            stands = Stands.RIGHT
        is_labelled = stands is not Stands.BELOW_PART
        return field._replace(
            label=label if is_labelled else "",
            aliases=tuple(aliases) if is_labelled else (),
            in_text=tuple(self.in_text.get(field.key, ())),
            part=part,
            stands=stands,
            required=field.key in self.form.required,
            printed="",
            is_extra=False,
        )

    def _columns(self, base: tuple[Column, ...], *, is_part_of_target: bool) -> list[Column]:
        """The columns of the table that the form has, in the order in which they stand."""
        parts = {column.key for kind in _TARGETS for column in kind.target_parts}
        order = [column.key for column in base] if base else []
        keys = [key for key in dict.fromkeys([*order, *self.labels]) if key in COLUMNS and key in self.own]
        return [self._of_base(key) for key in keys if (key in parts) is is_part_of_target]

    def _of_base(self, key: str) -> Column:
        own = (*self.base.columns, *self.base.target_parts)
        return next((column for column in own if column.key == key), COLUMNS[key])

    def _column(self, column: Column) -> Column:
        label, *aliases = self.labels.get(column.key, [column.label])
        return column._replace(label=label, aliases=tuple(aliases), required=column.required, beside="")

    def _asked(self) -> frozenset[str]:
        """A total is demanded of every form; of a list it may stand on another sheet.

        No shipped list demands goals: one that prints them does, as it does its columns.
        """
        columns = {key for key in self.labels if key in COLUMNS} - {"operator", "measure"}
        columns |= {column.key for column in self.base.columns if column.instead and column.instead in self.labels}
        money = {field.key for field in self.base.fields if field.money is Money.BUDGET and field.required}
        is_list = self.base.shape is Shape.LIST
        goals = {part.key for part in self.base.parts if is_list and part.holds is Holds.GOALS} & self.labels.keys()
        return frozenset({*(self.form.required & self.own), *columns, *money, *goals})


def _text_field(key: str) -> Field:
    label = key.removeprefix(TEXT)
    return Field(key, label, "head", Value.TEXT, (1, 1), label, required=False)


def _more_field(key: str) -> Field:
    label = key.removeprefix(MORE).partition(":")[2]
    base = FIELDS[source_of(key)]
    return base._replace(key=key, label=label, name=label, aliases=(), in_text=(), required=False, stands=Stands.RIGHT)


def _part_field(key: str) -> Field:
    label = key.removeprefix(PART_OF)
    return Field(key, label, "head", Value.AMOUNT, (1, 1), label, required=False)


def alone(form: LearnedForm) -> Kinds:
    """The form's own kind without those that are shipped for projects: so that nothing is read by their words.

    Tables of other kinds are still known for what they are.
    """
    return (learned_kind(form), *(kind for kind in KINDS if kind.family is not Family.TARGETS))


def with_learned(learned: Kinds, kinds: Kinds) -> Kinds:
    """An office's own kinds before those that are shipped: of two that fit alike the own one counts."""
    return (*learned, *(kind for kind in kinds if kind.name not in {one.name for one in learned})) if learned else kinds


def holding_in(year: int | None, kinds: Kinds) -> Kinds:
    """The kinds without the own ones that hold only from a later year; if none holds yet, the earliest stay.

    Of those that print the same labels only the latest stays: a label may have come to mean something else.
    """
    since = {kind: kind.learned.year or 0 for kind in kinds if kind.learned is not None}
    if not since:
        return kinds
    last = max(since.values()) if year is None else max(year, min(since.values()))
    latest: dict[frozenset[str], int] = {}
    for kind, own in since.items():
        if own <= last:
            latest[_labels(kind)] = max(own, latest.get(_labels(kind), 0))
    return tuple(kind for kind in kinds if kind not in since or since[kind] == latest.get(_labels(kind)))


def _labels(kind: FormKind) -> frozenset[str]:
    return frozenset(word.label for word in kind.learned.words) if kind.learned else frozenset()


def named_form(kind: FormKind) -> str:
    """A kind of form as people are told: its name and title, of an office's own the year from which it holds."""
    if kind.learned is None:
        return f"{kind.name}（{kind.title}）"
    more = [kind.learned.title, f"{kind.learned.year} 年度起用" if kind.learned.year else ""]
    said = "，".join(filter(None, more))
    return f"样表“{kind.name}”（{said}）" if said else f"样表“{kind.name}”"
