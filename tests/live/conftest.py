"""Open books: the example and the blank template in a running LibreOffice, through the engine."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.live.desk import Desk
from xl_perf import buttons, profiles
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import DEFAULT, KINDS, Kinds
from xl_perf.core.making.merging import merge
from xl_perf.core.model.department import Department
from xl_perf.live.host import Host
from xl_perf.written.template import write_department

if TYPE_CHECKING:
    import xlwings

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "example-2023.xlsx"


class Open(Protocol):
    """Opens a workbook to work on; it is closed without saving. ``kinds`` are the kinds of form that are known."""

    def __call__(self, path: Path, kinds: Kinds = KINDS) -> Desk: ...


@pytest.fixture
def opened(office_app: "xlwings.App", monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Buttons that are pressed on the desk find the program, too."""
    monkeypatch.setenv(buttons.PIPE, office_app.impl.pipe)
    books: list[xlwings.Book] = []

    def open_one(path: Path, kinds: Kinds = KINDS) -> Desk:
        books.append(office_app.books.open(str(path)))
        office_app.impl.alerts.kept.clear()
        office_app.impl.alerts.answers.clear()
        return Desk(Host(books[-1], kinds))

    yield open_one
    for book in books:
        book.close()


@pytest.fixture
def example(opened: Open, tmp_path: Path) -> Desk:
    """The eight reference projects."""
    return opened(Path(shutil.copy(EXAMPLE, tmp_path / "部门.xlsx")))


@pytest.fixture
def blank(opened: Open, tmp_path: Path) -> Desk:
    """A new workbook with one blank form."""
    return opened(new_book(merge([]), tmp_path))


def new_book(department: Department, folder: Path, kind: FormKind = DEFAULT) -> Path:
    target = folder / "新.xlsx"
    write_department(target, department, profiles.load(), kind=kind)
    return target
