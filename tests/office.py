"""LibreOffice for tests: converts workbooks, counts and renders the pages of what it prints."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from xl_perf.engines import soffice

NOT_HERE = "LibreOffice 不在本机"

# Always calculate anew on load, also what claims to come from Excel (0 is "always"): a test of formulas must not be
# shown the stored values again.
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


class OfficeError(Exception):
    """LibreOffice or poppler did not do what was asked; the message holds what it said."""


class Office:
    """One LibreOffice with a profile of its own, which nothing else on the machine shares or changes."""

    def __init__(self, program: str, profile: Path, timeout: float = 180) -> None:
        self.program = program
        self.profile = profile
        self.timeout = timeout
        user = profile / "user"
        user.mkdir(parents=True, exist_ok=True)
        (user / "registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def convert(self, source: Path, to: str, outdir: Path) -> Path:
        """Converts to "xlsx", "ods", "pdf" or with a filter, "xlsx:Calc MS Excel 2007 XML".

        Formulas are calculated anew. The result is OUTDIR/stem.extension; a file of that name is replaced, but never
        the source.
        """
        target = outdir / f"{source.stem}.{to.partition(':')[0]}"
        if not source.is_file():
            raise OfficeError(f"{source}: no such file")
        if target.exists() and target.samefile(source):
            raise OfficeError(f"{source}: converting to {to} in {outdir} would overwrite it")
        outdir.mkdir(parents=True, exist_ok=True)
        # soffice exits with 0 when it fails, so only a file in an empty folder proves success.
        with tempfile.TemporaryDirectory(prefix=".convert-", dir=outdir) as folder:
            said = self._run("--convert-to", to, "--outdir", folder, str(source.resolve()))
            made = Path(folder) / target.name
            if not made.is_file() or made.stat().st_size == 0:
                raise OfficeError(f"{source.name} was not converted to {to}; soffice said:\n{said}")
            made.replace(target)
        return target

    def convert_all(self, sources: Sequence[Path], to: str, outdir: Path) -> list[Path]:
        """As `convert`, of many files in one go, which saves a second each; their names must differ."""
        outdir.mkdir(parents=True, exist_ok=True)
        said = self._run("--convert-to", to, "--outdir", str(outdir), *(str(source.resolve()) for source in sources))
        made = [outdir / f"{source.stem}.{to.partition(':')[0]}" for source in sources]
        missing = [one.name for one in made if not one.is_file()]
        if missing or len(set(made)) < len(made):
            raise OfficeError(f"not converted to {to}: {missing}; soffice said:\n{said}")
        return made

    def pages(self, pdf: Path) -> int:
        """The number of pages of a PDF."""
        for line in poppler("pdfinfo", str(pdf)).splitlines():
            if line.startswith("Pages:"):
                return int(line.removeprefix("Pages:"))
        raise OfficeError(f"{pdf}: pdfinfo gives no number of pages")

    def render(self, pdf: Path, outdir: Path, dpi: int = 80) -> list[Path]:
        """One PNG per page, in the order of the pages."""
        outdir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".render-", dir=outdir) as folder:
            poppler("pdftoppm", "-png", "-r", str(dpi), str(pdf), str(Path(folder) / "page"))
            # pdftoppm pads the numbers to equal length, so the names sort as the pages do.
            made = sorted(Path(folder).glob("page-*.png"))
            return [page.replace(outdir / f"{pdf.stem}-{number}.png") for number, page in enumerate(made, 1)]

    def _run(self, *arguments: str) -> str:
        command = [self.program, f"-env:UserInstallation={self.profile.resolve().as_uri()}"]
        command += ["--headless", "--norestore", "--nolockcheck", "--nologo", *arguments]
        # In the C locale soffice cannot open a file with a Chinese name.
        environment = os.environ | {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # soffice is a script that starts others: all of them must end
        )
        try:
            said, _ = process.communicate(timeout=self.timeout)
        except subprocess.TimeoutExpired:
            soffice.end(process)
            said, _ = process.communicate()
            raise OfficeError(f"soffice took longer than {self.timeout:.0f} s and was ended:\n{said}") from None
        return said


def poppler(program: str, *arguments: str) -> str:
    command = [program, *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=120)
    if done.returncode:
        raise OfficeError(f"{program} exit status {done.returncode}:\n{done.stderr}")
    return done.stdout


def find_soffice() -> str | None:
    """The program, or None when something that the office tests need is missing."""
    if not (shutil.which("pdfinfo") and shutil.which("pdftoppm")):
        return None
    return soffice.find_soffice()
