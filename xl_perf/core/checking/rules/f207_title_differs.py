"""表的标题与项目名称不是同一个项目。

为什么：复制旧表时常忘了改标题，公开后容易误认。
怎样认：比较标题中“项目绩效目标表”之前的文字与“项目名称”；空格、全角半角、开头的年度、末尾的“项目”不计较。
怎样改：把标题或项目名称改成一致。
依据：项目绩效目标表第 1、2 部分。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule, bare_name
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form, on its title; silent where either is blank."""
    for project in seen.projects:
        heading, name = project.heading, project.name
        if not project.kind.headed_by_name:
            continue
        if heading.value and name.value and bare_name(heading.value) != bare_name(name.value):
            yield at(
                heading,
                "F207",
                "标题",
                f"标题写的是“{heading.value}”，项目名称是“{name.value}”",
                "请把标题或项目名称改成一致",
                found=heading.value,
                expected=name.value,
            )


RULE = Rule("F207", Severity.WARNING, check, __doc__)
