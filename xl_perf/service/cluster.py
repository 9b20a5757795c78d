"""Reading on several machines: the batches go to the workers of a Dask cluster (https://distributed.dask.org).

A worker reads files by the same paths as here, so they lie in a folder that all machines share. There, too, they are
read in processes that are held to limits. What a worker does not bring back is done here: nothing is lost with it.
"""

import logging
import os
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from xl_perf.core.errors import MissingPart, XlPerfError
from xl_perf.core.version import VERSION
from xl_perf.files.containers import is_member
from xl_perf.files.guard import Refused
from xl_perf.saved.children import At, Work
from xl_perf.saved.guarded import AHEAD, Guarded
from xl_perf.saved.limits import Limits

R = TypeVar("R")
Client = Any
"""`distributed.Client`, which is not annotated."""
Future = Any
Place = tuple[Path, str]

BATCH: Final = 64
"""Workbooks that a worker gets at a time: a second of work."""
_CONNECT: Final = 5
"""Seconds."""
_WITHOUT_WORKERS: Final = 30.0
"""Seconds after which the work is done here, when the cluster has no worker any more."""
_GLANCE: Final = 1.0


class _Task(NamedTuple):
    """What a worker is to do, and by what it knows whether it can: the version, the files and their sizes."""

    version: str
    folder: str
    sizes: Sequence[int]
    places: Sequence[Place]
    work: bytes


class _NotThere(Exception):
    """A worker does not see a file as it is here."""


class _OtherVersion(Exception):
    """A worker has another version of xl-perf."""


def cluster_results(
    address: str,
    books: Sequence[Place],
    one_batch: Work[Place, R],
    failed: Callable[[Place, Refused], R],
    limits: Limits,
) -> Iterator[R]:
    """The results in order, as `checking.guarded_results` gives them.

    Raises `MissingPart` without the package distributed, `XlPerfError` where the cluster cannot be reached, has no
    workers, or its workers have another version or do not see the files.
    """
    client = _connected(address)
    return _Cluster(client, one_batch, failed, limits).results(books)


def _connected(address: str) -> Client:
    try:
        import distributed
    except ModuleNotFoundError as error:
        message = "--cluster 要用软件包 distributed，这里没有安装"
        raise MissingPart(
            message, "请运行 pip install distributed（或安装 xl-perf[cluster]），或不加 --cluster"
        ) from error
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client: Client = distributed.Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        message = f"集群 {address} 连不上"
        raise XlPerfError(
            message, "请核对地址（如 tcp://10.0.0.5:8786），确认调度进程开着；或不加 --cluster"
        ) from error
    if not _threads(client):
        client.close()
        raise XlPerfError(f"集群 {address} 没有工作进程", f"请先运行 dask worker {address}，或不加 --cluster")
    return client


def _threads(client: Client) -> int:
    """Of all workers that there are now; 0 where the scheduler is gone."""
    try:
        return sum(client.nthreads().values())
    except Exception:  # whatever comes from a connection that is closed
        return 0


def _batches(books: Sequence[Place]) -> Iterator[Sequence[Place]]:
    """What is a member of an archive or a mail, and what is not, comes in batches of its own."""
    for _, alike in groupby(books, lambda place: is_member(place[1])):
        some = list(alike)
        yield from (some[start : start + BATCH] for start in range(0, len(some), BATCH))


class _Cluster:
    """The work on a cluster, and here on what does not come back from it."""

    def __init__(
        self, client: Client, one_batch: Work[Place, R], failed: Callable[[Place, Refused], R], limits: Limits
    ) -> None:
        self._client = client
        self._limits = limits
        self._work = pickle.dumps((partial(_in_folder, os.getcwd(), one_batch), failed, limits))  # noqa: PTH109
        self._here: Guarded[Place, Any] | None = None
        self._start_here = partial(Guarded, one_batch, failed, limits, 1)

    def results(self, books: Sequence[Place]) -> Iterator[Any]:
        """In the order of the books; so many batches are under way that no worker has to wait."""
        under_way: deque[tuple[Sequence[Place], Future | None]] = deque()
        batches = deque(_batches(books))
        try:
            while batches or under_way:
                while batches and len(under_way) < AHEAD * max(1, _threads(self._client)):
                    batch = batches.popleft()
                    under_way.append((batch, self._submitted(batch)))
                batch, future = under_way.popleft()
                yield from self._waited(batch, future)
        finally:
            with suppress(Exception):
                self._client.close(timeout=_CONNECT)
            if self._here is not None:
                self._here.close()

    def _submitted(self, batch: Sequence[Place]) -> Future | None:
        """None where it is to be done here: members of archives are unpacked on this machine only."""
        if is_member(batch[0][1]):
            return None
        try:
            sizes = [path.stat().st_size for path, _ in batch]
            task = _Task(VERSION, os.getcwd(), sizes, batch, self._work)  # noqa: PTH109
            return self._client.submit(_done_by_worker, task, pure=False)
        except Exception:  # a file that is gone will be named; the cluster may be, too
            return None

    def _waited(self, batch: Sequence[Place], future: Future | None) -> list[Any]:
        lonely = time.monotonic()
        while future is not None:
            try:
                results: list[Any] = pickle.loads(future.result(timeout=_GLANCE))
                return results
            except TimeoutError:
                if _threads(self._client):
                    lonely = time.monotonic()
                elif time.monotonic() - lonely > _WITHOUT_WORKERS:
                    break
            except _NotThere as error:
                remedy = "集群的各台电脑要能按同样的路径打开这些文件：请放到共享文件夹里，从那里运行；或不加 --cluster"
                raise XlPerfError(f"集群的工作进程看不到 {error}", remedy) from error
            except _OtherVersion as error:
                message = f"集群的工作进程装的是 xl-perf {error}，这里是 {VERSION}"
                raise XlPerfError(message, "请给各台电脑装同一个版本，否则结果可能不同；或不加 --cluster") from error
            except (Exception, CancelledError):
                # A worker was killed too often, the scheduler is gone, xl-perf is lacking there: all is done here.
                break
        if self._here is None:
            self._here = self._start_here()
        return self._here.some(batch)


# --- on the worker ---------------------------------------------------------------------------------------------------

_own = threading.local()


def _done_by_worker(task: _Task) -> bytes:
    """Raises `_OtherVersion`, `_NotThere`."""
    if task.version != VERSION:
        raise _OtherVersion(VERSION)
    for (path, shown), size in zip(task.places, task.sizes, strict=True):
        try:
            found = (Path(task.folder) / path).stat().st_size
        except OSError:
            found = -1
        if found != size:
            raise _NotThere(shown)
    return pickle.dumps(_guarded(task.work).some(task.places))


def _guarded(work: bytes) -> Guarded[Place, Any]:
    """The process of this thread that is held to limits; it is kept as long as the same is to be done."""
    if getattr(_own, "work", None) != work:
        if getattr(_own, "guarded", None) is not None:
            _own.guarded.close()
        _may_have_children()
        one_batch, failed, limits = pickle.loads(work)
        _own.guarded = Guarded(one_batch, failed, limits, 1)
        _own.work = work
    guarded: Guarded[Place, Any] = _own.guarded
    return guarded


def _may_have_children() -> None:
    """Dask starts workers as daemons, to which multiprocessing allows no children; ours end with their pipes."""
    from multiprocessing import process

    process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001


def _in_folder(folder: str, one_batch: Work[Place, R], places: Sequence[Place], at: At) -> list[R]:
    """In the folder from which paths are given; it is a process for this alone."""
    os.chdir(folder)
    return one_batch(places, at)
