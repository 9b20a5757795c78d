"""Child processes that work on what they are given, and how they are started.

On Linux, while there are no threads, they are forked, which takes some milliseconds; elsewhere they start anew.
"""

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from mmap import mmap
from struct import Struct
from types import ModuleType
from typing import Any, Final, NoReturn, Protocol, TypeVar

from xl_perf.saved.limits import MIB, Limits, limit_memory, limit_processor, memory_of

T = TypeVar("T")
R = TypeVar("R")

At = Callable[[int], object]
"""Tells that from now on the thing with this number, of those in the batch, is worked on."""
Work = Callable[[Sequence[T], At], list[R]]
"""Gives a result for each thing of a batch. It must be possible to pickle it, the things and the results."""

READY, RESULTS, STEP, NO_MEMORY, UNFORESEEN = b"R", b"=", b"@", b"M", b"!"
"""What a message of a child begins with: it has started, results, the number of the thing it is at, why it failed."""

ON_DEATH: Final = {"SIGXCPU": "time", "SIGABRT": "memory", "SIGKILL": "memory"}
"""Processor time is over; memory was refused to a library; the system itself needed the memory."""
PLACE: Final = Struct("<Id")
DYING: Final = 0.5
"""Seconds that a process may take to end after it has closed its end of the pipe."""


class End(Protocol):
    """One end of a pipe for messages, as `multiprocessing` has it."""

    def fileno(self) -> int: ...

    def send_bytes(self, message: bytes, /) -> None: ...

    def recv_bytes(self) -> bytes: ...

    def close(self) -> None: ...


class Process(Protocol):
    """As `multiprocessing` has it."""

    @property
    def pid(self) -> int | None: ...

    @property
    def exitcode(self) -> int | None: ...

    def is_alive(self) -> bool: ...

    def kill(self) -> None: ...

    def join(self, timeout: float | None = None) -> None: ...


class Child:
    """A process that works, seen from outside."""

    def __init__(self, work: Work[Any, Any], limits: Limits, of_others: Sequence["End"]) -> None:
        """``of_others`` are ends of pipes to other children, which this one must not hold open."""
        start = forked if may_fork() else spawned
        self.connection, self._lifeline, self._process, self._board = start(work, limits, of_others)
        self.task: Any = None
        """What it has to do, for whoever gives it that."""
        self.is_ready = False
        self.is_usable = True
        self.at = 0
        self.spent = 0.0
        """Seconds that it has taken for this thing, as far as it has been waited for."""
        self._before = 0.0

    @property
    def ends(self) -> tuple["End", "End"]:
        """Our ends of the pipes: when they are closed, the child ends."""
        return self.connection, self._lifeline

    def give(self, things: Sequence[Any]) -> None:
        """Has it work on some things."""
        self.at, self.spent, self._before = 0, 0.0, 0.0
        if self._board is not None:
            self._board[:] = PLACE.pack(0, 0.0)
        with suppress(OSError):  # it has died: that will be seen at once
            self.connection.send_bytes(pickle.dumps(things, pickle.HIGHEST_PROTOCOL))

    def is_at(self, number: int, before: float) -> None:
        """It is at the thing with this number, on which it had spent so many seconds before."""
        if (number, before) != (self.at, self._before):
            self.at, self._before, self.spent = number, before, before

    def look(self) -> None:
        """Looks where it is at, if it does not send that."""
        if self._board is not None and self.task is not None:
            self.is_at(*PLACE.unpack(self._board))

    def holds_more_than(self, memory: int) -> bool:
        """Whether it has more than so many MiB. Asked on Windows, where a job object may not have stopped it."""
        return memory_of(self._process.pid or 0) > memory * MIB

    def cause_of_death(self) -> str:
        """Waits for it to end, and says what it died of."""
        self._process.join(DYING)
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


Started = tuple[End, End, Process, mmap | None]
"""Our end of the pipe for messages, and of the one that only tells when we are gone; the process.

Last, memory that both have, where a child writes what it is at: a message for each step would take longer.
"""


def spawned(work: Work[Any, Any], limits: Limits, _: Sequence[End]) -> Started:
    """A process that starts anew."""
    from multiprocessing import get_context
    from multiprocessing.connection import Pipe

    ours, childs = Pipe()
    childs_lifeline, lifeline = Pipe(duplex=False)
    process = get_context("spawn").Process(target=serve, args=(childs, childs_lifeline, work, limits), daemon=True)
    with without_main():
        process.start()
    childs.close()
    childs_lifeline.close()
    return ours, lifeline, process, None


