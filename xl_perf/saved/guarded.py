"""Work on files that nobody can vouch for, done in child processes that are held to limits.

A file that makes its process hang, crash or take all memory costs that process only: it is named, another process takes
over, and the work on the other files goes on. The processes are kept and get batch after batch. Whoever does the work
tells at each step which file it is at; so it is known which one to blame, and how long it has taken.
"""

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

from xl_perf.core.errors import XlPerfError
from xl_perf.files.guard import ASK_AGAIN, Refused
from xl_perf.saved.children import NO_MEMORY, PLACE, READY, RESULTS, STEP, At, Child, Work, with_messages
from xl_perf.saved.limits import Limits

T = TypeVar("T")
R = TypeVar("R")

AHEAD: Final = 2
"""So many batches for each process may be under way or wait to be asked for."""
GLANCE: Final = 0.5
"""Seconds after which time is looked at again while nothing happens."""
STARTS_WITHIN: Final = 120
"""Seconds."""


def refusal(reason: str, limits: Limits) -> Refused:
    """What is said of a file that was too much: for its ``time``, its ``memory``, or what it did to its process."""
    smaller = "请把要报的表复制到一本新的工作簿里，另存为 .xlsx 后再试"
    if reason == "time":
        how = smaller if limits.is_fixed else f"{smaller}；文件确实很大的，可用 --limit-seconds 放宽"
        return Refused("unreadable", f"读了 {limits.seconds} 秒还没有读完，没有读取", how)
    if reason == "memory":
        how = smaller if limits.is_fixed else f"{smaller}；文件确实很大的，可用 --limit-memory 放宽"
        return Refused("unreadable", f"读取它需要的内存超过 {limits.memory} MB，没有读取", how)
    return Refused("unreadable", "读取时进程崩溃，文件多半已损坏，没有读取", ASK_AGAIN)


def unforeseen(name: str, report: str) -> Refused:
    """What is said of a file at which our own code has failed; the report goes into a file that can be sent on."""
    from xl_perf.files.crash_log import logged

    how = f"详情已写入 {logged(RuntimeError(report))}，请把它和这本工作簿交给维护人员"
    return Refused("unreadable", f"内容出乎程序的意料（{name}），没有读取", how)


class Guarded(Generic[T, R]):
    """Some processes that do the same work; ``failed`` gives the result of a thing that could not be worked on.

    They start at once: while there are no threads yet.
    """

    def __init__(self, work: Work[T, R], failed: Callable[[T, Refused], R], limits: Limits, processes: int) -> None:
        self._work = work
        self._failed = failed
        self._limits = limits
        self._children: list[Child] = []
        for _ in range(processes):
            self._children.append(self._start())

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Ends all processes, whatever they are at."""
        while self._children:
            self._children.pop().kill()

    def results(self, batches: Iterable[Sequence[T]]) -> Iterator[R]:
        """The results in order; the processes have ended when they are exhausted, or nobody wants them any more."""
        try:
            yield from self._results(batches)
        finally:
            self.close()

    def one(self, thing: T) -> R:
        """The result of one thing; the processes go on."""
        (result,) = self.some([thing])
        return result

    def some(self, things: Sequence[T]) -> list[R]:
        """The results of some things, in their order; the processes go on."""
        return list(self._results([things]))

    def _results(self, batches: Iterable[Sequence[T]]) -> Iterator[R]:
        rounds: Rounds[T, R] = Rounds(batches, AHEAD * len(self._children))
        while rounds.refill():
            self._turn(rounds, GLANCE)
            while rounds.first_is_done():
                for result in rounds.take_first():
                    yield result
                    rounds.refill()
                    self._turn(rounds, 0)

    def _turn(self, rounds: "Rounds[T, R]", patience: float) -> None:
        """Gives work to who has none, and takes in what there is; waits for that, but not for long."""
        for place, child in enumerate(self._children):
            if child.task is None and rounds.tasks:
                if not child.is_usable:
                    child.kill()
                    self._children[place] = child = self._start(place)
                task = rounds.tasks.popleft()
                child.task = task
                child.give(task.things)
        busy = {child.connection: child for child in self._children if child.task}
        if not busy:
            return
        before = time.monotonic()
        ready = with_messages(list(busy), patience)
        # Time in which this process itself was stopped (Ctrl-Z), or nobody asked for results, does not count.
        passed = min(time.monotonic() - before, patience + GLANCE)
        for connection, child in busy.items():
            child.look()
            child.spent += passed
            if connection in ready:
                self._take_in(child, rounds)
            elif child.spent > (self._limits.seconds if child.is_ready else STARTS_WITHIN):
                self._ended(child, rounds, "time", is_certain=True)
            elif child.holds_more_than(self._limits.memory):
                self._ended(child, rounds, "memory")

    def _take_in(self, child: Child, rounds: "Rounds[T, R]") -> None:
        """One message of a child, or the news of its death."""
        try:
            message = child.connection.recv_bytes()
        except (EOFError, OSError):
            self._ended(child, rounds, child.cause_of_death())
            return
        kind, content = message[:1], memoryview(message)[1:]
        if kind == STEP:
            child.is_at(*PLACE.unpack(content))
        elif kind == RESULTS:
            rounds.done(task_of(child), pickle.loads(content))
        elif kind == READY:
            child.is_ready, child.spent = True, 0.0
        elif kind == NO_MEMORY:
            self._ended(child, rounds, "memory")
        else:
            self._blame(child, rounds, lambda: unforeseen(*pickle.loads(content)))

    def _ended(self, child: Child, rounds: "Rounds[T, R]", reason: str, *, is_certain: bool = False) -> None:
        """A child that is of no use any more. Raises `XlPerfError` where it was not to blame on any file."""
        child.kill()
        if not child.is_ready:
            raise XlPerfError("读取文件用的进程启动不了", "请关闭别的程序后再试，或用 --workers 1")
        self._blame(child, rounds, lambda: refusal(reason, self._limits), is_certain=is_certain)

    def _blame(
        self, child: Child, rounds: "Rounds[T, R]", why: Callable[[], Refused], *, is_certain: bool = False
    ) -> None:
        """A task has failed. The others of its batch are done again, one by one.

        So is the thing that the child was at, unless that is certain to be the reason: what happens to one thing may be
        owed to those before it.
        """
        child.look()
        task, at = task_of(child), child.at
        if is_certain or len(task.things) == 1:
            rounds.failed(task, at, self._failed(task.things[at], why()))
        rounds.again(task, at if is_certain else None)

    def _start(self, place: int | None = None) -> Child:
        others = [one for number, one in enumerate(self._children) if number != place]
        return Child(self._work, self._limits, [others_end for one in others for others_end in one.ends])


def guarded(function: Callable[..., R], shown: str, *arguments: object, limits: Limits | None = None) -> R:
    """What a function gives that reads one file, done in a child process, or its `XlPerfError`.

    ``shown`` is the path for what is said of a file that is too much.
    """
    with Readers(limits) as readers:
        return readers.read(function, shown, *arguments)


Call = tuple[Callable[..., Any], str, tuple[object, ...]]
"""A function that reads a file, the file's path for messages, and the function's arguments."""


class Readers:
    """A child process for functions that read one file."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._guarded = Guarded(called, not_called, limits or Limits(), 1)

    def __enter__(self) -> "Readers":
        return self

    def __exit__(self, *_: object) -> None:
        self._guarded.close()

    def read(self, function: Callable[..., R], shown: str, *arguments: object) -> R:
        """What the function gives. Raises its `XlPerfError`, or a `BookError` where the file is too much."""
        outcome = self._guarded.one((function, shown, arguments))
        if isinstance(outcome, XlPerfError):
            raise outcome
        return cast("R", outcome)


