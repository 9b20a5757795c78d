"""说明: how to fill in, what the colours mean, how to copy a form without macros, how to check: one page."""

from collections.abc import Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xl_perf.core.actions import ACTIONS
from xl_perf.core.forms.kind import FormKind, Holds
from xl_perf.core.making.placing import is_list
from xl_perf.core.workbook.sheets import LIST_SHEET, TEMPLATE_VERSION
from xl_perf.sheets.looks import ERROR_FILL, GOOD_FILL, INPUT_FILL, LABEL_FILL, MISSING_FILL
from xl_perf.sheets.texts import row_height
from xl_perf.written.page import portrait_page, protect
from xl_perf.written.put import put
from xl_perf.written.styles import Styles

WIDTHS: Final = (14, 80)
WITHOUT_MACROS: Final = "本工作簿不含宏，可直接邮寄、报送。"
WITH_MACROS: Final = "本工作簿含宏，邮寄后宏会被对方的 Excel 禁用；报送请另存为不含宏的 .xlsx。"

Line = tuple[str, str]
"""What stands in the left column, and the explanation."""


def _filling(kinds: Sequence[FormKind]) -> tuple[Line, ...]:
    """What the forms of these kinds ask for."""
    lines: list[Line] = [
        ("首页", "填部门名称、预算年度、联系人和联系电话。控制数由财政部门下达，没有可以留空。"),
        ("整体绩效目标", "填总体目标、分项目标（写清指标、指标值，对应项目一行一个）和工作保障措施。"),
    ]
    if not all(map(is_list, kinds)):
        lines.append(("项目表 01、02…", "一个项目一张表。金额单位为万元，只填数字；没有金额就留空，不要填 0。"))
    if any(map(is_list, kinds)):
        lines.append((LIST_SHEET, _LIST))
    plans = [kind.plan.label for kind in kinds if kind.plan is not None]
    if plans:
        label = plans[0].partition("（")[0]
        lines.append((label, "填到该月底为止累计支出的百分比，只增不减，最后一个时点为 100%。"))
    goals = dict.fromkeys(_goal_label(kind) for kind in kinds if not (kind.numbers_goals or is_list(kind)))
    lines += [(label, _ONE_CELL) for label in goals]
    if not all(map(is_list, kinds)):
        lines.append(("绩效指标", _INDICATORS))
    lines.append(("指标库", "常用指标的参考值和依据，供填项目表时选用；可以自己增、删、改，不参加校验和汇总。"))
    lines += [("标题", text) for text in dict.fromkeys(map(_about_title, kinds))]
    lines += [("表样", _about_form(kind)) for kind in kinds if kind.learned is not None]
    return tuple(lines)


_LIST: Final = (
    "一行一个指标。项目自己的栏目（名称、金额等）只在它的第一行填，下面各行留空；金额按表上印的单位填。"
    "每行右边不打印的编号说明它属于第几个项目，第一行右边是填报状态。"
)
_INDICATORS: Final = (
    "每个一级指标下至少一行；行不够时按“增加指标行”，没有按钮的在该组中间插入行，不用的行留空。"
    "指标值照原样填，如 =78人、≥90%。"
)
_ONE_CELL: Final = "写在一格里，几个目标分行写：目标1：……；目标2：……。文字多时按“调整行高”，或自己把这一行拉高。"


def _about_form(kind: FormKind) -> str:
    """Which of an office's own forms the workbook follows."""
    year = None if kind.learned is None else kind.learned.year
    since = "" if year is None else f"（{year} 年起用）"
    what = LIST_SHEET if is_list(kind) else "项目表"
    return f"{what}照样表“{kind.name}”{since}的样子，印好的文字不能改，填写的格子有底色。"


def _goal_label(kind: FormKind) -> str:
    part = kind.part_of(Holds.GOALS)
    return "绩效目标" if part is None else part.label


