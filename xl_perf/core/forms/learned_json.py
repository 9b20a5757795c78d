"""An office's own kind of form as a text: workbooks of that kind carry it, so that they are read where no 样表 lies."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from xl_perf.core.cells.grid import Scalar
from xl_perf.core.forms.kinds import BY_NAME, Kinds
from xl_perf.core.forms.learned import LearnedForm, Word, learned_kind, with_learned
from xl_perf.core.forms.sheet_json import as_lists, of_lists

CARRIED_LABEL: Final = "样表"
"""On the sheet 表样, before the text of a kind that the workbook's forms are of."""
LONGEST: Final = 32_000
"""Characters of a cell; Excel holds 32,767."""
MOST: Final = 2
"""So many cells at most."""
_PLAIN: Final = ("name", "title", "base", "unit", "year")
_LISTS: Final = ("unlabelled", "extra", "printed", "details")


def as_text(form: LearnedForm) -> str:
    """The form as JSON, with its sheet but without fonts and colours."""
    said: dict[str, Any] = {key: getattr(form, key) for key in _PLAIN}
    said |= {key: list(getattr(form, key)) for key in _LISTS}
    said["words"] = [list(word) for word in form.words]
    said["required"] = sorted(form.required)
    if form.wholes:
        said["wholes"] = [list(pair) for pair in form.wholes]
    if form.sheet is not None and not form.sheet.problem:
        said["sheet"] = as_lists(form.sheet)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def of_text(text: str) -> LearnedForm | None:
    """The form that a text says; None for what is none, whoever wrote it."""
    try:
        said = json.loads(text)
        form = LearnedForm(
            _text(said["name"]),
            _text(said["title"]),
            _text(said["base"]),
            tuple(Word(_text(key), _text(label), bool(inside)) for key, label, inside in said["words"]),
            tuple(map(_text, said["unlabelled"])),
            frozenset(map(_text, said["required"])),
            tuple(map(_text, said["extra"])),
            _text(said["unit"]),
            said["year"] if isinstance(said["year"], int) else None,
            of_lists(said["sheet"]) if said.get("sheet") else None,
            tuple(map(_text, said["printed"])),
            tuple((_text(part), _text(whole)) for part, whole in said.get("wholes", ())),
            tuple(map(_text, said.get("details", ()))),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return form if form.base in BY_NAME and form.name not in BY_NAME and form.words else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def cells_of(form: LearnedForm) -> Iterator[str]:
    """The text in pieces that fit into cells, to be written side by side; of a very large form without its sheet."""
    text = as_text(form)
    if len(text) > MOST * LONGEST:
        text = as_text(form._replace(sheet=None))
    return (text[start : start + LONGEST] for start in range(0, len(text), LONGEST))


def carried_forms(lists: Sequence[Sequence[Scalar]]) -> Iterator[LearnedForm]:
    """The forms that the sheet 表样 carries."""
    for cells in lists:
        at = next((at for at, typed in enumerate(cells) if typed == CARRIED_LABEL), None)
        if at is not None:
            form = of_text("".join(str(typed) for typed in cells[at + 1 :] if typed))
            if form is not None:
                yield form


def without_known(lists: Sequence[Sequence[Scalar]], kinds: Kinds) -> list[Sequence[Scalar]]:
    """The rows of the sheet 表样 without the forms that are known by their names."""
    known = {kind.name for kind in kinds if kind.learned}
    return [cells for cells in lists if not any(form.name in known for form in carried_forms([cells]))]


def without_carried(lists: Sequence[Sequence[Scalar]]) -> list[Sequence[Scalar]]:
    """The rows of the sheet 表样 without any form."""
    return [cells for cells in lists if next(carried_forms([cells]), None) is None]


def with_carried(lists: Sequence[Sequence[Scalar]], kinds: Kinds) -> Kinds:
    """The kinds with those that the workbook carries, which it was made of: they go before one of the same name.

    One that is known as it is carried stays: it may say as well how it looks.
    """
    known = {kind.name: kind.learned for kind in kinds if kind.learned}
    forms = [_with_looks(form, known.get(form.name)) for form in carried_forms(lists)]
    return with_learned(tuple(learned_kind(form) for form in forms if form is not known.get(form.name)), kinds)


def _with_looks(form: LearnedForm, known: LearnedForm | None) -> LearnedForm:
    """The form; where it is known as it is carried, the known one, with the widths that are carried."""
    if known is None or as_text(_plain(known)) != as_text(_plain(form)):
        return form
    if known.sheet is None or form.sheet is None or known.sheet.widths == form.sheet.widths:
        return known
    return known._replace(sheet=known.sheet._replace(widths=form.sheet.widths))


def _plain(form: LearnedForm) -> LearnedForm:
    return form if form.sheet is None else form._replace(sheet=form.sheet._replace(widths=()))
