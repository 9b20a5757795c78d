"""Sources of an unknown form that are parted: 1.中央补助 is part of 财政拨款, 政府性基金 more beside 一般公共预算."""

import re
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.labels import bare
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.learned import MONEY, PART_OF, TEXT, Word, more_of, source_of
from xl_perf.core.forms.marks import OF_SOURCE, name_of
from xl_perf.core.forms.sheet_cells import Cell
from xl_perf.core.forms.sub_amounts import Named, is_plainly_part, parts_of

if TYPE_CHECKING:
    from xl_perf.core.forms.form_words import FormWords

_WHOLE_SOURCES: Final = frozenset(
    {"财政拨款", "财政资金", "其中:财政拨款", "其中:财政资金", "财政性资金", "其他资金", "单位资金", "自筹资金"}
)
"""Labels that name all money of a source."""
_NUMBERED: Final = re.compile(r"其中[:：]\s*\d{1,2}[、.．]")

_IS_PART: Final = re.compile(r"(?:其中|[(（]其中)[:：]?")
_BUDGET: Final = "budget"
_LOCAL: Final = "local_money"
_FISCAL: Final = "fiscal"
_OF_LEVELS: Final = frozenset({_LOCAL, "higher_money"})
_OF_LEVEL: Final = re.compile(r"[省市县区]级").search
_ASK_LEVEL: Final = (
    "各级政府的财政资金：算财政资金的，选“{more}”（表上没有别的财政资金的，第一项选“财政资金”）；"
    "只有中央资金算财政资金、各级都算地方配套的，选“{own}”"
)
_SECOND_TOTAL: Final = (
    "上面已有总额“{whole}”：是它的其中一项的，选“其中项”，下面的资金来源照样计入；"
    "这一行才是总额的，选“预算数”，“{whole}”选“不读”"
)


def name_parts(form: "FormWords") -> None:
    """Amounts that are part of a source are called so. Where that is not known, it is asked."""
    _name_second_total(form)
    for label, whole in parts_of(_amount_labels(form)):
        at, named = label.cell, bare(whole.typed).text
        key = form.words[at].key
        if whole.is_source is None:
            form.doubts[at] = Certainty.CHECK, f"编号在“{named}”下面：是它的其中一项的，选“{OF_SOURCE}”"
            continue
        own = form.label_at(at)
        form.words[at] = Word(f"{PART_OF}{own}", own)
        if not is_plainly_part(label, whole) or key.startswith(TEXT):
            form.doubts[at] = Certainty.CHECK, f"像是“{named}”的其中一项，已算在它里面"
    _name_parts_beside(form)
    _ask_numbered(form)


def _name_parts_beside(form: "FormWords") -> None:
    """其中：上级转移支付 right of 财政拨款, both over their amounts, is part of that; right of 合计 it is a source."""
    for at in sorted(form.words):
        key, label, is_inside = form.words[at]
        beside = form.left_of(at)
        if key not in MONEY or key == _BUDGET or is_inside or beside is None:
            continue
        whole = form.words.get(beside)
        is_source = whole is not None and whole.key in MONEY and whole.key != _BUDGET
        if whole is not None and is_source and _IS_PART.match(str(form.typed(at)).strip()):
            form.words[at] = Word(f"{PART_OF}{label}", label)
            form.doubts[at] = Certainty.CHECK, f"像是“{whole.label}”的其中一项，已算在它里面"


def _ask_numbered(form: "FormWords") -> None:
    """其中：2.上级补助 below a source may be part of that; 其中：1.财政拨款 right below the budget is a source.

    So may 其中：上级补助 right below 其中：财政拨款, and no further in than that.
    """
    sources: dict[int, str] = {}
    for at in sorted(form.words):
        key, label, is_inside = form.words[at]
        if key not in MONEY or key == _BUDGET or is_inside:
            continue
        whole, typed = sources.get(at[1]), str(form.typed(at)).strip()
        above = form.words.get((at[0] - 1, at[1]))
        is_level = above is not None and above.key == _FISCAL and key in _OF_LEVELS and _IS_PART.match(typed)
        if whole and at not in form.doubts and (_NUMBERED.match(typed) or is_level):
            form.doubts[at] = Certainty.CHECK, f"写在“其中”后面：是“{whole}”的其中一项的，选“{OF_SOURCE}”"
        sources.setdefault(at[1], label)


def _name_second_total(form: "FormWords") -> None:
    """当年预算 below 预算总额: of two totals one is part of the other, or nobody reads it."""
    first: dict[int, Cell] = {}
    for at in sorted(form.words):
        key, label, is_inside = form.words[at]
        is_beside_others = at in form.column_heads or form.beside(at) is None or at[0] >= (form.header or at[0] + 1)
        if key != _BUDGET or is_inside or is_beside_others or form.is_list:
            continue
        whole = first.setdefault(at[1], at)
        if form.words[whole].label != label:
            form.words[at] = Word(f"{PART_OF}{label}", label)
            form.doubts[at] = Certainty.CHECK, _SECOND_TOTAL.format(whole=form.words[whole].label)


def _amount_labels(form: "FormWords") -> list[Named]:
    """The labels of amounts, and texts beside them that may be some, in reading order."""
    found: list[Named] = []
    for at in sorted(form.words):
        word, typed = form.words[at], form.typed(at)
        is_asked = word.key.startswith(TEXT) and form.doubts.get(at, (None, ""))[0] is Certainty.CHECK
        if isinstance(typed, str) and not word.is_in_text and (word.key in MONEY or is_asked):
            found.append(Named(at, typed, None if is_asked else word.key != "budget", "" if is_asked else word.key))
    return found


def ask_levels(form: "FormWords") -> None:
    """省级资金, 市级资金: of all levels of government beside money of the treasury, or 地方资金 beside 中央补助."""
    own = [at for at, word in form.words.items() if source_of(word.key) == _LOCAL and _OF_LEVEL(word.label)]
    for at in own if len(own) > 1 else ():
        said = _ASK_LEVEL.format(more=name_of(more_of("fiscal", "")), own=name_of(form.words[at].key))
        form.doubts.setdefault(at, (Certainty.CHECK, said))


def name_more(form: "FormWords") -> None:
    """Further labels of a source are called so; what may be part of 财政拨款 as well is asked."""
    first: dict[str, str] = {}
    for at in sorted(form.words):
        key, label, is_inside = form.words[at]
        if key not in MONEY or key == _BUDGET or is_inside or not _has_place(form, at):
            continue
        whole = first.setdefault(key, label)
        if whole == label:
            continue
        form.words[at] = Word(more_of(key, label), label)
        if label_key(whole) == key and whole in _WHOLE_SOURCES:
            named = f"“{whole}”{'旁边' if form.is_list else '下面'}又有“{label}”"
            why = f"{named}：是它的其中一项的，选“{OF_SOURCE}”；是另外一项的，选“{name_of(form.words[at].key)}”"
            form.doubts[at] = Certainty.CHECK, why


def _has_place(form: "FormWords", at: Cell) -> bool:
    """There is room beside the label of an amount above the table; of a list it is a heading."""
    header = form.header or at[0] + 1
    return at[0] <= header + 1 if form.is_list else at[0] < header and form.beside(at) is not None
