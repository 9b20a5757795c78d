"""The Open XML SDK's validator for tests: what it has to say about a written workbook (tools/node_packages.sh)."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

NOT_HERE = "Open XML SDK 检验程序不在本机"
_PROGRAM = Path(sys.prefix) / "node" / "node_modules" / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"


class Validator:
    """Looks at .xlsx, .xlsm and .xlam."""

    def __init__(self, node: str) -> None:
        self.node = node

    def errors(self, workbook: Path) -> list[str]:
        """One line per error: where it is and what is wrong. RuntimeError if there is no verdict."""
        command = [self.node, str(_PROGRAM), str(workbook.resolve())]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)
        try:
            verdict = json.loads(done.stdout)
            errors = [f"{one.get('path')} {one.get('xPath')}: {one['description']}" for one in verdict["errors"]]
        except (ValueError, KeyError, TypeError):
            raise RuntimeError(f"{workbook}: {done.stdout}{done.stderr}") from None
        if verdict["ok"] is not (not errors):
            raise RuntimeError(f"{workbook}: {done.stdout}")
        return errors


def find_validator() -> Validator | None:
    """None where node or the program is missing."""
    node = shutil.which("node")
    return Validator(node) if node and _PROGRAM.is_file() else None
