"""Department workbooks as people change them, and what a person would read off them.

A book is drafted from filled forms, changed in up to four ways, and written with openpyxl. Everything follows from a
seed. ``python -m tests.people --books 2000 --seed 1`` prints how the program reads such books, by kind of change.
"""

from tests.people.books import MONEY, Book, Expected, Said
from tests.people.changes import CHANGES
from tests.people.making import FAMILIES, make
from tests.people.outcomes import Result, examine_all, examine_alone, examine_seed, report

__all__ = [
    "CHANGES",
    "FAMILIES",
    "MONEY",
    "Book",
    "Expected",
    "Result",
    "Said",
    "examine_all",
    "examine_alone",
    "examine_seed",
    "make",
    "report",
]
