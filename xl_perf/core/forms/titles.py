"""Title lines of forms: 村级道路养护项目绩效目标表."""

import re
from typing import Final

FORM_TITLE: Final = "项目绩效目标表"
# Possessive: what stands between the characters is tried once, however long it is.
_SPACED_TITLE: Final = re.compile(
    r"(?:项\s*+目\s*+)?(?:支\s*+出\s*+)?绩\s*+效\s*+目\s*+标\s*+(?:申\s*+报\s*+)?表\s*+\Z"
)


def heading_of(title: str) -> str:
    """The heading in a title line, without 项目绩效目标表 and without white space at its ends."""
    before, found, after = title.partition(FORM_TITLE)
    if found and not after.strip():
        return before.strip()
    match = _SPACED_TITLE.search(title)
    return (title[: match.start()] if match else title).strip()
