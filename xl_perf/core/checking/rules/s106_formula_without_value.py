"""公式没有保存计算结果，读不出数值。

为什么：有些程序写出公式而不写结果；不计算的程序读到的是空白。
怎样认：单元格有公式而没有结果；或者结果是 0，而文件要求打开时全部重算，又不是本程序写的：写它的程序可能没有计算。
结果为空文字（=""）的公式是正常的空白。
怎样改：用 Excel、WPS 或 LibreOffice 打开这个文件，保存一次再交。
依据：ECMA-376 第一部分 18.3.1.40（f 与 v 元素）。
"""

from collections.abc import Iterator

from xl_perf.core.cells.entry import Status
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.checking.unsaved import TO_SAVE, not_stored
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per field whose formula has no stored result."""
    for label, entry in seen.entries_with(Status.NO_VALUE):
        yield at(entry, "S106", label, f"{label}是公式，{not_stored(entry)}", TO_SAVE)


RULE = Rule("S106", Severity.ERROR, check, __doc__)
