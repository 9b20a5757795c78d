"""Labels of forms among the cells of a sheet: of all kinds at once, for a sheet's kind is not known before.

A wording has the same key in every kind; a region's own go before those of other kinds. Besides those of fields, parts
and columns there are ``title``, ``month:6`` (6月底), ``goal`` (目标n), and ``unit`` for what states the unit of amounts
near it. Behind ``@`` stands what else the text says: ``budget@元`` for 预算数（元）, ``unit@元`` for 单位：元,
``title@monitoring/`` for a title of that kind.
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.characters import folded, simplified
from xl_perf.core.cells.grid import CellLine, Grid, Scalar
from xl_perf.core.cells.labels import (
    BEFORE_LABELS,
    HAS_BLANK_OR_OTHER_FORM,
    LONGEST_LABEL,
    MORE,
    Label,
    Labels,
    bare,
    may_be_decorated,
)
from xl_perf.core.cells.units import OF_FORMS, ends_with_unit, is_unit_alone, stated_units, unit_words
from xl_perf.core.forms.in_text import IN_TEXT, InText
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.titles import CONTINUED, is_continued, is_title, kind_of_title, unit_of_title

_MONTH: Final = re.compile(
    r"(?:\d{1,2}\.)?(?:截至|至)?(?:1月?[-~—至到])?(1[0-2]|[1-9])月(?:底|末|底前)(?:累计)?(?:支出)?|(?:1[0-2]|[1-9])月?[-~—至到](1[0-2]|[2-9])月(?:累计)?(?:支出)?"
)
_LATER_MONTHS: Final = re.compile(r"(?:1[0-2]|[2-9])月?[-~—至到](?:1[0-2]|[2-9])月(?:累计)?(?:支出)?").fullmatch
_QUARTER: Final = re.compile(r"(?:前?([一二三四1234])个?|第([一二三四1234]))季度(?:末|底|末前)?(?:累计)?(?:支出|进度)?")
_GOAL: Final = re.compile(r"(?:年度|绩效|项目|总体)*目标([0-9]{1,2}|[一二三四五六七八九十]{1,2})")
_OF_A_YEAR: Final = re.compile(r"(?:19|20)\d\d年度?")
_QUARTERS: Final = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_GOAL_STARTS: Final = frozenset("目年绩项总")
_TITLE_END: Final = 40
"""Characters within which a title ends, with what stands in brackets behind it."""
_OF_MONTH: Final = "month:"
_LONGEST_UNIT: Final = 6
"""Of a cell that holds a unit and nothing else."""
_MONEY_WORDS: Final = frozenset("元圆圓￥¥$€£MRCYy民单単")
_BRACKETS: Final = frozenset("(（[【《“")
_DECORATION: Final = 8
"""Characters without brackets by which a label may be longer."""
_HAS_CLUE: Final = re.compile(f"[{''.join(_MONEY_WORDS)}表月季]").search
"""A short text with none of these characters is a label as it stands, a goal's, or none."""
_UNIT_WORDS: Final = frozenset("位额額填按以币口")
_HAS_MONEY_IN_ENGLISH: Final = re.compile(r"Unit|UNIT|RMB|CNY|[Yy]uan|YUAN").search
_UNIT_BEHIND: Final = re.compile(rf"(.{{2,12}}?)/?({'|'.join(OF_FORMS)})")
"""Of a label: 预算数/元."""


def month_of(text: str) -> int | None:
    """The month at whose end a checkpoint stands: 6 for 6月底, 2.6月底, 1-6月, 4-6月, 第二季度."""
    if (month := _MONTH.fullmatch(text)) is not None:
        return int(month[1] or month[2])
    quarter = _QUARTER.fullmatch(text)
    return _QUARTERS[quarter[1] or quarter[2]] if quarter else None


def are_later_months(text: str) -> bool:
    """Months of a year that do not begin with the first: 4-6月, 11-12月."""
    return _LATER_MONTHS(bare(text).text) is not None


_UNIT_OF_LINE: Final = re.compile(r"[:：].*\s(?:金额|货币)?单位\s*[:：]").search
"""What stands before it in the same cell is another label."""


