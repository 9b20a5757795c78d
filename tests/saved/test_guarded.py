"""Files that hang, crash or swallow all memory cost one child process, and are named; the others are worked on."""

import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest

from tests.command_line import ROOT
from xl_perf.core.errors import XlPerfError
from xl_perf.files.guard import Refused
from xl_perf.saved import children
from xl_perf.saved.children import At
from xl_perf.saved.guarded import Guarded
from xl_perf.saved.limits import Limits

QUICK = Limits(seconds=1, memory=200)
PATIENT = Limits(seconds=60, memory=200)
ENDLESS = re.compile(r"(a+)+$")
HELD: list[bytearray] = []


def doubled(things: Sequence[str], at: At) -> list[object]:
    """Twice each word, in two rounds as workbooks are read; some words do what some workbooks do."""
    for number, thing in enumerate(things):
        at(number)
        if thing in HARMFUL:
            HARMFUL[thing]()
    results: list[object] = []
    for number, thing in enumerate(things):
        at(number)
        if thing == "late":
            os.abort()
        results.append(threading.Lock() if thing == "unpicklable" else thing * 2)
    return results


def swallow() -> None:
    while True:
        HELD.append(bytearray(10_000_000))


HARMFUL: dict[str, Callable[[], object]] = {
    "hang": lambda: time.sleep(100),
    "hang inside": lambda: ENDLESS.match("a" * 60 + "b"),
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "bomb": swallow,
    "huge": lambda: bytearray(1 << 40),
    "exit": lambda: os._exit(3),
    "raise": lambda: os.environ["MISSING"],
    "large": lambda: HELD.append(bytearray(50_000_000)),
}


def refused(thing: str, refusal: Refused) -> object:
    return thing, refusal.kind, refusal.message


