"""The tables that other tools get: every table, column, type and unit, in one place.

Frames, exported files and the pages about them take them from here. Names are Chinese, as people read them, and such as
SQL takes without quotes: no spaces, brackets or figures at the beginning. The unit of an amount stands in its name.
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Type(StrEnum):
    """What a column holds; the value is what people read."""

    TEXT = "文本"
    INTEGER = "整数"
    DECIMAL = "小数"


class Column(NamedTuple):
    """A column: what stands in it, in Chinese; the unit of its numbers; whether it is never blank."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    always: bool = False


class Table(NamedTuple):
    """A table. ``key`` is its attribute in `frames`, ``meaning`` says in Chinese what a row is."""

    key: str
    name: str
    meaning: str
    columns: tuple[Column, ...]


YES: Final = "是"
NO: Final = "否"
COUNTED: Final = "计入"
LEFT: Final = "不计入"
UNREAD: Final = "没有读入"
SKIPPED: Final = "略过"


def _text(name: str, meaning: str, *, always: bool = False) -> Column:
    return Column(name, Type.TEXT, meaning, "", always)


def _number(name: str, meaning: str, unit: str = "", *, always: bool = False) -> Column:
    return Column(name, Type.INTEGER, meaning, unit, always)


def _decimal(name: str, meaning: str, unit: str, *, always: bool = False) -> Column:
    return Column(name, Type.DECIMAL, meaning, unit, always)


_TEN_THOUSAND: Final = "万元"
_FILE: Final = _text("文件", "工作簿的路径，与输入时写的一样；压缩包里的写作 包.zip!里面的路径", always=True)
_DEPARTMENT: Final = _text("部门", "部门名称；哪里都没有写的为空")
_YEAR: Final = _number("年度", "预算年度；看不出的为空")
_SHEET: Final = _text("工作表", "项目表所在的工作表", always=True)
_NUMBER: Final = _number("项目序号", "这份数据中的项目，从 1 起；各表以它相连，每次导出重新编", always=True)
_NAME: Final = _text("项目名称", "没有填的为空")
_OF_PROJECT: Final = (_NUMBER, _DEPARTMENT, _YEAR, _NAME)
_COUNTS: Final = (
    _number("错误数", "错误级的问题", "条"),
    _number("警告数", "警告级的问题，已接受的不算", "条"),
    _number("提示数", "提示级的问题", "条"),
    _number("已接受数", "写了理由接受的警告", "条"),
)


def _money(of: str, *, always: bool) -> tuple[Column, ...]:
    return (
        _decimal(
            "预算数_万元", f"{of}；没有填或读不出的{'按 0 计' if always else '为空'}", _TEN_THOUSAND, always=always
        ),
        _decimal("财政资金_万元", "其中：财政资金", _TEN_THOUSAND, always=always),
        _decimal("其他资金_万元", "其中：财政资金以外的各种来源之和", _TEN_THOUSAND, always=always),
    )


