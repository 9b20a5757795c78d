"""A fresh book in the running LibreOffice for each test."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import xlwings


@pytest.fixture
def book(office_app: "xlwings.App") -> "Iterator[xlwings.Book]":
    made = office_app.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book: "xlwings.Book") -> "xlwings.Sheet":
    return book.sheets[0]
