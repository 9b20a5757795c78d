"""An office brings its own form: a 样表 is learned from its blank form, checked, and exported."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_perf.core.cells.grid import Grid, a1
from xl_perf.core.errors import BookError, FormError, OutputError
from xl_perf.core.figures.missing import Incomplete, missing_from
from xl_perf.core.forms.certainty import Certainty
from xl_perf.core.forms.guide_form import Guide, is_guide
from xl_perf.core.forms.guide_list import AMOUNTS_ELSEWHERE
from xl_perf.core.forms.guide_rows import marks_on
from xl_perf.core.forms.guide_table import taken_away
from xl_perf.core.forms.kind import Family
from xl_perf.core.forms.kinds import BY_NAME, KINDS, kind_named
from xl_perf.core.forms.learned import COLUMNS, LearnedForm, alone
from xl_perf.core.forms.learning import Learning, lacks_unit, learn, with_unit
from xl_perf.core.forms.marks import GUIDE_STEM, name_of
from xl_perf.core.forms.own_columns import CARRIED, CARRIED_BESIDE
from xl_perf.core.forms.plans_not_read import said_of_blank
from xl_perf.core.profile import ProfileError
from xl_perf.files.candidates import DOCUMENTS
from xl_perf.files.output import check_target, replacing
from xl_perf.service.form_versions import of_given_form_only
from xl_perf.service.own_books import OwnForms, is_own, learned_again, own_forms
from xl_perf.service.placing import Written

if TYPE_CHECKING:
    from xl_perf.core.model.department import Department
    from xl_perf.core.model.findings import Finding
    from xl_perf.saved.limits import Limits

_BY_OPENPYXL: Final = frozenset({".xlsx", ".xlsm"})
_OTHERS: Final = DOCUMENTS | {".xlsm", ".xls", ".et", ".ods", ".xlsb", ".pdf", ".csv"}
_MOST_COLUMNS: Final = 200
"""Of a form; no office prints one as wide."""
_OF_READING: Final = frozenset({"S102", "S103", "S104", "S115", "S116", "B301", "B303", "B305", "B310"})
"""Rules that show that a form was not read as it is meant."""
NOT_WRITTEN: Final = (
    "提示：照它填好的表能读、能校验、能汇总，还不能用来新建（{why}）；new --from 把它的项目改写成自带的表样"
)
_NO_GUIDE: Final = "这不是样表：没有“对照”，表上也没有 {预算数} 这样的标记"
_LEARN_FIRST: Final = (
    "空白表请先用 xl-perf form learn 空白表.xlsx -o 样表.xlsx 写成样表；"
    "填好的表写在样表后面：xl-perf form check 样表.xlsx 填好的表.xlsx"
)
_OF_FILLED: Final = "工作簿里没有“空白表”，学的是填好的一张：目标和指标的行数照它，多出来的行请在样表里删去"
_LONGEST_NAMED: Final = 16
_ALIKE: Final = 0.8
"""So much of their labels two sheets with the same form have in common."""


class _Read(NamedTuple):
    """The sheets or tables in which a form is looked for, the texts beside the tables, and what is known of a workbook
    that xl-perf wrote.
    """

    grids: Sequence[Grid]
    texts: Sequence[str] = ()
    ours: OwnForms | None = None


class Learned(NamedTuple):
    """What came of learning: what was written, where, and what an officer has to look at.

    ``sure`` counts labels; ``unknown`` are read as texts, ``carried`` are columns of which nothing is made, ``left``
    are not read.
    """

    written: Written
    sheet: str
    sure: int
    to_check: tuple[str, ...]
    unknown: tuple[str, ...]
    carried: tuple[str, ...]
    left: tuple[str, ...]
    without_unit: bool
    notes: tuple[str, ...]


class Tried(NamedTuple):
    """A filled workbook read by a 样表: what it holds, what is wrong with its amounts and labels; or why it was not
    read. ``version`` says that it carries another version of the 样表.
    """

    path: str
    department: "Department | None" = None
    lacks: tuple[Incomplete, ...] = ()
    error: BookError | None = None
    findings: "tuple[Finding, ...]" = ()
    version: str = ""


class Checked(NamedTuple):
    """A 样表 and the filled workbooks on which it was tried."""

    guide: Guide
    tried: tuple[Tried, ...]

    @property
    def is_sound(self) -> bool:
        """It can be used, and every form of the filled workbooks was read by it."""
        return not self.guide.faults and all(one.error is None for one in self.tried)


def learn_form(source: str, out: str, *, overwrite: bool = False, limits: "Limits | None" = None) -> Learned:
    """Writes the 样表 of a blank or filled form, a workbook or a text; into a folder as ``样表-<name>.xlsx``.

    Raises `BookError` where the source cannot be read or holds no form, `OutputError` where OUT cannot be written.
    """
    from xl_perf.written.guide_book import write_guide

    path = Path(source)
    if path.suffix.lower() == ".txt":
        raise BookError("no-forms", source, "是纯文本，没有表格的样子", "请给出 Excel 或 Word 的空白表")
    target = _target(out, path)
    check_target(target, [path], overwrite)
    grids, beside, ours = _grids(path, source, limits)
    if is_guide(grids):
        raise BookError("guide", source, "已经是样表了", "要核对它，请用 xl-perf form check")
    grid, learned = _first_form(grids, source, target.stem, ours)
    office = path if path.suffix.lower() in _BY_OPENPYXL else None
    with replacing(target) as output:
        others = [one for one in grids if one is not grid]
        surplus = ours.surplus.get(grid.sheet) if ours else None
        said = write_guide(output.temp, learned, grid, others, office, is_ours=ours is not None, surplus=surplus)
    notes = [*learned.notes, *said, *([said_of_blank(learned.plan)] if learned.plan else [])]
    notes += [NOT_WRITTEN.format(why=AMOUNTS_ELSEWHERE)] if learned.amount_sheets else []
    notes += [_OF_FILLED] if ours is not None and not ours.is_blank(grid) else []
    notes += [*_not_taken(beside), *_emptied(grid, learned), *_unfinished(learned.form)]
    of = {certainty: [one for one in learned.proposals if one.certainty is certainty] for certainty in Certainty}
    return Learned(
        Written(output.path, output.notice),
        grid.sheet,
        len(of[Certainty.SURE]),
        tuple(f"“{one.label}”（{one.why}）" for one in of[Certainty.CHECK]),
        tuple(one.label for one in of[Certainty.UNKNOWN] if one.key),
        tuple(one.label for one in of[Certainty.UNKNOWN] if not one.key and one.why in {CARRIED, CARRIED_BESIDE}),
        tuple(one.label for one in of[Certainty.UNKNOWN] if not one.key and one.why not in {CARRIED, CARRIED_BESIDE}),
        lacks_unit(learned),
        tuple(notes),
    )


def _not_taken(texts: Sequence[str]) -> Iterator[str]:
    """The paragraphs of a text that are no part of its forms, such as 填报说明."""
    if texts:
        named = "、".join(
            f"“{text if len(text) <= _LONGEST_NAMED else f'{text[:_LONGEST_NAMED]}…'}”" for text in texts[:3]
        )
        more = f"等 {len(texts)} 段" if len(texts) > 3 else ""
        yield f"表以外的文字没有带到样表里：{named}{more}。是表上要印的，请在样表里补上"


def _emptied(grid: Grid, learned: Learning) -> Iterator[str]:
    """What the form held and the 样表 does not, cell by cell; of the indicators, which are contents, how many."""
    head, in_table = taken_away(grid, learned)
    said = [
        f"{a1(*at)}“{text if len(text) <= _LONGEST_NAMED else f'{text[:_LONGEST_NAMED]}…'}”"
        for at, text in head.items()
    ]
    said += [f"指标表里 {in_table} 格"] if in_table else []
    if said:
        yield f"清空了或换成了标记的内容（原文件没有动）：{'、'.join(said)}。要是里面有表上印的字，请在样表里补上"


def _unfinished(form: LearnedForm) -> Iterator[str]:
    """A title in which the name of a place is still to be written: each project would be blamed for it."""
    from xl_perf import profiles

    found = profiles.load().placeholders.search(form.title)
    if found is not None:
        yield f"标题里留着占位文字“{found[0]}”，会印进每一个项目，校验报 F209：请在样表里换成实际的名称"


def _target(out: str, source: Path) -> Path:
    path = Path(out)
    is_folder = out.endswith(("/", os.sep)) or os.path.isdir(out)  # noqa: PTH112  # never raises
    if path.suffix.lower() == ".xlsx" and not is_folder:
        return path
    if path.suffix.lower() in _OTHERS and not is_folder:
        raise OutputError(f"{path}：样表只能写成 .xlsx", f"请改用 {path.with_suffix('.xlsx').name}，或写出文件夹")
    stem = source.stem.removeprefix(GUIDE_STEM).strip("-_ ")
    return path / (f"{GUIDE_STEM}-{stem}.xlsx" if stem else f"{GUIDE_STEM}.xlsx")


def _grids(path: Path, shown: str, limits: "Limits | None") -> _Read:
    """The sheets of a workbook, or the tables of a text and its other paragraphs. Raises `BookError`."""
    from xl_perf.saved.guarded import guarded
    from xl_perf.text.sources import CONVERTED

    if path.suffix.lower() in CONVERTED:  # LibreOffice converts it, which has limits of its own
        return _of_text(path, shown)
    read = _of_text if path.suffix.lower() in DOCUMENTS else _of_book
    return guarded(read, shown, path, shown, limits=limits)


def _of_book(path: Path, shown: str) -> _Read:
    from xl_perf.saved.workbook import read_book

    book = read_book(path, shown)
    if is_own(book):
        ours = own_forms(book)
        return _Read(ours.grids, (), ours)
    return _Read(tuple(grid for grid in book.grids if not grid.hidden))


def _of_text(path: Path, shown: str) -> _Read:
    from xl_perf.text.reader import form_grids

    grids, texts = form_grids(path, shown)
    return _Read(tuple(map(_with_broad_lines, grids)), texts)


def _with_broad_lines(grid: Grid) -> Grid:
    """A text's lines above and below its table, which have one cell, as broad as that: 填报单位：    单位：万元."""
    width = max(map(len, grid.rows), default=0)
    lines = [(row, 0, row, width - 1) for row, cells in enumerate(grid.rows) if len(cells) == 1 < width]
    known = {area[:2] for area in grid.merges}
    return grid._replace(merges=(*grid.merges, *(area for area in lines if area[:2] not in known)))


