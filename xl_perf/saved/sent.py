"""What the manifest in a packed workbook says, and whether the workbook still says the same."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from xl_perf.core.cells.grid import Book
from xl_perf.core.forms.kinds import KINDS, Kinds
from xl_perf.core.model.department import Department, Packed
from xl_perf.core.reading import read_department
from xl_perf.core.workbook.sheets import MANIFEST_SHEET
from xl_perf.files.last_saved import as_utc
from xl_perf.files.own_files import PACKED

if TYPE_CHECKING:
    from xl_perf.core.submitting.manifest import Manifest
    from xl_perf.core.submitting.verifying import Verified


class Sent(NamedTuple):
    """The manifest that came in a workbook, None where it cannot be read, and how it fits what the workbook says."""

    manifest: "Manifest | None"
    verified: "Verified"

    @property
    def packed(self) -> Packed:
        """What a department keeps of it."""
        if self.manifest is None:
            return Packed(None, "", tuple(self.verified.said), is_same=False)
        version, time = self.manifest.version, as_utc(self.manifest.time) or ""
        return Packed(version, time, tuple(self.verified.said), self.verified.is_same)


def department_in(book: Book, kinds: Kinds = KINDS) -> tuple[Department, Sent | None]:
    """The department that a book describes, and what its manifest says; None where it has none."""
    department = read_department(book, kinds)
    sent = _sent(book, department)
    return (department, None) if sent is None else (replace(department, packed=sent.packed), sent)


def _sent(book: Book, department: Department) -> Sent | None:
    is_there = any(grid.sheet == MANIFEST_SHEET for grid in book.grids)
    if not is_there and book.kind != PACKED:
        return None
    from xl_perf.core.submitting.manifest_sheet import read_manifest
    from xl_perf.core.submitting.verifying import Verified, verify

    if not is_there:
        return Sent(None, Verified(is_same=False, is_whole=False, is_there=False))
    try:
        manifest = read_manifest(book)
    except ValueError:
        return Sent(None, Verified(is_same=False, is_whole=False))
    return None if manifest is None else Sent(manifest, verify(department, manifest))
