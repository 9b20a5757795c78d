"""Runs inside: work in guarded children that hangs, crashes or takes all memory, and what is said of it, as JSON.

python wicked.py WHAT…
"""

import ctypes
import json
import os
import sys
import time

from xl_perf.files.guard import Refused
from xl_perf.saved.children import At
from xl_perf.saved.guarded import Guarded
from xl_perf.saved.limits import MIB, Limits

LIMITS = Limits(seconds=5, memory=300)
MOST = 1200
"""MiB: even where nothing stops it, a bomb goes no further."""


def work(things: list[str], step: At) -> list[str]:
    """What each thing does."""
    answers = []
    for number, thing in enumerate(things):
        step(number)
        answers.append(KINDS[thing]())
    return answers


def fine() -> str:
    return "fine"


def hang() -> str:
    time.sleep(3600)
    return "hung"


def bomb() -> str:
    held = []
    for _ in range(MOST // 50):
        held.append(b"x" * (50 * MIB))
        time.sleep(0.2)
    return f"{len(held)} pieces"


def violation() -> str:
    ctypes.memset(0, 1, 1)
    return "survived"


def abort() -> str:
    os.abort()


def leave() -> str:
    os._exit(7)


KINDS = {"fine": fine, "hang": hang, "bomb": bomb, "violation": violation, "abort": abort, "leave": leave}


def failed(_: str, refused: Refused) -> str:
    return refused.message


if __name__ == "__main__":
    import wicked  # type: ignore[import-not-found]  # by its name: a child must find the work in a module

    guarded = Guarded(wicked.work, failed, LIMITS, 1)
    sys.stdout.buffer.write(json.dumps(list(guarded.results([sys.argv[1:]]))).encode())
