"""Case files: a rule's examples as tables of cells, each laid over the good form of `tests.builders`.

A file is named by its rule. Every case is a heading ``## 应报：…`` or ``## 不报：…``, tables, and a line ``期望：…``.
A table's first heading is a sheet, the others are columns; its first column holds row numbers::

    | 01 | C   | E  |
    |----|-----|----|
    | 3  | 100 | 50 |

    期望：B303 错误 01!C3 差额 50

Cells: a figure is a number, ``"25%"`` a text, ``（空）`` a blank, ``（无值）`` a formula without a stored value,
``#REF!`` an error value, ``<2023-05-01>`` a date, ``\\n`` a line break;
``"字"*101`` a long text; anything else is a text.

Further lines: ``复制：01 -> 02`` copies a sheet first, ``加表：自评`` adds its self-evaluation
(`tests.builders.evaluation_form`), ``加表：监控-6月`` a monitoring table of that month
(`monitoring_form`), ``加表：任务分解`` and ``加表：监督记录`` those lists
(`tasks_form`, `supervision_form`), ``删表：01`` takes one out, ``删行：01 9`` takes out a row,
``插行：01 3`` puts a blank one before it, ``隐藏：01`` hides a sheet, ``隐行：01 3-5`` and
``隐列：01 3-3`` rows and columns of one by their numbers, ``口径：mof-2021`` changes the profile (else the
kind of form chooses it; ``own_year`` is the default with that switch on), ``表样：国家`` lays the case over the
ministry's form (`tests.builders.national_form`), ``表样：本单位`` as well, read by the 样表 of an office
that prints the same with a column 备注 (``本单位明细``: with 1.中央补助 and 2.本级安排 below 一、财政拨款),
``格式：xls`` says that the source hides error values, ``带有：link 甲.xlsx`` that
the file carries a link, ``模板：0.9`` makes the book one of our own (无: of no version), ``打包后：…`` what
was changed in it since it was packed (无: nothing).

``另一本：部门=乙局 年度=2024 时间=2024-03-01 用途=修路。`` checks a second workbook along with it, which is
otherwise the good form as it is (``先交`` puts it first, ``整本`` makes it a copy of the case's own). It was saved
on 2024-01-01.

``期望：无`` means no finding of any rule; a rule that also speaks is listed too, parted by semicolons.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.builders import (
    Rows,
    cover,
    evaluation_form,
    form,
    monitoring_form,
    national_form,
    supervision_form,
    tasks_form,
)
from tests.own_guides import kind_of_form
from xl_perf.core.cells.entry import Entry, Status
from xl_perf.core.cells.grid import Book, Carried, ErrorValue, Grid, Lines, NoValue, Scalar, cell_place
from xl_perf.core.checking.across import repeated
from xl_perf.core.checking.cases import FOLDER
from xl_perf.core.checking.check import check
from xl_perf.core.checking.counting import decide
from xl_perf.core.checking.delivered import delivered
from xl_perf.core.checking.renamed import findings_on, renamed
from xl_perf.core.checking.seen import Seen
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.forms.learned import with_learned
from xl_perf.core.model.department import Department, Packed
from xl_perf.core.model.findings import Finding
from xl_perf.core.profile import Profile
from xl_perf.core.reading import read_department
from xl_perf.profiles import fitting, load

CASES = FOLDER
ADDED = {"自评": evaluation_form, "任务分解": tasks_form, "监督记录": supervision_form}
Sheets = dict[str, Rows]


class Case(NamedTuple):
    """One example: what is changed in the good form, and the findings that then are expected."""

    rule: str
    title: str
    lines: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def reports(self) -> bool:
        """The case shows what the rule finds."""
        return self.title.startswith("应报")

    def book(self) -> Book:
        """The workbook of the case."""
        drawn = {"国家": national_form, **OWN}.get(dict(_settings(self.lines)).get("表样", ""), form)
        sheets: Sheets = {"首页": cover(), "01": drawn()}
        hidden: set[str] = set()
        for name, values in _settings(self.lines):
            if name == "复制":
                source, _, target = values.partition("->")
                sheets[target.strip()] = [list(row) for row in sheets[source.strip()]]
            elif name == "加表":
                month = re.search(r"监控-(\d+)月", values)
                sheets[values] = monitoring_form(int(month[1])) if month else ADDED[values]()
            elif name == "删表":
                del sheets[values]
            elif name == "隐藏":
                hidden.add(values)
            elif name in {"删行", "插行"}:
                sheet, row = values.split()
                at = int(row) - 1
                sheets[sheet][at : at + (name == "删行")] = [] if name == "删行" else [[""] * 7]
        for sheet, place, typed in _cells(self.lines):
            _put(sheets.setdefault(sheet, []), place, typed)
        grids = [
            Grid(
                name,
                rows,
                hidden=name in hidden,
                hidden_rows=self._lines("隐行", name),
                hidden_columns=self._lines("隐列", name),
            )
            for name, rows in sheets.items()
        ]
        settings = dict(_settings(self.lines))
        version = settings.get("模板", "")
        kind = "department" if version else ""
        sees_errors = settings.get("格式") != "xls"
        return Book(
            "案例",
            grids,
            kind=kind,
            template_version=version.replace("无", ""),
            sees_errors=sees_errors,
            carried=[_carried(value) for name, value in _settings(self.lines) if name == "带有"],
        )

    def _lines(self, setting: str, sheet: str) -> Lines:
        """The hidden rows or columns of a sheet."""
        values = [value.split() for name, value in _settings(self.lines) if name == setting]
        spans = [span.split("-") for of, span in values if of == sheet]
        return tuple((int(first) - 1, int(last) - 1) for first, last in spans)

    def found(self) -> list[Finding]:
        """What the check says of the book."""
        names = [value for name, value in _settings(self.lines) if name == "口径"]
        named = dict(_settings(self.lines)).get("表样", "")
        department = read_department(self.book(), _own_kinds(named) if named in OWN else KINDS)
        if said := [value for name, value in _settings(self.lines) if name == "打包后"]:
            changed = tuple(one for one in said if one != "无")
            department = replace(department, packed=Packed(1, "", changed, is_same=not changed))
        profile = _profile(names[0]) if names else fitting(department)
        found = check(department, profile)
        other = dict(_settings(self.lines)).get("另一本")
        return found if other is None else found + _among_both(department, other.split())


def _with_remarks() -> Rows:
    rows = [[*cells] for cells in national_form()]
    header = next(cells for cells in rows if "一级指标" in cells)
    header.append("备注")
    return rows


def _with_parts() -> Rows:
    rows = [[*cells] for cells in national_form()]
    rows[4][1], rows[5][1] = "一、财政拨款", "二、其他资金"
    return [*rows[:5], ["", "1.中央补助", 50, "", "", ""], ["", "2.本级安排", 30, "", "", ""], *rows[5:]]


OWN = {"本单位": _with_remarks, "本单位明细": _with_parts}
"""What the forms of an office look like, filled in."""


@cache
def _own_kinds(name: str) -> Kinds:
    return with_learned((kind_of_form(Grid("01", OWN[name]())),), KINDS)


def _carried(value: str) -> Carried:
    kind, *names = value.split()
    return Carried(kind, tuple(names))


def _profile(name: str) -> Profile:
    """One that comes with the program, or the default with a switch of that name on (floors: 22 % in March)."""
    if name == "floors":
        return replace(load(), monitor=replace(load().monitor, floors={3: Decimal(22)}))
    return replace(load(), own_year=True) if name == "own_year" else load(name)


def _among_both(own: Department, settings: list[str]) -> list[Finding]:
    """What is said of a book because another one came along with it."""
    values = dict(setting.split("=") for setting in settings if "=" in setting)
    rows = form(purpose=values["用途"]) if "用途" in values else form()
    other = read_department(Book("另一本", [Grid("首页", cover()), Grid("01", rows)]))
    if "整本" in settings:
        other = replace(own, path="另一本")
    whose = values.get("部门", other.name)
    typed = Entry(whose, Status.FILLED, whose, "首页", 0, 1)
    other = replace(other, cover=replace(other.cover, department=typed))
    other = replace(other, year=int(values["年度"]) if "年度" in values else other.year)
    books = [
        delivered(one, Seen(one).whole_text, one.name, when)
        for one, when in ((own, "2024-01-01T00:00:00"), (other, values.get("时间", "2024-01-01") + "T00:00:00"))
    ]
    if "先交" in settings:
        books.reverse()
    at = next(at for at, book in enumerate(books) if book.path == own.path)
    outcomes = decide(books)
    counting = [number for number, outcome in enumerate(outcomes) if outcome.left is None]
    alike = findings_on(books, renamed(books, counting))
    return [*outcomes[at].findings, *alike.get(at, ()), *repeated(books, counting).get(at, ())]


def described(finding: Finding) -> str:
    """A finding as case files write it: code, place, and the difference if there is one."""
    severity = "" if finding.severity is None else f" {finding.severity.label}"
    difference = f" 差额 {finding.difference}" if finding.difference else ""
    return f"{finding.code}{severity} {finding.place}{difference}"


def cases_of(path: Path) -> list[Case]:
    """The cases of one file."""
    found = []
    for block in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = block.splitlines()
        expected = next(line.partition("：")[2] for line in lines if line.startswith("期望："))
        wanted = () if expected == "无" else tuple(part.strip() for part in expected.split("；"))
        found.append(Case(path.stem, title.strip(), tuple(lines), wanted))
    return found


def _settings(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    names = (
        *("复制", "删表", "删行", "插行", "隐藏", "隐行", "隐列", "口径", "加表", "格式", "模板", "表样", "另一本"),
        *("带有", "打包后"),
    )
    pairs = (line.partition("：") for line in lines)
    return [(name, value.strip()) for name, _, value in pairs if name in names]


def _cells(lines: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, int], Scalar]]:
    heading: list[str] = []
    for line in lines:
        if not line.startswith("|"):
            heading = []
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not heading:
            heading = cells
        elif not set(line) <= set("|-: "):
            for column, typed in zip(heading[1:], cells[1:], strict=True):
                if typed:
                    yield heading[0], cell_place(f"{column}{cells[0]}"), _scalar(typed)


def _scalar(typed: str) -> Scalar:
    if typed in {"（空）", "（无值）"}:
        return "" if typed == "（空）" else NoValue()
    if typed.startswith("#"):
        return ErrorValue(typed)
    if typed.startswith("<"):
        return datetime.date.fromisoformat(typed.strip("<>"))
    if repeated := re.fullmatch(r'"(.+)"\*(\d+)', typed):
        return repeated[1] * int(repeated[2])
    if typed.startswith('"'):
        return typed.strip('"').replace("\\n", "\n")
    try:
        return float(typed)
    except ValueError:
        return typed.replace("\\n", "\n")


def _put(rows: list[list[Scalar]], place: tuple[int, int], typed: Scalar) -> None:
    row, column = place
    while len(rows) <= row:
        rows.append([])
    while len(rows[row]) <= column:
        rows[row].append("")
    rows[row][column] = typed
