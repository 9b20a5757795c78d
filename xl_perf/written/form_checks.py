"""What a form shows by itself, without macros: colours, drop-downs and input messages."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.cells.grid import Area, a1, column_letters
from xl_perf.core.cells.units import UNITS
from xl_perf.core.cells.values import plain
from xl_perf.core.forms.kind import Field, Value
from xl_perf.core.profile import Profile
from xl_perf.sheets.cells import absolute
from xl_perf.sheets.form_content import GO_WITH, TOLERANCE
from xl_perf.sheets.form_formulas import FormReferences, percent_in_text
from xl_perf.sheets.form_names import is_marked
from xl_perf.sheets.looks import FINE_PERCENT
from xl_perf.written.lists_sheet import BASIS_LIST, second_list
from xl_perf.written.styles import Styles

# --- colours ---------------------------------------------------------------------------------------------------


def colour(sheet: Worksheet, styles: Styles, cells: FormReferences) -> None:
    """Conditional formats: a broken sum, a plan that falls or stops short, what is still missing."""
    layout = cells.layout
    error, missing, input_look = styles.mark("error"), styles.mark("missing"), styles.mark("input")

    def mark(area: Area, formula: str, look: object) -> None:
        sheet.conditional_format(*area, {"type": "formula", "criteria": f"={formula}", "format": look})

    def lacks(area: Area, formula: str) -> None:
        """The colour of a check's mark comes first, until something stands there."""
        mark(area, f'AND({a1(*area[:2])}<>"",{is_marked(was_blank=True)})', input_look)
        mark(area, f"AND({formula},NOT({is_marked()}))", missing)

    if layout.balanced:
        mark(layout.area(cells.kind.money[0].key), cells.unbalanced, error)
    for item, share in enumerate(cells.shares):
        area, before = layout.area("percent", item), ",".join(f"N({one})" for one in cells.shares[:item])
        wrong = [f"{share}<0", f"{share}>1"]
        wrong += [f"{share}<MAX({before})-{TOLERANCE:.7f}"] if before else []
        wrong += [cells.short] if item == len(cells.plan) - 1 else []
        mark(area, f"AND(ISNUMBER({share}),OR({','.join(wrong)}))", error)
    for row in sorted({layout.area("percent", item)[0] for item in range(len(cells.plan))}):
        first = layout.area("percent", 0)[1]
        last = max(area[3] for area in map(layout.area, ["percent"] * len(cells.plan), range(len(cells.plan))))
        line, cell = (row, first, row, last), a1(row, first)
        fine = f"AND(ISNUMBER({cell}),ROUND({cell}*100,0)<>ROUND({cell}*100,6))"
        mark(line, fine, styles.mark("fine percent", num_format=FINE_PERCENT))
        lacks(line, f'AND({cell}="",{cells.begun})')
    for field in layout.leading:
        lacks(layout.area(field.key), f'AND({cells.field(field.key)}="",{cells.begun})')
    if cells.no_goals:
        lacks(layout.area("goal", 0), f"AND({cells.no_goals},{cells.begun})")
    level1 = layout.columns.get("level1", (0, 0))[0]
    blank = dict(cells.blank_branches()) if "level1" in layout.columns else {}
    for branch, first, last in layout.branches:
        if branch in blank:
            lacks((first, level1, last, level1), f"AND({blank[branch]},{cells.begun})")
    for area, formula in _halves(cells):
        lacks(area, formula)


def _halves(cells: FormReferences) -> Iterator[tuple[Area, str]]:
    """The columns of the tables of indicators, each with a test for rows that lack it and have what goes with it."""
    columns = {key: first for key, (first, _) in cells.layout.columns.items() if key in cells.kind.header}
    for key, others in GO_WITH.items():
        for area in cells.columns(key) if key in columns else ():
            row = area[0] + 1
            filled = "&".join(f"${column_letters(columns[other])}{row}" for other in others if other in columns)
            if filled:
                yield area, f'AND(${column_letters(columns[key])}{row}="",{filled}<>"")'


# --- drop-downs and messages -----------------------------------------------------------------------------------

AMOUNT_HELP: Final = {
    "input_message": "只填数字，单位万元。",
    "error_title": "不是有效的金额",
    "error_message": "请填不小于 0 的数字，单位为万元，最多 6 位小数（精确到分），例如 161.93。",
}


def amount_rule(cell: str, unit: str = "万元") -> dict[str, Any]:
    """The validation of an amount: a number, not negative, no finer than 1 分."""
    digits = _DIGITS_OF_WAN + UNITS[unit].adjusted()
    test = f"=AND(ISNUMBER({cell}),{cell}>=0,ABS({cell}-ROUND({cell},{digits}))<0.000000001)"
    said = {
        key: text.replace("万元", unit).replace(f"{_DIGITS_OF_WAN} 位", f"{digits} 位")
        for key, text in AMOUNT_HELP.items()
    }
    return {"validate": "custom", "value": test, **said}


_DIGITS_OF_WAN: Final = 6
"""Decimals that 1 分 has in 万元."""