def called(calls: Sequence[Call], at: At) -> list[object]:
    """What some functions give, or their errors."""
    outcomes: list[object] = []
    for number, (function, _, arguments) in enumerate(calls):
        at(number)
        try:
            outcomes.append(function(*arguments))
        except XlPerfError as error:
            outcomes.append(error)
    return outcomes


def not_called(call: Call, refused: Refused) -> object:
    return refused.at(call[1])


def task_of(child: Child) -> "Task[Any]":
    """What the child was at; it has nothing to do any more."""
    task: Task[Any] = child.task
    child.task = None
    return task


class Task(NamedTuple, Generic[T]):
    """Some things of one batch, and their places in it."""

    batch: int
    places: Sequence[int]
    things: Sequence[T]


class Rounds(Generic[T, R]):
    """The batches: what is still to be done, what has been, in which order; at most so many are under way."""

    def __init__(self, batches: Iterable[Sequence[T]], most: int) -> None:
        self.tasks: deque[Task[T]] = deque()
        self._batches = iter(batches)
        self._most = most
        self._started = 0
        self._taken = 0
        self._under_way: dict[int, dict[int, R]] = {}
        self._sizes: dict[int, int] = {}

    def refill(self) -> bool:
        """Makes tasks of further batches, as many as may be under way; False when all is done."""
        while len(self._sizes) < self._most:
            batch = next(self._batches, None)
            if batch is None:
                break
            self._sizes[self._started] = len(batch)
            self._under_way[self._started] = {}
            if batch:
                self.tasks.append(Task(self._started, range(len(batch)), batch))
            self._started += 1
        return bool(self._sizes)

    def done(self, task: Task[T], results: Sequence[R]) -> None:
        self._under_way[task.batch].update(zip(task.places, results, strict=True))

    def failed(self, task: Task[T], at: int, result: R) -> None:
        self._under_way[task.batch][task.places[at]] = result

    def again(self, task: Task[T], but: int | None) -> None:
        """One by one, before everything else, but for one that is done for."""
        pairs = [pair for number, pair in enumerate(zip(task.places, task.things, strict=True)) if number != but]
        if len(task.things) > 1:
            self.tasks.extendleft(Task(task.batch, [place], [thing]) for place, thing in reversed(pairs))

    def first_is_done(self) -> bool:
        return self._taken in self._sizes and len(self._under_way[self._taken]) == self._sizes[self._taken]

    def take_first(self) -> list[R]:
        """The results of the first batch."""
        results = self._under_way.pop(self._taken)
        size = self._sizes.pop(self._taken)
        self._taken += 1
        return [results[place] for place in range(size)]
