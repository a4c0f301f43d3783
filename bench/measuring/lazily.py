"""Making an image available lazily, and running workloads in it, with the seconds and bytes that takes."""

import contextlib
import json
import os
import time

from measuring.peers import ROOT
from measuring.processes import run

FIRST_FILE = "etc/debian_version"
WORKLOADS = {"python3 hello": ["python3", "-c", "print('hello')"], "java -version": ["java", "-version"]}


class DataDirectory:
    """One data directory of Starling's, and so one daemon and one cache."""

    def __init__(self, folder):
        self.environment = os.environ | {
            "STARLING_DATA_DIR": os.path.join(folder, "data"),
            "STARLING_RUNTIME_DIR": os.path.join(folder, "run"),
            "DOCKER_CONFIG": os.path.join(folder, "docker"),
            "STARLING_BUILD": "never",
        }

    def call(self, *arguments, build=False):
        environment = self.environment | ({"STARLING_BUILD": ""} if build else {})
        return run(os.path.join(ROOT, "starling"), *arguments, env=environment)

    def rpull(self, reference):
        self.call("rpull", "--plain-http", "--no-background-fetch", reference)

    def layers(self):
        """The mounts of the layers of the image that was pulled, base first."""
        (image,) = json.loads(self.call("status", "--format", "json"))["images"]
        return [layer["directory"] for layer in image["layers"]]

    def close(self):
        self.call("snapshotter", "--stop")


class Clock:
    """Seconds and bytes since it was made, by step."""

    def __init__(self, link):
        self.link, self.start, self.bytes, self.steps = link, time.monotonic(), link.bytes_received(), {}

    @contextlib.contextmanager
    def stopped(self):
        """For what the measurement itself needs to know."""
        begin = time.monotonic()
        yield
        self.start += time.monotonic() - begin

    def note(self, step):
        self.steps[step] = (time.monotonic() - self.start, self.link.bytes_received() - self.bytes)


def use(root, clock):
    """Reads the first file and runs the workloads in a root file system."""
    with open(os.path.join(root, FIRST_FILE)) as f:
        f.read()
    clock.note("first file")
    for name, command in WORKLOADS.items():
        # proc for the JVM, in a mount namespace of its own.
        inside = "mount -t proc proc $0/proc && exec chroot $0 /usr/bin/env PATH=/usr/bin:/bin:/usr/sbin:/sbin \"$@\""
        run("unshare", "-m", "sh", "-c", inside, root, *command)
        clock.note(name)


def lazily(link, reference, folder):
    """The steps of an image that is mounted lazily and used, with the caches empty but for the kernel's of the daemon."""
    data, root = DataDirectory(folder), os.path.join(folder, "root")
    try:
        start = time.monotonic()
        data.rpull(reference)
        down = time.monotonic() - start
        data.call("unmount", reference)
        data.call("cache", "prune")
        clock = Clock(link)
        data.rpull(reference)
        clock.note("available, daemon up")
        with clock.stopped():
            layers = data.layers()
        clock.steps["available, daemon down"] = (down, clock.steps["available, daemon up"][1])
        os.mkdir(root)
        upper, work = os.path.join(folder, "upper"), os.path.join(folder, "work")
        os.mkdir(upper)
        os.mkdir(work)
        options = f"lowerdir={':'.join(reversed(layers))},upperdir={upper},workdir={work}"
        run("mount", "-t", "overlay", "starling-bench", "-o", options, root)
        try:
            use(root, clock)
        finally:
            run("umount", root)
        return clock.steps
    finally:
        data.close()
