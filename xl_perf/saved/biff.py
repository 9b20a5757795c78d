""".xls and binary .et: the records of the workbook stream ([MS-XLS]), looked through before calamine reads them."""

from collections import Counter
from struct import error as StructError
from typing import Final

from xl_perf.files.compound_file import Compound, packed
from xl_perf.files.guard import GIVE_A_WORKBOOK, Refused, damaged
from xl_perf.saved.biff_globals import Globals
from xl_perf.saved.biff_sheet import SheetWalk
from xl_perf.saved.carried import future_calls, in_compound
from xl_perf.saved.extent import check_areas
from xl_perf.saved.flood import refuse_flood_of
from xl_perf.saved.source import Source

EXCEL_95: Final = b"\0\5"
"""The version in the BOF record, which begins the stream."""
OTHERS: Final = (
    ("WordDocument", "是旧版 Word 文档"),
    ("PowerPoint Document", "是旧版演示文稿"),
    ("__properties_version1.0", "是 Outlook 邮件"),
)


def open_biff(compound: Compound) -> Source:
    """Raises Refused (damaged, encrypted, not-a-workbook, unreadable)."""
    name = next((name for name in ("workbook", "book") if name in compound), "")
    if not name:
        what = next((what for stream, what in OTHERS if stream in compound), "里面没有工作簿")
        raise Refused("not-a-workbook", f"不是工作簿，{what}", GIVE_A_WORKBOOK)
    stream = bytearray(compound.stream(name))
    try:
        if stream[4:6] == EXCEL_95:
            from xl_perf.saved.biff_95 import modernised

            stream = modernised(bytes(stream))
        globals_ = Globals(stream)
        shown: Counter[int] = Counter()
        walks = [SheetWalk(stream, start, globals_, shown) for _, start in globals_.sheets]
    except (StructError, IndexError):
        raise damaged() from None
    refuse_flood_of(shown, globals_.size_of_strings, globals_.lengths_of_strings)
    check_areas([walk.extent for walk in walks])
    return Source(
        packed("Workbook", bytes(stream)),
        facts={place: walk.facts() for place, walk in enumerate(walks)},
        sees_errors=False,
        carried=in_compound(compound, [*globals_.links, *future_calls(stream)]),
    )
