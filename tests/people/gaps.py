"""Blank rows and columns, forms that are shifted, lack a title or share a sheet."""

from functools import partial

from tests.people.books import Draft, Form
from tests.people.changes import GAPS, SHEETS, register


def blank_rows(draft: Draft, form: Form, role: str, nth: int = 0) -> bool:
    places = form.places(role)
    if nth >= len(places):
        return False
    form.sheet.insert_rows(places[nth][0], draft.rng.choice((1, 1, 2, 3)))
    return True


def blank_column(draft: Draft, form: Form, column: int) -> bool:
    form.sheet.insert_columns(form.at("code-label")[1] + column - 1, draft.rng.choice((1, 1, 2)))
    return True


def shift(_draft: Draft, form: Form, rows: int, columns: int) -> bool:
    if rows:
        form.sheet.insert_rows(1, rows)
    if columns:
        form.sheet.insert_columns(1, columns)
    return True


def no_title(draft: Draft, form: Form, keeps_row: bool) -> bool:
    for place in form.places("heading", "title")[::-1]:
        del form.sheet.cells[place]
        form.sheet.merges = [merge for merge in form.sheet.merges if merge[:2] != place]
        if not keeps_row:
            form.sheet.delete_row(place[0])
    return True


def title_far_above(draft: Draft, form: Form) -> bool:
    form.sheet.insert_rows(form.at("title")[0] + 1, 5)
    return True


def two_on_a_sheet(draft: Draft, form: Form, gap: int, beside: bool) -> bool:
    """The next form is moved onto this one's sheet, below or beside it."""
    others = (one for one in draft.forms if one is not form and draft.lonely(one) and "sheet" not in one.touched)
    other = next(others, None)
    if other is None or not draft.lonely(form) or (form.touched | other.touched) & {"unit for the sheet"}:
        return False
    moved, home = other.sheet, form.sheet
    if beside:
        moved.insert_columns(1, home.right + gap)
    else:
        moved.insert_rows(1, home.bottom + gap)
    home.cells |= moved.cells
    home.merges += moved.merges
    other.sheet = home
    draft.sheets.remove(moved)
    return True


def register_gaps() -> None:
    between = ("code-label", "part-money", "part-plan", "part-goals", "header-level1", "level1")
    inside = ("purpose", "percent")
    for role in (*between, *inside):
        register(f"gaps: blank rows before {role}", partial(blank_rows, role=role), GAPS, f"rows {role}")
    for role, nth in (("level3", 1), ("level3", 3), ("level1", 1), ("level1", 2), ("goal", 1)):
        apply = partial(blank_rows, role=role, nth=nth)
        register(f"gaps: blank rows before {role} {nth + 1}", apply, GAPS, f"rows {role} {nth}")
    for column in range(2, 8):
        register(f"gaps: blank column before {column}", partial(blank_column, column=column), GAPS, "columns")
    for rows, columns in ((4, 0), (0, 2), (3, 1), (37, 0), (0, 11), (60, 25)):
        apply = partial(shift, rows=rows, columns=columns)
        register(f"gaps: shifted by {rows} rows, {columns} columns", apply, GAPS, "shift")
    register("gaps: no title, its row left", partial(no_title, keeps_row=True), GAPS, "title")
    register("gaps: no title", partial(no_title, keeps_row=False), GAPS, "title")
    register("gaps: title far above", title_far_above, GAPS, "title")
    for gap in (0, 1, 3):
        stacked = partial(two_on_a_sheet, gap=gap, beside=False)
        register(f"gaps: two forms stacked, {gap} rows between", stacked, SHEETS, "sheet")
        beside = partial(two_on_a_sheet, gap=gap, beside=True)
        register(f"gaps: two forms side by side, {gap} columns between", beside, SHEETS, "sheet")
