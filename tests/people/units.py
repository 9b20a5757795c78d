"""Units of amounts: in labels, lines, sentences, titles, number formats, beside and within amounts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from tests.people.books import MONEY, MONEY_LABELS, Draft, Form
from tests.people.changes import UNIT, register
from tests.people.filling import Wrote, cost_of, grouped, plain, write_money
from tests.people.labels import FULL_WIDTH, reword


def stored(draft: Draft) -> Wrote | None:
    """Mostly numbers, sometimes texts."""
    return draft.rng.choice((None, None, None, None, plain, grouped))


def drop_line(form: Form) -> None:
    """Takes the unit line away, with its row."""
    for row, column in form.places("unit-line"):
        del form.sheet.cells[row, column]
        if not any(place[0] == row for place in form.sheet.cells):
            form.sheet.delete_row(row)


def set_line(draft: Draft, form: Form, text: str) -> None:
    """A unit line between title and form: on the left, on the right, or beside the form."""
    drop_line(form)
    row, left = form.at("code-label")
    form.sheet.insert_rows(row)
    place = draft.rng.choice(("left", "right", "beside"))
    form.sheet.put(row, left if place == "left" else 7 if place == "right" else 8, text, "unit-line", form.number)
    if place == "left":
        form.sheet.merge(row, left, across=7)


def round_to(form: Form, digits: int) -> None:
    """The form's amounts with at most so many digits, so that a format does not hide any."""
    form.budget = max(round(form.budget, digits), Decimal(1))
    form.other = None if form.other is None else round(form.other, digits)
    form.fiscal = form.budget - (form.other or 0)
    for cell in form.texts("cost"):
        cell.value = cost_of(form)


def unit_in_labels(
    draft: Draft, form: Form, unit: str, roles: Sequence[str] = MONEY_LABELS, keeps_line: bool = False
) -> bool:
    if not keeps_line:
        drop_line(form)
    elif not form.places("unit-line"):
        return False
    else:
        draft.clear = False
    pattern = draft.rng.choice(("{}（{}）", "{}({})", "{}\n（{}）", "{}（单位：{}）"))
    write_money(form, unit, stored(draft))
    return reword(form.texts(*roles), lambda text, _: pattern.format(text, unit))


def unit_for_each(draft: Draft, form: Form) -> bool:
    """Every money label with a unit of its own."""
    drop_line(form)
    for role, unit in zip(MONEY, ("元", "万元", "千元"), strict=True):
        write_money(form, unit, stored(draft), [role])
        cell = form.cell(f"{role}-label")
        cell.value = f"{cell.value}（{unit}）"
    return True


