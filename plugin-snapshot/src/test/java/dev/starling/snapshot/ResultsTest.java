package dev.starling.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.Calls.ImageStatus;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import dev.starling.snapshot.daemon.Calls.MountStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people and Prometheus get to see. */
class ResultsTest {

  private static final LayerStatus LAZY =
      new LayerStatus(
          1,
          "sha256:" + "ab".repeat(32),
          "application/vnd.oci.image.layer.v1.tar+gzip",
          120_000_000,
          30_000_000,
          25,
          5_000_000,
          31_000_000,
          0.875,
          true,
          "eStargz",
          "/data/snapshots/1/fs",
          "ready");
  private static final LayerStatus WHOLE =
      new LayerStatus(
          2,
          "sha256:" + "cd".repeat(32),
          "application/vnd.oci.image.layer.v1.tar+gzip",
          1_000_000,
          1_000_000,
          100,
          0,
          1_000_000,
          1,
          false,
          "it has no TOC",
          "/data/snapshots/2/fs",
          "ready");
  private static final Calls.Status STATUS =
      new Calls.Status(
          42,
          List.of(new ImageStatus("r/a:1", "sha256:" + "ef".repeat(32), List.of(LAZY, WHOLE))),
          List.of(new MountStatus("1a2b3c4d", "r/a:1", "/mnt", true, "mounted")));

  @Test
  void statusIsATable() {
    StringWriter text = new StringWriter();
    new StatusResult(true, STATUS.pid(), STATUS.images(), STATUS.mounts())
        .writeText(new PrintWriter(text, true));
    assertThat(text)
        .hasToString(
            """
            daemon: pid 42

            r/a:1  sha256:%s
                id  layer                      size     fetched          prefetched   hits  kind
                 1  sha256:abababababab    120.0 MB     30.0 MB   25.0%%      5.0 MB    88%%  eStargz
                 2  sha256:cdcdcdcdcdcd      1.0 MB      1.0 MB  100.0%%      0.0 MB   100%%  not lazy: it has no TOC

            1a2b3c4d  rw  /mnt  r/a:1  mounted
            """
                .formatted("ef".repeat(32)));
  }

  @Test
  void withoutADaemonNoMoreIsSaidThanIsKnown() {
    StringWriter text = new StringWriter();
    new StatusResult(false, 0, List.of(), List.of()).writeText(new PrintWriter(text, true));
    assertThat(text)
        .hasToString(
            "no daemon runs, so nothing is served; the next mounts again what was mounted\n");
  }

  @Test
  void metricsAreInPrometheussFormat() {
    assertThat(Metrics.of(STATUS).lines())
        .contains(
            "# TYPE starling_layer_fetched_bytes gauge",
            "starling_images 1",
            "starling_mounts 1",
            "starling_layer_fetched_bytes{digest=\"%s\",snapshot=\"1\"} 30000000"
                .formatted(LAZY.digest()),
            "starling_layer_hit_ratio{digest=\"%s\",snapshot=\"1\"} 0.875"
                .formatted(LAZY.digest()));
  }
}
