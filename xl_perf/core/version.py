"""The version of xl-perf, and with it of its rules."""

from typing import Final

VERSION: Final = "0.1.0"
