"""打包以后改过。

为什么：打包（pack）时算好的报送清单说的是当时的内容；后来改过的，合计里是改过的数，不是当初报送的。
怎样认：工作簿里有报送清单，现在读到的内容与清单不符，或清单本身被改过、被删掉。逐个写明改过的单元格和现在的内容；原来是什么，清单里没有。
只是用 Excel、WPS、LibreOffice 另存过的，内容没有变，不报。合计旁边另外写明有几本。
同一部门还有没有改过的一本时，计没有改过的一本（X608）。
怎样改：请向报送单位核实；确要改的，请在原来的部门工作簿里改好，重新打包。
依据：报送的内容应与打包时一致。
"""

from collections.abc import Iterator

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.profile import Profile


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding on the book, which names the cells."""
    packed = seen.department.packed
    if packed is None or packed.is_same:
        return
    message = f"与报送清单核对不上：{packed.briefly}"
    remedy = "请核实是不是该这样改；该改的，请在部门自己的工作簿里改好，重新打包"
    yield Finding("S114", message, remedy, field="工作簿", found="\n".join(packed.said))


RULE = Rule("S114", Severity.WARNING, check, __doc__)
