"""What can only be seen when several books are looked at together: codes and names that stand twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xl_perf.core.cells.characters import folded
from xl_perf.core.cells.grid import cell_place
from xl_perf.core.checking.delivered import Delivered, ListedProject
from xl_perf.core.checking.project_names import said_alike
from xl_perf.core.model.findings import Finding, Severity
from xl_perf.core.model.named_files import naming


class _Place(NamedTuple):
    """A project in one of the books."""

    book: int
    path: str
    department: str | None
    project: ListedProject

    @property
    def said(self) -> str:
        return f"{self.path} 的 {self.project.sheet}"


def repeated(books: Sequence[Delivered], counting: Sequence[int]) -> dict[int, list[Finding]]:
    """The findings by book, at every place: codes (X601), and names within a department (X602), met in other books.

    X601 across departments is a warning; in further books of the same department both are errors, as within one book.
    Only the books that count are looked at: what stays out is no second project.
    """
    codes: dict[str, list[_Place]] = defaultdict(list)
    names: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for at in counting:
        book = books[at]
        for project in book.projects:
            place = _Place(at, book.path, book.shown, project)
            if project.code_key:
                codes[project.code_key].append(place)
            if book.shown and project.name_key:
                names[book.shown, project.name_key].append(place)
    found: dict[int, list[Finding]] = defaultdict(list)
    for places in codes.values():
        for place, others in _elsewhere(places):
            found[place.book].append(_repeated_code(place, others))
    for places in names.values():
        for place, others in _elsewhere(places):
            found[place.book].append(_repeated_name(place, others))
    return found


def _elsewhere(places: Sequence[_Place]) -> Iterator[tuple[_Place, list[_Place]]]:
    """Each place with those in other books."""
    if len({place.book for place in places}) > 1:
        for place in places:
            yield place, [other for other in places if other.book != place.book]


def _repeated_code(place: _Place, others: Sequence[_Place]) -> Finding:
    whose = folded(place.department or "")
    own = [other for other in others if whose and folded(other.department or "") == whose]
    first = (own or others)[0]
    of_other = "" if own else f"（{first.department or '未写部门'}）"
    code, cell = place.project.code, place.project.code_cell
    message = naming(f"项目编码 {code} 与 {first.said}{of_other}{_more(others)}相同", first.path)
    severity = Severity.ERROR if own else Severity.WARNING
    remedy = "请核对编码；同一张表交了两次的，只留定稿"
    return _at(place, cell, Finding("X601", message, remedy, field="项目编码", found=code, severity=severity))


def _repeated_name(place: _Place, others: Sequence[_Place]) -> Finding:
    alike = said_alike(place.project.name, others[0].project.name)
    message = naming(f"项目名称与 {others[0].said}{_more(others)}{alike}，同一个项目可能交了两次", others[0].path)
    remedy = "请核对：同一个项目只留定稿；确是两个项目的，请改成能区分的名称"
    name, cell = place.project.name, place.project.name_cell
    return _at(place, cell, Finding("X602", message, remedy, field="项目名称", found=name, severity=Severity.ERROR))


def _more(others: Sequence[_Place]) -> str:
    return f" 等 {len(others)} 处" if len(others) > 1 else " "


def _at(place: _Place, cell: str | None, finding: Finding) -> Finding:
    row, column = (None, None) if cell is None else cell_place(cell)
    return finding._replace(sheet=place.project.sheet, row=row, column=column)
