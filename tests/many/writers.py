"""What five programs make of the facts: openpyxl, XlsxWriter, LibreOffice (.xls and .ods), exceljs."""

import datetime
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import openpyxl
import xlsxwriter

from tests import builders
from tests.builders import Rows
from tests.exceljs import ExcelJs, Sheets
from tests.many.facts import BookFacts, ProjectFacts
from tests.office import Office

SUFFIXES: Final = {
    "openpyxl": ".xlsx",
    "XlsxWriter": ".xlsx",
    "LibreOffice xls": ".xls",
    "LibreOffice ods": ".ods",
    "exceljs": ".xlsx",
}
IN_TURN: Final = (*SUFFIXES, "openpyxl", "XlsxWriter", "exceljs")
"""LibreOffice takes a third of a second for each of its own."""
IN_UNIT: Final = {"万元": 1, "元": 10_000}


def sheets_of(book: BookFacts) -> Sheets:
    """The workbook's sheets as rows of cells: 首页, then a form for each project."""
    forms = {f"{number:02}": form_of(one, book) for number, one in enumerate(book.projects, 1)}
    return {"首页": cover_of(book), **forms} if book.has_cover else forms


def cover_of(book: BookFacts) -> Rows:
    """The first sheet."""
    return [["部门预算绩效文本", "", "", ""], ["部门名称", book.department, "预算年度", float(book.year)]]


def form_of(one: ProjectFacts, book: BookFacts) -> Rows:
    """The project in its office's form, the amounts as numbers in its unit."""
    budget, fiscal, other = (float(amount * IN_UNIT[book.unit]) for amount in (one.budget, one.fiscal, one.other))
    if book.form == "财政部":
        rows = builders.national_form(one.name)
        rows[6][1] = f"完成{one.name}。"
        rows[2][1:5] = [f"[173]{book.department}", "", "实施单位", book.department]
        rows[3][0] = f"项目资金\n（{book.unit}）"
        rows[3][2], rows[4][2], rows[5][2] = budget, fiscal, other
        return rows
    return builders.form(
        name=one.name,
        code=one.code,
        budget=budget,
        fiscal=fiscal,
        other=other if one.other else "",
        percents=[percent / 100 for percent in one.plan],
        indicators=_indicators(one, book.year),
    )


def _indicators(one: ProjectFacts, year: int) -> list[dict[str, str]]:
    """Those of the good project; cost and dates are the project's own."""
    cost = f"={one.budget.normalize():f}万元"
    return [
        {**row, "target": cost if "成本" in row["level2"] else row["target"].replace("2023", str(year))}
        for row in builders.GOOD["indicators"]
    ]


def by_openpyxl(path: Path, sheets: Sheets) -> None:
    """As a script in Python writes it."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if value == "" else value for value in row])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # an official target is a text such as =78人
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    book.save(path)


def by_xlsxwriter(path: Path, sheets: Sheets) -> None:
    """As another script in Python writes it."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime.datetime(2024, 1, 5, 8)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str) and value:
                        sheet.write_string(at, column, value)
                    elif value not in ("", None):
                        sheet.write(at, column, value)
            sheet.merge_range(0, 0, 0, len(rows[0]) - 1, rows[0][0])


def by_template(path: Path, book: BookFacts) -> None:
    """As `xl-perf new` writes it: a clerk who uses the template. For 河北 forms in 万元."""
    projects = [
        builders.project(
            name=one.name,
            code=one.code,
            budget=float(one.budget),
            fiscal=float(one.fiscal),
            other=float(one.other) if one.other else "",
            percents=[percent / 100 for percent in one.plan],
            indicators=_indicators(one, book.year),
        )
        for one in book.projects
    ]
    builders.write(path, builders.department(*projects, name=book.department, year=book.year))


class Writers:
    """Writes workbooks into a folder, those of one program together."""

    def __init__(self, soffice: Office, exceljs: ExcelJs, work: Path) -> None:
        self.soffice, self.exceljs, self.work = soffice, exceljs, work
        work.mkdir(exist_ok=True)

    def write(self, books: Iterable[tuple[str, BookFacts]], folder: Path) -> None:
        """Pairs of a program (see `SUFFIXES`) and a workbook, which goes to its `file` in the folder."""
        of_program: dict[str, dict[Path, BookFacts]] = {program: {} for program in SUFFIXES}
        for program, book in books:
            path = folder / book.file
            path.parent.mkdir(parents=True, exist_ok=True)
            of_program[program][path] = book
        for path, book in of_program["openpyxl"].items():
            by_openpyxl(path, sheets_of(book))
        for number, (path, book) in enumerate(of_program["XlsxWriter"].items()):
            if number % 2 and book.form == "河北" and book.has_cover:
                by_template(path, book)
            else:
                by_xlsxwriter(path, sheets_of(book))
        self.exceljs.write({path: sheets_of(book) for path, book in of_program["exceljs"].items()})
        for program in ("LibreOffice xls", "LibreOffice ods"):
            self._convert(of_program[program], SUFFIXES[program].removeprefix("."))

    def _convert(self, books: Mapping[Path, BookFacts], to: str) -> None:
        """LibreOffice takes what another program wrote and saves it as its own: all in one go."""
        if not books:
            return
        sources = [self.work / f"{to}-{number:03}.xlsx" for number in range(len(books))]
        for source, book in zip(sources, books.values(), strict=True):
            by_xlsxwriter(source, sheets_of(book))
        for made, path in zip(self.soffice.convert_all(sources, to, self.work / to), books, strict=True):
            shutil.move(made, path)
