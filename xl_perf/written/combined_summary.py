"""The combined summary of many books: 汇总 per department, 明细 per project, 校验结果, and 未读入 for what is in none.

Everything but one row per department is streamed, so memory does not grow with the number of books.
"""

from collections.abc import Sequence
from pathlib import Path

from xl_perf.core.cells.organisations import Names
from xl_perf.core.cells.values import plain
from xl_perf.core.checking.counting import LEAVING, Left, lost_note
from xl_perf.core.checking.delivered import ListedProject
from xl_perf.core.errors import BookError
from xl_perf.core.figures.delivery import Delivery
from xl_perf.core.figures.missing import Incomplete
from xl_perf.core.figures.summary import ProjectLine, folder_of
from xl_perf.core.figures.totals import Totals, add_up
from xl_perf.core.model.department import OtherTable, UnreadSheet
from xl_perf.core.model.findings import Finding, count
from xl_perf.core.profile import Profile
from xl_perf.core.workbook.typed import Earlier
from xl_perf.files.own_files import SUMMARY
from xl_perf.written.delivery_sheet import write_delivery
from xl_perf.written.departments_sheet import DEPARTMENT, FOLDER, DepartmentRow, OverviewSheet
from xl_perf.written.findings_sheet import FindingsSheet, findings_told_from
from xl_perf.written.former_sheet import write_former
from xl_perf.written.links import FormulaLinks, relative, told_from
from xl_perf.written.projects_sheet import DetailsSheet
from xl_perf.written.stream import StreamedWorkbook
from xl_perf.written.styles import Styles
from xl_perf.written.summary import project_names
from xl_perf.written.unread_sheet import NotReadSheet


class CombinedSummary:
    """Writes the workbook while books go by; a context manager that writes nothing after an exception.

    ``target`` is the file that `output.replacing` gives; links are relative to its folder. Amounts in 万元. What people
    typed into an ``earlier`` summary is carried over.
    """

    def __init__(
        self, target: Path, profile: Profile, *, by_folder: bool = False, earlier: Earlier | None = None
    ) -> None:
        self._folder = target.parent
        self._earlier = earlier = earlier or Earlier()
        self._workbook = StreamedWorkbook(target, SUMMARY, "预算绩效汇总", typed=earlier.holds_any)
        self._styles = Styles(self._workbook)
        self._by_folder = by_folder
        self._overview = OverviewSheet(self._workbook, self._styles, FOLDER if by_folder else DEPARTMENT, earlier)
        self._details = DetailsSheet(self._workbook, self._styles, profile.checkpoints, earlier)
        self._findings = FindingsSheet(self._workbook, self._styles, with_files=True, earlier=earlier)
        self._not_read: NotReadSheet | None = None
        self._missing = Totals()
        self._left: list[Totals] = []
        self._lost: list[ListedProject] = []
        self._departments: dict[str, DepartmentRow] = {}
        self._names = Names()
        self._books = 0
        self.delivery: Delivery | None = None
        """The departments that were to deliver, where there is a list of them."""
        self.profiles_note = ""
        """Which profiles the findings were found by; it stands above them."""

    def add(
        self,
        path: str,
        department: str | None,
        year: int | None,
        lines: Sequence[ProjectLine],
        findings: Sequence[Finding],
        totals: Totals | None = None,
        tables: Sequence[OtherTable] = (),
        unread: Sequence[UnreadSheet] = (),
        profile: str | None = None,
    ) -> None:
        """One book, with its lines' totals where they are known, its tables that are no projects, its other sheets.

        ``profile`` is what it was checked by. Departments keep the order in which they are met; without a name a book
        goes by its path.
        """
        self._books += 1
        links = FormulaLinks(relative(path, self._folder))
        department = self._names.first(department)
        name = folder_of(links.file) if self._by_folder else department or links.file
        row = self._departments.get(name)
        if row is None:
            row = self._departments[name] = DepartmentRow(len(self._departments) + 1, name)
        row.books += 1
        if year is not None:
            row.years.add(year)
        if profile is not None:
            row.profiles[profile] = row.profiles.get(profile, 0) + 1
        totals = totals or add_up(line.totals for line in lines)
        row.totals = row.totals.plus(totals)
        self._details.add(row.number, department or links.file, links, lines)
        for severity, number in count(findings).items():
            row.counts[severity] += number
        self._findings.add(links, findings_told_from(findings, self._folder), project_names(lines))
        self._add_missing(totals.incomplete)
        if totals.incomplete or tables or unread:
            self._not_read_sheet.add_book(links.file, totals.incomplete, tables, unread)

    def add_left(
        self, path: str, left: Left, totals: Totals, findings: Sequence[Finding], names: dict[str, str | None]
    ) -> None:
        """A book that does not count: it is listed in 未读入; of its findings, those that say why are kept."""
        links = FormulaLinks(relative(path, self._folder))
        self._left.append(totals)
        self._lost += left.lost
        said = [one for one in findings if one.code in LEAVING]
        self._findings.add(links, findings_told_from(said, self._folder), names)
        reason = told_from(left.reason, self._folder)
        self._not_read_sheet.add_left(links.file, left._replace(reason=reason), totals.budget)

    def add_error(self, error: BookError, missing: Sequence[Incomplete] = ()) -> None:
        """A book that could not be read; it is listed in 未读入, and counted where its money is missing."""
        self._add_missing(missing)
        self._not_read_sheet.add_file(relative(error.path, self._folder), error, missing=bool(missing))

    def add_skipped(self, files: Sequence[tuple[str, str]]) -> None:
        """Files that were passed over, as pairs of path and reason; they are listed in 未读入."""
        if files:
            self._not_read_sheet.add_skipped((relative(path, self._folder), reason) for path, reason in files)

    @property
    def _not_read_sheet(self) -> NotReadSheet:
        """未读入, which is there only where it is needed."""
        if self._not_read is None:
            self._not_read = NotReadSheet(self._workbook, self._styles, self._earlier)
        return self._not_read

    def _add_missing(self, missing: Sequence[Incomplete]) -> None:
        self._missing = self._missing._replace(incomplete=(*self._missing.incomplete, *missing))

    def close(self) -> None:
        """Writes the file."""
        departments = list(self._departments.values())
        projects = sum(row.totals.projects for row in departments)
        what = "个文件夹" if self._by_folder else "个部门"
        subject = f"{len(departments)} {what}，{self._books} 本工作簿，{projects} 个项目"
        files = self._not_read.files if self._not_read else 0
        unread = f"；{files} 个文件没有读入，见“未读入”" if files else ""
        if self._left:
            amount = plain(add_up(self._left).budget)
            unread += f"；{len(self._left)} 本重复、前一稿或别的年度的共 {amount} 万元没有计入，见“未读入”"
        total = add_up(row.totals for row in departments)
        remarks = "".join(f"；{remark}" for remark in total.remarks if remark not in total.doubts)
        doubts = [*total.doubts, *filter(None, [lost_note(self._lost)])]
        self._overview.write(departments, self._details, subject + unread + remarks, self._missing.note, doubts)
        self._details.finish(subject)
        self._findings.finish("    ".join(filter(None, (subject, self.profiles_note))))
        if self._not_read:
            self._not_read.finish()
        if self.delivery:
            write_delivery(self._workbook, self._styles, self._folder, self.delivery, self._earlier)
        write_former(self._workbook, self._styles, self._earlier)
        self._workbook.close()

    def __enter__(self) -> "CombinedSummary":
        return self

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is None:
            self.close()
        else:
            self._workbook.discard()
