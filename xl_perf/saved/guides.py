"""样表 on disk: those that lie beside a workbook, and those that a profile names; and the kinds of form they make.

A file whose name begins with 样表 is one for all workbooks of its folder, several are versions of several years. One
that cannot be used is an error: a form would be misread without it.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from xl_perf import profiles
from xl_perf.core.cells.grid import Grid
from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.guide_form import Guide, read_guide
from xl_perf.core.forms.guide_sheet import own_sheet
from xl_perf.core.forms.kind import FormKind
from xl_perf.core.forms.kinds import BY_NAME, KINDS, Kinds
from xl_perf.core.forms.learned import LearnedForm, learned_kind, with_learned
from xl_perf.core.forms.marks import GUIDE_STEM, GUIDE_SUFFIXES
from xl_perf.core.profile import Profile, ProfileError
from xl_perf.files.guides import is_guide_file
from xl_perf.saved.printed_cells import printed_cells

_SHOWN: Final = 3
"""Faults of a 样表 that a message names."""


def guides_beside(workbook: Path) -> tuple[Path, ...]:
    """The 样表 in the workbook's folder, by name; none where nobody may look. Never raises."""
    folder = workbook.parent
    with suppress(OSError, ValueError):
        return _in_folder(str(folder), folder.stat().st_mtime_ns)
    return ()


@lru_cache(maxsize=256)
def _in_folder(folder: str, version: int) -> tuple[Path, ...]:  # noqa: ARG001
    """``version`` is there for the cache: a folder of thousands of workbooks is looked through once."""
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.name.startswith(GUIDE_STEM))
    return tuple(path for path in (Path(folder, name) for name in names) if is_guide_file(path))


def kinds_beside(workbook: Path, kinds: Kinds = KINDS) -> Kinds:
    """The kinds with those of the 样表 beside a workbook before them, of the latest year first.

    Raises `ProfileError` where one is of no use.
    """
    paths = guides_beside(workbook)
    if not paths:
        return kinds
    made = [kind_of_guide(path) for path in paths]
    made.sort(key=lambda kind: -_first_year(kind))
    _refuse_alike(made)
    return _together(tuple(made), kinds)


def _first_year(kind: FormKind) -> int:
    """The year from which a 样表 holds; 0 where it names none."""
    return (kind.learned.year or 0) if kind.learned else 0


@lru_cache(maxsize=64)
def _together(learned: Kinds, kinds: Kinds) -> Kinds:
    """The same tuple for the same kinds: layouts are remembered by it."""
    return with_learned(learned, kinds)


def _refuse_alike(kinds: Iterable[FormKind]) -> None:
    """Raises `ProfileError` for two of one name, and for two with the same labels whose amounts count differently.

    What else the same labels mean may differ from year to year.
    """
    seen: dict[str, FormKind] = {}
    for kind in kinds:
        if kind.learned is None:
            continue
        if kind.name in BY_NAME:
            raise ProfileError(f"样表的表名“{kind.name}”与自带的表样同名", "请在“对照”里换一个表名")
        labels = frozenset(kind.learned.words)
        for other in seen.values():
            if other.learned is None:
                continue
            if other.name == kind.name:
                raise ProfileError(f"两份样表的表名都是“{kind.name}”", "请在“对照”里给它们不同的表名，如加上年份")
            if frozenset(other.learned.words) == labels and other.learned.unit != kind.learned.unit:
                said = f"样表“{other.name}”和“{kind.name}”的标签一样，金额单位不同，分不出用哪一份"
                raise ProfileError(said, "请把金额单位印在表上，或把其中一份移到别的文件夹")
            is_same_form = _texts(kind.learned) == _texts(other.learned) and kind.learned.year == other.learned.year
            if is_same_form and labels != frozenset(other.learned.words):
                said = f"样表“{other.name}”和“{kind.name}”的标签一样，意思不同，又是同一年的，分不出用哪一份"
                raise ProfileError(said, "请在“对照”里写上各自的“适用年度”，或把其中一份移到别的文件夹")
        seen[kind.name] = kind


def _texts(form: LearnedForm) -> frozenset[str]:
    return frozenset(word.label for word in form.words)


def kind_of_guide(path: Path) -> FormKind:
    """The kind of form that a 样表 describes; read again when the file has changed. Raises `ProfileError`."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise ProfileError(f"样表“{path}”打不开", "请核对路径和文件名") from None
    return _kind(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=64)
def _kind(path: Path, *version: int) -> FormKind:  # noqa: ARG001
    if path.suffix.lower() not in GUIDE_SUFFIXES:
        raise ProfileError(
            f"样表“{path.name}”不是 .xlsx，不能照它读表", "请用 Excel 或 WPS 把它另存为 .xlsx，再移走这一份"
        )
    grids = _grids(path, path.name)
    guide = read_guide(grids, path.stem)
    if guide.faults:
        said = "；".join(map(str, guide.faults[:_SHOWN]))
        more = f"，共 {len(guide.faults)} 处" if len(guide.faults) > _SHOWN else ""
        message = f"样表“{path.name}”还不能用：{said}{more}"
        raise ProfileError(message, f"请用 Excel 改好它，再用 xl-perf form check {path.name} 核对")
    grid = next(one for one in grids if one.sheet == guide.sheet)
    printed = printed_cells(path, guide.sheet)
    sheet = own_sheet(guide, grid, learned_kind(guide.form), str(path), printed.framed, printed.formulas)
    return learned_kind(guide.form._replace(sheet=sheet))


def guide_at(path: Path, shown: str) -> Guide:
    """What a 样表 says, its faults as well. Raises `ProfileError` where it is no workbook that can be read."""
    if path.suffix.lower() not in GUIDE_SUFFIXES:
        raise ProfileError(f"{shown}：样表要是 .xlsx，别的格式照不了", "请用 Excel 或 WPS 把它另存为 .xlsx")
    return read_guide(_grids(path, shown), path.stem)


def _grids(path: Path, shown: str) -> Sequence[Grid]:
    from xl_perf.saved.workbook import read_book  # which a button's start need not pay for

    try:
        return read_book(path, shown).grids
    except XlPerfError as error:
        raise ProfileError(error.message, error.remedy) from error


def load(name: str = profiles.DEFAULT) -> Profile:
    """A profile by its name or path, with the 样表 that it names. Raises `ProfileError`."""
    return _completed(profiles.load(name), Path(name).parent)


def load_own(path: Path) -> Profile:
    """A profile that `profiles.beside` found, with the 样表 that it names. Raises `ProfileError`."""
    return _completed(profiles.load_own(path), path.parent)


def _completed(profile: Profile, folder: Path) -> Profile:
    """The profile with the kinds of the 样表 that it names, which lie in its folder."""
    named = [name for name in profile.forms if Path(name).suffix.lower() in GUIDE_SUFFIXES]
    if not named:
        return profile
    kinds = {name: kind_of_guide(folder / name) for name in named}
    _refuse_alike(kinds.values())
    forms = tuple(kinds[name].name if name in kinds else name for name in profile.forms)
    return replace(profile, forms=forms, kinds=_together(tuple(kinds.values()), profile.kinds))
