"""Several departments' workbooks made one: what `new --from` writes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.making import draft
from xl_perf.core.model.department import Cover, Department
from xl_perf.core.model.project import Project


def merge(sources: Sequence[Department], name: str | None = None, year: int | None = None) -> Department:
    """All projects, reports, tasks and supervision records of the sources, in their order.

    The rest is from the first source that says anything of it.

    Warnings stay accepted where one workbook is taken over; of several, sheets and cells would no longer be right.
    ``name`` and ``year`` replace what the sources say; without 首页 the name is that in the forms, if it is but one.
    Blank forms are left out. Without sources the department is empty but for name and year.
    """
    cover = next((source.cover for source in sources if _says_anything(source.cover)), draft.department().cover)
    if name is None and cover.department.value is None:
        named = {source.named_in_forms for source in sources} - {None}
        name = named.pop() if len(named) == 1 else None
    if name is not None:
        cover = replace(cover, department=draft.text(name))
    if year is None and cover.year.value is None:
        year = next((source.year for source in sources if source.year), None)
    if year is not None:
        cover = replace(cover, year=draft.department(year=year).cover.year)
    goals = next((source for source in sources if has_goals(source)), draft.department())
    return replace(
        goals,
        path="",
        sheets=(),
        cover=cover,
        year=cover.year.value,
        projects=tuple(project for source in sources for project in source.projects),
        monitoring=tuple(one for source in sources for one in source.monitoring),
        evaluations=tuple(one for source in sources for one in source.evaluations),
        blank_forms=(),
        tables=(),
        unread=(),
        stored_totals=(),
        listed=(),
        sha256="",
        kind="",
        template_version="",
        money_texts=(),
        strange=(),
        marks_left=(),
        list_totals=(),
        notes=(),
        sees_errors=all(source.sees_errors for source in sources),
        accepted=sources[0].accepted if len(sources) == 1 else (),
        has_no_errors=bool(sources) and all(source.has_no_errors for source in sources),
        tasks=tuple(one for source in sources for one in source.tasks),
        supervision=tuple(one for source in sources for one in source.supervision),
    )


def kind_of(projects: Sequence[Project], default: FormKind = DEFAULT) -> FormKind:
    """The kind of form that most of the projects have; the first of those met. Without projects the default."""
    kinds = Counter(project.kind for project in projects)
    return max(kinds, key=kinds.__getitem__, default=default)


def origins(sources: Sequence[Department]) -> tuple[str, ...]:
    """What came from where, said only where it is a choice."""
    notes = [f"{source.path}：{note}" for source in sources for note in source.notes]
    first, *others = [source.path for source in sources if has_goals(source)] or [""]
    if others:
        notes.append(f"整体绩效目标取自 {first}；{'、'.join(others)} 也写了，没有收进来")
    notes += [f"{source.path} 里没有填写的项目绩效目标表" for source in sources if not source.projects]
    return tuple(notes)


def has_goals(department: Department) -> bool:
    """Anything at all stands on 整体绩效目标."""
    return department.overall_goal.value is not None or bool(department.sub_goals) or bool(department.safeguards)


def _says_anything(cover: Cover) -> bool:
    entries = (cover.department, cover.year, cover.contact, cover.phone, cover.ceiling)
    return any(entry.value is not None for entry in entries)
