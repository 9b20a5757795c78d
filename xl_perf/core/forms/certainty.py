"""How sure it is what a label of an unknown form is."""

from enum import StrEnum


class Certainty(StrEnum):
    """How sure it is what a label is: known; to be confirmed; not known, so that a text is read as it stands."""

    SURE = "确定"
    CHECK = "请核对"
    UNKNOWN = "不认识"