def _first_form(grids: Sequence[Grid], shown: str, name: str, ours: OwnForms | None = None) -> tuple[Grid, Learning]:
    """The first sheet that is a form, and what was learned of it; one whose table was found goes before others.

    ``ours`` says more of the sheets where xl-perf wrote the workbook.
    """
    said: list[str] = []
    remedies: list[str] = []
    with_table: list[tuple[Grid, Learning]] = []
    without_table: list[tuple[Grid, Learning]] = []
    for grid in grids:
        if not grid.rows:
            continue
        if max(map(len, grid.rows)) > _MOST_COLUMNS:
            said.append(f"工作表“{grid.sheet}”有 {max(map(len, grid.rows))} 列，不像一张表")
            continue
        beside = [other for other in grids if other is not grid and ours is None]
        learned = learn(grid, name, beside)
        learned = learned if ours is None or learned.fault else learned_again(learned, grid, ours)
        if not learned.fault:
            (with_table if learned.has_table else without_table).append((grid, learned))
        said.append(f"工作表“{grid.sheet}”：{learned.fault}")
        remedies += [learned.remedy] if learned.remedy else []
    if found := [*with_table, *without_table]:
        first, learned = found[0]
        others = [other.sheet for other, its in with_table[1:] if not _are_alike(its.form, learned.form)]
        notes = [f"工作表“{name}”上另有一种表，没有学" for name in others if name not in dict(learned.amount_sheets)]
        return first, learned._replace(notes=(*learned.notes, *notes))
    reason = "；".join(dict.fromkeys(said)) if said else "里面是空的"
    remedy = next(iter(remedies), "请给出空白的项目绩效目标表，一张工作表放一张表")
    raise BookError("no-forms", shown, f"没有学到表：{reason}", remedy)


