"""The manifest of a workbook that is mailed upward: what is in it, how it was checked, and digests of what it says.

It stands on the sheet 报送清单 of the workbook and as JSON beside it (`manifest_json`, `manifest_sheet`). Digests are
of what a person sees (`content`), not of bytes: they tell what was changed after packing, by mistake or in haste. They
are no signature: whoever knows how can make a manifest for another content.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import Final, NamedTuple

from xl_perf.core.cells.values import plain
from xl_perf.core.figures.totals import MONEY, Totals, totals_of_department
from xl_perf.core.forms.kind import Family
from xl_perf.core.model.department import Department
from xl_perf.core.model.findings import Finding, Severity, count
from xl_perf.core.submitting.content import SheetContent, contents_of, seen
from xl_perf.core.workbook.sheets import MANIFEST_FORMAT

SHORT: Final = 8
"""Hexadecimal digits of a cell's digest: enough to name what changed. That something did, the whole digests tell."""


class FormPart(NamedTuple):
    """A sheet of the workbook: a form with the project's name and budget (万元), or 首页, 整体绩效目标, 校验结果.

    ``digest`` is of all it says, ``cells`` are short digests by cell (``C3``).
    """

    sheet: str
    name: str
    budget: str
    digest: str
    cells: Mapping[str, str]


class AcceptedWarning(NamedTuple):
    """A warning that a person accepted: the rule, where (``01!C3``), why, and who."""

    code: str
    place: str
    reason: str
    by: str


@dataclass(frozen=True)
class Manifest:
    """What a packed workbook holds. Amounts are texts of `Decimal` in 万元.

    ``kind`` is the family of its forms (targets). ``version`` counts what was sent, from 1. ``time`` is as it was
    typed, else when the workbook was last saved (UTC, ISO 8601), else empty. ``forced`` says why it was packed though
    it has errors, empty otherwise. ``taken_out`` and ``incomplete`` are Chinese sentences: what of the original did not
    come with it, and what its totals lack. ``digest`` is of all that it says, ``seal`` of all else that stands here.
    """

    department: str
    year: int | None
    kind: str
    version: int
    template_version: str
    rules_version: str
    profile: str
    projects: int
    totals: Mapping[str, str]
    errors: int
    warnings: int
    hints: int
    time: str
    accepted: tuple[AcceptedWarning, ...]
    taken_out: tuple[str, ...]
    incomplete: tuple[str, ...]
    forced: str
    digest: str
    forms: tuple[FormPart, ...]
    seal: str = ""

    @property
    def is_whole(self) -> bool:
        """Nobody has changed it since it was made."""
        return self.seal == seal_of(self)

    @property
    def budget(self) -> Decimal:
        """The projects' whole amounts, in 万元."""
        return Decimal(self.totals["budget"])


class Packed(NamedTuple):
    """What the workbook itself does not say of the way it is sent; as in `Manifest`."""

    version: int
    time: str
    rules_version: str
    template_version: str
    profile: str
    taken_out: Sequence[str] = ()
    incomplete: Sequence[str] = ()
    forced: str = ""


def manifest_of(department: Department, findings: Iterable[Finding], packed: Packed) -> Manifest:
    """The manifest of a department as it stands in the workbook that is sent, with the findings on it."""
    found = list(findings)
    counts = count(found)
    contents = contents_of(department)
    totals = totals_of_department(department)
    manifest = Manifest(
        seen(department.name or ""),
        department.year,
        family_of(department),
        packed.version,
        seen(packed.template_version),
        seen(packed.rules_version),
        seen(packed.profile),
        len(department.projects),
        _amounts(totals),
        counts[Severity.ERROR],
        counts[Severity.WARNING],
        counts[Severity.HINT],
        seen(packed.time),
        tuple(
            AcceptedWarning(one.code, seen(one.place), seen(one.accepted.reason), seen(one.accepted.by))
            for one in found
            if one.accepted
        ),
        tuple(map(seen, packed.taken_out)),
        tuple(map(seen, packed.incomplete)),
        seen(packed.forced),
        _digest_of(contents),
        tuple(map(_part, contents)),
    )
    return replace(manifest, seal=seal_of(manifest))


