"""Where the projects of a new workbook stand: each on a sheet of its own, those of a list together on one."""

from collections.abc import Sequence

from xl_perf.core.forms.kind import FormKind, Shape
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import form_sheet, list_sheet


def is_list(kind: FormKind) -> bool:
    """Its projects are written below each other, a row per indicator."""
    return kind.shape is Shape.LIST and kind.is_written


def in_sheets(projects: Sequence[Project]) -> tuple[Project, ...]:
    """The projects in the order of their sheets: those of a list follow the first of them."""
    return tuple(projects[at] for at in _order([project.kind for project in projects]))


def _order(kinds: Sequence[FormKind]) -> list[int]:
    first: dict[object, int] = {}
    keys = [kind if is_list(kind) else at for at, kind in enumerate(kinds)]
    for at, key in enumerate(keys):
        first.setdefault(key, at)
    return sorted(range(len(kinds)), key=lambda at: (first[keys[at]], at))


def sheets_of(kinds: Sequence[FormKind]) -> list[str]:
    """The name of the sheet of each project, from the kinds of their forms."""
    lists: dict[FormKind, str] = {}
    names = [""] * len(kinds)
    forms = 0
    for at in _order(kinds):
        kind = kinds[at]
        if is_list(kind):
            names[at] = lists.setdefault(kind, list_sheet(len(lists) + 1))
        else:
            forms += 1
            names[at] = form_sheet(forms)
    return names