def _about_title(kind: FormKind) -> str:
    if kind.headed_by_name:
        return f"自动带出项目名称。要写别的标题就直接改，末尾保留“{kind.title}”。"
    year = "，年度取自首页" if kind.part_of(Holds.YEAR) is not None else ""
    return f"“{kind.title}”已经印好{year}，不用填。要写别的标题就直接改，末尾保留表名。"


_COPYING: Final[tuple[Line, ...]] = (
    ("复制：Excel", "右键单击工作表标签“空白表”，选“移动或复制”，位置选“空白表”，勾选“建立副本”。"),
    ("复制：WPS", "右键单击标签“空白表”，选“创建副本”；没有这一项的，选“移动或复制工作表”，勾选“建立副本”。"),
    ("复制：LibreOffice", "右键单击标签“空白表”，选“移动或复制工作表”，操作选“复制”，位置选“空白表”之前。"),
)
_NAMING: Final = (
    "改为下一个号，如 09，首页的列表马上列出它。Excel、WPS 双击标签改名；LibreOffice 先点“工具→保护工作表”撤消保护，"
    "再右键单击标签选“重命名工作表”，改好后再保护上。"
)
_NAMING_FREELY: Final = "叫别的名字的，下次按任何一个按钮时列入。"
_NAMING_BY_NUMBER: Final = "叫别的名字的，首页不会列出，合计里就没有它。"
_DELETING: Final = (
    "右键单击标签，选“删除”（LibreOffice 是“删除工作表”，也要先撤消保护）。首页的那一行显示“表已不在”，不再计入合计。"
    "“空白表”不要填写，留着下次复制。"
)


_ADDING_ROWS: Final[tuple[Line, ...]] = (
    ("增加项目", f"在“{LIST_SHEET}”最后一个项目下面的空行接着写，首页马上列出它。"),
    (
        "增加行",
        (
            "给项目加指标：在它中间右键“插入”一行，只填指标。要在中间插入新项目，先在“审阅”中撤消保护，"
            "复制一整行，右键“插入复制的单元格”，再改内容：右边的编号要一起复制。"
        ),
    ),
    ("删除", "选中这个项目的所有行，右键“删除行”（先在“审阅”中撤消保护）；或者清空它们的内容。"),
)
"""In a list."""


def _copying(macros: bool, kinds: Sequence[FormKind]) -> tuple[Line, ...]:
    """How sheets come, get their names and go in each program; rows of a list."""
    rows = _ADDING_ROWS if any(map(is_list, kinds)) else ()
    if is_list(kinds[0]):
        return rows  # there is no form to be copied
    naming = f"{_NAMING}{_NAMING_FREELY if macros else _NAMING_BY_NUMBER}"
    return (*_COPYING, ("改名", naming), ("删除", _DELETING), *rows)


_CHECKING_WITH_BUTTONS: Final[tuple[Line, ...]] = (
    (
        "怎样接受警告",
        "确实不用改的，选中它按“接受警告”，或在“校验结果”行末填接受理由和接受人；内容不变就算已接受。",
    ),
    ("没有按钮时", "宏被禁用或没有装 xl-perf 时照样可以填；保存后在命令行运行 xl-perf check 本文件.xlsm 校验。"),
    ("保护", "各表没有密码，按钮不受影响；改格式先在“审阅”中撤消保护。"),
)
_BUTTONS: Final[tuple[Line, ...]] = tuple((action.caption, action.help) for action in ACTIONS)
_CHECKING: Final[tuple[Line, ...]] = (
    ("校验", "保存后在命令行运行 xl-perf check 本文件.xlsx，逐条列出位置、问题和改法。"),
    ("接受警告", "确实不用改的警告：在“校验结果”这一行的末尾填接受理由和接受人；内容不变，下次校验就算已接受。"),
    ("汇总", "运行：xl-perf consolidate 本文件.xlsx -o 汇总.xlsx，生成部门汇总和校验结果。"),
    ("保护", "各表没有密码，可以插入行、调整行高和列宽；改格式先在“审阅”中撤消保护。"),
)