def unit_in_part(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    cell = form.cell("part-money")
    cell.value = f"{cell.value}（{unit}）"
    return True


def unit_in_line(draft: Draft, form: Form, unit: str) -> bool:
    pattern = draft.rng.choice(
        ("单位：{}", "金额单位：{}", "（单位：{}）", "单位:{}", "计量单位： {}", "单位：人民币{}")
    )
    set_line(draft, form, pattern.format(unit))
    write_money(form, unit, stored(draft))
    return True


def unit_in_sentence(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    pattern = draft.rng.choice(("以上金额单位为{}。", "注：本表金额单位均为{}", "说明：金额单位：{}"))
    form.sheet.put(form.sheet.bottom + 1, 1, pattern.format(unit), "sentence", form.number)
    return True


def unit_in_title(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    pattern = draft.rng.choice(("{}（单位：{}）", "{}（金额单位：{}）", "{}\n（单位：{}）"))
    cell = form.cell("title")
    cell.value = pattern.format(cell.value, unit)
    return True


def unit_beside(draft: Draft, form: Form, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, stored(draft))
    for role in MONEY:
        row, column = form.at(role)
        form.sheet.insert_columns(column + 1)
        form.sheet.put(row, column + 1, unit, "unit", form.number)
    return True


OWN_TEXTS: Final[Mapping[str, tuple[str, Wrote]]] = {
    "161.93万元": ("万元", lambda amount: f"{plain(amount)}万元"),
    "161.93 万元": ("万元", lambda amount: f"{plain(amount)} 万元"),
    "161.93万": ("万元", lambda amount: f"{plain(amount)}万"),
    "161.93（万元）": ("万元", lambda amount: f"{plain(amount)}（万元）"),
    "161.93, line break, 万元": ("万元", lambda amount: f"{plain(amount)}\n万元"),
    "161.93万元整": ("万元", lambda amount: f"{plain(amount)}万元整"),
    "full-width digits": ("万元", lambda amount: f"{plain(amount).translate(FULL_WIDTH)}万元"),
    "full-width digits, narrow point": (
        "万元",
        lambda amount: f"{plain(amount).translate(FULL_WIDTH)}万元".replace("．", "."),
    ),
    "1,619,300元": ("元", lambda amount: f"{grouped(amount)}元"),
    "1,619,300.00元": ("元", lambda amount: f"{amount:,.2f}元"),
    "1619300 元": ("元", lambda amount: f"{plain(amount)} 元"),
    "1，619，300元": ("元", lambda amount: f"{grouped(amount).replace(',', '，')}元"),
    "full-width 元": ("元", lambda amount: f"{grouped(amount).translate(FULL_WIDTH)}元"),
    "1,619,300元整": ("元", lambda amount: f"{grouped(amount)}元整"),
    "¥1,619,300元": ("元", lambda amount: f"¥{grouped(amount)}元"),
    "￥1,619,300.00元": ("元", lambda amount: f"￥{amount:,.2f}元"),
    "人民币1,619,300元": ("元", lambda amount: f"人民币{grouped(amount)}元"),
    "16,193百元": ("百元", lambda amount: f"{grouped(amount)}百元"),
    "1,619.3千元": ("千元", lambda amount: f"{grouped(amount)}千元"),
    "1.6193百万元": ("百万元", lambda amount: f"{plain(amount)}百万元"),
    "0.016193亿元": ("亿元", lambda amount: f"{plain(amount)}亿元"),
    "需要资金773万元": ("万元", lambda amount: f"需要资金{plain(amount)}万元"),
    "共计 7,730,000 元": ("元", lambda amount: f"共计 {grouped(amount)} 元"),
    "预算安排773万元。": ("万元", lambda amount: f"预算安排{plain(amount)}万元。"),
}
"""What the text says: its unit, and how it is written."""


def own_text(draft: Draft, form: Form, unit: str, text: Wrote) -> bool:
    write_money(form, unit, text, draft.rng.choice((MONEY, MONEY, ("budget",), ("budget", "fiscal"))))
    return True


def text_against_line(draft: Draft, form: Form) -> bool:
    """The line says 元, but the amounts say 万元 themselves: what stands nearer counts."""
    set_line(draft, form, "单位：元")
    write_money(form, text=OWN_TEXTS["161.93万元"][1])
    return True


def yen_sign(draft: Draft, form: Form, sign: str) -> bool:
    """A currency sign without a unit, under a line that says 元."""
    set_line(draft, form, "单位：元")
    write_money(form, "元", lambda amount: f"{sign}{amount:,.2f}")
    return True


FORMATS: Final = (
    # Format, unit of the stored number, unit line (None: as it is, "": none), digits that it shows of 万元.
    ('General"万元"', "万元", None, 4),
    ('#,##0.00"万元"', "万元", None, 2),
    ("#,##0.00_);[Red]\\(#,##0.00\\)", "万元", None, 2),
    ("0.00_ ", "万元", None, 2),
    ('#,##0.00"元"', "元", "", 4),
    ('#,##0"元"', "元", "", 4),
    ("#,##0\\元", "元", "", 4),
    ('#,##0.0"千元"', "千元", "", 2),
    ('0.00"百万元"', "百万元", "", 0),
    ('0.0000"亿元"', "亿元", "", 0),
    ("0!.0,", "元", None, 1),
    ("0!.0000", "元", None, 4),
    ('0!.0,"万元"', "元", None, 1),
    ('0!.0000"万元"', "元", None, 4),
    ('0"."0000"万元"', "元", None, 4),
    ("#,##0.00,", "元", "单位：千元", 3),
    ("#,##0.0000,,", "元", "单位：百万元", 2),
    ("¥#,##0.00", "元", "单位：元", 4),
    ('_ ¥* #,##0.00_ ;_ ¥* \\-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "元", "单位：元", 4),
)


def in_format(draft: Draft, form: Form, shown: str, unit: str, line: str | None, digits: int) -> bool:
    round_to(form, digits)
    if line:
        set_line(draft, form, line)
    elif line is not None:
        drop_line(form)
    write_money(form, unit, shown=shown)
    return True


def two_lines(draft: Draft, form: Form, first: str, second: str) -> bool:
    """Two unit lines that contradict each other."""
    set_line(draft, form, f"单位：{first}")
    row, left = form.at("code-label")
    form.sheet.insert_rows(row)
    form.sheet.put(row, left, f"金额单位：{second}", "second-unit", form.number)
    write_money(form, first)
    return not_known(draft, form, "two unit lines")


def line_and_sentence(draft: Draft, form: Form) -> bool:
    unit_in_sentence(draft, form, "万元")
    set_line(draft, form, "单位：元")
    write_money(form, "元")
    return not_known(draft, form, "unit line and sentence")


def format_against_label(draft: Draft, form: Form, shown: str, unit: str) -> bool:
    drop_line(form)
    write_money(form, unit, shown=shown)
    for cell in form.texts(*MONEY_LABELS):
        cell.value = f"{cell.value}（{unit}）"
    return not_known(draft, form, "number format against label")


def not_known(draft: Draft, form: Form, why: str) -> bool:
    form.known = False
    draft.unclear(why, form)
    return True


def register_units() -> None:
    sheet = ("money", "unit for the sheet")
    for unit in ("元", "百元", "千元", "百万元", "亿元"):
        register(f"units: {unit} in the labels", partial(unit_in_labels, unit=unit), UNIT, "money")
        register(f"units: {unit} in the part", partial(unit_in_part, unit=unit), UNIT, "money")
        register(f"units: {unit} in the next cell", partial(unit_beside, unit=unit), UNIT, "money")
        register(f"units: {unit} in a line", partial(unit_in_line, unit=unit), UNIT, *sheet)
        register(f"units: {unit} in a sentence below", partial(unit_in_sentence, unit=unit), UNIT, *sheet)
        register(f"units: {unit} in the title", partial(unit_in_title, unit=unit), UNIT, *sheet, "title")
    one = partial(unit_in_labels, unit="元", roles=MONEY_LABELS[:1])
    register("units: 元 in one label", one, UNIT, "money")
    register("units: another in every label", unit_for_each, UNIT, "money")
    kept = partial(unit_in_labels, unit="元", keeps_line=True)
    register("units: 元 in the labels, 万元 in the line", kept, UNIT, "money", expects="said")
    for key, (unit, text) in OWN_TEXTS.items():
        register(f"units: {key}", partial(own_text, unit=unit, text=text), UNIT, "money")
    register("units: 元 in the line, 161.93万元 in the cells", text_against_line, UNIT, *sheet)
    for sign in "¥￥":
        register(f"units: {sign}1,619,300.00 under 单位：元", partial(yen_sign, sign=sign), UNIT, *sheet)
    for shown, unit, line, digits in FORMATS:
        apply = partial(in_format, shown=shown, unit=unit, line=line, digits=digits)
        register(f"units: format {shown} {line or ''}".strip(), apply, UNIT, *(sheet if line else sheet[:1]))
    for first, second in (("元", "万元"), ("千元", "元")):
        apply = partial(two_lines, first=first, second=second)
        register(f"units: lines with {first} and {second}", apply, UNIT, *sheet, expects="said")
    register("units: line with 元, sentence with 万元", line_and_sentence, UNIT, *sheet, expects="said")
    for shown, unit in (('#,##0.00"元"', "万元"), ('General"万元"', "元")):
        apply = partial(format_against_label, shown=shown, unit=unit)
        register(f"units: format {shown}, label （{unit}）", apply, UNIT, "money", expects="said")