DEPARTMENTS: Final = Table(
    "departments",
    "部门",
    "计入的工作簿按部门和年度相加，一个部门一行",
    (
        _DEPARTMENT,
        _YEAR,
        _number("工作簿数", "计入的工作簿", "本", always=True),
        _number("项目数", "项目", "个", always=True),
        *_money("各项目的预算数之和", always=True),
        _decimal("没有写来源_万元", "没有写资金来源的表的预算数：财政资金、其他资金都不含", _TEN_THOUSAND, always=True),
        _number("指标数", "绩效指标", "条", always=True),
        *_COUNTS,
        _number("缺金额的表数", "金额读不出、合计里缺少的表，见 工作簿.合计缺少", "张", always=True),
    ),
)
PROJECTS: Final = Table(
    "projects",
    "项目",
    "计入的工作簿里的项目，一个项目一行；不计入的（重复、前一稿、别的年度）不在这里，见 工作簿",
    (
        _NUMBER,
        _FILE,
        _DEPARTMENT,
        _YEAR,
        _SHEET,
        _text("项目编码", "照表里写的，占位的编码（————）也照写"),
        _NAME,
        _text("表样", "项目表的种类", always=True),
        *_money("表里写的预算数，换算成万元", always=False),
        _text("资金用途", "照表里写的"),
        _number("指标数", "绩效指标", "条", always=True),
        *_COUNTS,
        _text("金额缺少", "金额读不出或没有填的，缺哪一项、为什么；不缺的为空"),
    ),
)
SOURCES: Final = Table(
    "sources",
    "资金来源",
    "项目的资金来源，表里有的每一种一行",
    (
        *_OF_PROJECT,
        _number("来源序号", "在表里的次序，从 1 起", always=True),
        _text("来源", "表里的名称", always=True),
        _text("类别", "财政资金，或其他资金", always=True),
        _decimal("金额_万元", "没有填或读不出的为空", _TEN_THOUSAND),
    ),
)
PLAN: Final = Table(
    "plan",
    "支出计划",
    "项目的支出计划，每个月底一行；表样没有支出计划的项目没有行",
    (
        *_OF_PROJECT,
        _number("月份", "计划到这个月底为止", "月", always=True),
        _decimal("累计支出_百分比", "到月底累计支出占预算数的百分比：25 就是 25%", "%"),
        _decimal("累计支出_万元", "预算数乘以百分比，不舍入", _TEN_THOUSAND),
    ),
)
GOALS: Final = Table(
    "goals",
    "绩效目标",
    "项目的绩效目标，一个目标一行；空着的没有行",
    (*_OF_PROJECT, _number("目标序号", "目标1 的是 1", always=True), _text("目标", "照表里写的", always=True)),
)
INDICATORS: Final = Table(
    "indicators",
    "绩效指标",
    "项目的绩效指标，一条一行",
    (
        *_OF_PROJECT,
        _number("指标序号", "在表里的次序，从 1 起", always=True),
        _text("一级指标", "如 产出、效果、满意度"),
        _text("二级指标", "如 数量"),
        _text("三级指标", "照表里写的"),
        _text("指标说明", "绩效指标描述，照表里写的"),
        _text("指标值", "照表里写的，如 ≥90%、=78人"),
        _text("符号", "读出来的 = ≥ ≤ > <；读不出数的为空"),
        _decimal("下限", "读出来的数：≥12 台 的是 12", "见 计量单位"),
        _decimal("上限", "读出来的数：≤12 台 的是 12", "见 计量单位"),
        _text("计量单位", "下限、上限的单位，如 台、%"),
        _decimal("权重", "表样没有权重的为空", "分"),
        _text("依据", "指标值确定依据，照表里写的"),
        _text("单元格", "三级指标所在的单元格，如 C12"),
    ),
)
FINDINGS: Final = Table(
    "findings",
    "问题",
    "校验发现的问题，一条一行；不计入的工作簿的也在这里，看“计入合计”",
    (
        _FILE,
        _DEPARTMENT,
        _YEAR,
        _text("计入合计", f"这本工作簿计入合计：{YES}或{NO}", always=True),
        _number("项目序号", "问题在哪个项目的表里；整本的问题、不计入的工作簿的问题为空"),
        _text("规则", "规则编号，如 B303", always=True),
        _text("规则内容", "这条规则报告什么", always=True),
        _text("级别", "错误、警告或提示", always=True),
        _text("工作表", "整本的问题为空"),
        _text("单元格", "如 C3；整张表的问题为空"),
        _text("栏目", "表里的哪一栏"),
        _text("实际", "写着什么；金额是万元"),
        _text("应为", "应该是什么；金额是万元"),
        _text("差额", "差多少；金额是万元，别的带单位"),
        _text("说明", "哪里不对", always=True),
        _text("怎样改", "下一步", always=True),
        _text("接受理由", "警告有人接受的，写的理由"),
        _text("接受人", "谁接受的"),
    ),
)
WORKBOOKS: Final = Table(
    "workbooks",
    "工作簿",
    "输入里的每个文件一行：计入没有、为什么；各表的合计就是“计入”的各行之和",
    (
        _FILE,
        _DEPARTMENT,
        _YEAR,
        _text(
            "状态", f"{COUNTED}；{LEFT}（重复、前一稿、别的年度）；{UNREAD}；{SKIPPED}（不是要读的文件）", always=True
        ),
        _text("原因", "为什么不计入、没有读入或略过；计入的为空"),
        _text("代替的文件", "计入的是哪一本"),
        _text("怎样处理", "下一步"),
        _number("项目数", "项目", "个"),
        *_money("各项目的预算数之和；不计入的也写，供核对", always=False),
        _decimal("整体目标表_万元", "部门整体绩效目标表里写的金额，不在合计里；没有这张表的为空", _TEN_THOUSAND),
        *_COUNTS,
        _text("合计缺少", "这本里金额读不出的表和原因；不缺的为空"),
        _text("口径", "按哪个口径校验"),
        _text("SHA256", "文件内容的 SHA-256，十六进制"),
    ),
)
TABLES: Final = (DEPARTMENTS, PROJECTS, SOURCES, PLAN, GOALS, INDICATORS, FINDINGS, WORKBOOKS)
"""In the order in which they stand in an exported file."""
GUIDE: Final = Table(
    "guide",
    "数据说明",
    "各表各栏的说明；前几行说这份数据本身",
    (
        _text("表", "说这份数据本身的为空"),
        _text("栏", "说整张表的为空"),
        _text("类型", "、".join(Type)),
        _text("单位", "数的单位"),
        _text("可以为空", f"{YES}或{NO}"),
        _text("说明", "是什么", always=True),
    ),
)


_NOTES: Final = (
    "小数：Excel 是数字；CSV 是十进制文字；Parquet、DuckDB 是 DECIMAL",
    "SQLite 的小数有两栏：本名的是双精度数，用来计算；名字后加“_精确”的是十进制文字，一位不差，用来核对",
    "CSV 里以 = + - @、制表符、换行或撇号开头的文字，前面加了一个撇号 '，程序读入时去掉它",
)
"""What goes for all tables."""


def guide() -> list[tuple[str | None, ...]]:
    """The rows of 数据说明 on the tables: what goes for all, then a row for each, followed by those of its columns."""
    rows: list[tuple[str | None, ...]] = [(None, None, None, None, None, note) for note in _NOTES]
    for table in (*TABLES, GUIDE):
        rows.append((table.name, None, None, None, None, table.meaning))
        for one in table.columns:
            may_be_blank = NO if one.always else YES
            rows.append((table.name, one.name, one.type, one.unit or None, may_be_blank, one.meaning))
    return rows