def _while_filling(kinds: Sequence[FormKind]) -> Line:
    plan = "、进度有误" if any(kind.has_plan for kind in kinds) else ""
    return "填表时", f"金额不平{plan}时单元格立即变红；表右侧显示填报状态和差额。"


def _colours_of(kinds: Sequence[FormKind]) -> tuple[tuple[str, str, str], ...]:
    """Fills, what they are called, and what they say on forms of these kinds."""
    budgets = "或".join(dict.fromkeys(kind.money[0].name for kind in kinds))
    has_plan = any(kind.has_plan for kind in kinds)
    wrong = f"{budgets}与各项资金之和不符{'，或支出进度下降、未到 100%' if has_plan else ''}。"
    done = f"该表已填完，金额{'和进度' if has_plan else ''}相符；内容是否合规以校验结果为准。"
    return (
        (INPUT_FILL, "填写", "由您填写的单元格。"),
        (LABEL_FILL, "标签", "表格自带的文字，不能改动。"),
        (MISSING_FILL, "待填", "已经开始填表，这里还空着。"),
        (ERROR_FILL, "有误", wrong),
        (GOOD_FILL, "已填写", done),
    )


def write_help(sheet: Worksheet, styles: Styles, kinds: Sequence[FormKind], *, macros: bool = False) -> None:
    """Writes the sheet for forms of these kinds, with macros what each button does too; nothing on it is filled in."""
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 40)
    put(sheet, (0, 0, 0, 1), "填报说明", styles("title"))
    row = _section(sheet, styles, 1, "怎样填写", _filling(kinds))
    row = _colours(sheet, styles, row, _colours_of(kinds))
    row = _section(sheet, styles, row, "怎样增加、删除项目（不用宏）", _copying(macros, kinds))
    if macros:
        row = _section(sheet, styles, row, "按钮（在首页、各项目表右上方和“预算绩效”选项卡中）", _BUTTONS)
        row = _section(sheet, styles, row, "还要知道", (_while_filling(kinds), *_CHECKING_WITH_BUTTONS))
    else:
        row = _section(sheet, styles, row, "怎样校验和汇总", (_while_filling(kinds), *_CHECKING))
    note = f"模板版本 {TEMPLATE_VERSION}。{WITH_MACROS if macros else WITHOUT_MACROS}"
    put(sheet, (row, 0, row, 1), note, styles("note"))
    sheet.set_row(row, 24)
    portrait_page(sheet, one_page=True)
    protect(sheet)


def _heading(sheet: Worksheet, styles: Styles, row: int, text: str) -> int:
    sheet.set_row(row, 30)
    put(sheet, (row, 0, row, 1), text, styles("heading"))
    return row + 1


def _section(sheet: Worksheet, styles: Styles, row: int, heading: str, lines: tuple[Line, ...]) -> int:
    first = _heading(sheet, styles, row, heading)
    for row, (label, text) in enumerate(lines, first):
        sheet.set_row(row, row_height([(text, WIDTHS[1] - 1.5), (label, WIDTHS[0])], 24))
        sheet.write_string(row, 0, label, styles("label"))
        sheet.write_string(row, 1, text, styles("cell", indent=1))
    return first + len(lines)


def _colours(sheet: Worksheet, styles: Styles, row: int, colours: Sequence[tuple[str, str, str]]) -> int:
    first = _heading(sheet, styles, row, "颜色的含义")
    for row, (fill, label, text) in enumerate(colours, first):
        sheet.set_row(row, row_height([(text, WIDTHS[1] - 1.5)], 24))
        sheet.write_string(row, 0, label, styles("cell", bg_color=fill, align="center"))
        sheet.write_string(row, 1, text, styles("cell", indent=1))
    return first + len(colours)