@pytest.fixture(params=["fork", "spawn"])
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How children start."""
    method: str = request.param
    monkeypatch.setattr(children, "may_fork", lambda: method == "fork")
    return method


def worked(*batches: Sequence[str], limits: Limits = PATIENT, processes: int = 1) -> list[object]:
    return list(Guarded(doubled, refused, limits, processes).results(batches))


def test_results_in_order(start: str) -> None:
    words = [f"w{number}" for number in range(100)]
    batches = [words[at : at + 7] for at in range(0, 100, 7)]
    assert worked(*batches, processes=3) == [word * 2 for word in words]
    assert worked() == []
    assert worked([]) == []


TIME = "读了 1 秒还没有读完，没有读取"
MEMORY = "读取它需要的内存超过 200 MB，没有读取"
CRASH = "读取时进程崩溃，文件多半已损坏，没有读取"


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        ("hang", TIME),
        ("hang inside", TIME),
        ("abort", MEMORY),
        ("late", MEMORY),
        ("killed", MEMORY),
        ("bomb", MEMORY),
        ("huge", MEMORY),
        ("segfault", CRASH),
        ("exit", CRASH),
    ],
)
def test_one_is_named_and_the_others_are_worked_on(harm: str, message: str) -> None:
    """The harmful thing alone is refused, wherever it stands in its batch."""
    batches = [harm, "b", "c"], ["a", harm, "c"], ["a", "b", harm]
    for batch in batches[: 1 if message == TIME else 3]:
        expected = [(one, "unreadable", message) if one == harm else one * 2 for one in batch]
        assert worked(batch, ["d"], limits=QUICK if message == TIME else PATIENT) == [*expected, "dd"]


@pytest.mark.slow
def test_all_sorts_of_harm_together(start: str) -> None:
    batch = ["a", "abort", "b", "late", "huge", "c", "segfault", "late", "d"]
    results = worked(batch, batch, ["e"], processes=2)
    assert [one for one in results if isinstance(one, str)] == [*("aa", "bb", "cc", "dd") * 2, "ee"]
    assert [one[0] for one in results if isinstance(one, tuple)] == ["abort", "late", "huge", "segfault", "late"] * 2


@pytest.mark.parametrize(("harm", "name"), [("raise", "KeyError"), ("unpicklable", "TypeError")])
def test_what_our_own_code_did_not_foresee(harm: str, name: str) -> None:
    """One sentence on that file, with the place of the traceback."""
    kept: list[Refused] = []

    def keep(thing: str, refusal: Refused) -> str:
        kept.append(refusal)
        return thing

    results = list(Guarded(doubled, keep, PATIENT, 1).results([["a", harm, "b"]]))
    (refusal,) = kept
    assert re.fullmatch(f"内容出乎程序的意料（({name})），没有读取", refusal.message)
    log = re.search(r"/\S+\.log", refusal.remedy)
    assert log
    report = Path(log[0])
    assert "Traceback" in report.read_text("utf-8")
    report.unlink()
    assert results == ["aa", harm, "bb"]


def test_what_is_within_the_limits(start: str) -> None:
    """Memory that a thing took does not count against the next one only because the process goes on."""
    assert worked(["large"], ["a"]) == ["largelarge", "aa"]


def slow(things: Sequence[float], at: At) -> list[float]:
    for _ in range(2):
        for number, seconds in enumerate(things):
            at(number)
            time.sleep(seconds)
    return list(things)


@pytest.mark.slow
def test_time_is_counted_for_each_thing_by_itself() -> None:
    """Not for the batch; but all steps of one thing count together."""
    things = [0.4] * 4 + [0.7] + [0.4] * 2
    results = list(Guarded(slow, lambda thing, _: -thing, Limits(1, 200), 1).results([things]))
    assert results == [0.4] * 4 + [-0.7] + [0.4] * 2


def test_time_in_which_nobody_asks_does_not_count() -> None:
    asked = Guarded(slow, lambda thing, _: -thing, Limits(1, 200), 1).results([[0.0], [0.3], [0.0]])
    results = []
    for result in asked:
        results.append(result)
        time.sleep(1.3)
    assert results == [0.0, 0.3, 0.0]


def test_nobody_wants_the_rest(start: str) -> None:
    """Whoever stops asking leaves no process behind."""
    crew = Guarded(doubled, refused, PATIENT, 2)
    processes = [child._process for child in crew._children]
    results = crew.results([["a"], ["hang"], ["hang"]])
    assert isinstance(results, Generator)
    assert next(results) == "aa"
    results.close()
    assert not any(process.is_alive() for process in processes)


def test_never_asked_for(start: str) -> None:
    crew = Guarded(doubled, refused, PATIENT, 1)
    (process,) = (child._process for child in crew._children)
    del crew
    assert not process.is_alive()


def test_a_child_that_does_not_start_is_no_fault_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "settle_in", lambda _: os._exit(1))
    monkeypatch.setattr(children, "may_fork", lambda: True)
    with pytest.raises(XlPerfError, match="启动不了"):
        worked(["a"])


PARENT = """
import sys, time
from tests.saved.test_guarded import *
if __name__ == "__main__":
    children.may_fork = lambda: sys.argv[1] == "fork"
    crew = Guarded(doubled, refused, Limits(20, 500), 3)
    print(*(child._process.pid for child in crew._children), flush=True)
    for result in crew.results([["a"], ["hang"], ["hang inside"], ["a"]]):
        print(result, flush=True)
"""


@pytest.fixture
def parent(start: str, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A process with three children: one idle, two that hang, one of them where no signal handler of Python runs."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), start]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          start_new_session=True) as run:  # fmt: skip
        assert run.stdout
        children = [int(number) for number in run.stdout.readline().split()]
        assert run.stdout.readline() == "aa\n"
        time.sleep(0.5)
        yield run, children
        run.kill()


def are_gone(children: Sequence[int]) -> bool:
    return not any(Path(f"/proc/{number}/status").exists() and b"\nState:\tZ" not in
                   Path(f"/proc/{number}/status").read_bytes() for number in children)  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_parent_leaves_nobody_behind(
    parent: tuple[subprocess.Popen[str], list[int]], how: signal.Signals
) -> None:
    run, children = parent
    assert len(children) == 3
    assert not are_gone(children)
    if how is signal.SIGINT:
        os.killpg(run.pid, how)  # as a terminal does
    else:
        run.send_signal(how)
    run.wait(10)
    end = time.monotonic() + 5
    while not are_gone(children) and time.monotonic() < end:
        time.sleep(0.05)
    assert are_gone(children)
    assert run.stderr
    assert run.stderr.read().count("Traceback") == (how is signal.SIGINT)  # the parent's own
