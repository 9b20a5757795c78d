"""The department workbook in LibreOffice: it calculates what is stored, and prints each form on one A4 page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import indicator
from tests.departments import odd, same, states, values, whole, written
from tests.office import Office, poppler
from xl_perf.core.cells.grid import Book, Scalar
from xl_perf.core.making import draft
from xl_perf.core.model.department import Department
from xl_perf.core.workbook.sheets import MODEL_NAME, SUMMARY_SHEET, TEMPLATE_VERSION
from xl_perf.saved.workbook import read_book


class Difference(NamedTuple):
    """A cell that does not hold what it held before."""

    place: tuple[str, int, int]
    old: Scalar
    new: Scalar


def differences(before: Book, after: Book) -> Iterator[Difference]:
    """Cells that differ; numbers by the digits that people see."""
    first, second = values(before), values(after)
    sheets = {grid.sheet for grid in before.grids}
    for place in sorted(place for place in first.keys() | second.keys() if place[0] in sheets):
        old, new = first.get(place), second.get(place)
        if isinstance(old, float) and isinstance(new, float) and f"{old:.12g}" == f"{new:.12g}":
            continue
        if old != new:
            yield Difference(place, old, new)


MADE: dict[str, Callable[[], Department]] = {"empty": draft.department, "odd": odd, "states": states}


@pytest.fixture(scope="module")
def folder(soffice: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each department's workbook, in xlsx/ and ods/ as LibreOffice saved it: one start for all of them."""
    folder = tmp_path_factory.mktemp("departments")
    sources = [written(make(), folder).rename(folder / f"{name}.xlsx") for name, make in MADE.items()]
    for to in ("xlsx", "ods"):
        soffice.convert_all(sources, to, folder / to)
    return folder


@pytest.mark.parametrize("to", ["xlsx", "ods"])
@pytest.mark.parametrize("name", MADE)
def test_libreoffice_calculates_what_is_stored(to: str, name: str, folder: Path) -> None:
    make, saved = MADE[name], folder / to / f"{name}.{to}"
    before, after = read_book(folder / f"{name}.xlsx"), read_book(saved)
    # What only a person understands (八十万, a year in characters) is in the totals stored, but in no cell's formula.
    unlike = {SUMMARY_SHEET} if make is odd else set()
    assert [one for one in differences(before, after) if one.place[0] not in unlike] == []
    same(make(), saved)
    assert after.kind == "department"
    assert after.template_version == TEMPLATE_VERSION
    assert after.names.keys() >= {MODEL_NAME, "部门名称", "预算年度", "控制数"}


def test_prints_each_form_on_one_a4_page(soffice: Office, tmp_path: Path) -> None:
    projects = [
        whole(),
        whole(purpose="用于养护。" * 200, indicators=[indicator(level3="名称" * 20) for _ in range(30)]),
    ]
    pdf = soffice.convert(written(draft.department(name="甲局", projects=projects), tmp_path), "pdf", tmp_path)
    texts = [poppler("pdftotext", "-f", str(page), "-l", str(page), str(pdf), "-") for page in pages(soffice, pdf)]
    forms = [text for text in texts if "预算规模及" in text]
    assert len(forms) == 3  # two projects and the model
    sizes = poppler("pdfinfo", "-f", "1", "-l", str(len(texts)), str(pdf))
    found = {tuple(sorted(map(float, size))) for size in re.findall(r"size: +([\d.]+) x ([\d.]+)", sizes)}
    assert {(round(short), round(long)) for short, long in found} == {(595, 842)}


def pages(soffice: Office, pdf: Path) -> range:
    return range(1, soffice.pages(pdf) + 1)
