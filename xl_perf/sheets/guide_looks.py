"""Colours of marks in a 样表: how sure it is what a cell is for."""

from collections.abc import Mapping
from typing import Final

from xl_perf.core.forms.certainty import Certainty

FILLS: Final[Mapping[Certainty, str]] = {
    Certainty.SURE: "E2F0D9",
    Certainty.CHECK: "FFE699",
    Certainty.UNKNOWN: "DDEBF7",
}
