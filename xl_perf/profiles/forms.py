"""What a profile says of kinds of form: ``forms``, and a table ``[form.NAME]`` for each."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from xl_perf.core.cells.labels import LONGEST_LABEL, bare
from xl_perf.core.cells.units import OF_FORMS
from xl_perf.core.forms.branches import is_branch
from xl_perf.core.forms.kind import Family, FormKind
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.marks import GUIDE_SUFFIXES
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.forms.variants import EXTRA, MONTH, FormSettings, variants
from xl_perf.core.profile import Branch
from xl_perf.profiles.table import Table

_KEYS: Final = {
    "words": dict,
    "required": list,
    "unit": str,
    "columns": list,
    "level_points": bool,
    "stop_words": list,
    "month_words": dict,
    "checkpoints": list,
}
_OF_NO_KIND: Final = STATEMENTS | {"title", "goal"}
"""Keys of labels that every kind has: no wording of a region can be one."""
_BY_NAME: Final = {kind.name: kind for kind in KINDS}


def forms_of(reader: Table) -> tuple[str, ...]:
    """The kinds that a profile is for, that of new workbooks first."""
    names = reader.texts("forms")
    if not names:
        raise reader.fail("forms", "至少要写一种表", _known_kinds())
    for name in names:
        if Path(name).suffix.lower() in GUIDE_SUFFIXES:
            continue  # a 样表, which whoever loads the profile reads
        kind = _BY_NAME.get(name)
        if kind is None or kind.family is not Family.TARGETS:
            raise reader.fail("forms", f"中的“{name}”不是一种项目绩效目标表的名称", _known_kinds())
    if names[0] in _BY_NAME and not _BY_NAME[names[0]].is_read:
        raise reader.fail("forms", f"的第一种是新工作簿用的，“{names[0]}”还不能用来新建", _known_kinds())
    return names


def kinds_of(table: Any, source: str, branches: Iterable[Branch]) -> Kinds:
    """All kinds, those that have a table of their own with what it says."""
    tables = Table(table, source, "form.").table
    settings: dict[str, FormSettings] = {}
    levels = [branch.label for branch in branches]
    said: dict[str, tuple[str, str]] = {}
    for name, own in tables.items():
        reader = Table(own, source, f"form.{name}.")
        kind = _BY_NAME.get(name)
        if kind is None:
            raise reader.fail("", "不是表的名称", _known_kinds(Family))
        settings[name] = _Form(reader, kind, levels).settings()
        for wording, key in settings[name].wordings:
            other, its_key = said.setdefault(bare(wording).text, (name, key))
            if its_key != key:
                raise reader.fail("words", f"“{wording}”的意思与 form.{other} 里的不同", "同一个叫法只能有一个意思")
    return variants(settings)


def _known_kinds(families: Iterable[Family] = (Family.TARGETS,)) -> str:
    names = (f"{kind.name}（{kind.title}）" for kind in KINDS if kind.family in set(families))
    return f"可用的有：{'、'.join(names)}"


class _Form:
    """Reads the table of one kind."""

    def __init__(self, reader: Table, kind: FormKind, levels: Iterable[str]) -> None:
        self.reader, self.kind, self.levels = reader, kind, list(levels)
        self.meanings = {bare(text).text: one.key for one in kind.worded for text in (one.label, *one.aliases) if text}
        self.names = {one.key: one.key for one in kind.worded} | self.meanings
        self.own: dict[str, str] = {}

    def settings(self) -> FormSettings:
        """What the table says."""
        reader, table = self.reader, self.reader.table
        reader.only(_KEYS, frozenset(_KEYS))
        if not self.kind.is_read and (others := table.keys() - {"words"}):
            raise reader.fail(min(others), "不能写在这里：这种表只认得，还不读", "这里只能写 words")
        if table.get("checkpoints"):
            remedy = "月份写在文件最上面的 checkpoints；表上没有支出计划的，这里写 checkpoints = []"
            raise reader.fail("checkpoints", "只能写 []，意思是不要求支出计划", remedy)
        if "checkpoints" in table and self.kind.plan is None:
            raise reader.fail("checkpoints", "不用写：这种表没有支出计划", "请删去这一行")
        return FormSettings(
            self._words(),
            self._required(),
            self._unit(),
            self._columns(),
            table.get("level_points", False),
            self._stop_words(),
            self._month_words(),
            plans="checkpoints" not in table,
        )

    def _table(self, key: str) -> Table:
        return Table(self.reader.table.get(key, {}), self.reader.source, f"{self.reader.prefix}{key}.")

    def _words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        words = self._table("words")
        found: dict[str, tuple[str, ...]] = {}
        for name in words.table:
            key = self.names.get(name) or self.names.get(bare(name).text)
            if key is None:
                raise words.fail(name, "不是这种表的栏目", self._known())
            for wording in words.texts(name):
                self._take(words, name, wording, key)
            found[key] = (*found.get(key, ()), *words.texts(name))
        return tuple(found.items())

    def _columns(self) -> tuple[str, ...]:
        headings = self.reader.texts("columns")
        for heading in headings:
            self._take(self.reader, "columns", heading, f"{EXTRA}{heading}")
        return headings

    def _month_words(self) -> tuple[tuple[str, int], ...]:
        months = self._table("month_words")
        if months.table and self.kind.plan is None:
            raise self.reader.fail("month_words", "不用写：这种表没有支出计划", "请删去这一项")
        for wording, month in months.table.items():
            if type(month) is not int or not 1 <= month <= 12:
                raise months.fail(wording, "应为 1 到 12 的月份", '例如 "上半年" = 6')
            self._take(months, wording, wording, f"{MONTH}{month}")
        return tuple(months.table.items())

    def _take(self, reader: Table, name: str, wording: str, key: str) -> None:
        """A wording must be one that can be found, and mean one thing."""
        seen = bare(wording).text
        if not seen or len(wording) > LONGEST_LABEL:
            raise reader.fail(name, f"中的“{wording}”不能作叫法", f"叫法要有文字，不超过 {LONGEST_LABEL} 字")
        known = label_key(wording) or ""
        if is_branch(wording) or known in _OF_NO_KIND or (known.startswith(MONTH) and known != key):
            raise reader.fail(name, f"中的“{wording}”本来另有意思", "请换一个叫法，或删去")
        other = self.own.setdefault(seen, self.meanings.get(seen, key))
        if other != key:
            raise reader.fail(name, f"中的“{wording}”在这种表里是“{self._label(other)}”", "请换一个叫法，或删去")

    def _label(self, key: str) -> str:
        if key.startswith(MONTH):
            return f"{key.removeprefix(MONTH)}月底"
        return self.kind.labels.get(key, key.removeprefix(EXTRA))

    def _required(self) -> frozenset[str] | None:
        if "required" not in self.reader.table:
            return None
        unlabelled: Mapping[str, str] = {name: one.key for one in self.kind.fields for name in (one.key, one.name)}
        found: set[str] = set()
        for name in self.reader.texts("required"):
            seen = bare(name).text
            key = self.names.get(name) or self.names.get(seen) or self.own.get(seen) or unlabelled.get(name)
            if key is None or key in {one.key for one in self.kind.known}:
                raise self.reader.fail("required", f"中的“{name}”不是这种表的栏目", self._known())
            found.add(key)
        return frozenset(found)

    def _known(self) -> str:
        return f"这种表的栏目有：{'、'.join(self.kind.labels.values())}"

    def _unit(self) -> str:
        unit = self.reader.table.get("unit", "")
        if "unit" in self.reader.table and unit not in OF_FORMS:
            raise self.reader.fail("unit", f"不是金额单位，现在是 {unit}", f"可用的有：{'、'.join(OF_FORMS)}")
        return str(unit)

    def _stop_words(self) -> tuple[str, ...]:
        words = self.reader.texts("stop_words")
        for word in words:
            seen = bare(word).text
            if not seen:
                raise self.reader.fail("stop_words", f"中的“{word}”没有文字")
            level = next((one for one in (*self.levels, *_LEVELS) if bare(one).text.startswith(seen)), None)
            if level is not None:
                raise self.reader.fail("stop_words", f"中的“{word}”会把“{level}”的行当作不是指标", "请写得完整一些")
        return words


_LEVELS: Final = ("产出指标", "效益指标", "效果指标", "满意度指标", "成本指标", "数量指标", "质量指标", "时效指标")
