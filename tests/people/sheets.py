"""Sheets that are hidden, copied, renamed, left blank; forms as drawings or in one cell."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from tests.people.books import MONEY, Draft, Form
from tests.people.changes import COPIES, MISSING, register
from tests.people.filling import NAMES, cost_of, plain, write_money


def hide_sheet(draft: Draft, form: Form, state: Literal["hidden", "veryHidden"]) -> bool:
    """It counts all the same, with a finding."""
    if all(sheet is form.sheet or sheet.state != "visible" for sheet in draft.sheets):
        return False
    form.sheet.state = state
    draft.demand("a form on a hidden sheet", ["S104", "S108"], form)
    return True


def copy_sheet(draft: Draft, form: Form, name: str) -> list[tuple[Form, Form]]:
    """Every form of the sheet with its copy on a new sheet, which is not yet in the book's list of forms."""
    sheet = copy.deepcopy(form.sheet)
    sheet.name, sheet.state = name, "visible"
    draft.sheets.insert(draft.sheets.index(form.sheet) + 1, sheet)
    pairs = []
    for one in draft.forms:
        if one.sheet is form.sheet:
            twin = replace(one, sheet=sheet, number=one.number + 100, touched=set(one.touched))
            pairs.append((one, twin))
    for cell in sheet.cells.values():
        cell.form += 100 if cell.form else 0
    return pairs


def copied(draft: Draft, form: Form) -> bool:
    """The same project twice."""
    for one, twin in copy_sheet(draft, form, f"{form.sheet.name} (2)"):
        draft.forms.append(twin)
        draft.demand("the same project twice", ["X60"], one, twin)
    draft.clear = False
    return True


def copied_for_another(draft: Draft, form: Form, keeps: Literal["nothing", "code", "name", "both"]) -> bool:
    """A copy that was filled anew, wholly or but for a code or name that was forgotten."""
    if not draft.lonely(form) or "money" in form.touched or form.name is None:
        return False
    [(_, twin)] = copy_sheet(draft, form, form.sheet.name + (" (2)" if keeps in ("nothing", "code") else "旧"))
    draft.forms.append(twin)
    shown = twin.cell("budget").shown
    twin.budget, twin.fiscal = twin.budget + 7, twin.fiscal + 7
    write_money(twin, shown=shown)
    for cell in twin.texts("cost"):
        cell.value = cost_of(twin)
    if keeps in ("nothing", "code"):
        rename(twin, draft.rng.choice([name for name in NAMES if all(name != one.name for one in draft.forms)]))
    if keeps in ("nothing", "name"):
        twin.cell("code").value = twin.code = "9" + twin.code[1:]
    if keeps != "nothing":
        draft.demand(f"a copy with the same {keeps}", ["X60"], form, twin)
        draft.clear = draft.clear and keeps == "code"
    return True


def rename(form: Form, name: str) -> None:
    for cell in form.texts("heading", "title", "name", "purpose", "filled"):
        cell.value = str(cell.value).replace(form.name or name, name)
    form.name = name


FILLED_IN: Final = (
    *("heading", "code", "name", *MONEY, "purpose", "percent", "goal"),
    *("level3", "description", "value", "cost", "basis", "extra", "hidden", "filled"),
)


def blank_left(draft: Draft, form: Form, name: str) -> bool:
    """A blank form that nobody took out."""
    for _, twin in copy_sheet(draft, form, name):
        for place in twin.places(*FILLED_IN):
            twin.sheet.cells[place].value = None
        for cell in twin.texts("title"):
            cell.value = "项目绩效目标表"
    return True


def as_drawing(draft: Draft, form: Form, picture: bool, keeps_title: bool) -> bool:
    """The form is a picture or a text box; its money is missing from what can be read."""
    if not draft.lonely(form):
        return False
    sheet, kept = form.sheet, form.places("heading", "title") if keeps_title else []
    sheet.cells = {place: sheet.cells[place] for place in kept}
    sheet.merges = [merge for merge in sheet.merges if merge[:2] in kept]
    sheet.picture = picture
    money = f"预算数 {plain(form.budget)} 万元，其中：财政资金 {plain(form.fiscal)} 万元"
    sheet.text_box = "" if picture else f"项目绩效目标表\n项目名称 {form.name}\n{money}"
    draft.clear = False
    return True


def in_one_cell(draft: Draft, form: Form, roles: Sequence[str]) -> bool:
    """Label and value in one cell."""
    for role in roles:
        label, cell = form.cell(f"{role}-label"), form.cell(role)
        amount = None if role not in MONEY else form.amount(role)
        value = cell.value if amount is None else f"{plain(amount)}万元"
        label.value, cell.value = f"{label.value}：{value or ''}", None
    draft.clear = False
    return True


def register_sheets() -> None:
    for state in ("hidden", "veryHidden"):
        register(f"sheets: form on a {state} sheet", partial(hide_sheet, state=state), COPIES, "hidden")
    register("sheets: copied whole", copied, COPIES, "sheet", expects="said")
    anew = partial(copied_for_another, keeps="nothing")
    register("sheets: copied and filled anew", anew, COPIES, "sheet")
    register("sheets: copied, code kept", partial(copied_for_another, keeps="code"), COPIES, "sheet")
    for keeps in ("name", "both"):
        apply = partial(copied_for_another, keeps=keeps)
        register(f"sheets: an older version left, same {keeps}", apply, COPIES, "sheet", expects="said")
    for name in ("空白表", "模板", "Sheet3"):
        register(f"sheets: a blank form left as {name}", partial(blank_left, name=name), COPIES, "blank")
    for titled in (False, True):
        for key, picture in (("picture", True), ("text box", False)):
            apply = partial(as_drawing, picture=picture, keeps_title=titled)
            name = f"sheets: form as a {key}" + (" below its title" if titled else "")
            register(name, apply, COPIES, "sheet", "money", expects="said")
    for key, roles in {"all": ("code", "name", *MONEY), "the money": MONEY, "the budget": MONEY[:1]}.items():
        apply = partial(in_one_cell, roles=roles)
        register(f"sheets: label and value in one cell, {key}", apply, MISSING, "money", "missing", expects="said")