def _amounts(totals: Totals) -> dict[str, str]:
    return {key: plain(totals.amounts[key]) for key in MONEY}


def family_of(department: Department) -> str:
    """What its forms are for: the family of its first project's kind."""
    return next((one.kind.family.value for one in department.projects), Family.TARGETS.value)


def digest_of(department: Department) -> str:
    """SHA-256 (hexadecimal) of what a person sees in the workbook: the same after re-saving without a change."""
    return _digest_of(contents_of(department))


def parts_of(department: Department) -> list[FormPart]:
    """The workbook's sheets with the digests of what they say, as in a manifest."""
    return list(map(_part, contents_of(department)))


def _digest_of(contents: Iterable[SheetContent]) -> str:
    return _sha256([[one.sheet, one.values] for one in contents])


def _part(content: SheetContent) -> FormPart:
    cells = {cell: _sha256(text)[:SHORT] for cell, (_, text) in content.cells.items()}
    return FormPart(seen(content.sheet), content.name, content.budget, _sha256(content.values), cells)


def seal_of(manifest: Manifest) -> str:
    """SHA-256 of the manifest without its seal."""
    return _sha256(_plain(replace(manifest, seal="")))


def _sha256(said: object) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(manifest: Manifest) -> dict[str, object]:
    said = asdict(manifest)
    said["accepted"] = [one._asdict() for one in manifest.accepted]
    said["forms"] = [{**one._asdict(), "cells": dict(one.cells)} for one in manifest.forms]
    return said


# --- JSON ------------------------------------------------------------------------------------------------------

"""Stands first in the file: what it is, and in which version."""


def to_json(manifest: Manifest) -> str:
    """The file beside the workbook. The same manifest gives the same text."""
    return json.dumps({"format": MANIFEST_FORMAT, **_plain(manifest)}, ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Manifest:
    """The manifest of such a file. Raises ValueError for anything else."""
    try:
        said = json.loads(text)
        if said.pop("format") != MANIFEST_FORMAT:
            raise ValueError("not a manifest of this version")
        said["accepted"] = tuple(AcceptedWarning(**one) for one in said["accepted"])
        said["forms"] = tuple(FormPart(**one) for one in said["forms"])
        said["taken_out"], said["incomplete"] = tuple(said["taken_out"]), tuple(said["incomplete"])
        return checked(Manifest(**said))
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a manifest") from error


_AMOUNT: Final = re.compile(r"-?\d{1,60}(\.\d{1,60})?")
_NUMBERS: Final = ("version", "projects", "errors", "warnings", "hints")


def checked(manifest: Manifest) -> Manifest:
    """The manifest, if everything in it is what it should be. Raises ValueError otherwise: it may be anybody's."""
    numbers = [getattr(manifest, one) for one in _NUMBERS]
    numbers += [manifest.year] if manifest.year is not None else []
    texts = [value for key, value in vars(manifest).items() if key in _TEXTS]
    texts += [*manifest.taken_out, *manifest.incomplete, *manifest.totals.values()]
    texts += [text for one in manifest.accepted for text in one]
    texts += [text for one in manifest.forms for text in (*one[:4], *one.cells, *one.cells.values())]
    if not all(type(one) is int for one in numbers) or not all(isinstance(one, str) for one in texts):
        raise ValueError("a value of another type")
    amounts = [*manifest.totals.values(), *(one.budget for one in manifest.forms if one.budget)]
    if set(manifest.totals) != set(MONEY) or not all(map(_AMOUNT.fullmatch, amounts)):
        raise ValueError("no amounts")
    return manifest


_TEXTS: Final = frozenset(
    "department kind template_version rules_version profile time forced digest seal".split()  # noqa: SIM905
)
