"""What a measurement was made on."""

import os
import platform
import subprocess


def described(folder):
    """Processor, cores, memory, kernel and the file system of a folder, in words."""
    with open("/proc/cpuinfo") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    virtual = " (virtual)" if subprocess.run(["grep", "-qw", "hypervisor", "/proc/cpuinfo"]).returncode == 0 else ""
    return {
        "processor": f"{models[0] if models else platform.machine()}{virtual}",
        "cores": len(os.sched_getaffinity(0)),
        "memory": f"{memory:.0f} GiB",
        "system": f"Linux {platform.release()}",
        "files": (output("findmnt", "-no", "FSTYPE", "-T", folder) or "unknown").split()[0],
    }


def commit(root):
    changed = "+" if output("git", "-C", root, "status", "--porcelain", "-uno") else ""
    return output("git", "-C", root, "rev-parse", "--short", "HEAD") + changed


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""
