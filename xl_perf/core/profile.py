"""What differs by region and year: kinds of form, the indicator tree, checkpoints, words, thresholds, severities.

A profile is a TOML file (`profile_reader` turns its text into these settings). What each key means stands in
profiles/hebei-2023.toml.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.model.findings import Severity
from xl_perf.core.report_settings import EvaluateSettings, MonitorSettings, TaskSettings


class ProfileError(XlPerfError):
    """A profile that cannot be used; the message names the file and the key."""


@dataclass(frozen=True)
class Branch:
    """A first level of the indicator tree: its plain name, its label, its second levels (plain names).

    An ``optional`` one may be missing, and so may its second levels. ``also`` are second levels that may stand there
    and are not printed in blank forms.
    """

    name: str
    label: str
    second: tuple[str, ...]
    required: tuple[str, ...] = ()
    optional: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleSetting:
    """What a profile says of one rule: another severity, or off with a reason."""

    severity: Severity | None = None
    off: str | None = None


@dataclass(frozen=True)
class Words:
    """Word lists. In an indicator's name ``rate`` says that a rate is meant, ``growth`` that it may pass 100 %,

    ``payment`` with ``money`` that money is paid out, ``unit_cost`` that it is what one thing costs. ``people`` are
    units of head-counts.
    """

    weak_basis: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    rate: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    unit_cost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misspelling:
    """A known wrong word and the right one; inside the words of ``unless`` it is no mistake."""

    wrong: str
    right: str
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Weights:
    """What the indicators' weights add up to, and how much of it falls to each first level (may be empty).

    ``others`` are further totals that are right too; with ``optional`` a form need not have the column.
    """

    total: Decimal
    shares: Mapping[str, Decimal]
    others: tuple[Decimal, ...] = ()
    optional: bool = False

    @property
    def totals(self) -> tuple[Decimal, ...]:
        """Every total that is right."""
        return self.total, *self.others


@dataclass(frozen=True)
class Profile:
    """The settings of one region and year. Amounts in 万元, percentages in %.

    ``forms`` are the names of the kinds of form that it is for, that of new workbooks first; ``kinds`` are all kinds
    that are read or recognised, with what it says of them.
    """

    name: str
    title: str
    checkpoints: tuple[int, ...]
    code_format: str
    yuan_from: Decimal
    minimum_satisfaction: Decimal
    pace: tuple[Decimal, ...]
    text_limit_name: int
    text_limit: int
    words: Words
    branches: tuple[Branch, ...]
    cost_second: tuple[str, ...]
    forms: tuple[str, ...]
    kinds: tuple[FormKind, ...]
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    misspellings: tuple[Misspelling, ...] = ()
    weights: Weights | None = None
    own_year: bool = False
    """Texts that name other years than the book's are worth a warning."""
    is_by_form: bool = False
    """Nobody asked for it: new workbooks are made by it because it names their kind of form."""
    is_asked_for: bool = True
    """Somebody chose it; else it was taken because of the book's kind of form (`profiles.fitting`)."""
    monitor: MonitorSettings = field(default_factory=MonitorSettings)
    evaluate: EvaluateSettings = field(default_factory=EvaluateSettings)
    tasks: TaskSettings = field(default_factory=TaskSettings)
    by_kind: Mapping[str, "Profile"] = field(default_factory=dict)
    """What holds instead for other kinds of form, by their names: of a book that has several, if nobody asked."""

    @property
    def first_kind(self) -> FormKind:
        """The kind of form that new workbooks are made of."""
        return next(kind for kind in self.kinds if kind.name == self.forms[0])

    @property
    def names(self) -> str:
        """Its name and those of what holds for other kinds of form instead, as people read them."""
        return "、".join(dict.fromkeys((self.name, *(other.name for other in self.by_kind.values()))))

    @property
    def asks_for_weights(self) -> bool:
        """Every form has a column of weights."""
        return self.weights is not None and not self.weights.optional

    @cached_property
    def second_of(self) -> dict[str, tuple[str, ...]]:
        """The second levels that may stand under each first level."""
        return {branch.name: (*branch.second, *branch.also) for branch in self.branches}

    @cached_property
    def rate_words(self) -> re.Pattern[str]:
        """Matches the name of an indicator for which a rate is meant."""
        return _any_of(map(re.escape, self.words.rate))

    @cached_property
    def growth_words(self) -> re.Pattern[str]:
        """Matches the name of an indicator whose rate may pass 100 % or be negative."""
        return _any_of(map(re.escape, self.words.growth))

    @cached_property
    def vague_words(self) -> re.Pattern[str]:
        """Matches a value that nobody can measure."""
        return _any_of(map(re.escape, self.words.vague))

    @cached_property
    def payment_words(self) -> re.Pattern[str]:
        """Matches the name of an indicator of paying out money: what is paid, and that it is."""
        paid, money = (_any_of(map(re.escape, words)).pattern for words in (self.words.payment, self.words.money))
        return re.compile(f"(?=.*(?:{paid}))(?=.*(?:{money}))", re.DOTALL)

    @cached_property
    def unit_cost_words(self) -> re.Pattern[str]:
        """Matches the name of an indicator of what one thing, person or year costs: no part of the whole cost."""
        return _any_of(map(re.escape, self.words.unit_cost))

    @cached_property
    def placeholders(self) -> re.Pattern[str]:
        """Matches what somebody was to replace: 请填写, a row of X, × or * that stands by itself."""
        return _any_of(map(_placeholder, self.words.placeholders))

    @cached_property
    def wrong_words(self) -> re.Pattern[str]:
        """Matches a known misspelling that is no part of a right word."""
        return _any_of(map(_misspelt, self.misspellings))

    @cached_property
    def right_words(self) -> dict[str, str]:
        """The right word for each misspelling."""
        return {one.wrong: one.right for one in self.misspellings}

    def label_of(self, second: str) -> str:
        """A second level as the form prints it."""
        return f"{second}指标"


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Matches what one of the patterns matches; nothing where there is none."""
    return re.compile("|".join(patterns) or r"(?!)")


def _placeholder(word: str) -> str:
    """A repeated character may stand more often (XXX for XX); letters do not count within longer words."""
    pattern = f"{re.escape(word[0])}{{{len(word)},}}" if len(set(word)) == 1 else re.escape(word)
    return rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])" if word.isascii() and word.isalnum() else pattern


def _misspelt(one: Misspelling) -> str:
    exceptions = ""
    for word in one.unless:
        before, _, after = word.partition(one.wrong)
        exceptions += f"(?!(?<={re.escape(before)}){re.escape(one.wrong + after)})"
    return exceptions + re.escape(one.wrong)
