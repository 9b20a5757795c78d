"""Forms whose table has become text: paragraphs that hold labels of a form, one after the other or all in one.

Such text is no goal and no safeguard, and its money is in no table. It is told by its labels: all of them in one line
(项目编码：…  预算数：500万元), a cell on every line, numbered lines, cells parted by tabs.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import simplified, visible
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.units import UNITS, stated_units
from xl_perf.core.cells.values import EXACT, plain, to_amount
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.titles import is_title
from xl_perf.text.blocks import Paragraph
from xl_perf.text.sections import part_of, section_of

_MONEY: Final = {"budget": "预算数", "fiscal": "财政资金"}
_RARE: Final = frozenset({"code", "budget_part", "plan_part", "money_part", "level3", "description"})
"""Labels that no sentence begins with."""
_CERTAIN: Final = "code"
"""Its label alone tells a form: nothing else has one."""
_HEADS: Final = frozenset({"code", "name"})
"""Behind its money these labels begin another form."""
_TELLING: Final = _RARE | {"name", "budget", "fiscal", "other", "carried_over", "level1", "level2"}
_REACH: Final = 6
"""So many lines may stand between two labels of a form: its values, each on a line of its own."""
_ABOVE: Final = 3
"""So many lines above may state the unit."""
_LONGEST_VALUE: Final = 120
_FEWEST, _FEWEST_RARE = 3, 2

_MARK: Final = (
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、．)）]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳*★●•·-])"
)
_STOPS: Final = "，,；;|｜│┃"
_EDGE: Final = r"\s|｜│┃；;"


def _wordings() -> dict[str, str]:
    """Every wording of the telling labels with its key, longest first."""
    found = {
        bare(wording).text: one.key
        for kind in KINDS
        for one in kind.worded
        if one.key in _TELLING
        for wording in filter(None, (one.label, *one.aliases))
    }
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


_KEYS: Final = _wordings()
_ANY: Final = "|".join(r"\s*".join(map(re.escape, wording)).replace(":", "[:：]") for wording in _KEYS)
_UNIT: Final = r"(?P<unit>\s*[（(][^（）()\n]{1,14}[)）])?"
_LABEL: Final = re.compile(
    rf"(?:^|(?<=[{_EDGE}]))\s*{_MARK}?\s*[【\[]?(?P<label>{_ANY})[】\]]?{_UNIT}"
    rf"(?:(?P<colon>\s*[:：])|(?=[{_EDGE}\d¥￥]|$))",
    re.MULTILINE,
)
_GLUED: Final = re.compile(rf"(?P<label>{_ANY}){_UNIT}(?P<colon>\s*[:：])?")
"""Labels in a text without any white space, as some programs copy a table."""
_AMOUNT: Final = re.compile(rf"[¥￥]?[\d,，.]++(?: ?[百千十亿万]*元|(?! ?[百千十亿万]*元))(?=[{_EDGE}，,。]|$)")


_LETTERS: Final = re.compile(r"[^\W\d一二三四五六七八九十]")
"""What does not belong to the number of a line."""


class Said(NamedTuple):
    """A label in a text and what stands behind it, up to the next one."""

    key: str
    unit: str
    value: str


class Passage(NamedTuple):
    """Paragraphs that were a form: their numbers, the project's name, and its money in words (empty for none)."""

    numbers: tuple[int, ...]
    name: str
    money: str

    @property
    def place(self) -> str:
        """Where they stand, for people."""
        first, last = self.numbers[0], self.numbers[-1]
        return f"正文第{first}段" if first == last else f"正文第{first}段到第{last}段"

    @property
    def reason(self) -> str:
        """What is to be said of them."""
        name = f"（{self.name}）" if self.name else ""
        return f"可能是一张变成文字的项目绩效目标表{name}，{self.money}没有收进来"


def passages(paragraphs: Sequence[tuple[int, Paragraph]], breaks: Collection[int] = ()) -> Iterator[Passage]:
    """The forms that have become text; ``breaks`` are the numbers of paragraphs before which a form's table stands."""
    at = 0
    while at < len(paragraphs):
        if not labels_in(paragraphs[at][1].text):
            at += 1
            continue
        end = _end(paragraphs, at, breaks)
        lines = [one.text for _, one in paragraphs[at:end]]
        above = [one.text for _, one in paragraphs[max(at - _ABOVE, 0) : at]]
        found = passage_of([number for number, _ in paragraphs[at:end]], lines, above)
        if found is not None:
            yield found
        at = end


def passage_of(numbers: Sequence[int], texts: Sequence[str], above: Sequence[str] = ()) -> Passage | None:
    """The form that some lines were; None where their labels do not tell one. The unit may stand ``above``."""
    said = labels_in("\n".join(texts))
    money = _money(said, (*above, *texts))
    if not money and not _is_form(said, texts):
        return None
    name = next((one.value.split("\n")[0].strip() for one in said if one.key == "name" and one.value), "")
    return Passage(tuple(numbers), name if len(name) <= _LONGEST_VALUE else "", money)


def labels_in(text: str) -> list[Said]:
    """The telling labels at the beginning of a line, behind white space, or behind a semicolon after another label."""
    seen = simplified(visible(text))
    matches = _labels(seen) or _glued(seen)
    ends = [*(match.start() for match in matches[1:]), len(seen)][: len(matches)]
    return [
        Said(_key(match), _unit(match), seen[match.end() : end].strip().rstrip(_STOPS))
        for match, end in zip(matches, ends, strict=True)
    ]


