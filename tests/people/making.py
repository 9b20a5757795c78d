"""Makes books: chooses changes, carries them out, writes the file and what is expected of it."""

import random
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tests.people import added, gaps, labels, merges, others, sheets, texts, units
from tests.people.books import MONEY, Book, Draft, Expected, Form, Said
from tests.people.changes import CHANGES, Change
from tests.people.filling import draft_book
from tests.people.writing import with_drawings, written

for _register in (
    labels.register_labels,
    units.register_units,
    texts.register_texts,
    added.register_added,
    merges.register_merges,
    gaps.register_gaps,
    sheets.register_sheets,
    others.register_notes,
):
    _register()
FAMILIES: Final = tuple(dict.fromkeys(one.family for one in CHANGES.values()))

Planned = tuple[Change, Form]


def plan(draft: Draft, changes: Iterable[Change]) -> Iterator[Planned]:
    """Chooses a form for every change; a change that fits none is left out."""
    for change in changes:
        free = [form for form in draft.forms if not form.touched & change.groups]
        if free:
            form = draft.rng.choice(free)
            form.touched |= change.groups
            yield change, form


def carry_out(draft: Draft, planned: Iterable[Planned]) -> None:
    for change, form in sorted(planned, key=lambda one: one[0].stage):
        if change.apply(draft, form):
            draft.changes.append(change.name)


def some_changes(rng: random.Random) -> list[Change]:
    """None to four; every family has the same chance."""
    count = rng.choices((0, 1, 2, 3, 4), (1, 4, 4, 3, 2))[0]
    families = [rng.choice(FAMILIES) for _ in range(count)]
    return [rng.choice([one for one in CHANGES.values() if one.family == family]) for family in families]


def make(seed: int, folder: Path) -> Book:
    """A book with no, one or several changes."""
    rng = random.Random(seed)
    draft = draft_book(rng, rng.choice((1, 1, 2, 2, 3, 4)))
    carry_out(draft, list(plan(draft, some_changes(rng))))
    return finish(draft, seed, folder / f"{seed:06d}.xlsx")


def make_alone(name: str, folder: Path) -> Book:
    """A book of two forms with this change only."""
    start = zlib.crc32(name.encode())
    for seed in range(start, start + 100):
        draft = draft_book(random.Random(seed), 2)
        carry_out(draft, list(plan(draft, [CHANGES[name]])))
        if draft.changes:
            return finish(draft, seed, folder / f"{start:08x}.xlsx")
    raise AssertionError(f"{name} never fits")


def finish(draft: Draft, seed: int, path: Path) -> Book:
    path.write_bytes(with_drawings(draft.sheets, written(draft.sheets)))
    order = {id(sheet): which for which, sheet in enumerate(draft.sheets)}
    forms = sorted(draft.forms, key=lambda form: order[id(form.sheet)])
    demands = [Said(tuple(form.sheet.name for form in one.forms), one.codes, one.why) for one in draft.demands]
    return Book(
        path=path,
        seed=seed,
        changes=tuple(draft.changes),
        projects=tuple(map(expected, forms)),
        clear=draft.clear,
        demands=tuple(demands),
        allowed=frozenset(draft.allowed),
    )


def expected(form: Form) -> Expected:
    budget, fiscal, other = (form.amount(role) if form.known else None for role in MONEY)
    return Expected(form.sheet.name, form.name, budget, fiscal, other, len(form.rows), form.known)
