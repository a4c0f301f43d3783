"""Running, watching and ending the processes that are measured."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"bench: {' '.join(command)} failed with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A background process that is ended, and waited for, with the run."""

    def __init__(self, log, ready, *command):
        with open(log, "w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out)
        end = time.monotonic() + 30
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                with open(log) as text:
                    raise SystemExit(f"bench: {command[0]} did not start: {text.read()[-2000:]}")
            time.sleep(0.05)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def rss_of_tree(pid):
    """Resident memory of a process and all its descendants, in bytes."""
    total, todo = 0, [pid]
    while todo:
        each = todo.pop()
        try:
            with open(f"/proc/{each}/statm") as f:
                total += int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            for task in os.listdir(f"/proc/{each}/task"):
                with open(f"/proc/{each}/task/{task}/children") as f:
                    todo += [int(child) for child in f.read().split()]
        except (FileNotFoundError, ProcessLookupError):
            pass
    return total


class Peak(threading.Thread):
    """Samples the resident memory of a process tree every 20 ms."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.stopped = pid, 0, threading.Event()
        self.start()

    def run(self):
        while not self.stopped.wait(0.02):
            self.peak = max(self.peak, rss_of_tree(self.pid))

    def stop(self):
        self.stopped.set()
        self.join()
        return self.peak


def measure(command, environment):
    """Wall time in seconds, user and system CPU time, peak RSS of the tree in bytes, stdout."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
        peak = Peak(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        sampled = peak.stop()
        out.seek(0)
        err.seek(0)
        if process.returncode != 0:
            raise SystemExit(f"bench: {' '.join(command)} failed: {err.read().decode()[-2000:]}")
        # The kernel's own maximum is exact for one process; the samples see a whole tree.
        rss = max(sampled, usage.ru_maxrss * 1024)
        return wall, usage.ru_utime + usage.ru_stime, rss, out.read().decode()
