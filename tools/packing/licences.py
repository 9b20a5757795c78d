"""Which parts a folder holds, and under which licences: a list for people, beside the texts themselves."""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from typing import Final

from tools.bundle import BundleError

LIST: Final = "LICENSES.txt"
_TEXT: Final = re.compile(r"(?:licen[cs]e|copying|notice)", re.IGNORECASE)


def write_list(folder: Path, site: Path, others: list[tuple[str, str, list[str]]], *, windows: bool = True) -> None:
    """Writes the list into the folder. ``others``: part, licence, and the files with its text, besides the packages.

    Raises `BundleError` for a package or part without the text of its licence.
    """
    parts = [*others, *_packages(folder, site)]
    lines = ["本文件夹由下列部分组成，各按自己的许可使用；许可全文在所列的文件里。", ""]
    for name, licence, files in parts:
        missing = [file for file in files if not (folder / file).is_file()]
        if missing or not files:
            raise BundleError(f"{name} 没有许可的全文，不能放进安装包。")
        lines += [f"{name}　{licence}", *(f"    {file}" for file in files), ""]
    write_text(folder / LIST, lines, windows=windows)


def write_text(path: Path, lines: list[str], *, windows: bool = True) -> None:
    """Plain text in UTF-8; for Windows with BOM and CRLF, so that any Notepad shows it."""
    begin, end = ("\ufeff", "\r\n") if windows else ("", "\n")
    path.write_bytes((begin + "".join(f"{line}{end}" for line in lines)).encode())


def _packages(folder: Path, site: Path) -> Iterator[tuple[str, str, list[str]]]:
    for info in sorted(site.glob("*.dist-info")):
        metadata = HeaderParser().parsestr((info / "METADATA").read_text("utf-8"))
        texts = sorted(path for path in info.rglob("*") if path.is_file() and _is_text(path.relative_to(info)))
        name = f"{metadata['Name']} {metadata['Version']}"
        yield name, _licence(metadata), [path.relative_to(folder).as_posix() for path in texts]


def _is_text(path: Path) -> bool:
    return path.parts[0] == "licenses" or _TEXT.match(path.name) is not None


def _licence(metadata: Message) -> str:
    said = metadata["License-Expression"] or (metadata["License"] or "").strip().split("\n")[0]
    if said and len(said) < 80:
        return str(said)
    classifiers = metadata.get_all("Classifier") or []
    return next((one.rsplit(" :: ", 1)[1] for one in classifiers if one.startswith("License :: ")), "见许可全文")
