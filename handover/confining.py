"""What holds a child process to its limits: memory, processor time, no file written, no network, no other program.

Called within the child before it opens the file from outside. Memory and time are limited by the system everywhere;
the network is closed by the kernel on Linux (seccomp) and by the sandbox on macOS. Python's own way there is closed
everywhere, so that on Windows, which has no such means for a single process, at least no library of Python's gets out.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from typing import NoReturn

MAX_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that a child may take."""
MAX_CPU_SECONDS = 120


def confine_this_process(cpu_seconds: int = MAX_CPU_SECONDS, memory: int = MAX_MEMORY) -> None:
    """Hold the running process to the limits; for a child, before it opens the file.

    Args:
        cpu_seconds: how long it may work.
        memory: bytes of address space that it may take.
    """
    if sys.platform == "win32":
        _confine_by_job_object(cpu_seconds, memory)
    else:
        import resource

        for kind, most in (
            (resource.RLIMIT_CPU, cpu_seconds),
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(kind, (limit, limit))
            except (ValueError, OSError):
                continue  # macOS refuses an address space smaller than what is mapped; the other limits still hold
    close_the_network()


# -- the network ---------------------------------------------------------------------------------------------------


def close_the_network() -> bool:
    """Take the network and the starting of other programs from the running process, for good.

    Returns:
        Whether the system itself holds it to that, whatever code runs in it.
    """
    sys.addaudithook(_refuse_to_leave)
    close = {"linux": _filter_calls, "darwin": _enter_sandbox}.get(sys.platform)
    return close is not None and close()


def _refuse_to_leave(event: str, _values: object) -> None:
    if event.startswith(("socket.", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.system", "subprocess.")):
        _refuse(event)


def _refuse(event: str) -> NoReturn:
    raise PermissionError(f"{event} is closed to this process")


#: By machine: the kernel's name of its calls' numbering, and the calls that lead out: socket, connect, bind,
#: sendto, sendmsg, execve, execveat, ptrace, process_vm_writev, io_uring_setup (which opens sockets, too).
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 49, 44, 46, 59, 322, 101, 311, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 206, 211, 221, 281, 117, 271, 425)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # 1: EPERM
_OTHER_NUMBERING = 0x40000000  # x32: the same calls by other numbers
_SET_SECCOMP, _FILTER, _SET_NO_NEW_PRIVILEGES = 22, 2, 38


def _filter_calls() -> bool:
    """A filter of system calls. Source: Linux, Documentation/userspace-api/seccomp_filter.rst."""
    machine = _CALLS.get(platform.machine())
    if machine is None or struct.calcsize("P") != 8:
        return False
    numbering, calls = machine
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, numbering), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    # Each jump counts the lines that it leaves out; the refusal is the last line, behind the permission.
    program += [(_AT_LEAST, len(calls) + 1, 0, _OTHER_NUMBERING)]
    program += [(_EQUAL, len(calls) - at, 0, call) for at, call in enumerate(calls)]
    program += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    code = b"".join(struct.pack("HBBI", *line) for line in program)

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]

    filtered = Program(len(program), code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    if prctl(_SET_NO_NEW_PRIVILEGES, 1, None, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(filtered), 0, 0) == 0)


def _enter_sandbox() -> bool:
    """The profile of macOS that has no network. Source: sandbox_init(3)."""
    try:
        library = ctypes.CDLL("/usr/lib/libSystem.dylib")
        fault = ctypes.c_char_p()
        return bool(library.sandbox_init(b"no-network", ctypes.c_uint64(1), ctypes.byref(fault)) == 0)
    except (OSError, AttributeError):
        return False


# -- Windows -------------------------------------------------------------------------------------------------------

if sys.platform == "win32":

    def _confine_by_job_object(cpu_seconds: int, memory: int) -> None:
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
        information.BasicLimitInformation.PerProcessUserTimeLimit = cpu_seconds * 10_000_000
        information.BasicLimitInformation.ActiveProcessLimit = 1
        information.ProcessMemoryLimit = memory
        extended_limit_information = 9
        kernel.SetInformationJobObject(
            job, extended_limit_information, ctypes.byref(information), ctypes.sizeof(information)
        )
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
