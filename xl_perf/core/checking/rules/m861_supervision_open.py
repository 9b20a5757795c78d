"""监督记录没有写处理决定或责任人。

为什么：发现了问题，没有决定、没有人负责，等于没有处理。
怎样认：“监督记录”里的一行，有“处理决定”一栏而空着，或有“责任人”一栏而空着。每行报一处。表上没有的栏不查。
怎样改：写上处理决定和责任人。
依据：绩效监督的发现问题、处理、整改要有记录的通行做法。
"""

from collections.abc import Iterator
from operator import attrgetter

from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Finding, Severity, at
from xl_perf.core.profile import Profile

_FIELDS = {"处理决定": attrgetter("decision"), "责任人": attrgetter("responsible")}


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per line, on the first blank cell."""
    for record in seen.department.supervision:
        blank = {field: own for field, get in _FIELDS.items() if (own := get(record)).is_empty}
        if blank:
            field, entry = next(iter(blank.items()))
            what = record.found.text or record.project.text
            about = f"“{what}”" if what else f"（第 {entry.row + 1} 行）"
            message = f"监督记录{about}没有写{'和'.join(blank)}"
            yield at(entry, "M861", field, message, f"请写上{'和'.join(blank)}")


RULE = Rule("M861", Severity.ERROR, check, __doc__)
