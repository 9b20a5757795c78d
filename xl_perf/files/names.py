"""Names that a file may have on every system, from names that people gave to other things."""

import re
from typing import Final

_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
"""What names of files cannot hold on Windows, and what is not seen."""
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE | re.DOTALL)
SHORT: Final = 40
"""Characters of a name that others follow: of Chinese ones half of what a name may have in bytes."""


def file_name(name: str, otherwise: str, most: int | None = None) -> str:
    """The name as a file or a folder may be called: never a path; ``otherwise`` where nothing of it is left.

    It has ``most`` characters at most.
    """
    plain = _UNFIT.sub("_", name).strip(" .")[:most].strip(" .")
    plain = plain if plain.strip("_ .") else otherwise
    return f"{plain}_" if _RESERVED.fullmatch(plain) else plain
