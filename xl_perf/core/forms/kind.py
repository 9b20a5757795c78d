"""What a kind of form is: its parts, fields, amounts and columns, as data. Nothing else repeats what stands here.

Reader, layout, template, live form, Word text and JSON take a `FormKind`. A further kind is one file with such data
and a line in `kinds`; a further field is one `Field`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.labels import Worded

if TYPE_CHECKING:
    from xl_perf.core.forms.learned import LearnedForm
    from xl_perf.core.forms.own_sheet import OwnSheet
    from xl_perf.core.forms.variants import FormSettings


class Family(StrEnum):
    """What forms of a kind are for (`kind` in the JSON)."""

    TARGETS = "targets"
    DEPARTMENT = "department"
    MONITORING = "monitoring"
    EVALUATION = "evaluation"


class Value(StrEnum):
    """What belongs into an input. Amounts are 万元; percents are cumulative shares, 0.25 for 25 %."""

    TEXT = "text"
    LONG_TEXT = "long text"
    CODE = "code"
    AMOUNT = "amount"
    PERCENT = "percent"
    LEVEL = "level"
    TARGET = "target"
    BASIS = "basis"
    WEIGHT = "weight"
    ACTUAL = "actual"
    """What was reached of a target: 76人, 2023-12-28, 达成预期指标."""
    SCORE = "score"
    RATE = "rate"
    """An outturn's share of the budget in %, 97.82 for 97.82 %."""
    TICK = "tick"
    """√ or nothing."""
    CHOICE = "choice"


class Holds(StrEnum):
    """What a part of a form consists of."""

    FIELDS = "fields"
    PLAN = "plan"
    GOALS = "goals"
    INDICATORS = "indicators"
    YEAR = "year"
    """A line under the title that names the year: （2023年度）."""
    FUNDS = "funds"
    """A row for each source of the money, and columns for what was planned and spent of it."""
    OUTCOMES = "outcomes"
    """What was aimed at, and beside it what was done."""


class Stands(StrEnum):
    """Where a field's value stands: right of its label; without a label, below the other fields of its part; in lists
    below its heading, in the rows of the project."""

    RIGHT = "right"
    BELOW_PART = "below part"
    COLUMN = "column"


class Shape(StrEnum):
    """How a kind is laid out: labels around values; or a list of projects, a row per indicator below one header."""

    FORM = "form"
    LIST = "list"


class Money(StrEnum):
    """What an amount is: the budget, money of the treasury, or another source. Sources add up to the budget."""

    BUDGET = "budget"
    FISCAL = "fiscal"
    SOURCE = "source"


class Part(NamedTuple):
    """A part of the form, top to bottom. Its label is merged over the rows at the left; without one there is none.

    ``printed`` is the label with the line breaks of the official form, where it has some. Of a part with goals,
    ``numbered`` says that each row has a label (目标1); else a goal takes a row of its own without one. ``rest`` is a
    label beside the part's fields, with a place for what the profile's weights leave of 100: 执行率分值（10） 10.
    ``instead`` names a label that serves where this one's is missing.
    """

    key: str
    holds: Holds
    label: str = ""
    aliases: tuple[str, ...] = ()
    printed: str = ""
    required: bool = True
    numbered: bool = True
    rest: str = ""
    instead: str = ""


class Field(NamedTuple):
    """A value in a part of fields.

    ``name`` is the short name, by which people and formulas know it: the defined name of its input, local to the sheet,
    and the heading of its column in lists. ``span`` is how many columns of the official layout label and value take;
    ``help`` is what the input tells a person who selects it. ``printed`` is the label with the spaces and the colon of
    the official form, or with its line breaks. ``in_text`` are wordings that are its label only where the amount
    follows in the same cell. ``is_extra``: printed only where a project has it. ``instead`` names a heading of a list
    that serves where this one's is missing.
    """

    key: str
    label: str
    part: str
    value: Value
    span: tuple[int, int]
    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True
    stands: Stands = Stands.RIGHT
    money: Money | None = None
    help: str = ""
    printed: str = ""
    in_text: tuple[str, ...] = ()
    is_extra: bool = False
    instead: str = ""


class Column(NamedTuple):
    """A column of the indicator table; ``key`` is the field of `Indicator`.

    ``width`` is how many columns of the official layout it takes. An optional column takes one of ``beside``; without
    that it is read and never printed. ``instead`` names a column whose heading serves where this one's is missing.
    ``group`` is the heading over it and its neighbours: 偏差原因分析 over 经费保障. ``is_outside``: it stands right of
    what is printed.
    """

    key: str
    label: str
    value: Value
    width: int
    aliases: tuple[str, ...] = ()
    required: bool = True
    beside: str = ""
    instead: str = ""
    group: str = ""
    is_outside: bool = False


PRINTED: Final = "printed:"
"""Begins the keys of texts that an office's own form prints beside what is filled in: they end it, and name nothing."""


