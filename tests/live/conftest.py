"""Open books: the example and the blank template in a running LibreOffice, through the engine."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.live.desk import Desk
from tests.live.programs import LIBREOFFICE, LibreOffice, Program, StandIn, engine_asked_for, engines_of
from tools import build_example
from xl_perf import profiles
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

    def __call__(self, path: Path, kinds: Kinds = KINDS, *, read_only: bool = False) -> Desk: ...


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with a program runs in its engine."""
    if "program" in metafunc.fixturenames:
        engines = engines_of(lambda name: metafunc.definition.get_closest_marker(name) is not None)
        metafunc.parametrize("program", engines, indirect=True, scope="session")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """As tests without the fixture that look behind LibreOffice's engine."""
    if not engines_of(lambda name: item.get_closest_marker(name) is not None):
        pytest.skip(f"not in {engine_asked_for()}")


@pytest.fixture(scope="session")
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture(scope="session")
def program(request: pytest.FixtureRequest) -> Program:
    """What holds the books; see `programs`."""
    if request.param == LIBREOFFICE:
        return LibreOffice(request.getfixturevalue("office_app"))
    found: StandIn = request.getfixturevalue("stand_in")
    return found


@pytest.fixture
def opened(program: Program, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Buttons that are pressed on the desk find the program, too."""
    books: list[xlwings.Book] = []

    def open_one(path: Path, kinds: Kinds = KINDS, *, read_only: bool = False) -> Desk:
        books.append(program.app.books.open(str(path), read_only=read_only))
        program.alerts.kept.clear()
        program.alerts.answers.clear()
        program.expect(books[-1], monkeypatch)
        return Desk(Host(books[-1], kinds), program)

    yield open_one
    for book in books:
        book.close()


@pytest.fixture
def example(opened: Open, tmp_path: Path) -> Desk:
    """The eight reference projects."""
    return opened(Path(shutil.copy(EXAMPLE, tmp_path / "部门.xlsx")))


@pytest.fixture(scope="session")
def three_projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    whole = build_example.example()
    return new_book(replace(whole, projects=whole.projects[:3]), tmp_path_factory.mktemp("three"))


@pytest.fixture
def three(opened: Open, three_projects: Path, tmp_path: Path) -> Desk:
    """The first three of them, 01 to 03: where all forms are gone through, LibreOffice takes a third of the time."""
    return opened(Path(shutil.copy(three_projects, tmp_path / "部门.xlsx")))


@pytest.fixture
def blank(opened: Open, tmp_path: Path) -> Desk:
    """A new workbook with one blank form."""
    return opened(new_book(merge([]), tmp_path))


def new_book(department: Department, folder: Path, kind: FormKind = DEFAULT) -> Path:
    target = folder / "新.xlsx"
    write_department(target, department, profiles.load(), kind=kind)
    return target
