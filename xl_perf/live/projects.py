"""新增项目, 复制项目, 删除项目: sheets with forms."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from xl_perf.core.cells.grid import CellLine, a1, cell_place
from xl_perf.core.cells.values import is_blank, text_of
from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.forms.sign_off import sign_off_of
from xl_perf.core.workbook.sheets import COVER_SHEET, DELETED_SHEET, LOG_SHEET, MODEL_NAME, MODEL_SHEET
from xl_perf.files.own_files import BACKUP_FOLDER
from xl_perf.live import backup, cover, log_sheet, marks, project_lists, summary_repair
from xl_perf.live.edits import put
from xl_perf.live.forms import BY_HAND, LiveForm, active_form, form_of
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import ADDED, DELETED, Formula, Record
from xl_perf.live.protection import is_visible, set_very_hidden, unlocked
from xl_perf.sheets.form_formulas import title_formula
from xl_perf.sheets.last_year import is_of_last_year

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_LONGEST_NAME: Final = 31


def add(host: "Host") -> str:
    """A new form from 空白表, with the next number, listed on 首页."""
    model = model_sheet(host)
    check_unlocked(host)
    sheet = copied(host, model, next_name(host.sheet_names))
    forms = _listed(host, [sheet], "新增项目")
    sheet.activate()
    if forms and (first := forms[0].cell_of(forms[0].frame.kind.fields[0].key)):
        sheet.range(first).select()
    return f"已新增项目表“{sheet.name}”，列在首页。"


def copy(host: "Host") -> str:
    """The form in front once more with its content, but without its code, which must not stand twice."""
    source = active_form(host)
    check_unlocked(host, source.sheet)
    sheet = copied(host, source.sheet, next_name(host.sheet_names))
    marks.take_off_copy(host, sheet, source.sheet.name)
    with unlocked(sheet):
        for field in source.frame.kind.fields:
            slot = source.frame.slot(field.key)
            if field.value is Value.CODE and slot is not None:
                sheet.range((slot.blank[0] + 1, slot.blank[1] + 1)).value = None
        _title_follows(source, sheet)
        _without_last_year(source, sheet)
        for cell in signed_cells(source):
            sheet.range(cell).merge_area.clear_contents()
    _listed(host, [sheet], "复制项目")
    sheet.activate()
    if (first := _first_to_change(source)) is not None:
        sheet.range(first).select()
    return "\n".join([f"已把“{source.sheet.name}”复制为项目表“{sheet.name}”。", *_to_change(source)])


def _to_change(source: LiveForm) -> Iterator[str]:
    """Which cells of a copy are to be filled in, changed, looked at, by name: as they lie in its original."""
    fields = [(field, cell) for field in source.frame.kind.fields if (cell := source.cell_of(field.key))]
    codes = [f"{field.name} {cell}" for field, cell in fields if field.value is Value.CODE]
    if codes:
        yield f"要另填：{'、'.join(codes)}（没有复制）。"
    title = "，表的标题随着变" if source.frame.kind.headed_by_name else ""
    yield from (
        f"要改：{field.name} {cell}（现在与“{source.sheet.name}”相同，会算重复{title}）。"
        for field, cell in fields
        if field.key == "name"
    )
    others = [
        f"{field.name} {cell}"
        for field, cell in fields
        if field.value is not Value.CODE and field.key != "name" and not is_blank(source.cell(*cell_place(cell)))
    ]
    others += [f"支出计划 {a1(*slot.blank)}" for _, slot in source.frame.months[:1]]
    others += [f"绩效目标 {a1(*slot.blank)}" for slot in source.goals[:1]]
    targets = source.frame.columns.get("target")
    others += [f"指标值 {a1(source.frame.rows[0], targets.start)} 起"] if targets and source.frame.rows else []
    yield f"要核对、改成本项目的：{'、'.join(others)}。"


def signed_cells(live: LiveForm) -> list[tuple[int, int]]:
    """Row and column, from 1, of what is filled in below the form: who signs it, and when."""
    signed = sign_off_of(CellLine(live.grid.rows), live.sheet.name, live.frame.area)
    return [] if signed is None else [(one.row + 1, one.column + 1) for one in signed]


def _first_to_change(source: LiveForm) -> str | None:
    """The cell of the code, which a copy lacks; of a form without one that of the name."""
    coded = (source.cell_of(field.key) for field in source.frame.kind.fields if field.value is Value.CODE)
    return next(filter(None, coded), None) or source.cell_of("name")


def _title_follows(source: LiveForm, sheet: "Sheet") -> None:
    """A title that is typed names the other project: the copy's follows its name, as that of 空白表 does."""
    kind, place, name = source.frame.kind, source.frame.title, source.cell_of("name")
    if place is None or name is None or not kind.headed_by_name:
        return
    title = sheet.range((place[0] + 1, place[1] + 1))
    if not str(title.formula).startswith("="):
        put(title, Formula(title_formula(name, kind.title)), title.number_format)