def _are_alike(one: LearnedForm, other: LearnedForm) -> bool:
    """Two sheets with the same form: of one that is filled in a label more or less may have been made out."""
    words, others = set(one.words), set(other.words)
    columns = {word for word in words ^ others if word.key in COLUMNS}
    return one.title == other.title and not columns and len(words & others) >= _ALIKE * len(words | others)


def check_form(guide: str, filled: Sequence[str] = (), limits: "Limits | None" = None) -> Checked:
    """What a 样表 says, and what filled workbooks hold when they are read by it alone, without the shipped kinds.

    Raises `BookError` for a 样表 that cannot be read.
    """
    from xl_perf.saved.guarded import guarded

    path = Path(guide)
    found = guarded(_guide, guide, path, guide, limits=limits)
    if found.faults or not filled:
        return Checked(found, ())
    return Checked(found, tuple(_tried(found.form, one, limits) for one in filled))


def _guide(path: Path, shown: str) -> Guide:
    from xl_perf.saved.filled_guides import filled_in_guide
    from xl_perf.saved.guides import guide_at
    from xl_perf.saved.workbook import read_book

    try:
        guide = guide_at(path, shown)
        grids = read_book(path, shown).grids
        if not (is_guide(grids) or any(next(iter(marks_on(grid)), None) for grid in grids)):
            raise BookError("guide", shown, _NO_GUIDE, _LEARN_FIRST)
        said = filled_in_guide(grids, guide)
        unwritten = () if guide.faults else _not_written(path)
        return guide._replace(notes=(*guide.notes, *said, *_unfinished(guide.form), *unwritten))
    except ProfileError as error:
        raise BookError("guide", shown, error.message.removeprefix(f"{shown}："), error.remedy) from None