class FormLabels(Labels):
    """The labels of some kinds of form."""

    def __init__(self, kinds: Kinds) -> None:
        super().__init__(self._key)
        self.kinds: Final = kinds
        self._keys: Final = _keys_of(kinds)
        self._longest: Final = max(map(len, self._keys), default=0) + _DECORATION
        self._titles: Final = {kind.title: f"title{MORE}{kind.name}/" for kind in kinds}
        self._firsts: Final = frozenset(key.lstrip(BEFORE_LABELS)[:1] for key in self._keys) | _GOAL_STARTS
        self._in_text: Final = InText(kinds)
        self._money: Final = frozenset(field.key for kind in kinds for field in kind.money)

    def places(self, cells: CellLine, texts: Iterable[Scalar] | None = None) -> list[Label]:
        """Every label of the sheet, in reading order; months that somebody typed as a content are none."""
        found = super().places(cells, texts)
        months = {label[1:3] for label in found if label.key.startswith(_OF_MONTH)}
        if not months:
            return found
        return [label for label in found if label[1:3] not in months or self._heads_months(label, months, cells)]

    def _heads_months(self, label: Label, months: Collection[tuple[int, int]], cells: CellLine) -> bool:
        """A month of a plan: not what stands below one, nor 3-12月 alone in its row, which is a time of work."""
        row, column = label.row, label.column
        typed, above = (cells.line[at * cells.width + column] for at in (row, max(row - 1, 0)))
        beside, heads = (sum(at[0] == one for at in months) for one in (row, row - 1))
        is_below = (row - 1, column) in months and above != typed and heads > 1
        is_alone = beside == 1 and isinstance(typed, str) and are_later_months(typed)
        return not (is_below or is_alone)

    def _key(self, typed: Scalar) -> str | None:
        """Most texts fail by a quick look; a title may be longer, and so may a sentence that states the unit."""
        if not isinstance(typed, str):
            return None
        if typed.isascii():
            return self._keys.get(typed) or (_unit(typed) if _HAS_MONEY_IN_ENGLISH(typed) else None)
        if len(typed) <= LONGEST_LABEL:
            return self._keys.get(typed) or self._short(typed) or self._in_text.key(typed)
        if "表" in typed[-_TITLE_END:] and is_title(typed):
            return self._title(typed)
        if "元" not in typed:
            return None
        return self._in_text.key(typed) or (None if _UNIT_WORDS.isdisjoint(typed) else _unit(typed))

    def _short(self, text: str) -> str | None:
        """The key of a short text that is no label as it stands."""
        if text[-1] == "表" and (known := self._titles.get(text.rpartition("\n")[2])) is not None:
            return known
        if may_be_decorated(text) and self._may_hold_label(text):
            seen, unit = bare(text)
            key = self._keys.get(seen) or self._of_a_year(seen) or self._of_which(seen)
            if key is not None:
                return self._with_unit(key, unit, text)
            if is_title(text):
                return self._title(text)
        elif text[0] not in _GOAL_STARTS and _HAS_CLUE(text) is None:
            return None
        elif "表" in text and is_title(text):
            return self._title(text)
        else:
            seen, unit = text, ""
        if seen[:1] in _GOAL_STARTS and _GOAL.fullmatch(seen):
            return "goal"
        if ("月" in seen or "季" in seen) and (month := month_of(seen)):
            return f"month:{month}{MORE if unit else ''}{unit}"
        if _MONEY_WORDS.isdisjoint(text):
            return None
        if (behind := _UNIT_BEHIND.fullmatch(seen)) is not None and (key := self._keys.get(behind[1])) is not None:
            return self._with_unit(key, behind[2], text)
        may_state = len(text) <= _LONGEST_UNIT or not _UNIT_WORDS.isdisjoint(text)
        return _unit(text) if may_state or _HAS_MONEY_IN_ENGLISH(text) or ends_with_unit(text) else None

    def _with_unit(self, key: str, unit: str, text: str) -> str:
        """单位 heads a column of units; with one behind it (单位 元) it states that of the amounts."""
        if not unit:
            return key
        if _UNIT_OF_LINE(text):  # 申报单位：    单位：元, in one cell
            return _unit(text) or key
        is_stated = key == "measure" and (is_unit_alone(text) or unit_words(text))
        return f"{'unit' if is_stated else key}{MORE}{unit}"

    def _of_a_year(self, seen: str) -> str | None:
        """The key of a label that names a year: 2021年金额, 2024年度资金总额."""
        year = _OF_A_YEAR.match(seen)
        return None if year is None else self._keys.get(f"年度{seen[year.end() :]}")

    def _of_which(self, seen: str) -> str | None:
        """The key of a label of money behind 其中：其中：政府性基金, 其中：1.财政拨款."""
        key = self._keys.get(bare(seen[2:].lstrip(":")).text) if seen[:2] == "其中" else None
        return key if key in self._money else None

    def _may_hold_label(self, text: str) -> bool:
        """A quick look: it is short enough, and begins as a label does, behind what may stand before one."""
        if len(text) - text.count(" ") > self._longest and _BRACKETS.isdisjoint(text):
            return False
        first = text.lstrip(BEFORE_LABELS)[:1]
        if first in self._firsts or not text.isprintable() or "月" in text or "季" in text:
            return True
        return HAS_BLANK_OR_OTHER_FORM(first) is not None

    def _title(self, text: str) -> str:
        if is_continued(text):
            return CONTINUED
        kind = kind_of_title(text, self.kinds)
        return f"title{MORE}{kind.name if kind else ''}/{unit_of_title(text)}"


