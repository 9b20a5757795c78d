"""Filled forms in a 样表, on further sheets or on its own: nobody counts them there, which is said."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from xl_perf.core.cells.grid import Book, Grid
from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.guide_form import Guide, read_guide, unmarked
from xl_perf.core.forms.guide_parts import is_guide_table
from xl_perf.core.forms.kinds import KINDS
from xl_perf.core.forms.learned import learned_kind, with_learned
from xl_perf.core.reading import read_department
from xl_perf.files.inputs import Found
from xl_perf.files.own_files import GUIDE, MISNAMED_GUIDE, OWN_OUTPUTS


def filled_in_guide(grids: Sequence[Grid], guide: Guide) -> tuple[str, ...]:
    """Sentences without full stop, one for each project that is filled in beside the form of a 样表.

    So is one in the form itself, if its amount is: a name may be printed.
    """
    others = [unmarked(grid) for grid in grids if not is_guide_table(grid)]
    kinds = KINDS if guide.faults else with_learned((learned_kind(guide.form),), KINDS)
    projects = read_department(Book("样表", others), kinds).projects
    return tuple(
        f"样表的工作表“{one.sheet}”上有一张填了内容的表（{'，'.join(said)}），没有计入：要计的请移到填报的工作簿里"
        for one in projects
        if (one.sheet != guide.sheet or one.budget.value) and (said := _said(one.name.text, one.budget.text))
    )


def _said(name: str, budget: str) -> list[str]:
    return [f"项目“{name}”"] * bool(name) + [f"预算数 {budget}"] * bool(budget)


def with_filled_guides(found: Found) -> Found:
    """What was found, with what 样表 that were passed over hold beside their forms."""
    guides = [one for one in found.skipped if one.reason in {OWN_OUTPUTS[GUIDE], MISNAMED_GUIDE}]
    if not guides:
        return found
    more = {one.path: _filled(Path(one.path)) for one in guides}
    skipped = [
        one._replace(reason="；".join([one.reason, *more[one.path]])) if more.get(one.path) else one
        for one in found.skipped
    ]
    return replace(found, skipped=skipped)


def _filled(path: Path) -> tuple[str, ...]:
    from xl_perf.saved.workbook import read_book

    try:
        grids = read_book(path, path.name).grids if path.is_file() else ()
        return filled_in_guide(grids, read_guide(grids, path.stem)) if grids else ()
    except XlPerfError:
        return ()  # whoever reads by it is told
