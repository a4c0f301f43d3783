"""The test images."""

import json
import os
import subprocess

from measuring.peers import ROOT
from measuring.processes import run

RECIPE = os.path.join(ROOT, "testkit/src/main/resources/dev/starling/testkit/recipe/images.sh")


def layout(name="debian"):
    """The OCI layout with the Debian images, made if missing."""
    return run("sh", RECIPE, name).strip()


def tar_bytes(layout, tag):
    """The inflated size of an image's layers, as umoci's layout describes them."""
    with open(os.path.join(layout, "index.json")) as f:
        index = json.load(f)
    entry = next(
        m for m in index["manifests"] if m["annotations"]["org.opencontainers.image.ref.name"] == tag
    )

    def blob(digest):
        return os.path.join(layout, "blobs", *digest.split(":"))

    with open(blob(entry["digest"])) as f:
        layers = json.load(f)["layers"]
    total = 0
    for layer in layers:
        unpacked = subprocess.Popen(["gzip", "-dc", blob(layer["digest"])], stdout=subprocess.PIPE)
        while piece := unpacked.stdout.read(1 << 20):
            total += len(piece)
        unpacked.wait()
    return total
