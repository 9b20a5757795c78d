"""What a protected sheet lets everybody do."""

from collections.abc import Mapping
from typing import Final

PROTECTION: Final[Mapping[str, bool]] = {"insert_rows": True, "format_rows": True, "format_columns": True}
"""What a protected sheet (without password) lets everybody do."""
