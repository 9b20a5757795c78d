"""What the options of several commands ask for, and what commands give back."""

import gc
from argparse import Namespace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xl_perf.core.profile import Profile
    from xl_perf.saved.limits import Limits

DONE: Final = 0
ERRORS_FOUND: Final = 1
COULD_NOT: Final = 2


def collect_seldom() -> None:
    """Lets the garbage collector rest: the model has no cycles, and looking for some costs a tenth of the time.

    What is there now is never looked at again, at the end of the process neither: worth while again after imports.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)


def profile(arguments: Namespace) -> "Profile":
    """The profile that was asked for, else the usual one. Raises `ProfileError`."""
    from xl_perf.saved.guides import load

    return load(arguments.profile) if arguments.profile else load()


def chosen(arguments: Namespace) -> "Profile | None":
    """The profile that was asked for; None where each department may have its own."""
    return profile(arguments) if arguments.profile else None


def workers(arguments: Namespace) -> int | str | None:
    """How many processes, or the cluster; None for what this machine is good for."""
    cluster: str | None = arguments.cluster
    return cluster or arguments.workers


def limits(arguments: Namespace) -> "Limits":
    """What one file may take."""
    from xl_perf.saved.limits import Limits

    usual = Limits()
    return Limits(arguments.limit_seconds or usual.seconds, arguments.limit_memory or usual.memory)
