"""工作簿里还带着外部链接、宏、嵌入的对象等。

为什么：链接到别的文件的公式，显示的是那个文件从前的数，收到的人看不到那个文件；宏、对象、控件可能有害。
怎样认：.xlsx、.xlsm、.xlsb、.xls、.ods 里的外部链接和 DDE，公式里向别的程序或网络取数的（DDE、WEBSERVICE），都是警告；
数据连接、宏、嵌入的对象、ActiveX 控件是提示。
本程序的部门工作簿里的宏是按钮用的，不报。一律不打开、不运行、不更新，也不带到任何输出里；金额按存着的数读。
怎样改：在 Excel 的“数据→编辑链接”里断开链接，把公式改成数；宏、对象不用的请删去。
依据：收到的文件不可信，本程序不跟随文件里的任何链接。
"""

from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.grid import Carried
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile

_NAMES: Final = {"connection": "数据连接", "macros": "宏", "object": "嵌入的对象", "control": "ActiveX 控件"}
_SHOWN: Final = 3
_LONGEST: Final = 80


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """At most two findings on the book: on its links, and on everything else."""
    others = []
    for one in seen.department.carried:
        if one.kind == "link":
            yield _links(one)
        else:
            others.append(_NAMES[one.kind])
    if others:
        what = "、".join(others)
        message = f"工作簿里有{what}，没有运行，也不带到输出里"
        yield Finding("S113", message, "不用的请删去；不知道是什么的，请问清报送单位", field="工作簿", found=what)


def _links(carried: Carried) -> Finding:
    names = [name if len(name) <= _LONGEST else f"…{name[-_LONGEST:]}" for name in carried.names]
    shown = "、".join(names[:_SHOWN]) + (f"等 {len(names)} 个" if len(names) > _SHOWN else "")
    message = f"工作簿里有外部链接{f'（{shown}）' if shown else ''}，没有跟过去，按存着的数读，可能已经过时"
    remedy = "请在“数据→编辑链接”里断开链接，核对变成的数；公式里取数的，改成数"
    found = "\n".join(carried.names) or None
    return Finding("S113", message, remedy, field="工作簿", found=found, severity=Severity.WARNING)


RULE = Rule("S113", Severity.HINT, check, __doc__)
