"""A command, timed.

Takes a command; gives how long it took by the wall and by the processor, the most memory that it
held, and what it said. The figures are the kernel's own for that process and its children (wait4).

A process starts with the high-water mark of the one that started it, so whoever measures must stay
small: what needs memory (making content, comparing sites) runs in a process of its own.
"""

import os
import signal
import subprocess
import time


def timed(command, limit):
    """One run; `limit` is in seconds. A run that fails gives `{"failed": why}`."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    signal.signal(signal.SIGALRM, lambda *_: child.kill())
    signal.alarm(limit)
    said = child.stdout.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    signal.alarm(0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode == -signal.SIGKILL:
        why = "was stopped, out of memory or time" if wall < limit else f"took more than {limit} s"
        return {"failed": why, "said": said}
    if child.returncode:
        return {"failed": f"ended with {child.returncode}", "said": said}
    return {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024 / 1e6,
        "said": said,
    }


def settle():
    """Waits until what earlier runs wrote has reached the disk, so that no run pays for another."""
    os.sync()
