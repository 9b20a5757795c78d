"""What a book's result says about money that is missing."""

import pickle

import pytest

from xl_perf.core.errors import BookError
from xl_perf.core.figures.missing import Incomplete
from xl_perf.service.results import not_read


@pytest.mark.parametrize("kind", ["missing", "not-a-workbook", "encrypted", "damaged", "empty-file", "profile"])
def test_the_money_of_what_was_not_read_is_missing(kind: str) -> None:
    """Also after the way between processes."""
    result = not_read(BookError(kind, "收件/坏.xlsx", "读不了", "请重新发送"))
    again = pickle.loads(pickle.dumps(result))
    for one in (result, again):
        assert one.totals.incomplete == (Incomplete("收件/坏.xlsx", None, "读不了"),)
        assert (one.profile, one.totals.projects) == (None, 0)


@pytest.mark.parametrize("kind", ["no-workbooks", "own-output"])
def test_what_holds_no_departments_money_is_not_missing(kind: str) -> None:
    """An empty folder, a summary: nothing says that there is any."""
    assert not_read(BookError(kind, "收件", "没有", "请核对")).totals.incomplete == ()
