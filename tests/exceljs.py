"""exceljs for tests: workbooks as programs in JavaScript write them (tools/node_packages.sh)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from xl_perf.core.cells.grid import Scalar

NOT_HERE = "exceljs 不在本机"
Sheets = Mapping[str, list[list[Scalar]]]
_PACKAGES = Path(sys.prefix) / "node" / "node_modules"
_PROGRAM = """
const ExcelJS = require("exceljs");
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
(async () => {
  for (const { path, sheets } of asked) {
    const book = new ExcelJS.Workbook();
    for (const [name, rows] of Object.entries(sheets)) {
      const sheet = book.addWorksheet(name);
      rows.forEach((row, at) =>
        row.forEach((value, column) => {
          if (value !== "" && value !== null) sheet.getCell(at + 1, column + 1).value = value;
        }));
      sheet.mergeCells(1, 1, 1, Math.max(...rows.map((row) => row.length)));
    }
    await book.xlsx.writeFile(path);
  }
})();
"""


_SAVE_AGAIN = """
const ExcelJS = require("exceljs");
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(process.argv[1]);
  await book.xlsx.writeFile(process.argv[2]);
})();
"""


class ExcelJs:
    """Writes .xlsx, many in one process."""

    def __init__(self, node: str) -> None:
        self.node = node

    def write(self, books: Mapping[Path, Sheets]) -> None:
        """A workbook for each path: sheets of rows of texts and numbers; the first row is one merged title."""
        asked = [{"path": str(path), "sheets": sheets} for path, sheets in books.items()]
        done = subprocess.run(
            [self.node, "-e", _PROGRAM],
            cwd=_PACKAGES.parent,
            input=json.dumps(asked),
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        if done.returncode or not all(path.is_file() for path in books):
            raise RuntimeError(f"exceljs: {done.stdout}{done.stderr}")

    def save_again(self, source: Path, target: Path) -> Path:
        """Reads a workbook and writes it anew."""
        command = [self.node, "-e", _SAVE_AGAIN, str(source.resolve()), str(target.resolve())]
        done = subprocess.run(
            command, cwd=_PACKAGES.parent, capture_output=True, encoding="utf-8", check=False, timeout=120
        )
        if done.returncode or not target.is_file():
            raise RuntimeError(f"exceljs: {done.stdout}{done.stderr}")
        return target


def find_exceljs() -> ExcelJs | None:
    """None where node or the package is missing."""
    node = shutil.which("node")
    return ExcelJs(node) if node and (_PACKAGES / "exceljs").is_dir() else None
