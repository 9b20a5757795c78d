"""What comes of the formulas that an office's own form prints, of what is filled in."""

from collections.abc import Mapping
from decimal import Decimal

from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.layout import Layout
from xl_perf.core.forms.own_formulas import cells_in, result_of
from xl_perf.core.forms.own_sheet import Cell

Amounts = Mapping[Box, object]
"""What stands in the inputs; what is a number is a `Decimal` or a float."""


def results_of(layout: Layout, filled: Amounts) -> dict[Box, Decimal]:
    """The result of every formula that has one, blanks counting as 0."""
    boxes = {box.area[:2]: box for box in layout.boxes}
    made: dict[Box, Decimal] = {}
    under_way: set[Box] = set()

    def worth(cell: Cell) -> Decimal | None:
        box = boxes.get(cell)
        if box is None:
            return Decimal(0)
        if not box.formula:
            return _number(filled.get(box) if box.role is Role.INPUT or box.is_carried else box.text)
        if box not in made and box not in under_way:
            under_way.add(box)
            result = result_of(box.formula, worth)
            if result is not None:
                made[box] = result
        return made.get(box)

    for box in layout.boxes:
        if box.formula:
            worth(box.area[:2])
    return made


def _number(content: object) -> Decimal | None:
    if isinstance(content, Decimal):
        return content
    if isinstance(content, float | int):
        return Decimal(repr(content))
    return Decimal(0) if content is None or not str(content).strip() else None


def of_inputs_only(layout: Layout, box: Box) -> bool:
    """All that its formula speaks of is read: nothing that somebody wrote beside the form's fields is in it."""
    boxes = {one.area[:2]: one for one in layout.boxes}
    seen: set[Box] = set()

    def is_read(one: Box) -> bool:
        seen.add(one)
        parts = [boxes[cell] for cell in cells_in(one.formula) if cell in boxes]
        return all(part.role is Role.INPUT or (part.formula and (part in seen or is_read(part))) for part in parts)

    return is_read(box)
