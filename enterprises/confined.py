"""Runs one script of the house, alone with a stranger's file, so that whoever takes it over has next to nothing.

Run as a script: `python -I confined.py MEMORY SECONDS SCRIPT WORDS…`. Before a byte of the file is read the process gives up
memory, time, writing, most of its open files, and for good, by a filter of the kernel: the network, other programs, new
processes, other processes, and every call that makes, changes or removes a file. On Linux a process that cannot be confined
reads nothing and ends; elsewhere, where nobody runs a server of this house, only the limits hold.
It imports nothing of the house.
"""

import ctypes
import os
import resource
import runpy
import struct
import sys
from types import ModuleType

FILES = 64
"""Open files: libraries are opened one after another, a file and its parts need a handful."""
DENY, UNKNOWN, ALLOW = 0x00050001, 0x00050026, 0x7FFF0000
"""Answers of the filter: EPERM; ENOSYS, after which the C library tries the older call; go on."""
LOAD, EQUAL, ANY_BIT, AT_LEAST, ANSWER = 0x20, 0x15, 0x45, 0x35, 0x06
NUMBER, MACHINE, FIRST, SECOND, THIRD = 0, 4, 16, 24, 32
"""Where a call's number, the machine and its arguments lie in what the filter is shown."""
WRITING = 0o3 | 0o100 | 0o1000
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC."""
THREAD = 0x00010000
X32 = 0x40000000
NO_NEW_PRIVS, SECCOMP, FILTER = 38, 22, 2
Table = tuple[int, frozenset[int], int, int | None, int]
"""(machine, denied, openat, open, clone)."""
AMD64: Table = (
    0xC000003E,
    # socket connect accept sendto sendmsg bind listen socketpair; fork vfork execve kill tkill tgkill ptrace
    frozenset({41, 42, 43, 44, 46, 49, 50, 53, 57, 58, 59, 62, 200, 234, 101})
    # truncate ftruncate rename mkdir rmdir creat link unlink symlink chmod fchmod chown fchown lchown mknod
    | frozenset({76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133})
    # mkdirat mknodat fchownat unlinkat renameat linkat symlinkat fchmodat renameat2 execveat setxattr lsetxattr fsetxattr
    | frozenset({258, 259, 260, 263, 264, 265, 266, 268, 316, 322, 188, 189, 190})
    # process_vm_readv process_vm_writev bpf userfaultfd io_uring_setup pidfd_open pidfd_getfd mount unshare setns
    | frozenset({310, 311, 321, 323, 425, 434, 438, 165, 272, 308}),
    257, 2, 56,
)  # fmt: skip
ARM64: Table = (
    0xC00000B7,
    frozenset({198, 203, 202, 206, 211, 200, 201, 199, 221, 129, 130, 131, 117})
    | frozenset({45, 46, 34, 33, 54, 35, 38, 37, 36, 53, 52, 55, 276, 281, 5, 6, 7})
    | frozenset({270, 271, 280, 282, 425, 434, 438, 40, 97, 268}),
    56, None, 220,
)  # fmt: skip
TABLES = {"x86_64": AMD64, "aarch64": ARM64}
OPENAT2, CLONE3 = 437, 435


def command(script: ModuleType, *words: str) -> list[str]:
    """The command that runs a script of the house with its own MEMORY (bytes) and SECONDS (of a processor)."""
    limits = [str(script.MEMORY), str(script.SECONDS)]
    return [sys.executable, "-I", "-B", __file__, *limits, str(script.__file__), *words]


def program(table: Table) -> bytes:
    """The filter as the kernel takes it: eight bytes a step, jumps counted from the next one."""
    machine, denied, openat, opens, clone = table
    steps: list[tuple[int, int, str, str]] = [
        (LOAD, MACHINE, "", ""),
        (EQUAL, machine, "", "deny"),
        (LOAD, NUMBER, "", ""),
    ]
    if table is AMD64:
        steps.append((AT_LEAST, X32, "deny", ""))
    steps += [(EQUAL, number, "unknown", "") for number in (OPENAT2, CLONE3)]
    steps += [(EQUAL, number, "deny", "") for number in sorted(denied)]
    steps += [(EQUAL, openat, "third", ""), (EQUAL, clone, "thread", "")]
    steps += [(EQUAL, opens, "second", "")] if opens is not None else []
    at = {"": 0}
    ends = (
        ("allow", [(ANSWER, ALLOW, "", "")]),
        ("third", [(LOAD, THIRD, "", ""), (ANY_BIT, WRITING, "deny", "also allow")]),
        ("second", [(LOAD, SECOND, "", ""), (ANY_BIT, WRITING, "deny", "also allow")]),
        ("thread", [(LOAD, FIRST, "", ""), (ANY_BIT, THREAD, "also allow", "deny")]),
        ("also allow", [(ANSWER, ALLOW, "", "")]),
        ("deny", [(ANSWER, DENY, "", "")]),
        ("unknown", [(ANSWER, UNKNOWN, "", "")]),
    )
    for name, more in ends:
        at[name] = len(steps)
        steps += more
    return b"".join(
        struct.pack("HBBI", code, *(at[where] - place - 1 if where else 0 for where in (yes, no)), value)
        for place, (code, value, yes, no) in enumerate(steps)
    )


def confine(memory: int, seconds: int) -> None:
    """Limits first, then the filter. OSError where Linux will not have it."""
    for limit, value in (
        (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):  # fmt: skip
        resource.setrlimit(limit, (value, value))
    if sys.platform != "linux":
        return
    table = TABLES.get(os.uname().machine)
    if table is None:
        raise OSError(f"no filter for {os.uname().machine}")
    told = program(table)
    kernel = ctypes.CDLL(None, use_errno=True)
    held = ctypes.create_string_buffer(told)
    given = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(told) // 8, ctypes.addressof(held)))
    if kernel.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) or kernel.prctl(SECCOMP, FILTER, ctypes.byref(given), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel does not confine this process")


if __name__ == "__main__":
    confine(int(sys.argv[1]), int(sys.argv[2]))
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")