def _without_last_year(source: LiveForm, sheet: "Sheet") -> None:
    """Last year's figures are another project's."""
    column = source.note(0).column
    cells = sheet.range((1, column), (len(source.grid.rows), column))
    for row, typed in enumerate(cells.options(ndim=1).value, 1):
        if is_of_last_year(typed):
            sheet.range((row, column)).merge_area.clear_contents()


def delete(host: "Host") -> str | None:
    """Asks, then takes the form in front away. It stays in the book, hidden, and can come back whole at any time."""
    live = active_form(host)
    host.check_structure()
    check_unlocked(host)
    name = live.sheet.name
    if sum(map(is_visible, host.book.sheets)) < 2:
        raise NotHere(f"“{name}”是唯一的一张表，不能删除", "工作簿至少要留一张表")
    if not host.ask(f"要删除项目表“{name}”吗？\n以后可以用“撤销上次操作”恢复。"):
        return None
    copied_to = backup.before(host, "删除项目")
    marks.clear_on(host, name)
    cover.unlist(host, name, live.frame.kind)
    cell = live.cell_of("name")
    title = None if cell is None else live.sheet[cell].value
    hidden = _hidden_name(host, name)
    live.sheet.name = hidden
    set_very_hidden(live.sheet)
    summary_repair.note_deleted(host, hidden)
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    coded = log_sheet.coded
    fresh = Record(number, when, "删除项目", DELETED, hidden, before=coded(name), after=coded(text_of(title)))
    log_sheet.write(host, [*records, fresh])
    cover_sheet = host.sheet(COVER_SHEET)
    if cover_sheet is not None:
        cover_sheet.activate()
    return f"已删除项目表“{name}”。要恢复请按“撤销上次操作”；部门汇总请重新汇总。\n{copied_to}"


def _hidden_name(host: "Host", name: str) -> str:
    """What a deleted form is called: another of its name may have been deleted before."""
    taken = {one.casefold() for one in host.book.sheet_names}
    ends = ("", *(f"~{number}" for number in range(2, len(taken) + 2)))
    return next(
        found
        for end in ends
        if (found := f"{DELETED_SHEET}{name}"[: _LONGEST_NAME - len(end)] + end).casefold() not in taken
    )


# --- parts -------------------------------------------------------------------------------------------------------


def check_unlocked(host: "Host", *others: "Sheet") -> None:
    """Raises `Locked` before anything is done: a new sheet must be listed and logged, or it could not be taken back."""
    lists = (host.sheet(COVER_SHEET), host.sheet(LOG_SHEET))
    with host.not_changed():
        for sheet in (*others, *(one for one in lists if one is not None)):
            with unlocked(sheet):
                pass


def next_name(sheets: Iterable[str]) -> str:
    """The number after the highest, with two digits at least."""
    return f"{max((int(name) for name in sheets if name.isdecimal() and len(name) < 6), default=0) + 1:02d}"


