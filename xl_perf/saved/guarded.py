"""Work on files that nobody can vouch for, done in child processes that are held to limits.

A file that makes its process hang, crash or take all memory costs that process only: it is named, another process takes
over, and the work on the other files goes on. The processes are kept and get batch after batch. Whoever does the work
tells at each step which file it is at; so it is known which one to blame, and how long it has taken.

Where it is safe, on Linux while there are no threads, processes are forked, which takes some milliseconds; elsewhere
they start anew.
"""

import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from xl_perf.core.errors import XlPerfError
from xl_perf.files.guard import ASK_AGAIN, Refused
from xl_perf.saved.limits import Limits, limit_memory, limit_processor

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
R = TypeVar("R")

At = Callable[[int], object]
"""Tells that from now on the thing with this number, of those in the batch, is worked on."""
Work = Callable[[Sequence[T], At], list[R]]
"""Gives a result for each thing of a batch. It must be possible to pickle it, the things and the results."""

AHEAD: Final = 2
"""So many batches for each process may be under way or wait to be asked for."""
GLANCE: Final = 0.5
"""Seconds after which time is looked at again while nothing happens."""

STARTS_WITHIN: Final = 120
"""Seconds."""

READY, RESULTS, STEP, NO_MEMORY, UNFORESEEN = b"R", b"=", b"@", b"M", b"!"
"""What a message of a child begins with: it has started, results, the number of the thing it is at, why it failed."""

ON_DEATH: Final = {"SIGXCPU": "time", "SIGABRT": "memory", "SIGKILL": "memory"}
"""Processor time is over; memory was refused to a library; the system itself needed the memory."""


def refusal(reason: str, limits: Limits) -> Refused:
    """What is said of a file that was too much: for its ``time``, its ``memory``, or what it did to its process."""
    smaller = "请把要报的表复制到一本新的工作簿里，另存为 .xlsx 后再试"
    if reason == "time":
        how = f"{smaller}；文件确实很大的，可用 --limit-seconds 放宽"
        return Refused("unreadable", f"读了 {limits.seconds} 秒还没有读完，没有读取", how)
    if reason == "memory":
        how = f"{smaller}；文件确实很大的，可用 --limit-memory 放宽"
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
        (result,) = self._results([[thing]])
        return result

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
                child.give(rounds.tasks.popleft())
        busy = {child.connection: child for child in self._children if child.task}
        if not busy:
            return
        before = time.monotonic()
        ready = with_messages(list(busy), patience)
        # Time in which this process itself was stopped (Ctrl-Z), or nobody asked for results, does not count.
        passed = min(time.monotonic() - before, patience + GLANCE)
        for connection, child in busy.items():
            child.spent += passed
            if connection in ready:
                self._take_in(child, rounds)
            elif child.spent > (self._limits.seconds if child.is_ready else STARTS_WITHIN):
                self._ended(child, rounds, "time", is_certain=True)

    def _take_in(self, child: "Child", rounds: "Rounds[T, R]") -> None:
        """One message of a child, or the news of its death."""
        assert child.task is not None
        try:
            message = child.connection.recv_bytes()
        except (EOFError, OSError):
            self._ended(child, rounds, child.cause_of_death())
            return
        kind, content = message[:1], memoryview(message)[1:]
        if kind == STEP:
            child.is_at(pickle.loads(content))
        elif kind == RESULTS:
            rounds.done(child.finish(), pickle.loads(content))
        elif kind == READY:
            child.is_ready, child.spent = True, 0.0
        elif kind == NO_MEMORY:
            self._ended(child, rounds, "memory")
        else:
            self._blame(child, rounds, lambda: unforeseen(*pickle.loads(content)))

    def _ended(self, child: "Child", rounds: "Rounds[T, R]", reason: str, *, is_certain: bool = False) -> None:
        """A child that is of no use any more. Raises `XlPerfError` where it was not to blame on any file."""
        child.kill()
        if not child.is_ready:
            raise XlPerfError("读取文件用的进程启动不了", "请关闭别的程序后再试，或用 --workers 1")
        self._blame(child, rounds, lambda: refusal(reason, self._limits), is_certain=is_certain)

    def _blame(
        self, child: "Child", rounds: "Rounds[T, R]", why: Callable[[], Refused], *, is_certain: bool = False
    ) -> None:
        """A task has failed. The others of its batch are done again, one by one.

        So is the thing that the child was at, unless that is certain to be the reason: what happens to one thing may be
        owed to those before it.
        """
        task, at = child.finish(), child.at
        if is_certain or len(task.things) == 1:
            rounds.failed(task, at, self._failed(task.things[at], why()))
        rounds.again(task, at if is_certain else None)

    def _start(self, place: int | None = None) -> "Child":
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


@dataclass
class Task(Generic[T]):
    """Some things of one batch, and their places in it."""

    batch: int
    places: Sequence[int]
    things: Sequence[T]


