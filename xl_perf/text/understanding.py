"""From the parts of a text to a department, and what is to be said of what could not be taken in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Book
from xl_perf.core.forms.filled_texts import is_blank_line_to_sign
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.labels import label_key
from xl_perf.core.forms.units import STATEMENTS
from xl_perf.core.forms.unplaced import BETWEEN
from xl_perf.core.making import draft
from xl_perf.core.model.department import Cover, Department, UnreadSheet
from xl_perf.core.model.project import Project
from xl_perf.core.reading import read_department
from xl_perf.text.contents import contents_of
from xl_perf.text.flattened import Passage, passage_of, passages
from xl_perf.text.form_grid import Form, Numbered
from xl_perf.text.forms_in import UNNEST, Split, may_be_name
from xl_perf.text.goals_in import RunningText, read_running_text
from xl_perf.text.lists_in import in_list
from xl_perf.text.titles_in import titles_in
from xl_perf.text.unplaced import Unplaced, paragraph, unplaced

RESTORE: Final = "请把它恢复成表格再收一次，或在新工作簿里另填一张"


class TextRead(NamedTuple):
    """A text as a department, what found no place in it (in the order of the text), and which forms it may lack.

    What looks like a form and is none that could be read is among the department's unread sheets.
    """

    department: Department
    unplaced: tuple[Unplaced, ...]
    warnings: tuple[str, ...] = ()


def understood(parts: Split, shown: str, sha256: str, kinds: Kinds = KINDS) -> TextRead:
    """The department that a text describes; its forms are read as these kinds."""
    found = read_department(Book(shown, [one.grid for one in parts.forms], sha256=sha256), kinds)
    contents = contents_of(parts.paragraphs, _headings(parts.forms), parts.breaks)
    paragraphs = [one for one in parts.paragraphs if one[0] not in contents]
    gone = list(passages(paragraphs, parts.breaks))
    titles = titles_in(parts.forms, paragraphs, len(found.projects) + len(found.blank_forms))
    apart = {*parts.above, *titles.apart, *_numbers(gone, paragraphs)}
    said = read_running_text(paragraphs, apart, parts.breaks)
    bare = _bare(parts.forms, found)
    lists = {one.grid.sheet: read.unplaced for one in bare if (read := in_list(one, found.projects)).is_list}
    unread = [one for one in found.unread if one.looks_like_form]
    unread += (UnreadSheet(one.place, one.reason, len(one.numbers), looks_like_form=True) for one in gone)
    unread += (read for one in bare if one.grid.sheet not in lists for read in _as_unread(one))
    department = replace(
        _running(said, found),
        path=shown,
        sheets=found.sheets,
        projects=found.projects,
        own_targets=found.own_targets,
        named_in_forms=found.named_in_forms,
        blank_forms=found.blank_forms,
        tables=found.tables,
        monitoring=found.monitoring,
        evaluations=found.evaluations,
        unread=tuple(unread),
        sha256=sha256,
    )
    notes = (Unplaced(note.what, note.text) for note in parts.notes)
    nested = f"{parts.nested_said}。{UNNEST}，再收一次" if parts.nested else ""
    warnings = tuple(filter(None, (titles.warning, nested)))
    left = (*_rest(said, gone, found.projects), *_unplaced(parts.forms, found.projects, lists, kinds), *notes)
    return TextRead(department, left, warnings)


def _headings(forms: Iterable[Form]) -> Iterator[str]:
    """The paragraphs that stand in the grids of forms, above their tables."""
    for one in forms:
        for cells, origin in zip(one.grid.rows, one.rows, strict=True):
            if not origin.table:
                yield str(cells[0])


def _numbers(gone: Iterable[Passage], paragraphs: Sequence[Numbered]) -> Iterator[int]:
    """The paragraphs of forms that have become text, with what stands above each: its unit, its project's name."""
    place = {number: at for at, (number, _) in enumerate(paragraphs)}
    for one in gone:
        yield from one.numbers
        at = place[one.numbers[0]] - 1
        if at >= 0 and label_key(paragraphs[at][1].text) in STATEMENTS:
            yield paragraphs[at][0]
            at -= 1
        if at >= 0 and may_be_name(paragraphs[at][1]):
            yield paragraphs[at][0]


def _bare(forms: Iterable[Form], found: Department) -> list[Form]:
    """The grids with neither a form nor a table of another kind, nor something that looks like one."""
    known = {
        *(project.sheet for project in found.projects),
        *(blank.sheet for blank in found.blank_forms),
        *(table.sheet for table in found.tables),
        *(sheet.sheet for sheet in found.unread if sheet.looks_like_form),
    }
    return [one for one in forms if one.grid.sheet not in known]


def _as_unread(one: Form) -> list[UnreadSheet]:
    """A table whose cells hold labels and values together: 项目名称：…  预算数：… in one."""
    lines = ["\t".join(str(cell) for cell in cells if cell) for cells in one.grid.rows]
    found = passage_of((), lines)
    return [UnreadSheet(one.grid.sheet, found.reason, len(lines), looks_like_form=True)] if found else []


def _running(said: RunningText, found: Department) -> Department:
    """The department without projects, as the running text describes it."""
    goals = draft.department(
        name=said.department or None,
        year=said.year or None,
        overall_goal="\n".join(said.overall) or None,
        sub_goals=[
            draft.sub_goal(sub.title, "\n".join(sub.goal), sub.indicators, sub.projects) for sub in said.sub_goals
        ],
        safeguards=said.safeguards,
    )
    cover = goals.cover if goals.cover.year.value else _with_year(goals.cover, found.year)
    return replace(goals, cover=cover, year=goals.year or found.year)


def _with_year(cover: Cover, year: int | None) -> Cover:
    return replace(cover, year=draft.department(year=year).cover.year)


def _unplaced(
    forms: Iterable[Form], projects: Iterable[Project], lists: Mapping[str, Iterable[Unplaced]], kinds: Kinds
) -> Iterator[Unplaced]:
    """What is in no project of a grid; of a list of projects only what differs from them."""
    own: dict[str, list[Project]] = {}
    for project in projects:
        own.setdefault(project.sheet, []).append(project)
    for one in forms:
        sheet = one.grid.sheet
        yield from lists[sheet] if sheet in lists else unplaced(one, own.get(sheet, ()), kinds)


def _rest(said: RunningText, gone: Iterable[Passage], projects: Sequence[Project]) -> Iterator[Unplaced]:
    """The paragraphs that found no place; those of a form that has become text together.

    The name of a project alone is a heading above its form, and what an office's own form prints below itself is
    nobody's content: nothing of it is lost.
    """
    names = {folded(name) for one in projects if (name := one.name.value)}
    sheets = {one.kind.name: one.kind.own_sheet for one in projects}.values()
    names |= {folded(text) for sheet in sheets if sheet is not None for line in sheet.texts for text in line if text}
    together = {number: one for one in gone for number in one.numbers}
    texts: dict[int, list[str]] = {}
    places: dict[int, str] = {}
    for number, text in said.rest:
        if is_blank_line_to_sign(text) or folded(text) in names:
            continue
        one = together.get(number)
        first = one.numbers[0] if one else number
        places.setdefault(first, one.place if one else paragraph(number))
        texts.setdefault(first, []).append(text.strip())
    for first, lines in texts.items():
        yield Unplaced(places[first], BETWEEN.join(lines))
