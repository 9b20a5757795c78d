"""同一张表中标签出现了两次。

为什么：同一个标签有两处，程序只读第一处，另一处填的内容就丢了。
怎样认：第 2 至 5 部分的标签（项目编码、预算数、3月底……）或指标表头在一张表里出现第二次。指标表头整行重复只报一次。
目标1、目标2 和一级、二级指标的名称可以有多个；合并单元格取消后向下、向右填充的同一个标签不算；
一个工作表上完整的两张表是两张表。来源有两种写法的标签（如财政拨款下面又有一般公共预算），各数相加恰好等于预算数，
或是其中的一部分时不报；预算数写了两个不同的数，两个都不计入合计。
怎样改：删去多余的标签；确是两个项目的，各用一张完整的表。
依据：河北省部门预算绩效文本的项目绩效目标表表样。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.labels import label_text
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per repeated label; one for a whole header row that is repeated."""
    for project in seen.projects:
        headers: set[int] = set()
        for label in project.repeated:
            text = label_text(project.kind, label.key)
            if label.key in project.kind.header:
                if label.row in headers:
                    continue
                headers.add(label.row)
                text = "指标表头"
            unread = "下面的行当作同一个项目的指标读了" if text == "指标表头" else "这里的内容没有读"
            message = f"这张表里“{text}”出现了第二次，{unread}"
            remedy = "请删去多余的标签；确是另一个项目的，请用一张完整的表"
            yield Finding("S103", message, remedy, project.sheet, label.row, label.column, text, text)


RULE = Rule("S103", Severity.ERROR, check, __doc__)