class Known(NamedTuple):
    """A label that a kind is recognised by, and that is not read.

    ``is_printed``: where it says a number that stands beside it again, nobody fills that in.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    is_printed: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class FormKind:
    """One kind of form. ``title`` is the official one; ``titles`` are endings of titles that name this kind.

    ``known`` are further labels that tell the kind (of a report all that do), ``extra`` columns of the indicator table
    that a region knows and nobody reads. A kind without parts is recognised and named, and not read. ``unit`` is what a
    bare amount counts in.
    """

    name: str
    family: Family
    title: str
    titles: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    fields: tuple[Field, ...] = ()
    columns: tuple[Column, ...] = ()
    target_parts: tuple[Column, ...] = ()
    """Columns that hold a part of the target: ≥ and 台 beside 12. They are read, and never printed."""
    fund_columns: tuple[Column, ...] = ()
    """What stands beside each source of the money where there is more than one amount; keys of `FundLine`."""
    known: tuple[Known, ...] = ()
    extra: tuple[Known, ...] = ()
    shape: Shape = Shape.FORM
    unit: str = "万元"
    states_unit: bool = False
    """The official form says what its amounts count in: where one does not, ``unit`` is only likely."""
    headed_by_name: bool = False
    """Above the official title stands the project's name."""
    sheet_widths: tuple[float, ...] = ()
    """Of the columns of the official layout, in characters of the default font (ECMA-376 Part 1, 18.3.1.13)."""
    text_widths: tuple[float, ...] = ()
    """Of the same columns on a page of the text, in points: together 156 mm."""
    asked: frozenset[str] | None = None
    """Keys of what a region demands; None where it demands what the official form has."""
    stop_words: tuple[str, ...] = ()
    """First words of rows in the indicator table that are no indicators, nor are rows below them without a level."""
    level_points: bool = False
    """First levels print their points (产出指标（50分）), which are checked."""
    own_words: tuple[tuple[str, str], ...] = ()
    """A region's wordings and the keys of what they label: they go before what other kinds call so."""
    settings: "FormSettings | None" = None
    """Of a variant: what its profile says of the kind of this name."""
    learned: "LearnedForm | None" = None
    """Of an office's own kind: what its 样表 says."""

    def __repr__(self) -> str:
        return f"FormKind({self.name})"

    def __reduce__(self) -> tuple[object, ...]:
        """A kind that is known arrives in another process as the one that is known there, a variant as its own."""
        return _by_name, (self.name, self.settings, self.learned)

    @property
    def width(self) -> int:
        """Columns of the official layout."""
        return len(self.sheet_widths)

    @property
    def shipped(self) -> str:
        """The name of the shipped kind that it is, or that is nearest to an office's own."""
        return self.learned.base if self.learned else self.name

    @property
    def own_sheet(self) -> "OwnSheet | None":
        """The sheet of a 样表, where its forms are written on that."""
        return None if self.learned is None else self.learned.sheet

    @property
    def is_read(self) -> bool:
        """Its forms say what is aimed at, and are read as such; others are reports, or only recognised."""
        return bool(self.parts) and not self.is_report

    @property
    def is_report(self) -> bool:
        """Its forms say what was reached of what other forms aim at."""
        return self.family in {Family.MONITORING, Family.EVALUATION}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each field stands in `fields`."""
        return {field.key: at for at, field in enumerate(self.fields)}

    @cached_property
    def money(self) -> tuple[Field, ...]:
        """The amounts: the budget first, then the sources in their order."""
        return tuple(sorted((one for one in self.fields if one.money), key=lambda one: one.money is not Money.BUDGET))

    @cached_property
    def amounts(self) -> tuple[Field, ...]:
        """All that holds an amount: `money`, and what is only part of a source."""
        return (*self.money, *(one for one in self.fields if one.value is Value.AMOUNT and not one.money))

    @cached_property
    def sources(self) -> tuple[Field, ...]:
        """Where the money comes from, in the order of the form."""
        return tuple(field for field in self.fields if field.money in {Money.FISCAL, Money.SOURCE})

    @cached_property
    def leading(self) -> tuple[Field, ...]:
        """The fields that every form must have filled in, but for the sources of the money: with them a form begins."""
        return tuple(field for field in self.fields if field.required and field not in self.sources)

    @cached_property
    def required_texts(self) -> tuple[Field, ...]:
        """The texts that every form must have filled in."""
        return tuple(one for one in self.fields if one.required and one.value in {Value.TEXT, Value.LONG_TEXT})

    @cached_property
    def source_places(self) -> tuple[int, ...]:
        """Where the sources stand in `fields`."""
        return tuple(self.place[field.key] for field in self.sources)

    @cached_property
    def fiscal_places(self) -> tuple[int, ...]:
        """Where money of the treasury stands in `fields`: an office's own form may part it."""
        return tuple(self.place[field.key] for field in self.sources if field.money is Money.FISCAL)

    @cached_property
    def other_places(self) -> tuple[int, ...]:
        """Where the sources that are not the treasury stand in `fields`."""
        return tuple(self.place[field.key] for field in self.sources if field.money is Money.SOURCE)

    @cached_property
    def text_places(self) -> tuple[int, ...]:
        """Where the fields that hold texts stand in `fields`."""
        return tuple(at for at, field in enumerate(self.fields) if field.value in {Value.TEXT, Value.LONG_TEXT})

    @cached_property
    def amount_places(self) -> tuple[tuple[str, int], ...]:
        """The short name of each amount, and where it stands in `fields`; the budget first."""
        return tuple((field.name, self.place[field.key]) for field in self.money)

    @cached_property
    def labelled(self) -> tuple[Field, ...]:
        """The fields that have a label."""
        return tuple(field for field in self.fields if field.stands is not Stands.BELOW_PART)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Keys of the columns that every indicator table has, left to right."""
        return tuple(column.key for column in self.columns if column.required)

    @cached_property
    def worded(self) -> tuple[Worded, ...]:
        """Everything that has a label; of a report what it is recognised by, for the rest is looked for in its part."""
        if self.is_report:
            return self.known
        return (*self.parts, *self.labelled, *self.columns, *self.target_parts, *self.known, *self.extra)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The official label of every key."""
        own: tuple[Worded, ...] = (*self.parts, *self.labelled, *self.fund_columns, *self.columns)
        return {one.key: one.label for one in (*(own if self.is_report else ()), *self.worded) if one.label}

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Keys of the parts, fields and columns that every form has."""
        if self.asked is not None:
            return self.asked
        parts = (part.key for part in self.parts if part.required)
        return frozenset({*parts, *(field.key for field in self.fields if field.required), *self.header})

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Keys of the labels that every form has, in the form's order."""
        found: list[str] = []
        for part in self.parts:
            found += [part.key] if part.label else []
            found += [field.key for field in self.labelled if field.part == part.key]
            found += [column.key for column in self.columns] if part.holds is Holds.INDICATORS else []
        return tuple(key for key in found if key in self.demanded)

    @property
    def demands_plan(self) -> bool:
        """Every form plans its spending."""
        return self.plan is not None and self.plan.key in self.demanded

    @property
    def plan(self) -> Part | None:
        """The part with the plan of spending."""
        return self.part_of(Holds.PLAN)

    @cached_property
    def telling(self) -> frozenset[str]:
        """Labels that lists of projects do not have: `MINIMUM_TELLING` different ones make a form."""
        parts = (part.key for part in self.parts if part.label and part.required)
        return frozenset({"title", "goal", *parts, *self.header})

    @cached_property
    def wide(self) -> frozenset[str]:
        """Labels that are merged over several cells in some form: where the value begins depends on it."""
        parts = {part.key for part in self.parts if part.holds in {Holds.FIELDS, Holds.GOALS}}
        columns = {column.key for column in self.columns if column.required and column.value is not Value.LEVEL}
        return frozenset({*(field.key for field in self.labelled), *parts, *columns - {"level3"}})

    @cached_property
    def starters(self) -> frozenset[str]:
        """Labels that begin a further form when they come after the indicator header of one."""
        if self.shape is Shape.LIST:
            return frozenset({"title"})
        first = next((part.key for part in self.parts if part.label), "title")
        head = next((part.key for part in self.parts if part.holds is Holds.FIELDS), "")
        identity = {field.key for field in self.labelled if field.part == head}
        return frozenset({"title", first, *identity})

    def field(self, key: str) -> Field:
        """A field by its key; KeyError where the kind has none of it."""
        return self.fields[self.place[key]]

    @property
    def is_written(self) -> bool:
        """Its forms are written: it is for projects, and its official layout is known."""
        return self.family is Family.TARGETS and bool(self.parts) and bool(self.sheet_widths)

    @cached_property
    def has_second_level(self) -> bool:
        """Its table has a column 二级指标: an office's own form may have none."""
        return self.learned is None or "level2" in self.demanded

    @cached_property
    def has_plan(self) -> bool:
        """Its forms plan the spending by months."""
        return self.part_of(Holds.PLAN) is not None

    @cached_property
    def numbers_goals(self) -> bool:
        """A goal has a label with its number."""
        part = self.part_of(Holds.GOALS)
        return part is not None and part.numbered

    def part_of(self, holds: Holds) -> Part | None:
        """The first part that consists of plan, goals or indicators; None where the kind has none."""
        return next((part for part in self.parts if part.holds is holds), None)


MINIMUM_TELLING: Final = 3
"""So many different labels that lists of projects do not have make a form."""


def _by_name(name: str, settings: "FormSettings | None" = None, learned: "LearnedForm | None" = None) -> FormKind:
    from xl_perf.core.forms.kinds import BY_NAME
    from xl_perf.core.forms.learned import learned_kind
    from xl_perf.core.forms.variants import variant

    kind = BY_NAME[name] if learned is None else learned_kind(learned)
    return kind if settings is None else variant(kind, settings)