def _not_written(path: Path) -> Iterator[str]:
    """Why no workbook can be made by a 样表 that serves for reading."""
    from xl_perf.saved.guides import kind_of_guide

    sheet = kind_of_guide(path).own_sheet
    if sheet is not None and sheet.problem:
        yield NOT_WRITTEN.format(why=sheet.problem)


def _tried(form: LearnedForm, filled: str, limits: "Limits | None") -> Tried:
    from xl_perf.saved.guarded import guarded
    from xl_perf.service.checking import check

    try:
        department, version = guarded(_read_by, filled, Path(filled), filled, form, limits=limits)
    except BookError as error:
        return Tried(filled, error=error)
    lacks = tuple(missing_from(department))
    if not department.projects:
        said = (
            f"按这份样表没有读到项目（{'、'.join(name_of(key) for key in ('name', 'budget', 'level3'))}都要在标签旁边）"
        )
        none = BookError("no-forms", filled, said, "请核对它和样表是不是同一种表")
        return Tried(filled, department, lacks, none, version=version)
    findings = tuple(one for one in check(department) if one.code in _OF_READING)
    return Tried(filled, department, lacks, findings=findings, version=version)


def _read_by(path: Path, shown: str, form: LearnedForm) -> "tuple[Department, str]":
    """What it holds by that form alone, and that it carries another version of it."""
    from xl_perf.core.reading import read_department
    from xl_perf.saved.workbook import read_book
    from xl_perf.text.reader import read_text

    kinds = alone(form)
    if path.suffix.lower() in DOCUMENTS:
        return read_text(path, shown, kinds).department, ""
    book, version = of_given_form_only(read_book(path, shown), form)
    return read_department(book, kinds), version


def show_form(name: str, out: str, *, overwrite: bool = False) -> Written:
    """Writes a shipped kind as a 样表; into a folder as ``样表-<name>.xlsx``.

    Raises `FormError` where there is no such kind for projects, `OutputError` where OUT cannot be written.
    """
    from xl_perf.core.forms.layout import blank_layout
    from xl_perf.core.forms.shown import shown_form
    from xl_perf.profiles import for_form
    from xl_perf.sheets.form_heights import least_of
    from xl_perf.written.drawn_forms import FormLook
    from xl_perf.written.guide_book import write_guide

    kind = kind_named(name)
    if kind is None or not (kind.is_read and kind.family is Family.TARGETS):
        known = "、".join(f"{one.name}（{one.title}）" for one in KINDS if one.is_read and one.family is Family.TARGETS)
        what = f"没有名称是“{name}”的表样" if kind is None else f"“{kind.name}”（{kind.title}）不能作样表的起点"
        raise FormError(what, f"可用的有：{known}")
    target = _target(out, Path(f"{kind.name}.xlsx"))
    check_target(target, (), overwrite)
    profile = for_form(kind.name)
    grid = shown_form(kind, profile)
    look = FormLook(kind.sheet_widths, least_of(blank_layout(profile, kind))) if kind.sheet_widths else FormLook()
    own_name = target.stem if target.stem not in BY_NAME else f"样表-{target.stem}"
    with replacing(target) as output:
        write_guide(output.temp, with_unit(learn(grid, own_name), kind.unit), grid, (), None, look)
    return Written(output.path, output.notice)
