"""What xl-perf costs, in one run beside its peers on the same files: ratios, not promises (`make bench`).

Times differ between machines and days; the ratios in one run are what counts. Nothing here is asserted.
"""

import argparse
import contextlib
import gc
import io
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import buttons, many
from benchmarks.books import PROJECTS, make
from xl_perf.core.checking.rules.base import Rule
from xl_perf.core.errors import XlPerfError
from xl_perf.core.forms.national_targets import NATIONAL_TARGETS

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "workbooks" / "example-2023.xlsx"
ROUNDS = 5
"""Of reading all workbooks, bare and whole in turn; their median counts. An odd number."""


KINDS_SAMPLE = 100
"""So many workbooks of each kind of form are read side by side."""


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, once."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bare_calamine(paths: Sequence[Path]) -> None:
    """Every cell of every sheet, nothing else."""
    from python_calamine import CalamineWorkbook

    for path in paths:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def bare_openpyxl(paths: Sequence[Path]) -> None:
    """Every cell of every sheet."""
    from openpyxl import load_workbook

    for path in paths:
        for sheet in load_workbook(path, data_only=True).worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass


def bare_pandas(paths: Sequence[Path]) -> None:
    """Every sheet as a frame."""
    import pandas as pd

    for path in paths:
        pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")


def xl_perf(folder: str, out: str) -> None:
    """What a person calls: reads, checks and consolidates all workbooks of a folder with one worker."""
    from xl_perf.cli.main import COULD_NOT, main

    with contextlib.redirect_stdout(io.StringIO()):
        status = main(["consolidate", folder, "-o", out, "--workers", "1"])
    if status == COULD_NOT:
        raise SystemExit("xl-perf consolidate 没有做成，数字不算")


def parts(folder: str) -> dict[str, float]:
    """Where xl-perf's time goes, in seconds: reading cells, understanding them, checking, the rest."""
    from xl_perf.core.checking.check import check
    from xl_perf.core.reading import read_department
    from xl_perf.profiles import load
    from xl_perf.saved.workbook import read_book

    spent = {"读单元格": 0.0, "读出各栏": 0.0, "校验": 0.0}
    for path in sorted(Path(folder).glob("*.xlsx")):
        first = time.perf_counter()
        book = read_book(path)
        second = time.perf_counter()
        department = read_department(book)
        third = time.perf_counter()
        check(department, load())
        spent["读单元格"] += second - first
        spent["读出各栏"] += third - second
        spent["校验"] += time.perf_counter() - third
    return spent


def reading(paths: Sequence[Path]) -> float:
    """Seconds of reading workbooks whole: their cells and their forms."""
    from xl_perf.core.reading import read_department
    from xl_perf.saved.workbook import read_book

    return seconds(lambda: [read_department(read_book(path)) for path in paths])


def kinds_compared(paths: Sequence[Path], folder: Path) -> list[tuple[str, float, str]]:
    """Milliseconds a workbook of reading the default kind of form and the ministry's, in turn; medians."""
    national = make(folder, len(paths), NATIONAL_TARGETS)
    pairs = [(reading(paths), reading(national)) for _ in range(ROUNDS)]
    own, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(two / one for one, two in pairs)
    rows = [("xl-perf 只读 project_targets", own / len(paths), "")]
    return [*rows, ("xl-perf 只读 national_targets", other / len(paths), f"是上一行的 {ratio:.2f} 倍")]


OF_THE_YEAR = ("M", "E")
"""Begin the codes of the rules on monitoring, self-evaluation and tasks."""


def year_compared(paths: Sequence[Path]) -> list[tuple[str, float, str]]:
    """Milliseconds a workbook of checking books without such tables, without and with the rules on them; in turn."""
    from xl_perf.core.checking.check import check
    from xl_perf.core.checking.rules import RULES
    from xl_perf.core.reading import read_department
    from xl_perf.profiles import load
    from xl_perf.saved.workbook import read_book

    profile, books = load(), [read_department(read_book(path)) for path in paths]
    others = [rule for rule in RULES if not rule.code.startswith(OF_THE_YEAR)]

    def checking(rules: Sequence[Rule]) -> float:
        return seconds(lambda: [check(book, profile, rules) for book in books])

    checking(RULES)
    pairs = [(checking(others), checking(RULES)) for _ in range(2 * ROUNDS + 1)]
    without, whole = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(two / one for one, two in pairs)
    rows = [("xl-perf 只校验，不用年中年末的规则", without / len(paths), "没有监控、自评的工作簿")]
    return [*rows, ("xl-perf 只校验，全部规则", whole / len(paths), f"是上一行的 {ratio:.3f} 倍")]