def told(message: str) -> dict[str, Any]:
    """A message beside the cell, one short line, as it covers its neighbours; empty for none: the label says enough."""
    return {"validate": "any", "input_message": message} if message else {"validate": "any"}


def length_rule(limit: int, message: str = "") -> dict[str, Any]:
    """A warning beyond so many characters, and a message as `told` has it."""
    return {
        **told(message),
        "validate": "length",
        "criteria": "<=",
        "value": limit,
        "error_type": "warning",
        "error_title": "文字较长",
        "error_message": f"超过 {limit} 字，校验时会提示。仍要保留吗？",
    }


def guide(
    sheet: Worksheet,
    cells: FormReferences,
    profile: Profile,
    year: int | None = None,
    own: Collection[Area] = (),
) -> None:
    """Data validations with Chinese messages; examples name the book's ``year``. ``own`` have drop-downs already."""
    layout = cells.layout
    money = [field.key for field in cells.kind.money if field in layout.fields]
    last_said = layout.area("percent", 0)[0] if cells.plan else layout.area(money[0])[0] if money else 0

    def rule(area: Area, what: dict[str, Any]) -> None:
        """A message stands right of its cell: there it would cover what the form says, and lie below the buttons."""
        if area[3] == cells.kind.width - 1 and area[0] <= last_said:
            what = {key: value for key, value in what.items() if key != "input_message"}
        if what != {"validate": "any"} and area not in own:
            sheet.data_validation(*area, what)

    for area, what in (*_of_head(cells, profile), *_of_table(cells, profile, year)):
        rule(area, what)


_Rules = Iterator[tuple[Area, dict[str, Any]]]


def _of_head(cells: FormReferences, profile: Profile) -> _Rules:
    """The fields, the plan and the goals."""
    layout = cells.layout
    limit, long_limit = profile.text_limit_name, profile.text_limit
    for field in layout.fields:
        box = layout.input(field.key)
        if not any(box.around):
            yield box.area, _field_rule(field, absolute(box.area), limit, long_limit, box.unit)
    for item in range(len(layout.months)):
        yield layout.area("percent", item), _percent_rule(cells.plan[item])
    for item in range(layout.goals):
        message = "" if cells.kind.numbers_goals else _ONE_CELL
        yield layout.area("goal", item), length_rule(long_limit, message)


def _of_table(cells: FormReferences, profile: Profile, year: int | None) -> _Rules:
    """The columns of the indicator table."""
    layout = cells.layout
    level2 = layout.columns.get("level2", (0, 0))[0]
    for branch, first, last in layout.branches:
        if branch in profile.second_of and "level2" in layout.columns:
            yield (first, level2, last, level2), {**_LEVEL_RULE, "source": f"={second_list(branch)}"}
    rules = {"level3": length_rule(profile.text_limit_name), "target": _target_rule(year), "basis": _BASIS_RULE}
    if profile.weights is not None and "weight" in layout.columns:
        rules["weight"] = told(f"{layout.kind.labels['weight']}合计为 {plain(profile.weights.total)}。")
    for key, rule in rules.items():
        if key in layout.columns:
            yield from ((area, rule) for area in cells.columns(key))


_ONE_CELL: Final = "一行一个目标，Alt+Enter 换行。"


def _field_rule(field: Field, cell: str, name_limit: int, text_limit: int, unit: str) -> dict[str, Any]:
    """What the input of a field takes, and what it tells whoever selects it."""
    if field.value is Value.AMOUNT:
        return amount_rule(cell, unit)
    if field.value is Value.CODE:
        return told(field.help)
    return length_rule(text_limit if field.value is Value.LONG_TEXT else name_limit, field.help)


def _percent_rule(cell: str) -> dict[str, Any]:
    """The validation of a percentage: it asks about what is outside 0% to 100%, and about 1% or less.

    In a cell of percentages a 1 that is typed is 1%, and whoever means 100% does not see it.
    """
    as_number = f"AND({cell}<=1,OR({cell}=0,{cell}>0.01))"
    as_text = f"ABS({percent_in_text(cell)}-50)<=50"
    return {
        "validate": "custom",
        "value": f"=IF(ISNUMBER({cell}),{as_number},{as_text})",
        "input_message": "累计到月底：填 25 就是 25%。",
        "error_type": "warning",
        "error_title": "请再看一下",
        "error_message": "百分比在 0% 到 100% 之间：填 25，显示 25%。填 1 就是 1%，不是 100%。确实要这样填吗？",
    }


_LEVEL_RULE: Final = {
    "validate": "list",
    "error_type": "warning",
    "error_title": "不在清单中",
    "error_message": "这个二级指标不属于左侧的一级指标，校验时会报错。仍要保留吗？",
}


def _target_rule(year: int | None) -> dict[str, Any]:
    deadline = "12月底前" if year is None else f"{year}年12月底前"
    return told(f"如 =78人、≥90%、{deadline}。")


_BASIS_RULE: Final = {
    "validate": "list",
    "source": f"={BASIS_LIST}",
    "show_error": False,
}