def _labels(text: str) -> list[re.Match[str]]:
    """The labels that edges part; one behind a semicolon only where its line begins with another one."""
    found: list[re.Match[str]] = []
    lines: set[int] = set()
    for match in _LABEL.finditer(text):
        line = text.rfind("\n", 0, match.start("label")) + 1
        before = text[line : match.start("label")]
        if _is_label(match, text) and (line in lines or not before.rstrip().endswith(("；", ";"))):
            found.append(match)
            if not _LETTERS.search(before):
                lines.add(line)
    return found


def _glued(text: str) -> list[re.Match[str]]:
    """The labels of a text whose cells nothing parts, if it begins with one and they tell a form."""
    matches = list(_GLUED.finditer(text)) if _GLUED.match(text) else []
    keys = {_key(match) for match in matches}
    return matches if len(keys) >= _FEWEST and keys & _RARE else []


def _key(match: re.Match[str]) -> str:
    return _KEYS["".join(match["label"].split()).replace("：", ":")]


def _unit(match: re.Match[str]) -> str:
    return bare(f"{match['label']}{match['unit'] or ''}").unit


def _is_label(match: re.Match[str], text: str) -> bool:
    """Behind a label stands a colon, an edge, or an amount and then an edge; prose goes on otherwise."""
    if match["colon"]:
        return True
    after = text[match.end() :]
    return not after or after[0] in "|｜│┃；;" or after[0].isspace() or _AMOUNT.match(after) is not None


def _is_form(said: Sequence[Said], texts: Sequence[str]) -> bool:
    keys = {one.key for one in said}
    if _CERTAIN in keys:
        return True
    if len(keys) >= (_FEWEST_RARE if keys & _RARE else _FEWEST):
        return True
    return any(len({one.key for one in labels_in(text)}) >= _FEWEST_RARE for text in texts)


def _money(said: Sequence[Said], lines: Iterable[str]) -> str:
    """``预算数 500 万元``, or the treasury's money where no budget can be read; empty for none."""
    stated = {unit for line in lines for unit in stated_units(line)}
    for key, name in _MONEY.items():
        amounts = [amount for one in said if one.key == key and (amount := _amount(one, stated))]
        if amounts:
            return f"{name} {'、'.join(amounts)}"
    return ""


def _amount(said: Said, stated: Collection[str]) -> str:
    """The amount behind a label, in 万元; as it stands where nobody knows its unit; empty where there is none."""
    match = _AMOUNT.match(said.value)
    read = to_amount(match[0].strip("，,。")) if match else None
    if match is None or read is None:
        return ""
    if len(stated) > 1 and not (read.unit or said.unit):
        return f"{match[0].strip()}（单位不明）"
    unit = "" if read.unit else said.unit or next(iter(stated), "")
    return f"{plain(EXACT.multiply(read.value, UNITS[unit]))} 万元"


# --- how far a passage goes ----------------------------------------------------------------------------------------


def _end(paragraphs: Sequence[tuple[int, Paragraph]], first: int, breaks: Collection[int]) -> int:
    """The place behind the last line of a passage that begins with a label."""
    last, end = first, first + 1
    mark = _mark(paragraphs[first][1].text)
    seen = {one.key for one in labels_in(paragraphs[first][1].text)}
    while end < len(paragraphs) and end - last <= _REACH:
        number, paragraph = paragraphs[end]
        keys = {one.key for one in labels_in(paragraph.text)}
        is_next = seen & _MONEY.keys() and keys & _HEADS & seen
        if number in breaks or is_next or _is_foreign(paragraph, mark):
            break
        seen |= keys
        if _goes_on(paragraph.text):
            last = end
        end += 1
    return end if _waits_for_values(paragraphs[last][1].text) else last + 1


def _is_foreign(paragraph: Paragraph, mark: str) -> bool:
    """A heading, a title, a long sentence, or a numbered part of the text around."""
    text = paragraph.text
    section, part = section_of(text), part_of(text)
    is_section = section is not None and (section.is_numbered or label_key(text) is None)
    is_part = part is not None and part.mark != mark and part.mark == "（一）" and not labels_in(text)
    is_prose = len(text) > _LONGEST_VALUE and not _goes_on(text)
    return is_section or is_part or is_prose or is_title(text.strip()) or paragraph.style.startswith("heading")


def _mark(text: str) -> str:
    part = part_of(text)
    return part.mark if part else ""


def _goes_on(text: str) -> bool:
    """The line holds labels of a form, also those that sentences may begin with: 绩效目标, 目标1, 产出指标."""
    if labels_in(text):
        return True
    part = part_of(text)
    head = re.split(r"[:：\s]", text[len(part.text) if part else 0 :].strip(), maxsplit=1)[0]
    return bool(head) and (label_key(head) is not None or is_branch(head))


def _waits_for_values(text: str) -> bool:
    """The line is a label and nothing else, so its value stands on the next ones."""
    part = part_of(text)
    own = text[len(part.text) if part else 0 :].strip()
    return label_key(own) is not None or is_branch(own)
