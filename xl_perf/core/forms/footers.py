"""Rows of a table that are no indicators: what stands below a form, totals, dots."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import Scalar
from xl_perf.core.cells.labels import bare
from xl_perf.core.cells.units import stated_units
from xl_perf.core.cells.values import is_blank

_FOOTER: Final = re.compile(
    r"(?:项目|财务|单位|部门|分管|主要|具体|主管)*(?:填表|填报|制表|经办|审核|审批|复核|联系|负责|主管)"
    r"(?:人员?|单位|部门|日期|时间|领导|方式|意见)*(?:电话|签字|签章|签名|盖章|意见|及|和|[()])*(?::|$)"
    r"|[(]?(?:单位|部门)?(?:盖章|公章|签章)[)]?(?::|$)"
    r"|(?:科室|股室|部门|单位|领导|主管|财政|业务|预算)+(?:审核|审查|初审)?意见(?::|$)|第\d+页|共\d+页"
    r"|备注(?::|$)|附?注(?:\d*[:.、]|$)|说明:|填[表报]说明|※|\*+注|联系电话"
)
_SIGNING: Final = re.compile(
    r"(?:项目|财务|单位|部门|分管|主要|具体|主管)*(?:填表|填报|制表|经办|审核|审批|复核|联系|负责)"
    r"(?:人员?|单位|部门|日期|时间|领导|方式|电话|签字|签章|签名|盖章|[()])*(?::|$)"
)
_TOTAL: Final = (
    r"(?:(?:产出|效果|效益|满意度|成本|指标)+)?"
    r"(?:合计|总计|小计|总分|得分合计|分值合计|权重合计|总得分)(?:[(]\d+分?[)]|:)?"
)
_UNFILLED: Final = re.compile(
    r"(?:(?:年度|绩效|项目|总体|三级)*(?:目标|指标)(?:\d{1,2}|[一二三四五六七八九十n])?[:.、]?)?[.…·。]*"
)
_FIRST_OF_DETAILS: Final = frozenset({"序号", "明细", "内容", "名称", "项目", "科目", "用途"})
_OF_THINGS: Final = ("单价", "数量", "金额", "规格", "型号")
_OF_DETAILS: Final = (*_FIRST_OF_DETAILS, *_OF_THINGS, "备注", "单位", "说明", "依据", "过程")
_FEWEST_OF_DETAILS: Final = 3
_LONGEST_OF_DETAILS: Final = 12
_MODEL_ENDS: Final = frozenset(":：.．、…·。标一二三四五六七八九十n0123456789０１２３４５６７８９")
_LONGEST_MODEL: Final = 120
"""Characters of the goals of a model table."""


@lru_cache(maxsize=4096)
def is_footer(text: str) -> bool:
    """A line below a form, such as 填表人：…, 注：… or 单位：元, and not an indicator (审核通过率)."""
    return _FOOTER.match(folded(text)) is not None or ("位" in text and bool(stated_units(text)))


def is_signing(text: str) -> bool:
    """A label behind which people sign or say when: 填报人：, 审核人, 填报日期：2024年1月."""
    return _SIGNING.match(folded(text)) is not None


@lru_cache(maxsize=1024)
def is_total_row(text: str) -> bool:
    """The first cell of a row that adds up what stands above: 合计, 总分."""
    return len(text) < 16 and re.fullmatch(_TOTAL, bare(text).text) is not None


def begins_details(text: str) -> bool:
    """A row that begins with it may head another table."""
    return text.strip()[-2:] in _FIRST_OF_DETAILS


def heads_details(cells: Sequence[Scalar]) -> bool:
    """A row that heads another table below the indicators, of things and money: 序号 | 明细内容 | 数量 | 金额."""
    first = next((typed for typed in cells if not is_blank(typed)), None)
    if not (isinstance(first, str) and begins_details(first)):
        return False
    texts = {bare(typed).text for typed in cells if isinstance(typed, str) and 0 < len(typed) <= _LONGEST_OF_DETAILS}
    heads = [text for text in texts if text.endswith(_OF_DETAILS)]
    return len(heads) >= _FEWEST_OF_DETAILS and any(text.endswith(_OF_THINGS) for text in heads)


def foot_of(rows: Sequence[Sequence[Scalar]], first: int) -> int:
    """The row below the last of a table whose body begins at a row: where people sign, notes or another table begin."""
    for row in range(first, len(rows)):
        text = next((typed for typed in rows[row] if not is_blank(typed)), None)
        if isinstance(text, str) and (is_footer(text) or is_signing(text) or heads_details(rows[row])):
            return row
    return len(rows)


def begins_with(text: str, words: tuple[str, ...]) -> bool:
    """The first cell of a row begins with one of a region's words for rows that are no indicators."""
    return bare(text).text.startswith(words)


def is_unfilled(text: str) -> bool:
    """What a model table has in place of a text: 指标1：, 目标2：……, dots; of several lines, every one."""
    return text.rstrip()[-1:] in _MODEL_ENDS and _is_of_model(text)


@lru_cache(maxsize=1024)
def _is_of_model(text: str) -> bool:
    return len(text) < _LONGEST_MODEL and all(_UNFILLED.fullmatch(folded(line)) for line in text.splitlines())
