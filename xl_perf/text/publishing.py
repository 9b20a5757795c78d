"""Puts the performance text in place: what may be written, and which of the two writers writes it."""

from collections.abc import Iterable
from pathlib import Path

from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.files.output import TEXT, Output, check_target, replacing


def check_text_target(path: Path, inputs: Iterable[Path] = (), overwrite: bool = False) -> None:
    """Raises `OutputError` if ``path`` is no .docx or .pdf, is an input, or is a file that is not ours."""
    check_target(path, inputs, overwrite, TEXT)


def publish(path: Path, department: Department, profile: Profile, *, laid_out: bool = True) -> tuple[Output, str]:
    """Writes the text, whole or not at all; gives where it landed, and what is to be said of it in Chinese.

    The page numbers of a .docx are those of LibreOffice's layout, which takes seconds; worked out where it is missing,
    or not wanted (``laid_out``).

    Raises `OutputError`, also where LibreOffice is missing for a .pdf.
    """
    remark = ""
    with replacing(path) as output:
        if output.temp.suffix.lower() == ".pdf":
            from xl_perf.text.pdf import write_pdf

            remark = write_pdf(output.temp, department, profile)
        else:
            from xl_perf.text.pdf import placement_by_libreoffice
            from xl_perf.text.word_out import write_text

            placement = placement_by_libreoffice(department, profile) if laid_out else None
            write_text(output.temp, department, profile, placement)
    return output, remark
