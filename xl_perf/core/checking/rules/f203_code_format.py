"""项目编码的格式不对，或已被 Excel 改了末位。

为什么：编码错一位就对不上预算管理一体化系统里的项目。
怎样认：编码不符合口径规定的格式（默认 10–24 位大写字母和数字）；或编码存成了数值而超过 15 位，
Excel 已把后面的位数改成 0。空着或占位的由 F202 报。
按本单位的样表填的，编码由单位自己定：没有口径文件、也没有用 --profile 选口径的，不查格式，只查末位。
怎样改：把单元格设为文本格式，重新填写完整的编码。
依据：预算管理一体化系统的项目编码；格式见口径文件 code_format。
"""

import re
from collections.abc import Iterator
from typing import Final

from xl_perf.core.cells.characters import folded
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.checking.seen import Seen
from xl_perf.core.model.findings import Edit, Finding, Severity, at
from xl_perf.core.profile import Profile

MOST_DIGITS: Final = 15
LONGEST: Final = 100
"""Characters of a code that are tried; profiles' formats are held to what can be tried on so many."""
_NUMBERS: Final = (int, float)
_SIMPLE: Final = re.compile(r"\[((?:0-9|A-Z|a-z)+)\]\{(\d+)(?:,(\d+))?\}")
"""An expression that can be said: so many of these characters."""
_KINDS: Final = {"0-9": "数字", "A-Z": "大写字母", "a-z": "小写字母"}


def fits(right: re.Pattern[str], code: str) -> bool:
    """Whether a code has the right format; one far too long is not even tried."""
    return len(code) <= LONGEST and right.fullmatch(code) is not None


def said(pattern: str) -> str:
    """What a right code looks like, for people; of an expression with more to it where right codes are to be found."""
    found = _SIMPLE.fullmatch(pattern)
    if found is None:
        return "以预算管理一体化系统里的为准"
    kinds = "或".join(words for part, words in _KINDS.items() if part in found[1])
    least, most = found[2], found[3] or found[2]
    return f"应为{least if least == most else f'{least}到{most}'}位{kinds}"


def check(seen: Seen, profile: Profile) -> Iterator[Finding]:
    """One finding per form."""
    right = re.compile(profile.code_format)
    for project in seen.projects:
        code = project.code
        if code.value is None:
            continue
        if isinstance(code.typed, _NUMBERS) and len(code.text) > MOST_DIGITS:
            message = f"编码存成了数值，Excel 只保留前 {MOST_DIGITS} 位，后面的已经变了"
            yield at(code, "F203", "项目编码", message, "请把单元格设为文本格式，重新填写完整的编码")
        elif project.kind.learned is not None and not profile.is_asked_for:
            continue  # nobody has said how the codes of that office are made
        elif not fits(right, code.text):
            usual = folded(code.text)
            mended = fits(right, usual)
            message = f"项目编码“{code.text}”不符合规定的格式" + ("：含有空格或全角字符" if mended else "")
            remedy = f"请改为 {usual}" if mended else f"请核对编码，{said(profile.code_format)}"
            edit = Edit(code.sheet, code.row, code.column, code.typed, usual) if mended else None
            yield at(code, "F203", "项目编码", message, remedy, expected=usual if mended else None, edit=edit)


RULE = Rule("F203", Severity.ERROR, check, __doc__)