def high_water() -> int:
    """Most memory in KiB that this process had; Linux's getrusage also counts what its parent had at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(lines["VmHWM"].split()[0])
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def peak(folder: str, out: str) -> int:
    """Peak memory in KiB of a process of its own that consolidates a folder."""
    code = "import sys; from benchmarks.bench import high_water, xl_perf; xl_perf(*sys.argv[1:]); print(high_water())"
    run = subprocess.run(
        [sys.executable, "-c", code, folder, out], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(run.stdout.split()[-1])


def start_up(rounds: int) -> tuple[float, float]:
    """Seconds of a bare interpreter, and of ``xl-perf check`` on the example, each a whole process.

    Modules are compiled beforehand, as they are where xl-perf is installed, whatever the environment says here.
    """
    bare = [sys.executable, "-c", "pass"]
    check = [sys.executable, "-m", "xl_perf", "check", str(EXAMPLE)]
    with tempfile.TemporaryDirectory() as compiled:
        settings = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        settings.pop("PYTHONDONTWRITEBYTECODE", None)

        def run(command: list[str]) -> float:
            return seconds(lambda: subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, check=False))

        run(check)
        pairs = [(run(bare), run(check)) for _ in range(rounds)]
    return statistics.median(one for one, _ in pairs), statistics.median(other for _, other in pairs)


CLICK = (
    "from xl_perf import buttons; from xl_perf.cli import main; "
    "from xl_perf.engines import xlwings_import; xlwings_import.load(); "
    "from xl_perf.live import host, lock, validation; from xl_perf.profiles import load; load()"
)
"""What 校验全部 starts with before it asks the host for anything: the dearest of the buttons."""


def click(rounds: int, cache: Path) -> tuple[float, float]:
    """Seconds of a bare interpreter, and of a button's own start and imports, each a whole process.

    Compiled modules are there, as they are after an installation. Of each the fastest: the rest is the machine's.
    """
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(cache)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(code: str) -> float:
        command = [sys.executable, "-c", code]
        return seconds(lambda: subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True))

    run(CLICK)
    pairs = [(run("pass"), run(CLICK)) for _ in range(rounds)]
    return min(one for one, _ in pairs), min(other for _, other in pairs)


def measure(number: int, sample: int, folder: Path) -> list[tuple[str, float, str]]:
    """Rows of name, milliseconds a workbook, and what it is compared with."""
    paths = make(folder, number)
    out = str(folder.parent / "汇总.xlsx")
    bare_calamine(paths[:50])
    rounds = []
    for _ in range(ROUNDS):
        gc.unfreeze()
        gc.set_threshold(700, 10, 10)  # Python's own; xl-perf sets others for itself
        calamine = seconds(lambda: bare_calamine(paths))
        own = seconds(lambda: xl_perf(str(folder), out))
        rounds.append((own / calamine, calamine, own))
        print(f"  calamine {calamine:.2f} s，xl-perf {own:.2f} s，{own / calamine:.2f} 倍", flush=True)
    _, calamine, own = sorted(rounds)[ROUNDS // 2]
    some = paths[:sample]
    rows = [("python-calamine 只读", calamine / number, ""), ("xl-perf 读、校验、汇总", own / number, "")]
    rows += [(f"　其中{name}", spent / number, "") for name, spent in parts(str(folder)).items()]
    rows += kinds_compared(paths[:KINDS_SAMPLE], folder.parent / "national")
    rows += year_compared(paths[:KINDS_SAMPLE])
    rows.append(("openpyxl 只读", seconds(lambda: bare_openpyxl(some)) / len(some), f"取 {len(some)} 本"))
    rows.append(("pandas 只读", seconds(lambda: bare_pandas(some)) / len(some), f"取 {len(some)} 本"))
    return rows


def print_pressed() -> None:
    """What each button costs in LibreOffice with few and with many projects; a line where there is no LibreOffice."""
    few, many = buttons.SIZES
    print(f"在 LibreOffice 中按按钮，{few} 个项目和 {many} 个项目（项目多 {many // few} 倍）：", flush=True)
    try:
        small, large = buttons.measured(few), buttons.measured(many)
    except XlPerfError as error:
        print(f"　没有测：{error}")
        return
    for press in buttons.ORDER:
        ratio = large[press] / small[press]
        print(f"　{press.shown}\t{small[press]:.2f} 秒\t{large[press]:.2f} 秒\t{ratio:.1f} 倍")


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--books", type=int, default=1000)
    options.add_argument("--sample", type=int, default=20)
    options.add_argument("--pressed", action="store_true", help="the buttons in LibreOffice only")
    options.add_argument("--many", action="store_true", help="thousands of workbooks, all commands, a cluster only")
    options.add_argument("--keep", type=Path, help="folder for the workbooks, kept for the next run")
    chosen = options.parse_args()
    if chosen.pressed:
        print_pressed()
        return
    base = chosen.keep or Path(tempfile.mkdtemp(prefix="xl-perf-bench-"))
    try:
        if chosen.many:
            many.measure(many.SIZES, base)
            return
        folder = base / "books"
        python = f"Python {platform.python_version()}，{platform.python_compiler()}"
        print(f"{python}；{chosen.books} 本工作簿，每本 {PROJECTS} 个项目，单进程：", flush=True)
        rows = measure(chosen.books, chosen.sample, folder)
        against = rows[0][1]
        for name, spent, note in rows:
            print(f"{name}\t{spent * 1000:.2f} 毫秒/本\t{spent / against:.2f} 倍\t{note}")
        few = base / "few"
        make(few, max(chosen.books // 10, 1))
        small, large = peak(str(few), str(base / "a.xlsx")), peak(str(folder), str(base / "b.xlsx"))
        print(f"内存峰值：{max(chosen.books // 10, 1)} 本 {small // 1024} MiB，{chosen.books} 本 {large // 1024} MiB")
        bare, check = start_up(15)
        start = f"python -c pass {bare * 1000:.0f} 毫秒，xl-perf check {check * 1000:.0f} 毫秒"
        print(f"启动：{start}，{check / bare:.1f} 倍")
        bare, pressed = click(20, base / "cache")
        start = f"python -c pass {bare * 1000:.0f} 毫秒，按“校验全部” {pressed * 1000:.0f} 毫秒"
        print(f"按钮自身的启动：{start}，{pressed / bare:.1f} 倍")
        print_pressed()
    finally:
        if chosen.keep is None:
            shutil.rmtree(base)


if __name__ == "__main__":
    main()
