"""The programs that are measured and the servers that they need."""

import json
import os
import socket
import subprocess

from measuring.processes import Server, free_port, measure, run

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def registry(folder):
    port = free_port()
    config = os.path.join(folder, "registry.yml")
    with open(config, "w") as out:
        out.write(
            "version: 0.1\nlog: {level: warn}\n"
            f"storage: {{filesystem: {{rootdirectory: {folder}/registry}}}}\nhttp: {{addr: 127.0.0.1:{port}}}\n"
        )

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return Server(f"{folder}/registry.log", answers, "docker-registry", "serve", config), f"127.0.0.1:{port}"


def containerd(folder):
    config, address = os.path.join(folder, "containerd.toml"), os.path.join(folder, "containerd.sock")
    with open(config, "w") as out:
        out.write(
            f'version = 2\nroot = "{folder}/containerd"\nstate = "{folder}/containerd-state"\n'
            f'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n'
            f'[grpc]\naddress = "{address}"\n[ttrpc]\naddress = "{address}.ttrpc"\n'
        )

    def answers():
        probe = subprocess.run(["ctr-remote", "-a", address, "version"], capture_output=True)
        return probe.returncode == 0

    return Server(f"{folder}/containerd.log", answers, "containerd", "-c", config), address


class Starling:
    name = "starling"

    def __init__(self, folder, authority):
        self.data, self.authority = os.path.join(folder, "starling"), authority
        self.environment = os.environ | {
            "STARLING_DATA_DIR": self.data,
            "STARLING_RUNTIME_DIR": os.path.join(folder, "starling-run"),
            "DOCKER_CONFIG": os.path.join(folder, "docker"),
        }
        self.launcher = os.path.join(ROOT, "starling")
        run(self.launcher, "version", env=self.environment)  # builds on first use

    def call(self, *arguments):
        return run(self.launcher, *arguments, env=self.environment)

    def pull(self, tag):
        self.call("pull", "--quiet", self.reference(tag))

    def reference(self, tag):
        return f"{self.authority}/debian:{tag}"

    def convert(self, tag, flags):
        """Wall and CPU seconds, peak RSS in bytes, bytes of the layers written."""
        line = ["convert", "--oci", *flags, "--quiet", "--format", "json"]
        target = self.reference(tag + "-converted")
        wall, cpu, rss, out = measure(
            [self.launcher, *line, self.reference(tag), target], self.environment
        )
        size = sum(layer["size"] for image in json.loads(out)["images"] for layer in image["layers"])
        self.call("rm", target)
        return wall, cpu, rss, size


class CtrRemote:
    name = "ctr-remote"

    def __init__(self, address, authority):
        self.address, self.authority = address, authority

    def call(self, *arguments):
        return run("ctr-remote", "-a", self.address, *arguments)

    def reference(self, tag):
        return f"{self.authority}/debian:{tag}"

    def pull(self, tag):
        self.call("images", "pull", "--plain-http", self.reference(tag))

    def convert(self, tag, flags):
        """As Starling's; the memory is the client's, without containerd."""
        target = self.reference(tag + "-converted")
        line = ["ctr-remote", "-a", self.address, "images", "convert", "--oci", *flags]
        wall, cpu, rss, out = measure([*line, self.reference(tag), target], os.environ)
        manifest = json.loads(self.call("content", "get", out.split()[-1]))
        size = sum(layer["size"] for layer in manifest["layers"])
        # With its blobs, so that the next run converts again.
        self.call("images", "rm", "--sync", target)
        return wall, cpu, rss, size
