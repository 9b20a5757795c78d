"""What stands in 部门汇总 for the amounts and shares of a form: references to its cells, in 万元."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.kind import FormKind, Money
from xl_perf.core.model.project import Project
from xl_perf.live.forms import LiveForm
from xl_perf.sheets import summary_formulas as formulas
from xl_perf.sheets.texts import quoted

NOTE_START: Final = "【汇总】"
_PERCENT: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?[%％]{1,2}")
"""A text whose number the formula `formulas.share` takes from the cell; whoever types 25% in LibreOffice has 25%%."""
CellContent = str | float


class Figure(NamedTuple):
    """A cell of a form as the list shows it: by a formula, else as a number, else not at all.

    ``reference`` is the cell that a formula refers to, ``factor`` makes 万元 of what stands there. ``note`` says in
    Chinese why there is no reference.
    """

    formula: str = ""
    number: float | None = None
    reference: str = ""
    factor: Decimal = Decimal(1)
    note: str = ""

    @property
    def content(self) -> CellContent:
        """What the cell of the list holds."""
        return self.formula if self.number is None else self.number

    @property
    def term(self) -> str:
        """The figure as a term of a sum; a blank or a text counts as 0."""
        if self.number is not None:
            return repr(self.number)
        number = f"N({self.reference})"
        return number if self.factor == 1 else f"ROUND({number}*{plain(self.factor)},6)"


def amounts_of(project: Project, live: LiveForm | None, key: str) -> list[Figure]:
    """The project's amounts of which a column of the list consists: ``budget``, ``fiscal`` or ``other``.

    Numbers where the project does not stand in a form.
    """
    return [_amount(project.value(field), live, field) for field in _fields(project.kind, key)]


def _fields(kind: FormKind, key: str) -> list[str]:
    """The keys of the fields that a column adds up."""
    wanted = {"budget": Money.BUDGET, "fiscal": Money.FISCAL, "other": Money.SOURCE}[key]
    return [field.key for field in kind.money if field.money is wanted]


def _amount(entry: Entry[Decimal], live: LiveForm | None, key: str) -> Figure:
    if entry.status is Status.ABSENT:
        return Figure()
    if live is None:
        return Figure(number=None if entry.value is None else float(entry.value))
    if entry.status is Status.CONTRADICTED:
        return Figure(note=f"{NOTE_START}\n{entry.sheet}!{entry.cell} 的单位不能确定，这里没有计入。")
    if entry.status is Status.FILLED and isinstance(entry.typed, str) and entry.value is not None:
        return _typed(entry, f"{plain(entry.value)} 万元", entry.value)
    unit = live.unit_at(key, entry.row, entry.column)
    reference = f"{quoted(entry.sheet)}!{entry.cell}"
    if unit.contradiction:
        return Figure()
    if unit.factor == 1:
        return Figure(formulas.shown(reference), reference=reference)
    return Figure(formulas.converted(reference, unit.factor), reference=reference, factor=unit.factor)


def percent_of(entry: Entry[Decimal]) -> Figure:
    """A share of the spending plan."""
    if entry.status is Status.ABSENT:
        return Figure()
    is_text = isinstance(entry.typed, str) and not _PERCENT.fullmatch(entry.typed)
    if entry.status is Status.FILLED and is_text and entry.value is not None:
        return _typed(entry, f"{plain(entry.value)}%", entry.value.scaleb(-2))
    reference = f"{quoted(entry.sheet)}!{entry.cell}"
    return Figure(formulas.share(reference), reference=reference)


def _typed(entry: Entry[Decimal], understood: str, number: Decimal) -> Figure:
    """The number of a text that was understood, which no formula can take from the cell."""
    where = f"{entry.sheet}!{entry.cell}"
    note = f"{where} 写的是文字“{entry.text}”，这里按 {understood} 计。\n规范化后再汇总，就会引用该单元格。"
    return Figure(number=float(number), note=f"{NOTE_START}\n{note}")


def together(figures: Sequence[Figure]) -> tuple[CellContent, str]:
    """What the cell of the list holds for one figure, or for what several add up to, and its note."""
    note = "\n".join(figure.note for figure in figures if figure.note)
    shown = [figure for figure in figures if figure.content != ""]
    if len(shown) < 2:
        return (shown[0].content if shown else ""), note
    references = [figure.reference for figure in shown if figure.reference]
    if len(references) == len(shown) and all(figure.factor == 1 for figure in shown):
        return formulas.summed(references), note
    terms = "+".join(figure.term for figure in shown)
    if len(references) == len(shown):
        return f'=IF(COUNT({",".join(references)})=0,"",{terms})', note
    return f"={terms}", note