def model_sheet(host: "Host") -> "Sheet":
    """The blank form that is there to be copied: by its defined name, else by its sheet's."""
    names = host.book.names
    if names.contains(MODEL_NAME):
        target = (names[MODEL_NAME].refers_to or "").lstrip("=").rpartition("!")[0]
        sheet = host.sheet(target.strip("'").replace("''", "'"))
        if sheet is not None:
            return sheet
    sheet = host.sheet(MODEL_SHEET)
    if sheet is None and (name := project_lists.has_list_only(host)):
        raise NotHere(f"这本工作簿的项目都写在“{name}”上，一行一个指标，没有一个项目一张的表", BY_HAND)
    if sheet is None:
        raise NotHere(
            f"这本工作簿没有“{MODEL_SHEET}”，不能新增项目表",
            "请打开用模板建立的部门工作簿，在那里按“导入项目”，选择本文件",
        )
    return sheet


def copied(host: "Host", source: "Sheet", name: str) -> "Sheet":
    """A copy of a form sheet, before 空白表 where that is, under a name of its own."""
    host.check_structure()
    model = host.sheet(MODEL_SHEET)
    if is_visible(source):
        # Not through xlwings' own `copy`, which asks every sheet of the book for its name, three times.
        before, after = (model, None) if model is not None else (None, host.book.sheets[-1])
        source.impl.copy(before=before and before.impl, after=after and after.impl)
        sheet = host.active
        sheet.name = name
    else:  # its copy is hidden, too, and does not come to the front
        sheet = source.copy(before=model, name=name)
    for own in list(sheet.names):
        # Excel copies the book's name for the blank form as a name of the new sheet.
        if own.name.rpartition("!")[2] == MODEL_NAME and sheet.name in own.name:
            own.delete()
    sheet.visible = True
    return sheet


def _listed(host: "Host", sheets: Iterable["Sheet"], action: str) -> list[LiveForm]:
    """Lists new sheets on 首页 and logs them as one operation; gives their forms."""
    made = list(sheets)
    forms = [live for sheet in made if (live := form_of(host, sheet)) is not None]
    list_and_log(host, forms, action)
    return forms


def list_and_log(host: "Host", forms: Iterable[LiveForm], action: str) -> None:
    """Lists new forms on 首页 and logs them as one operation."""
    made = list(forms)
    cover.refresh(host, made)
    records = log_sheet.read(host)
    number, when = log_sheet.next_number(records), log_sheet.now()
    fresh = [Record(number, when, action, ADDED, live.sheet.name) for live in made]
    log_sheet.write(host, [*records, *fresh])


# --- taking back -----------------------------------------------------------------------------------------------------


def take_back_added(host: "Host", records: Iterable[Record]) -> str | None:
    """Deletes the sheets that were added, after asking: something may have been filled in since. Gives what is said."""
    names = [record.sheet for record in records if host.sheet(record.sheet) is not None]
    if not names:
        return None
    if not host.ask(f"将删除项目表 {'、'.join(names)}，其中填写的内容不再保留。确定吗？"):
        return "没有改动。"
    copied_to = backup.before(host, "撤销")
    for name in host.steps(names, "删除项目表", can_stop=False):
        sheet = host.book.sheets[name]
        live = form_of(host, sheet)
        cover.unlist(host, name, DEFAULT if live is None else live.frame.kind)
        sheet.delete()
    return f"已删除项目表 {'、'.join(names)}。\n{copied_to}"


def take_back_deleted(host: "Host", record: Record) -> tuple[str, str | None]:
    """Brings a deleted form back under its name, or under the next number where that is taken meanwhile.

    Gives the name that it has now, and a sentence where it is another one or the form is gone.
    """
    old = str(log_sheet.decoded(record.before))
    sheet = host.sheet(record.sheet)
    if sheet is None:
        gone = f"删除的项目表“{old}”已经不在，不能恢复。操作前的备份在“{BACKUP_FOLDER}”文件夹，可以从那里导入。"
        return old, gone
    is_taken = old.casefold() in {one.casefold() for one in host.sheet_names}
    name = next_name(host.sheet_names) if is_taken else old
    sheet.visible = True
    sheet.name = name
    live = form_of(host, sheet)
    if live is not None:
        cover.relist(host, live)
        summary_repair.note_deleted(host, name, live)
    sheet.activate()
    return name, f"已恢复删除的项目表“{old}”；现在另有一张“{old}”，所以它改叫“{name}”。" if is_taken else None
