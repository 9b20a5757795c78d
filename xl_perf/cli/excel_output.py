"""What `xl-perf excel` prints for people, in Chinese: plain lines, for paths in them are copied."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

from xl_perf.cli.terminal import Column, aligned, marks, say

if TYPE_CHECKING:
    from xl_perf.desktop.installing import Step
    from xl_perf.desktop.items import Item


def steps(done: Sequence["Step"]) -> None:
    """What was installed or taken away, one line each; the long paths last, whole, to be copied."""
    if not done:
        say("没有安装过，不用卸载。")
    _lines([[step.what, step.outcome, step.where] for step in done])


def after_install() -> None:
    """How people begin."""
    say("下一步：重新打开 Excel，功能区应出现“预算绩效”。不出现时请运行 xl-perf excel doctor。")
    say("新的部门工作簿：在 Excel 的“打开”窗口里打开上面的模板（只读），先另存到自己的文件夹，再填写；")
    say("　　　　　　　　或运行 xl-perf new 部门.xlsm。从别处收到的 .xlsx 直接打开，用功能区的按钮。")


def items(found: Sequence["Item"]) -> None:
    """What stands in the way, with the remedy below it, and what does not."""
    fine, wrong = marks()
    rows = []
    for item in found:
        rows.append([fine if item.fine else wrong, item.what, item.found])
        if not item.fine:
            rows.append(["", "", f"怎样处理：{item.remedy}"])
    _lines(rows)
    number = sum(not item.fine for item in found)
    say(f"有 {number} 项不妥，请按“怎样处理”逐项解决。" if number else "没有发现妨碍按钮的情况。")


def _lines(rows: Sequence[Sequence[str]]) -> None:
    """Aligned lines without a heading, the same on a terminal and in a pipe."""
    if rows:
        for line in islice(aligned([Column("")] * len(rows[0]), rows), 1, None):
            say(line)