def _unit(text: str) -> str | None:
    """A cell that states the unit of the amounts around it: 单位：元, （万元）, 元; ``unit_said`` for a sentence."""
    alone = simplified(folded(text)).strip("()[]")
    units = (alone,) if alone in OF_FORMS else stated_units(text) or unit_words(text)
    if not units:
        return None
    is_alone = is_unit_alone(text) or bool(unit_words(text))
    return f"{'unit' if is_alone else 'unit_said'}{MORE}{'、'.join(units)}"


def _keys_of(kinds: Kinds) -> dict[str, str]:
    own = {bare(wording).text: key for kind in kinds for wording, key in kind.own_words}
    keys = dict(own)
    for kind in kinds:
        for one in kind.worded:
            for wording in filter(None, (one.label, *one.aliases)):
                seen = bare(wording).text
                if keys.setdefault(seen, one.key) != one.key and seen not in own:
                    raise ValueError(f"{kind.name}: {wording} is {one.key} here and {keys[seen]} elsewhere")
    return keys


@lru_cache(maxsize=64)
def labels_of(kinds: Kinds) -> FormLabels:
    """The labels of some kinds; made once for them."""
    return FormLabels(kinds)


FORM_LABELS: Final = labels_of(KINDS)


def label_key(text: str) -> str | None:
    """The key of the label that a text is, in any kind that is known; None if it is none."""
    key = (FORM_LABELS.key(text) or "").partition(MORE)[0]
    return None if not key or key.startswith(IN_TEXT) else key


@lru_cache(maxsize=64)
def key_in(kind: FormKind) -> Callable[[str], str | None]:
    """What gives the key of a label on forms of a kind: an office's own labels go before those of others."""
    own = {bare(wording).text: key for wording, key in kind.own_words}
    return (lambda text: own.get(bare(text).text) or label_key(text)) if own else label_key


def is_known(text: str) -> bool:
    """A text is a label of some kind, whatever else it says; also where it shares its cell with a value."""
    return FORM_LABELS.key(text) is not None


def label_text(kind: FormKind, key: str) -> str:
    """The official label of a key, for messages."""
    if key.startswith("month:"):
        return f"{key.removeprefix('month:')}月底"
    return kind.title if key == "title" else kind.labels[key]


def find_labels(grid: Grid) -> list[Label]:
    """Every cell of the sheet that is a label of some form, in reading order."""
    return FORM_LABELS.places(CellLine(grid.rows))
