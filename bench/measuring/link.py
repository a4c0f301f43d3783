"""A network link of known speed and latency to a registry, in a network namespace of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass

from measuring.processes import Server, run

PORT = 5000


@dataclass(frozen=True)
class Shape:
    """What a link does to what goes through it; 0 for nothing."""

    name: str
    mbit: int = 0
    delay_ms: int = 0


class Link:
    """Two addresses, ours and the server's, parted by a shaped pair of virtual interfaces."""

    def __init__(self, number, shape):
        self.shape = shape
        self.namespace = f"starling-bench-{os.getpid()}-{number}"
        self.ours, self.theirs = f"sb{os.getpid() % 100000}a{number}", f"sb{os.getpid() % 100000}b{number}"
        self.our_address, self.address = f"10.213.{number}.1", f"10.213.{number}.2"
        run("ip", "netns", "add", self.namespace)
        run("ip", "link", "add", self.ours, "type", "veth", "peer", "name", self.theirs, "netns", self.namespace)
        run("ip", "addr", "add", f"{self.our_address}/30", "dev", self.ours)
        run("ip", "link", "set", self.ours, "up")
        for command in (
            ("ip", "addr", "add", f"{self.address}/30", "dev", self.theirs),
            ("ip", "link", "set", self.theirs, "up"),
            ("ip", "link", "set", "lo", "up"),
        ):
            run(*self.inside(*command))
        if shape.mbit:
            run(*self.inside("tc", "qdisc", "add", "dev", self.theirs, "root", "tbf", "rate", f"{shape.mbit}mbit",
                             "burst", "256kb", "latency", "100ms"))

    def inside(self, *command):
        return ("ip", "netns", "exec", self.namespace, *command)

    def bytes_received(self):
        with open(f"/sys/class/net/{self.ours}/statistics/rx_bytes") as f:
            return int(f.read())

    def close(self):
        subprocess.run(("ip", "netns", "del", self.namespace), check=False)


def registry(link, folder):
    """docker-registry at the far end, behind a delaying proxy if the link has a delay."""
    config = os.path.join(folder, f"registry-{link.namespace}.yml")
    behind = PORT + 1 if link.shape.delay_ms else PORT
    with open(config, "w") as out:
        out.write(
            "version: 0.1\nlog: {level: warn}\n"
            f"storage: {{filesystem: {{rootdirectory: {folder}/registry}}}}\nhttp: {{addr: '{link.address}:{behind}'}}\n"
        )
    servers = [
        Server(f"{config}.log", answers(link, behind), *link.inside("docker-registry", "serve", config))
    ]
    if link.shape.delay_ms:
        proxy = os.path.join(os.path.dirname(os.path.abspath(__file__)), "delay.py")
        command = (sys.executable, proxy, link.address, str(PORT), str(behind), str(link.shape.delay_ms))
        servers.append(Server(f"{config}.proxy.log", answers(link, PORT), *link.inside(*command)))
    return servers, f"{link.address}:{PORT}"


def answers(link, port):
    probe = f"import socket; socket.create_connection(('{link.address}', {port}), 1).close()"
    return lambda: subprocess.run((sys.executable, "-c", probe), capture_output=True).returncode == 0
