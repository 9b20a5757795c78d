"""The manifest on the sheet 报送清单: labels and values, all as text, so that it survives any program's re-saving.

Column A holds labels and the heads of sections, the columns right of it values. A section ends at a blank row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from xl_perf.core.cells.grid import Book, ErrorValue, Grid, NoValue, Scalar
from xl_perf.core.cells.values import text_of
from xl_perf.core.figures.totals import MONEY
from xl_perf.core.forms.kind import Family
from xl_perf.core.submitting.content import seen
from xl_perf.core.submitting.manifest import AcceptedWarning, FormPart, Manifest, checked
from xl_perf.core.workbook.settings import INCOMPLETE_LABEL, PACKED_LABEL
from xl_perf.core.workbook.sheets import MANIFEST_SHEET, MONEY_LABELS

NOTE: Final = "由 xl-perf 打包时写入，供收件方核对；请不要改动。内容改了，收件时会逐格指出。"
LABELS: Final[Mapping[str, str]] = {
    "department": "部门名称",
    "year": "预算年度",
    "kind": "种类",
    "version": "版本",
    "time": PACKED_LABEL,
    "projects": "项目数",
    **{f"totals.{key}": f"{MONEY_LABELS[key]}（万元）" for key in MONEY},
    "errors": "错误",
    "warnings": "警告",
    "hints": "提示",
    "forced": "带错报送的理由",
    "profile": "口径",
    "template_version": "模板版本",
    "rules_version": "规则版本",
    "digest": "内容摘要",
    "seal": "清单摘要",
}
"""What is known by one value; keys with a point stand in a mapping."""
KINDS_SAID: Final[Mapping[str, str]] = {
    Family.TARGETS: "绩效目标",
    Family.DEPARTMENT: "部门整体绩效目标",
    Family.MONITORING: "绩效运行监控",
    Family.EVALUATION: "绩效自评",
}
"""What the families of forms are called on the sheet."""
INCOMPLETE: Final = INCOMPLETE_LABEL
ACCEPTED: Final = "已接受的警告"
TAKEN_OUT: Final = "没有带上的内容"
FORMS: Final = "工作表"
ACCEPTED_HEAD: Final = (ACCEPTED, "位置", "接受理由", "接受人")
FORMS_HEAD: Final = (FORMS, "项目名称", "预算数（万元）", "摘要", "各单元格的摘要")
_LONGEST: Final = 8_000
"""Characters of a cell; a cell of Excel takes 32,767. Digests of further cells go on in the next column."""
_NUMBERS: Final = frozenset({"year", "version", "projects", "errors", "warnings", "hints"})


def rows_of(manifest: Manifest) -> list[list[str]]:
    """The rows of the sheet below its title and `NOTE`: a label and its value, then the sections."""
    rows = [[label, _value(manifest, key)] for key, label in LABELS.items()]
    for head, said in ((INCOMPLETE, manifest.incomplete), (TAKEN_OUT, manifest.taken_out)):
        rows += [[], [head], *([text] for text in said or ("无",))]
    rows += [[], [*ACCEPTED_HEAD], *([*one] for one in manifest.accepted)]
    return [*rows, [], [*FORMS_HEAD], *(_form_row(one) for one in manifest.forms)]


def _value(manifest: Manifest, key: str) -> str:
    name, _, part = key.partition(".")
    value = getattr(manifest, name)
    if key == "kind":
        return KINDS_SAID[value]
    return "" if value is None else str(value[part] if part else value)


def _form_row(form: FormPart) -> list[str]:
    row, line = [form.sheet, form.name, form.budget, form.digest], ""
    for cell, digest in form.cells.items():
        more = f"{cell}:{digest} "
        if len(line) + len(more) > _LONGEST:
            row.append(line.strip())
            line = ""
        line += more
    return [*row, line.strip()]


def read_manifest(book: Book) -> Manifest | None:
    """The manifest that a workbook carries; None where it has none.

    Raises ValueError where there is such a sheet, and it is no manifest any more: what it said cannot be trusted.
    """
    grid = next((one for one in book.grids if one.sheet == MANIFEST_SHEET), None)
    if grid is None:
        return None
    rows = [[_text(typed) for typed in cells] for cells in grid.rows]
    values = {label: row[1] if len(row) > 1 else "" for row in reversed(rows) if row and (label := row[0])}
    said: dict[str, object] = {}
    totals: dict[str, str] = {}
    for key, label in LABELS.items():
        if label not in values:
            raise ValueError(f"no {label}")
        name, _, part = key.partition(".")
        if part:
            totals[part] = values[label]
        else:
            said[name] = _number(values[label]) if key in _NUMBERS else values[label]
    said["kind"] = next((kind for kind, words in KINDS_SAID.items() if words == said["kind"]), None)
    return checked(
        Manifest(
            **said,  # type: ignore[arg-type]  # checked by `checked`
            totals=totals,
            accepted=tuple(AcceptedWarning(*_wide(row, 4)) for row in _section(rows, ACCEPTED)),
            taken_out=_sentences(rows, TAKEN_OUT),
            incomplete=_sentences(rows, INCOMPLETE),
            forms=tuple(map(_form, _section(rows, FORMS))),
        )
    )


def has_manifest(grids: Iterable[Grid]) -> bool:
    """A workbook with these sheets was packed."""
    return any(grid.sheet == MANIFEST_SHEET for grid in grids)


def _text(typed: Scalar) -> str:
    return "" if isinstance(typed, NoValue | ErrorValue) else seen(text_of(typed))


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else None


def _section(rows: Sequence[Sequence[str]], head: str) -> Iterator[Sequence[str]]:
    """The rows of a section. Raises ValueError where its head is missing."""
    start = next((at for at, row in enumerate(rows) if row and row[0] == head), None)
    if start is None:
        raise ValueError(f"no section {head}")
    for row in rows[start + 1 :]:
        if not any(row):
            return
        yield row


def _sentences(rows: Sequence[Sequence[str]], head: str) -> tuple[str, ...]:
    said = tuple(row[0] for row in _section(rows, head))
    return () if said == ("无",) else said


def _wide(row: Sequence[str], width: int) -> list[str]:
    return [*row[:width], *[""] * (width - len(row))]


def _form(row: Sequence[str]) -> FormPart:
    sheet, name, budget, digest = _wide(row, 4)
    pairs = (pair.partition(":") for text in row[4:] for pair in text.split())
    return FormPart(sheet, name, budget, digest, {cell: short for cell, _, short in pairs})
