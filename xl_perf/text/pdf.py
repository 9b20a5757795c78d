"""The performance text as a PDF: the Word document, printed by LibreOffice Writer."""

import shutil
from pathlib import Path

from xl_perf.core.errors import OutputError
from xl_perf.core.model.department import Department
from xl_perf.core.profile import Profile
from xl_perf.files import temporary
from xl_perf.text.office import NotConverted, convert
from xl_perf.text.typography import FONTS
from xl_perf.text.word_out import write_text


def write_pdf(target: Path, department: Department, profile: Profile) -> None:
    """Writes the text as a PDF. Raises OutputError where LibreOffice is missing or fails."""
    with temporary.folder("text") as folder:
        document = Path(folder, "text.docx")
        write_text(document, department, profile)
        made = Path(folder, "pdf")
        made.mkdir()
        try:
            shutil.copyfile(convert(document, "pdf", made, FONTS), target)
        except NotConverted as error:
            message = f"没有写出 PDF，{error.message}"
            raise OutputError(message, f"{error.remedy}，或改写成 .docx，再用 Word 或 WPS 另存为 PDF") from None
