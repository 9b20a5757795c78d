"""新增项目, 复制项目, 删除项目: sheets with forms."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from xl_perf.core.forms.kind import Value
from xl_perf.core.forms.kinds import DEFAULT
from xl_perf.core.workbook.sheets import COVER_SHEET, DELETED_SHEET, LOG_SHEET, MODEL_NAME, MODEL_SHEET
from xl_perf.live import cover, log_sheet, marks
from xl_perf.live.forms import LiveForm, active_form, form_of
from xl_perf.live.host import NotHere
from xl_perf.live.log_sheet import ADDED, DELETED, Record
from xl_perf.live.protection import set_very_hidden, unlocked

if TYPE_CHECKING:
    from xlwings import Sheet

    from xl_perf.live.host import Host

_LONGEST_NAME: Final = 31


def add(host: "Host") -> str:
    """A new form from 空白表, with the next number, listed on 首页."""
    model = model_sheet(host)
    check_unlocked(host)
    sheet = copied(host, model, next_name(host.book.sheet_names))
    _listed(host, [sheet], "新增项目")
    sheet.activate()
    return f"已新增项目表“{sheet.name}”，列在首页。"


def copy(host: "Host") -> str:
    """The form in front once more with its content, but without its code, which must not stand twice."""
    source = active_form(host)
    check_unlocked(host, source.sheet)
    sheet = copied(host, source.sheet, next_name(host.book.sheet_names))
    marks.take_off_copy(host, sheet)
    with unlocked(sheet):
        for field in source.frame.kind.fields:
            slot = source.frame.slot(field.key)
            if field.value is Value.CODE and slot is not None:
                sheet.range((slot.blank[0] + 1, slot.blank[1] + 1)).value = None
    _listed(host, [sheet], "复制项目")
    sheet.activate()
    codes = [field.name for field in source.frame.kind.fields if field.value is Value.CODE]
    without = f"{'、'.join(codes)}没有复制，请另填。" if codes else "请改项目名称和各项内容。"
    return f"已把“{source.sheet.name}”复制为项目表“{sheet.name}”。{without}"


def delete(host: "Host") -> str | None:
    """Asks, then takes the form in front away. Hidden until the next change, it can come back whole."""
    live = active_form(host)
    host.check_structure()
    check_unlocked(host)
    name = live.sheet.name
    if sum(sheet.visible for sheet in host.book.sheets) < 2:
        raise NotHere(f"“{name}”是唯一的一张表，不能删除", "工作簿至少要留一张表")
    if not host.ask(f"要删除项目表“{name}”吗？\n可以用“撤销上次操作”恢复；再做别的改动之后就不能恢复了。"):
        return None
    records = final(host, log_sheet.read(host))
    cover.unlist(host, name, live.frame.kind)
    hidden = f"{DELETED_SHEET}{name}"[:_LONGEST_NAME]
    live.sheet.name = hidden
    set_very_hidden(live.sheet)
    number, when = log_sheet.next_number(records), log_sheet.now()
    log_sheet.write(host, [*records, Record(number, when, "删除项目", DELETED, hidden, before=log_sheet.coded(name))])
    cover_sheet = host.sheet(COVER_SHEET)
    if cover_sheet is not None:
        cover_sheet.activate()
    return f"已删除项目表“{name}”。要恢复请按“撤销上次操作”；部门汇总请重新汇总。"


def final(host: "Host", records: Iterable[Record]) -> list[Record]:
    """Before a new change: what was deleted earlier is now gone for good. Gives the records that are left."""
    kept = []
    for record in records:
        if record.kind != DELETED:
            kept.append(record)
            continue
        sheet = host.sheet(record.sheet)
        if sheet is not None:
            sheet.visible = True  # Excel deletes no very hidden sheet
            sheet.delete()
    return kept


# --- parts -------------------------------------------------------------------------------------------------------


def check_unlocked(host: "Host", *others: "Sheet") -> None:
    """Raises `Locked` before anything is done: a new sheet must be listed and logged, or it could not be taken back."""
    lists = (host.sheet(COVER_SHEET), host.sheet(LOG_SHEET))
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
    sheet = source.copy(before=model, name=name) if model is not None else source.copy(name=name)
    for own in list(sheet.names):
        # Excel copies the book's name for the blank form as a name of the new sheet.
        if own.name.rpartition("!")[2] == MODEL_NAME and sheet.name in own.name:
            own.delete()
    sheet.visible = True
    return sheet


def _listed(host: "Host", sheets: Iterable["Sheet"], action: str) -> None:
    """Lists new sheets on 首页 and logs them as one operation."""
    made = list(sheets)
    forms = [live for sheet in made if (live := form_of(host, sheet)) is not None]
    list_and_log(host, forms, action)


def list_and_log(host: "Host", forms: Iterable[LiveForm], action: str) -> None:
    """Lists new forms on 首页 and logs them as one operation."""
    made = list(forms)
    cover.list_forms(host, made)
    records = final(host, log_sheet.read(host))
    number, when = log_sheet.next_number(records), log_sheet.now()
    fresh = [Record(number, when, action, ADDED, live.sheet.name) for live in made]
    log_sheet.write(host, [*records, *fresh])


# --- taking back -----------------------------------------------------------------------------------------------------


def take_back_added(host: "Host", records: Iterable[Record]) -> str | None:
    """Deletes the sheets that were added, after asking: something may have been filled in since."""
    names = [record.sheet for record in records if host.sheet(record.sheet) is not None]
    if not names:
        return None
    if not host.ask(f"将删除项目表 {'、'.join(names)}，其中填写的内容不再保留。确定吗？"):
        return "没有改动。"
    for name in names:
        sheet = host.book.sheets[name]
        live = form_of(host, sheet)
        cover.unlist(host, name, DEFAULT if live is None else live.frame.kind)
        sheet.delete()
    return None


def take_back_deleted(host: "Host", record: Record) -> str | None:
    """Brings a deleted form back under its name, or under the next number where that is taken meanwhile."""
    sheet = host.sheet(record.sheet)
    if sheet is None:
        return "删除的项目表已经不在，不能恢复。"
    name = str(log_sheet.decoded(record.before))
    if name in host.book.sheet_names:
        name = next_name(host.book.sheet_names)
    sheet.visible = True
    sheet.name = name
    live = form_of(host, sheet)
    if live is not None:
        cover.relist(host, live)
    sheet.activate()
    return None
