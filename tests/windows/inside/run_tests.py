"""Runs inside: pytest with the tests of the live workbook over COM.

numpy cannot be imported under Wine 8; openpyxl, with which the stand-in reads its files, takes it only where it is.
"""

import sys

import pytest

if __name__ == "__main__":
    sys.modules["numpy"] = sys.modules["pandas"] = None  # type: ignore[assignment]
    sys.exit(pytest.main(sys.argv[1:]))
