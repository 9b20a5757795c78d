"""导入项目: the forms of other workbooks become sheets of this one. The others are read as files, and not changed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_perf.core.errors import BookError, FormError
from xl_perf.core.forms.box import Box, Role
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.layout import Layout, project_layout
from xl_perf.core.making.changed import changes
from xl_perf.core.making.converting import in_kind
from xl_perf.core.making.placing import is_list
from xl_perf.core.model.department import Department
from xl_perf.core.model.project import Project
from xl_perf.core.workbook.sheets import MODEL_SHEET
from xl_perf.live import asking_files, backup, heights, projects
from xl_perf.live.edits import put
from xl_perf.live.forms import LiveForm, form_of
from xl_perf.live.host import NotHere, Stopped
from xl_perf.live.protection import unlocked
from xl_perf.live.reading import profile_of
from xl_perf.live.shaping import shape
from xl_perf.sheets.cells import Content, Formula, text_content, unix_lines
from xl_perf.sheets.form_content import carried_contents, contents_of, shown_heading, with_around
from xl_perf.sheets.looks import TEXT
from xl_perf.sheets.texts import valid

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.core.forms.kinds import Kinds
    from xl_perf.core.profile import Profile
    from xl_perf.live.host import Host

_TITLE: Final = "选择要导入的工作簿"


def import_projects(host: "Host") -> str | None:
    """Asks for files, where VBA has not, and takes all their filled forms in."""
    model = projects.model_sheet(host)
    projects.check_unlocked(host)
    paths = _chosen(host)
    if not paths:
        return None
    found, problems = read_projects(paths, host)
    if not found:
        return "\n".join(["没有导入项目。", *problems])
    profile = profile_of(host.book)
    copied = backup.before(host, "导入项目")
    made: list[LiveForm] = []
    came: list[Project] = []
    try:
        _add_forms(host, model, found, profile, made, came, problems)
    finally:
        # Also after a failure half-way: what is there is listed, and can be taken back.
        if made:
            projects.list_and_log(host, made, "导入项目")
    if not made:
        return "\n".join(["没有导入项目。", *problems])
    made[0].sheet.activate()
    names = [live.sheet.name for live in made]
    outcome = f"已导入 {len(made)} 个项目：工作表 {names[0]}" + (f" 至 {names[-1]}" if len(names) > 1 else "")
    told = (f"{one}。" for one in changes(zip(came, names, strict=True), profile))
    return "\n".join([f"{outcome}。", *told, *problems, copied])


def _add_forms(
    host: "Host",
    model: "Sheet",
    found: Sequence[Project],
    profile: "Profile",
    made: list[LiveForm],
    came: list[Project],
    problems: list[str],
) -> None:
    """One sheet after the other; what this book's form has no room for is said, and does not stop the others.

    Esc does: what is there by then stays.
    """
    tried = 0
    try:
        for project in host.steps(found, "写入项目表"):
            tried += 1
            try:
                made.append(add_form(host, model, project, profile))
                came.append(project)
            except NotHere as error:
                problems.append(str(error))
    except Stopped:
        problems.append(f"已按 Esc 停止，后面 {len(found) - tried} 个项目没有导入。")


def read_projects(paths: Sequence[str], host: "Host") -> tuple[list[Project], list[str]]:
    """The filled forms of some workbooks, and Chinese sentences on what could not be read or had none."""
    from xl_perf.saved.guarded import Readers
    from xl_perf.saved.limits import Limits

    found: list[Project] = []
    problems: list[str] = []
    # They came by mail: what one of them does harms neither the others nor this program.
    with Readers(Limits(is_fixed=True)) as readers:
        for path in host.steps(paths, "读取文件"):
            name = Path(path).name
            if Path(path) == Path(host.book.fullname):
                problems.append(f"{name} 就是当前工作簿，没有导入。")
                continue
            try:
                department = readers.read(_department, name, path, name, host.known_kinds)
            except BookError as error:
                problems.append(str(error))
                continue
            found += department.projects
            problems += _left_out(name, department)
    return found, problems


def _department(path: str, shown: str, kinds: "Kinds") -> Department:
    from xl_perf.saved.sent import department_in
    from xl_perf.saved.workbook import read_book

    return department_in(read_book(Path(path), shown), kinds)[0]


def _left_out(book: str, department: Department) -> Iterator[str]:
    """What of a book does not come along, and what comes along converted."""
    if not department.projects:
        yield f"{book} 里没有填写的项目绩效目标表。"
    if department.packed is not None and not department.packed.is_same:
        yield f"{book} 打包以后改过，与报送清单不符，导入的是改过的内容：{department.packed.briefly}。"
    for sheet in department.unread:
        if sheet.looks_like_form:
            yield f"{book} 的工作表“{sheet.sheet}”{sheet.reason}，没有导入。"
    for table in department.tables:
        if table.holds_projects:
            yield f"{book} 的工作表“{table.sheet}”上的“{table.title}”还读不出来，没有导入。"
    for project in department.projects:
        if project.unit is not None and project.unit.unit != "万元":
            yield f"“{project.title}”的金额原以{project.unit.unit}为单位，已换算成万元。"
    for note in department.notes:
        yield f"{book}：{note}。"


def add_form(host: "Host", model: "Sheet", project: Project, profile: "Profile") -> LiveForm:
    """A new sheet with the project's form, shaped and filled like one that the template's writer makes."""
    sheet = projects.copied(host, model, projects.next_name(host.sheet_names))
    blank = form_of(host, sheet)
    if blank is not None and (not project.kind.is_written or is_list(project.kind)):
        project = in_kind(project, blank.frame.kind)
    try:
        layout = project_layout(project, profile)
    except FormError:
        sheet.delete()
        raise
    problem = unlike(blank, layout)
    if blank is None or problem:
        sheet.delete()
        raise NotHere(f"“{project.title}”的{problem}与“{MODEL_SHEET}”的不同", "请手工填写这个项目")
    with unlocked(sheet):
        shape(blank, layout)
        fill(blank, layout, project)
        live = form_of(host, sheet)
        if live is None:
            raise NotHere(f"“{MODEL_SHEET}”的标签改动过，读不出来", "请从新的模板把它复制过来")
        heights.fit(live)
        if project.sign_off is not None:
            for cell, entry in zip(projects.signed_cells(live), project.sign_off, strict=False):
                put(sheet.range(cell), text_content(entry), sheet.range(cell).number_format)
    return live


def unlike(blank: LiveForm | None, layout: Layout) -> str:
    """What of a layout the blank form has no room for, in Chinese; empty where the form can take it."""
    if blank is None or blank.frame.kind.name != layout.kind.name:
        return f"表样（{layout.kind.title}）"
    frame = blank.frame
    if [month for month, _ in frame.months] != list(layout.months):
        return "支出计划时点"
    if {key for key, columns in frame.columns.items() if columns} != layout.columns.keys() & frame.columns.keys():
        return "指标表的栏目"
    has = {field.key for field, slot in zip(layout.kind.fields, frame.slots, strict=True) if slot is not None}
    more = [field.name for field in layout.fields if field.is_extra and field.key not in has]
    if more:
        return f"资金来源（{'、'.join(more)}）"
    lacks_title = frame.title is None and layout.own is None
    lacks_goals = layout.goals > 0 and not blank.goals
    wanted = {field.key for field in layout.fields} | layout.shared.keys()
    # Labels of an office's own form may have no cell of their own.
    differs = wanted - has if layout.own is not None else wanted ^ has
    return "标签" if lacks_title or lacks_goals or differs else ""


def fill(blank: LiveForm, layout: Layout, project: Project) -> None:
    """Writes what the form holds below its title, in one go; texts where numbers belong are marked as texts before."""
    sheet, (top, left) = blank.sheet, blank.frame.title or blank.frame.area[:2]
    if layout.own is not None:
        top, left = 0, 0
    contents = {box: with_around(box, content) for box, content in contents_of(layout, project).items()}
    contents |= carried_contents(layout, project)
    for box, content in contents.items():
        if isinstance(content, str) and box.value in {Value.AMOUNT, Value.PERCENT}:
            sheet.range((top + box.area[0] + 1, left + box.area[1] + 1)).number_format = TEXT
    below = layout.head
    rows = cells_of(layout.boxes, contents)
    first, last = top + below + 1, top + len(rows)
    sheet.range((first, left + 1), (last, left + len(rows[0]))).value = rows[below:]
    heading = shown_heading(project)
    at = next((box.area[:2] for box in layout.boxes if box.role is Role.TITLE), None)
    if heading and at is not None and heading not in layout.title:
        title = sheet.range((top + at[0] + 1, left + at[1] + 1))
        put(title, f"{heading}\n{layout.title}", "General")


def cells_of(boxes: Sequence[Box], contents: dict[Box, Content]) -> list[list[Any]]:
    """The form's cells as rows from its first; blank beside the first cell of merged ones, for title and year."""
    last_row, last_column = (max(box.area[at] for box in boxes) for at in (2, 3))
    rows: list[list[Any]] = [[None] * (last_column + 1) for _ in range(last_row + 1)]
    for box in boxes:
        if box.role in {Role.LABEL, Role.INPUT}:
            content = contents.get(box, f"={box.formula}" if box.formula else box.text)
            rows[box.area[0]][box.area[1]] = _plain(content)
    return rows


def _plain(content: Content) -> str | float | None:
    if isinstance(content, Formula):
        return content.text
    return unix_lines(valid(content)) if isinstance(content, str) else content


# --- which files -----------------------------------------------------------------------------------------------------


def _chosen(host: "Host") -> list[str]:
    return asking_files.files(host, _TITLE)