@contextmanager
def without_main() -> Iterator[None]:
    """Whatever script has called us does not run again in the child, which finds what it needs by name."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def forked(work: Work[Any, Any], limits: Limits, of_others: Sequence[End]) -> Started:
    """The same without `multiprocessing`, whose import takes longer than reading a workbook."""
    childs, ours = FilePipe.pair()
    childs_lifeline, lifeline = FilePipe.pair()
    board = mmap(-1, PLACE.size)
    number = os.fork()
    if not number:
        be_child(childs, childs_lifeline, (*of_others, ours, lifeline), work, limits, board)
    childs.close()
    childs_lifeline.close()
    return ours, lifeline, ForkedProcess(number), board


def be_child(
    connection: End, lifeline: End, inherited: Sequence[End], work: Work[Any, Any], limits: Limits, board: mmap
) -> NoReturn:
    """Never returns into what the parent was doing."""
    status = 1
    try:
        for end in inherited:
            end.close()
        serve(connection, lifeline, work, limits, board)
        status = 0
    finally:
        os._exit(status)


class FilePipe:
    """An end of two pipes, one for each direction."""

    LENGTH: Final = Struct("<Q")
    MOST: Final = 1 << 20
    """Bytes that are asked for at a time."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing

    @classmethod
    def pair(cls) -> tuple["FilePipe", "FilePipe"]:
        """Both ends."""
        (here, to_here), (there, to_there) = os.pipe(), os.pipe()
        return cls(here, to_there), cls(there, to_here)

    def fileno(self) -> int:
        return self._reading

    def send_bytes(self, message: bytes, /) -> None:
        rest = memoryview(self.LENGTH.pack(len(message)) + message)
        while rest:
            rest = rest[os.write(self._writing, rest) :]

    def recv_bytes(self) -> bytes:
        """Raises EOFError where the other end is closed."""
        (length,) = self.LENGTH.unpack(self._read(self.LENGTH.size))
        return self._read(length)

    def _read(self, length: int) -> bytes:
        pieces = []
        while length:
            piece = os.read(self._reading, min(length, self.MOST))
            if not piece:
                raise EOFError
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        for number in {self._reading, self._writing} - {-1}:
            os.close(number)
        self._reading = self._writing = -1


class ForkedProcess:
    """A process of ours by its number."""

    def __init__(self, number: int) -> None:
        self.pid = number
        self.exitcode: int | None = None

    def is_alive(self) -> bool:
        self.join(0)
        return self.exitcode is None

    def kill(self) -> None:
        if self.is_alive():
            os.kill(self.pid, signal.SIGKILL)

    def join(self, timeout: float | None = None) -> None:
        """Waits for its end, if need be only so many seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.exitcode is None:
            try:
                number, status = os.waitpid(self.pid, 0 if end is None else os.WNOHANG)
            except ChildProcessError:  # somebody else has asked for it
                self.exitcode = 1
                return
            if number:
                self.exitcode = os.waitstatus_to_exitcode(status)
            elif end is None or time.monotonic() >= end:
                return
            else:
                time.sleep(0.01)


def may_fork() -> bool:
    """Whether a forked process is sure to find nothing locked: there is no other thread that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1 and not has_threads_of_libraries()


def has_threads_of_libraries() -> bool:
    """Whether there may be threads that Python does not know, as LibreOffice's library has."""
    try:
        return len(os.listdir("/proc/self/task")) > 1  # noqa: PTH208 (pathlib would be one more import)
    except OSError:
        return True


def with_messages(connections: Sequence[End], patience: float) -> Sequence[object]:
    """Those from which something can be read, or that are closed; waits for the first one."""
    if sys.platform == "win32":
        from multiprocessing.connection import wait

        return wait(connections, patience)  # type: ignore[arg-type,return-value]
    import select

    poll = select.poll()
    by_number = {connection.fileno(): connection for connection in connections}
    for number in by_number:
        poll.register(number, select.POLLIN)
    return [by_number[number] for number, _ in poll.poll(patience * 1000)]


# --- in the child ----------------------------------------------------------------------------------------------------


def serve(connection: End, lifeline: End, work: Work[T, R], limits: Limits, board: mmap | None = None) -> None:
    """What a child does: works on what it is given, until nobody is left to give anything."""
    settle_in(lifeline)
    limit_memory(limits.memory)
    connection.send_bytes(READY)
    while True:
        try:
            things = pickle.loads(connection.recv_bytes())
        except EOFError:
            return
        answer = answer_of(work, things, Teller(connection, limits.seconds, board))
        try:
            connection.send_bytes(answer)
        except OSError:
            return
        if answer == NO_MEMORY:
            return


class Teller:
    """Tells at each step which thing is worked on, and how long it had taken before; and gives it its time."""

    def __init__(self, connection: End, seconds: int, board: mmap | None) -> None:
        self._connection = connection
        self._seconds = seconds
        self._board = board
        self._spent: dict[int, float] = {}
        self._number = 0
        self._since = time.monotonic()
        self._renewed = -1

    def __call__(self, number: int) -> None:
        now = time.monotonic()
        self._spent[self._number] = self._spent.get(self._number, 0.0) + now - self._since
        self._number, self._since = number, now
        used = int(time.process_time())
        if used != self._renewed:
            self._renewed = used
            limit_processor(self._seconds)
        place = PLACE.pack(number, self._spent.get(number, 0.0))
        if self._board is None:
            self._connection.send_bytes(STEP + place)
        else:
            self._board[:] = place


def answer_of(work: Work[T, R], things: Sequence[T], step: At) -> bytes:
    """The message with the results, or with what went wrong."""
    try:
        return RESULTS + pickle.dumps(work(things, step), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return NO_MEMORY
    except Exception as error:
        import traceback

        return UNFORESEEN + pickle.dumps((type(error).__name__, "".join(traceback.format_exception(error))))


def settle_in(lifeline: End) -> None:
    """Ends with who started this process, leaves Ctrl-C to it, and keeps libraries' last words off the screen."""
    import gc

    if "faulthandler" in sys.modules:
        sys.modules["faulthandler"].disable()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)  # there are no cycles to be found, and looking for them takes time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):  # the parent's way of clearing up is not ours
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
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
