"""The limits that a file from outside must keep, and how the reading child is held to them."""

from __future__ import annotations

import sys

MIB = 1024 * 1024

MAX_FILE = 512 * MIB
"""Bytes of a file that is read at all."""
MAX_INFLATED = 512 * MIB
"""Bytes of all parts of a workbook together, unpacked."""
MAX_PART = 256 * MIB
"""Bytes of one part, unpacked."""
MAX_PARTS = 2_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 512
MAX_TEXT = 32_767
"""Characters that Excel allows in a cell; longer texts are read and reported by the dry run."""
MAX_MEMORY = 1024 * MIB
"""Bytes of address space that the reading child may take."""
MAX_CPU_SECONDS = 120

CHILD_ARGUMENT = "--read-a-file-in-the-child"
"""A frozen program started with this as its first argument is the reading child and nothing else."""


def confine_this_process() -> None:
    """Hold the running process to the limits of memory and time; for the reading child, before it opens the file."""
    if sys.platform == "win32":
        _confine_by_job_object()
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue  # macOS refuses an address space smaller than what is mapped; the other limits still hold


if sys.platform == "win32":

    def _confine_by_job_object() -> None:
        """Put this process into a job object with a limit of memory and time. Source: Win32 Job Objects."""
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = [
                ("PerProcessUserTimeLimit", ctypes.c_int64),
                ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            ]

        class Extended(ctypes.Structure):
            _fields_ = [
                ("BasicLimitInformation", Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            ]

        process_time, active_process, process_memory = 0x2, 0x8, 0x100
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        job = kernel.CreateJobObjectW(None, None)
        information = Extended()
        information.BasicLimitInformation.LimitFlags = process_time | active_process | process_memory
        information.BasicLimitInformation.PerProcessUserTimeLimit = MAX_CPU_SECONDS * 10_000_000
        information.BasicLimitInformation.ActiveProcessLimit = 1
        information.ProcessMemoryLimit = MAX_MEMORY
        extended_limit_information = 9
        kernel.SetInformationJobObject(
            job, extended_limit_information, ctypes.byref(information), ctypes.sizeof(information)
        )
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
