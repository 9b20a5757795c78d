"""`make fuzz`: random changes for as long as asked, from a seed that is printed; what fails is saved under out/fuzz.

Usage: python -m tests.fuzz [--seconds N] [--seed N] [--grid SEED]. Exit status 1 if something failed.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzz.batch import ROOT, Batch, Subject, subjects
from tests.fuzz.grids import judged

OUT = ROOT / "out" / "fuzz"
SIZE = 60
"""Files in a batch, and sheets between two batches."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--grid", type=int, default=None, help="only the sheet with this seed")
    asked = parser.parse_args()
    if asked.grid is not None:
        failure = _grid(asked.grid)
        print(failure or "nothing is wrong")
        return int(failure is not None)
    seed = random.SystemRandom().randrange(1_000_000_000) if asked.seed is None else asked.seed
    print(f"SEED={seed}", flush=True)
    return int(_run(seed, time.monotonic() + asked.seconds) > 0)


def _run(seed: int, end: float) -> int:
    """The number of failures until the time is over; seed, seed + 1 … each makes one batch and its sheets."""
    failures = files = sheets = 0
    with tempfile.TemporaryDirectory(prefix="xl-perf-fuzz-") as folder:
        sound = subjects(Path(folder))
        while time.monotonic() < end:
            failures += _files(Path(folder) / "batch", sound, seed)
            for number in range(seed * SIZE, seed * SIZE + SIZE):
                failure = _grid(number)
                if failure is not None:
                    failures += 1
                    print(f"sheet, --grid {number}: {failure}", flush=True)
            files, sheets, seed = files + SIZE, sheets + SIZE, seed + 1
    print(f"{files} files, {sheets} sheets, {failures} failures")
    return failures


def _files(folder: Path, sound: list[Subject], seed: int) -> int:
    batch = Batch(folder, sound, Random(seed), SIZE)
    failures = list(batch.failures(marked=seed % 2 == 1))
    for number, failure in enumerate(failures):
        print(f"SEED={seed} {failure}", flush=True)
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / f"{seed}-{number}-{failure.name or 'batch.txt'}").write_bytes(failure.data or str(failure).encode())
    batch.drop()
    return len(failures)


def _grid(seed: int) -> str | None:
    try:
        return judged(Random(seed))
    except Exception:
        return traceback.format_exc()


if __name__ == "__main__":
    sys.exit(main())
