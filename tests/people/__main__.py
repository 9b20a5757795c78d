"""Prints how the program reads such books, by kind of change."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests import people
from tests.people.changes import CHANGES
from tests.people.outcomes import examine_all, examine_alone, examine_seed, report


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.people", description=people.__doc__)
    parser.add_argument("--books", type=int, default=200, help="how many books")
    parser.add_argument("--seed", type=int, default=1, help="the first book's seed; each further book has the next")
    parser.add_argument("--alone", action="store_true", help="every kind of change alone instead")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the books here")
    parser.add_argument("--shown", type=int, default=60, help="how many wrong books are listed")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if given.alone:
            results = examine_all(examine_alone, list(CHANGES), folder, keep=given.keep is not None)
        else:
            seeds = range(given.seed, given.seed + given.books)
            results = examine_all(examine_seed, seeds, folder, keep=given.keep is not None)
    print(report(results, given.shown))
    return int(any(one.outcome == "silent" for one in results))


if __name__ == "__main__":
    sys.exit(main())
