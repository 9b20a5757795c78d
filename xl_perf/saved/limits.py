"""How much time and memory one file may take, and how the system holds a process to that."""

import sys
from typing import Final, NamedTuple

MIB: Final = 1024 * 1024


class Limits(NamedTuple):
    """What reading one file may take. A department's workbook takes some 10 milliseconds and 10 MiB."""

    seconds: int = 20
    memory: int = 2048
    """MiB, beyond what the process itself has."""
    is_fixed: bool = False
    """Whoever reads what is said of a file cannot set them: no option is named."""


if sys.platform == "win32":

    def limit_memory(memory: int) -> None:
        """Holds this process to so many MiB by a job object, which ends with it."""
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

            _fields_ = (
                ("times", ctypes.c_int64 * 2),
                ("flags", wintypes.DWORD),
                ("working_set", ctypes.c_size_t * 2),
                ("processes", wintypes.DWORD),
                ("affinity", ctypes.c_size_t),
                ("classes", wintypes.DWORD * 2),
            )

        class Extended(ctypes.Structure):
            """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

            _fields_ = (
                ("basic", Basic),
                ("io", ctypes.c_uint64 * 6),
                ("process_memory", ctypes.c_size_t),
                ("rest", ctypes.c_size_t * 3),
            )

        process_memory, extended_information = 0x100, 9
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = Extended()
        limits.basic.flags = process_memory
        limits.process_memory = memory * MIB
        kernel.SetInformationJobObject(job, extended_information, ctypes.byref(limits), ctypes.sizeof(limits))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))

    def limit_processor(seconds: int) -> None:
        """Nothing: whoever waits for the process sees to its time."""

    def memory_of(process: int) -> int:
        """Bytes that a process holds, for whoever waits for it; 0 where that cannot be asked."""
        import ctypes
        from ctypes import wintypes

        class Counters(ctypes.Structure):
            """PROCESS_MEMORY_COUNTERS."""

            _fields_ = (
                ("size", wintypes.DWORD),
                ("faults", wintypes.DWORD),
                ("working_sets_and_pools", ctypes.c_size_t * 6),
                ("committed", ctypes.c_size_t),
                ("most_committed", ctypes.c_size_t),
            )

        query_information, read_memory = 0x400, 0x10
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = wintypes.HANDLE(kernel.OpenProcess(query_information | read_memory, False, process))
        counters = Counters(ctypes.sizeof(Counters))
        known = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
        kernel.CloseHandle(handle)
        return int(counters.committed) if known else 0

else:

    def limit_memory(memory: int) -> None:
        """Holds this process to so many MiB more than it has, and lets it leave no core behind."""
        import resource

        lower(resource.RLIMIT_CORE, 0)
        if sys.platform == "linux":  # macOS does not keep to it
            lower(resource.RLIMIT_AS, address_space() + memory * MIB)

    def limit_processor(seconds: int) -> None:
        """From now on so many seconds of processor time, then SIGXCPU, also if nobody waits any more."""
        import resource
        import time

        lower(resource.RLIMIT_CPU, int(time.process_time()) + seconds + 1)

    def memory_of(process: int) -> int:  # noqa: ARG001
        """0: nobody has to see to it, the process has set itself a limit."""
        return 0

    def lower(which: int, wanted: int) -> None:
        """Sets a limit that can be raised again, never beyond what the system allows."""
        import resource

        _, most = resource.getrlimit(which)
        resource.setrlimit(which, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))

    def address_space() -> int:
        """Bytes that this process has reserved."""
        import resource

        with open("/proc/self/statm", "rb", buffering=0) as file:  # noqa: PTH123 (pathlib would be one more import)
            return int(file.read().split()[0]) * resource.getpagesize()
