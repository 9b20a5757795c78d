"""The profiles that come with xl-perf, and those that a department keeps beside its workbook."""

import os
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile, ProfileError
from xl_perf.profiles.reader import parse_profile

DEFAULT: Final = "hebei-2023"
OWN: Final = "口径.toml"
"""The profile of all workbooks in its folder; one called like the workbook goes before it."""
LARGEST: Final = 1024 * 1024
"""Bytes of a profile; those that come with the program have some ten thousand."""
_FOLDER: Final = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """Names of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load(name: str = DEFAULT) -> Profile:
    """A profile by its name, or by the path of a TOML file. Raises `ProfileError` in Chinese."""
    return _loaded(_FOLDER / f"{name}.toml", name, None) if name in names() else _load(Path(name), name)


def fitting(department: Department) -> Profile:
    """The profile for a book for which nobody gave one: the one that its 字典 names, else that of its kind of form.

    That is the kind of most of its projects, the default on a tie; each other kind is checked by its own
    (``Profile.by_kind``). Of a book without projects its blank forms tell; without any the default holds. What only an
    office that has chosen the profile can ask for (``by_form`` in its TOML) is not asked for. Every book made by
    version 0.1 names the default, whatever its forms: that name chooses nothing.
    """
    if department.profile_name in names() and department.profile_name != DEFAULT:
        return load(department.profile_name)
    kinds = Counter((form.kind.name, form.kind.shipped) for form in department.projects or department.blank_forms)
    number: Counter[str] = Counter()
    for (_, base), forms in kinds.items():
        number[_by_form(base)] += forms
    likely = max(number, key=lambda name: (number[name], name == DEFAULT), default=DEFAULT)
    return _loaded_by_form(likely, frozenset(kinds))


def for_form(kind: str) -> Profile:
    """The shipped profile that names a kind of form: what new workbooks of it are made by where nobody gave one.

    The forms print what the profile asks for; what may be chosen in them is what `fitting` allows.
    """
    return _not_asked_for(_by_form(kind))


@cache
def _not_asked_for(name: str) -> Profile:
    return replace(_loaded_by_form(name, frozenset()), weights=load(name).weights, is_by_form=True)


@cache
def _by_form(kind: str) -> str:
    """The name of the shipped profile that names a kind of form; the default where none does."""
    return next((name for name in names() if kind in load(name).forms), DEFAULT)


@cache
def _loaded_by_form(name: str, kinds: frozenset[tuple[str, str]]) -> Profile:
    """The profile for a book with some kinds of form, each with the name of the shipped one that it is."""
    if kinds:
        own = _loaded_by_form(name, frozenset())
        others = {kind: _by_form(base) for kind, base in kinds if _by_form(base) != name}
        by_kind = {kind: _loaded_by_form(other, frozenset()) for kind, other in others.items()}
        return replace(own, by_kind=by_kind) if by_kind else own
    own = load() if name == DEFAULT else parse_profile(_shipped(name), name, _shipped, by_form=True)
    return replace(own, is_asked_for=False)


def beside(workbook: Path) -> Path | None:
    """The department's own profile: ``<stem>.toml`` or 口径.toml in the workbook's folder; None where there is none.

    Nor is there one where nobody may look, or with a name that no file can have: nothing is raised.
    """
    for name in (f"{workbook.stem}.toml", OWN):
        path = workbook.parent / name
        with suppress(OSError, ValueError):
            if path.is_file():
                return path
    return None


def load_own(path: Path) -> Profile:
    """A profile that `beside` found; read again when it has changed. Raises `ProfileError` in Chinese."""
    return _load(path, str(path))


def _load(path: Path, name: str) -> Profile:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return _loaded(path, name, None)  # which says what is wrong
    return _loaded(path, name, (found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=64)
def _loaded(path: Path, name: str, version: tuple[int, int] | None) -> Profile:  # noqa: ARG001
    """``version`` is there for the cache."""
    return parse_profile(_text(path, name), path.stem if path.suffix == ".toml" else name, _shipped)


def _shipped(name: str) -> str:
    if name not in names():
        raise ProfileError(f"没有自带的口径“{name}”", f"base 只能是 {'、'.join(names())}")
    return _text(_FOLDER / f"{name}.toml", name)


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ProfileError(f"口径文件“{name}”太大，不像口径文件", "请核对路径和文件名")
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise _unknown(name) from None
    except UnicodeDecodeError:
        raise ProfileError(f"口径文件“{name}”不是 UTF-8 编码的文本", "请另存为 UTF-8 编码的 .toml 文件") from None
    except (OSError, ValueError):  # a folder, no permission, a name with a zero byte
        raise ProfileError(f"口径文件“{name}”打不开", "请核对路径和读取权限；要给出文件，不是文件夹") from None


def _unknown(name: str) -> ProfileError:
    known = "、".join(names())
    if Path(name).suffix.lower() == ".toml" or Path(name).name != name:
        if os.path.isfile(f"{name}.txt"):  # noqa: PTH113  # never raises
            return ProfileError(f"口径文件“{name}”不存在，只有 {Path(name).name}.txt", "请去掉它多出的扩展名 .txt")
        return ProfileError(f"口径文件“{name}”不存在", f"请核对路径和文件名，或用自带的 {known}")
    return ProfileError(f"没有名为“{name}”的口径", f"请用自带的 {known}，或写出口径文件（.toml）的路径")
