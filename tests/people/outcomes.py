"""How the program reads such books: rightly, said, off, silent."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.people.books import Book
from tests.people.changes import CHANGES
from tests.people.making import make, make_alone


@dataclass(frozen=True)
class Result:
    """One book and what became of it."""

    seed: int
    changes: tuple[str, ...]
    clear: bool
    outcome: str
    false: tuple[str, ...]
    why: tuple[str, ...]

    def __str__(self) -> str:
        outcome = self.outcome + (" false" if self.false else "")
        return f"{self.seed} {outcome}: {'; '.join(self.changes) or 'unchanged'}: {'; '.join(self.why + self.false)}"


def examine(book: Book, keep: bool = False) -> Result:
    """Lets the program check the book, and judges what it says. To break down counts as silence."""
    from tests.test_people import NothingSaid, check, judge

    try:
        verdict = judge(book, check(book.path))
    except NothingSaid as error:
        return Result(book.seed, book.changes, book.clear, "silent", (), (str(error),))
    finally:
        if not keep:
            book.path.unlink()
    return Result(book.seed, book.changes, book.clear, verdict.outcome, verdict.false, verdict.why)


def examine_seed(seed: int, folder: Path, keep: bool = False) -> Result:
    return examine(make(seed, folder), keep)


def examine_alone(name: str, folder: Path, keep: bool = False) -> Result:
    return examine(make_alone(name, folder), keep)


def examine_all(
    one: Callable[..., Result], what: Sequence[int] | Sequence[str], folder: Path, keep: bool = False
) -> list[Result]:
    """In the order given, on all processors."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return list(pool.map(partial(one, folder=folder, keep=keep), what, chunksize=20))


OUTCOMES: Final = ("right", "said", "off", "silent")


def table(results: Iterable[Result]) -> str:
    """How many books came out how, by kind of change; a book counts for each of its changes."""
    counts: dict[str, Counter[str]] = {"all books": Counter(), "clear books": Counter(), "unchanged": Counter()}
    for result in results:
        rows = ["all books", *(["clear books"] if result.clear else []), *(result.changes or ["unchanged"])]
        for name in rows:
            counts.setdefault(name, Counter()).update(["books", result.outcome, *(["false"] if result.false else [])])
    heads = ("books", *OUTCOMES, "false")
    lines = ["".join(f"{head:>8}" for head in heads) + "  kind of change"]
    order = [*list(counts)[:3], *(name for name in CHANGES if name in counts)]
    lines += ["".join(f"{counts[name][head] or '·':>8}" for head in heads) + f"  {name}" for name in order]
    return "\n".join(lines)


def report(results: Sequence[Result], shown: int = 60) -> str:
    """The table, and the books that came out wrong with their seeds and changes."""
    wrong = [one for one in results if one.outcome == "silent" or one.false]
    wrong += [one for one in results if one.outcome != "silent" and not one.false and one.clear and one.why]
    more = [f"… and {len(wrong) - shown} more"] if len(wrong) > shown else []
    return "\n".join([table(results), "", *map(str, wrong[:shown]), *more])
