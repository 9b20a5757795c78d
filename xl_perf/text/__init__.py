"""The performance text: Word and PDF out, Word and plain text in."""

from typing import Final

TEXT_SUFFIXES: Final = frozenset({".docx", ".docm", ".doc", ".odt", ".txt"})
"""Of performance texts that can be read."""
