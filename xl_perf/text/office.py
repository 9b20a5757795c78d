"""LibreOffice as a converter: a private profile, a time limit, and a file as the only proof that it worked."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from xl_perf.engines.soffice import end, find_soffice, start
from xl_perf.files import temporary

TIME_LIMIT: Final = 180.0
"""Seconds that a conversion may take; a text of fifty projects takes about five."""
_ROOM: Final = 16 * 1024 * 1024
"""Bytes in the temporary folder, without which LibreOffice may fail."""
INSTALL: Final = "请安装 LibreOffice（Linux 上还要有 libreoffice-writer）"


class NotConverted(Exception):
    """Why a file was not converted, without its name; ``str()`` is a Chinese sentence without the full stop."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def convert(
    source: Path,
    to: str,
    folder: Path,
    fonts: Mapping[str, Sequence[str]] | None = None,
    limit: float | None = None,
) -> Path:
    """Converts a file to "pdf" or "docx" in an empty folder and returns the result there.

    ``fonts`` names what may stand in for fonts that are missing, best first (on systems with fontconfig); ``limit``
    are seconds, None for the usual. Raises NotConverted where LibreOffice is missing, takes too long, or leaves no
    file.
    """
    program = find_soffice()
    if program is None:
        raise NotConverted("这台电脑上没有 LibreOffice", INSTALL)
    with temporary.folder("office") as profile:
        environment = os.environ | {"SAL_USE_VCLPLUGIN": "svp"}
        if sys.platform != "win32":
            # The same pages whatever the person's locale is.
            environment |= {"LC_ALL": "C.UTF-8", **_font_settings(fonts or {}, profile)}
        arguments = ["--headless", "--nolockcheck", "--convert-to", to, "--outdir", str(folder), str(source.resolve())]
        _run(program, profile, arguments, environment, limit or TIME_LIMIT)
    made = folder / f"{source.stem}.{to.partition(':')[0]}"
    # soffice exits with 0 when it fails, so only a file proves success.
    if not made.is_file() or not made.stat().st_size:
        if shutil.disk_usage(tempfile.gettempdir()).free < _ROOM:
            full = temporary.why_full(OSError(errno.ENOSPC, ""))
            raise NotConverted(f"LibreOffice 没有转换成功，{full}", temporary.CLEAN_UP)
        raise NotConverted("LibreOffice 没有转换成功", f"请在 LibreOffice 中打开它看看；若打不开文档，{INSTALL}")
    return made


# A file that came by mail runs no macro and fetches nothing while it is converted. A PDF names its bookmarks' pages.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Common/Filter/PDF/Export">
<prop oor:name="ExportBookmarksToPDFDestination" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def _run(program: str, profile: Path, arguments: Sequence[str], environment: Mapping[str, str], limit: float) -> None:
    try:
        process = start(program, profile, _SETTINGS, arguments, environment)
    except OSError:
        raise NotConverted("LibreOffice 启动不了", INSTALL) from None
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        raise NotConverted(f"LibreOffice 超过 {limit:.0f} 秒没有完成，已停止", "请换一台较快的电脑再试") from None
    finally:
        end(process)


def _font_settings(fonts: Mapping[str, Sequence[str]], folder: Path) -> dict[str, str]:
    """A fontconfig file that adds stand-ins to the system's own settings."""
    if not fonts:
        return {}
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        '<edit name="family" mode="append" binding="same">'
        f"{''.join(f'<string>{other}</string>' for other in others)}</edit></match>\n"
        for name, others in fonts.items()
    )
    system = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    settings = folder / "fonts.conf"
    include = f'<include ignore_missing="yes">{system}</include>\n'
    settings.write_text(f'<?xml version="1.0"?>\n<fontconfig>\n{include}{rules}</fontconfig>\n', encoding="utf-8")
    return {"FONTCONFIG_FILE": str(settings)}
