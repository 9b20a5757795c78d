"""What was changed in a packed workbook since it was packed, by cell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_perf.core.model.department import Department
from xl_perf.core.submitting.content import SheetContent, contents_of, seen
from xl_perf.core.submitting.manifest import FormPart, Manifest, digest_of, parts_of
from xl_perf.core.workbook.sheets import FINDINGS_SHEET, MANIFEST_SHEET


class ChangedCell(NamedTuple):
    """A cell that says something else than when it was packed. ``label`` is what people call it, empty if unknown.

    ``now`` is what it says now, empty where it says nothing any more; what it said is not known. ``cell`` is empty for
    what is in no cell of its own: then ``label`` says all, such as 第 11 行已隐藏.
    """

    sheet: str
    cell: str
    label: str
    now: str

    @property
    def said(self) -> str:
        """For people: ``01!C3 预算数（现为 120）``."""
        if not self.cell:
            return f"{self.sheet} {self.label}"
        place = f"{self.sheet}!{self.cell}"
        return f"{place}{' ' if self.label else ''}{self.label}（{f'现为 {self.now}' if self.now else '现为空'}）"


class Verified(NamedTuple):
    """Whether a workbook still says what its manifest says, and where it does not.

    ``is_whole``: the manifest itself was not changed; ``is_there``: not deleted. ``missing`` and ``added`` are names
    of sheets.
    """

    is_same: bool
    is_whole: bool
    changed: tuple[ChangedCell, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    is_there: bool = True

    @property
    def said(self) -> list[str]:
        """Chinese sentences on what is otherwise, empty where nothing is."""
        lost = "改过" if self.is_there else "删掉了"
        lines = [] if self.is_whole else [f"报送清单被{lost}，不能凭它核对"]
        lines += [f"缺了打包时的工作表：{'、'.join(self.missing)}"] * bool(self.missing)
        lines += [f"多了打包时没有的工作表：{'、'.join(self.added)}"] * bool(self.added)
        return [*lines, *(f"打包后改过：{one.said}" for one in self.changed)]


def verify(department: Department, manifest: Manifest) -> Verified:
    """Compares a workbook, as it was read, with the manifest that it carries."""
    whole = manifest.is_whole
    if digest_of(department) == manifest.digest:
        added = _other_sheets(department, manifest)
        return Verified(whole and not added, whole, added=added)
    contents = contents_of(department)
    now = _by_sheet(parts_of(department))
    then = _by_sheet(manifest.forms)
    changed: list[ChangedCell] = []
    for sheet, parts in now.items():
        if sheet in then and [one.digest for one in parts] != [one.digest for one in then[sheet]]:
            changed += _changed(sheet, [one for one in contents if seen(one.sheet) == sheet], then[sheet], parts)
    return Verified(
        is_same=False,
        is_whole=whole,
        changed=tuple(changed),
        missing=tuple(sheet for sheet in then if sheet not in now),
        added=(*(sheet for sheet in now if sheet not in then), *_other_sheets(department, manifest)),
    )


_ACCEPTED: Final = "接受警告的说明改过"
_STATE: Final = "单元格以外的内容或显示方式改过"


def _changed(
    sheet: str, contents: Sequence[SheetContent], then: Sequence[FormPart], now: Sequence[FormPart]
) -> list[ChangedCell]:
    """The cells of a sheet that differ, and what of it is hidden: nothing is in what was packed.

    Where there is nothing of both it is the sheet itself, such as an acceptance that changed.
    """
    before = {cell: short for part in then for cell, short in part.cells.items()}
    after = {cell: short for part in now for cell, short in part.cells.items()}
    said = {cell: label_and_text for one in contents for cell, label_and_text in one.cells.items()}
    found = []
    for cell in sorted({*before, *after}, key=_place):
        if before.get(cell) != after.get(cell):
            label, text = said.get(cell, ("", ""))
            found.append(ChangedCell(sheet, cell, label, text.replace("\x1f", "；")))
    hidden = list(dict.fromkeys(line for one in contents for line in one.hidden))
    if hidden:
        found.append(ChangedCell(sheet, "", f"{'、'.join(hidden)}已隐藏", ""))
    return found or [ChangedCell(sheet, "", _ACCEPTED if sheet == FINDINGS_SHEET else _STATE, "")]


def _place(cell: str) -> tuple[int, str]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), letters.rjust(3)


def _other_sheets(department: Department, manifest: Manifest) -> tuple[str, ...]:
    """Sheets with something on them that were not there: nothing unread is ever packed."""
    known = {one.sheet for one in manifest.forms}
    sheets = [one.sheet for one in department.tables]
    sheets += [one.sheet for one in department.unread if one.sheet != MANIFEST_SHEET]
    sheets += [one.sheet for one in department.blank_forms]
    others = dict.fromkeys(map(seen, sheets))
    return tuple(sheet for sheet in others if sheet not in known)


def _by_sheet(parts: Sequence[FormPart]) -> Mapping[str, list[FormPart]]:
    found: dict[str, list[FormPart]] = defaultdict(list)
    for one in parts:
        found[one.sheet].append(one)
    return found
