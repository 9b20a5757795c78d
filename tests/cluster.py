"""A Dask cluster on this machine: a scheduler and two workers, processes of their own on the loopback."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


class Cluster:
    """A scheduler and two workers, processes of their own on the loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter")
        self.workers = [self.add_worker() for _ in range(2)]

    @property
    def address(self) -> str:
        until = time.monotonic() + 60
        while not self._file.exists() or not self._file.read_text():
            assert time.monotonic() < until, "no scheduler"
            time.sleep(0.1)
        return str(json.loads(self._file.read_text())["address"])

    def add_worker(self) -> subprocess.Popen[bytes]:
        return self._start("dask_worker", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self._folder))

    def wait_for_workers(self, number: int = 2) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(number, timeout=60)

    def wait_for_work(self) -> None:
        """Until a client has given the cluster something to do."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            until = time.monotonic() + 60
            while not client.run_on_scheduler(_tasks):
                assert time.monotonic() < until, "no work"
                time.sleep(0.05)

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--scheduler-file", str(self._file)]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "COV_"))}
        with (self._folder / f"{len(self._processes)}.log").open("wb") as log:
            started = subprocess.Popen(
                command, cwd=ROOT, env=clean | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log, start_new_session=True
            )
        self._processes.append(started)
        return started

    def close(self) -> None:
        for process in reversed(self._processes):
            kill(process)


def _tasks(dask_scheduler: Any) -> int:
    return len(dask_scheduler.tasks)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """It and all that it has started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