@dataclass
class Rounds(Generic[T, R]):
    """The batches: what is still to be done, what has been, in which order."""

    batches: Iterable[Sequence[T]]
    most: int
    tasks: deque[Task[T]] = field(default_factory=deque)
    _started: int = 0
    _taken: int = 0
    _under_way: dict[int, dict[int, R]] = field(default_factory=dict)
    _sizes: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.batches = iter(self.batches)

    def refill(self) -> bool:
        """Makes tasks of further batches, as many as may be under way; False when all is done."""
        while len(self._sizes) < self.most:
            batch = next(iter(self.batches), None)
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


class Child:
    """A process that works, seen from outside."""

    def __init__(self, work: Work[Any, Any], limits: Limits, of_others: Sequence[Connection]) -> None:
        """``of_others`` are ends of pipes to other children, which this one must not hold open."""
        forks = may_fork()
        context = get_context("fork") if forks else get_context("spawn")
        self.connection, childs_end = Pipe()
        childs_lifeline, self._lifeline = Pipe(duplex=False)
        inherited = [*of_others, *self.ends] if forks else []
        arguments = (childs_end, childs_lifeline, inherited, work, limits)
        self._process: BaseProcess = context.Process(target=serve, args=arguments, daemon=True)
        self._process.start()
        childs_end.close()
        childs_lifeline.close()
        self.task: Task[Any] | None = None
        self.is_ready = False
        self.is_usable = True
        self.at = 0
        self.spent = 0.0
        """Seconds that it has been waited for since it is at this thing."""
        self._spent_before: dict[int, float] = {}

    @property
    def ends(self) -> tuple[Connection, Connection]:
        """Our ends of the pipes: when they are closed, the child ends."""
        return self.connection, self._lifeline

    def give(self, task: Task[Any]) -> None:
        """Has it work on some things."""
        self.task = task
        self.at, self.spent, self._spent_before = 0, 0.0, {}
        with suppress(OSError):  # it has died: that will be seen at once
            self.connection.send_bytes(pickle.dumps(task.things, pickle.HIGHEST_PROTOCOL))

    def is_at(self, number: int) -> None:
        """It has come to the thing with this number, perhaps again."""
        self._spent_before[self.at] = self.spent
        self.at, self.spent = number, self._spent_before.get(number, 0.0)

    def finish(self) -> Task[Any]:
        """It has nothing to do any more; gives what it had."""
        task = self.task
        assert task is not None
        self.task = None
        return task

    def cause_of_death(self) -> str:
        """Waits for it to end, and says what it died of."""
        self._process.join(GLANCE)
        code = self._process.exitcode
        self.kill()
        name = signal.Signals(-code).name if code is not None and code < 0 else ""
        return ON_DEATH.get(name, "crash")

    def kill(self) -> None:
        """Ends it, whatever it is at."""
        self.is_usable = False
        self._process.kill()
        self._process.join()
        for end in self.ends:
            end.close()


def may_fork() -> bool:
    """Whether a forked process is sure to find nothing locked: there is no other thread that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def with_messages(connections: Sequence[Connection], patience: float) -> Sequence[object]:
    """Those from which something can be read, or that are closed; waits for the first one."""
    if sys.platform == "win32":
        from multiprocessing.connection import wait

        return wait(connections, patience)
    import select

    poll = select.poll()
    by_number = {connection.fileno(): connection for connection in connections}
    for number in by_number:
        poll.register(number, select.POLLIN)
    return [by_number[number] for number, _ in poll.poll(patience * 1000)]


# --- in the child ----------------------------------------------------------------------------------------------------


def serve(
    connection: Connection, lifeline: Connection, inherited: Sequence[Connection], work: Work[T, R], limits: Limits
) -> None:
    """What a child does: works on what it is given, until nobody is left to give anything."""
    for end in inherited:
        end.close()
    settle_in(lifeline)
    limit_memory(limits.memory)
    connection.send_bytes(READY)
    step = partial(at, connection, limits.seconds)
    while True:
        try:
            things = pickle.loads(connection.recv_bytes())
        except EOFError:
            return
        answer = answer_of(work, things, step)
        try:
            connection.send_bytes(answer)
        except OSError:
            return
        if answer == NO_MEMORY:
            return


def at(connection: Connection, seconds: int, number: int) -> None:
    """Tells that the thing with this number is worked on, and gives it its time."""
    limit_processor(seconds)
    connection.send_bytes(STEP + pickle.dumps(number))


def answer_of(work: Work[T, R], things: Sequence[T], step: At) -> bytes:
    """The message with the results, or with what went wrong."""
    try:
        return RESULTS + pickle.dumps(work(things, step), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return NO_MEMORY
    except Exception as error:
        import traceback

        return UNFORESEEN + pickle.dumps((type(error).__name__, "".join(traceback.format_exception(error))))


def settle_in(lifeline: Connection) -> None:
    """Ends with who started this process, leaves Ctrl-C to it, and keeps libraries' last words off the screen."""
    import faulthandler
    import gc

    faulthandler.disable()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)  # there are no cycles to be found, and looking for them takes time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    if sys.platform != "win32":
        import fcntl

        # Nothing is ever written into it: what happens there is that its other end is closed. The signal ends us.
        fcntl.fcntl(lifeline.fileno(), fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(lifeline.fileno(), fcntl.F_GETFL)
        fcntl.fcntl(lifeline.fileno(), fcntl.F_SETFL, flags | os.O_ASYNC)
