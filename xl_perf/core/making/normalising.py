"""What can be written in the usual form without changing what it says: edits, described and not applied.

Numbers typed as text into amounts and percentages become numbers, codes lose blanks and full-width forms, target
values get the usual signs and digits. Only what reads the same afterwards is offered.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.entry import Entry, PartOfCell, Status
from xl_perf.core.cells.targets import to_target, usual_target
from xl_perf.core.cells.values import stored_number
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Edit, Finding
from xl_perf.core.model.project import Checkpoint, Project

_HUNDRED: Final = Decimal(100)


def proposals(department: Department, findings: Iterable[Finding] = ()) -> list[Edit]:
    """The edits for a department, at most one a cell, in the order of its sheets; those of findings go first.

    What is only part of its cell is not rewritten.
    """
    edits: dict[tuple[str, int, int], Edit] = {}
    own = (edit for project in department.projects for edit in project_edits(project))
    for edit in (*(finding.edit for finding in findings if finding.edit is not None), *own):
        if not isinstance(edit.old, PartOfCell):
            edits.setdefault((edit.sheet, edit.row, edit.column), edit)
    position = {sheet: number for number, sheet in enumerate(department.sheets)}
    return sorted(edits.values(), key=lambda edit: (position.get(edit.sheet, len(position)), edit.row, edit.column))


def project_edits(project: Project) -> Iterator[Edit]:
    """The edits for one form; none for amounts that count in another unit than 万元, or in nobody knows which."""
    yield from code_edits(project.code)
    if project.unit is None and not project.conflicts:
        for _, amount in project.amounts:
            yield from amount_edits(amount)
    yield from plan_edits(project.plan)
    for indicator in project.indicators:
        yield from target_edits(indicator.target)


def code_edits(code: Entry[str]) -> Iterator[Edit]:
    """A code without white space, in half-width letters and digits."""
    if code.status is Status.FILLED and isinstance(code.typed, str) and folded(code.typed) != code.typed:
        yield _edit(code, folded(code.typed))


def amount_edits(amount: Entry[Decimal]) -> Iterator[Edit]:
    """``161.93万元`` typed as text becomes the number 161.93, in 万元."""
    if amount.status is Status.FILLED and isinstance(amount.typed, str) and amount.value is not None:
        number = _number(amount.value)
        if number is not None:
            yield _edit(amount, number)


def plan_edits(plan: Sequence[Checkpoint]) -> Iterator[Edit]:
    """Percentages become shares, 0.25 for 25 %; all of a plan or none, for they are read together."""
    filled = [point.percent for point in plan if point.percent.status is Status.FILLED]
    shares = [_number(entry.value.scaleb(-2)) for entry in filled if entry.value is not None]
    if any(share is None or not 0 <= share <= 1 for share in shares) or len(shares) != len(filled):
        return
    for entry, share in zip(filled, shares, strict=True):
        if isinstance(entry.typed, str) or entry.typed != share:
            yield _edit(entry, share)


def target_edits(target: Entry[object]) -> Iterator[Edit]:
    """``＝７８人`` becomes ``=78人``, ``>=90％`` becomes ``≥90%``."""
    if target.status is not Status.FILLED or not isinstance(target.typed, str):
        return
    usual = usual_target(target.typed)
    if usual != target.typed and to_target(usual) == target.value:
        yield _edit(target, usual)


def _edit(entry: Entry[object], new: str | float | None) -> Edit:
    return Edit(entry.sheet, entry.row, entry.column, entry.typed, new)


def _number(value: Decimal) -> float | None:
    """The double that shows exactly these digits; None where there is none."""
    number = float(value)
    return number if stored_number(number) == value else None
