package dev.starling.optimize.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.job.Cancellation;
import dev.starling.optimize.bundle.Bundle;
import dev.starling.optimize.bundle.BundleRequest;
import dev.starling.optimize.bundle.BundleWriter;
import dev.starling.optimize.bundle.HostFacts;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.runtime.ContainerRun;
import dev.starling.optimize.runtime.OciRuntime;
import dev.starling.optimize.runtime.RunOutcome;
import dev.starling.optimize.runtime.Streams;
import dev.starling.optimize.workload.HostEntry;
import dev.starling.optimize.workload.NameResolution;
import dev.starling.optimize.workload.Networking;
import dev.starling.optimize.workload.Workload;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container reaches a web server in another namespace, through a real bridge, by a name. */
class ConnectedRunTest {

  private static final Path PLUGINS = Path.of("/usr/lib/cni");

  @TempDir private Path folder;
  private final CniNetwork cni = new CniNetwork(List.of(PLUGINS));
  private final String bridge = "stc" + ProcessHandle.current().pid();

  private CniConfiguration configuration() throws IOException {
    Files.writeString(
        folder.resolve("net.conflist"),
        """
        {"name": "starling-run-test", "cniVersion": "1.0.0", "plugins": [
          {"type": "bridge", "bridge": "BRIDGE",
           "ipam": {"type": "host-local", "subnet": "10.213.78.0/24", "dataDir": "DATA"}}]}
        """
            .replace("BRIDGE", bridge)
            .replace("DATA", folder.resolve("ipam").toString()));
    return CniConfiguration.first(folder);
  }

  private Bundle bundle(Path namespace, String address) throws IOException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    Workload workload =
        new Workload(
            List.of("busybox"),
            List.of("wget", "-qO-", "http://web.example:8080/page"),
            List.of(),
            "",
            "",
            false,
            false,
            List.of(),
            new Networking.Cni(folder, List.of(PLUGINS)),
            new NameResolution(
                List.of(new HostEntry("web.example", address)), List.of(), List.of(), List.of()));
    return new BundleWriter(HostFacts.ofThisMachine())
        .write(
            new BundleRequest(
                "connected-" + ProcessHandle.current().pid(),
                Files.createDirectory(folder.resolve("bundle")),
                root,
                new ImageDefaults(List.of(), List.of(), List.of(), "", ""),
                workload,
                namespace));
  }

  private static String address(CniAttachment attachment) {
    String network =
        Objects.requireNonNull(attachment.result()).path("ips").path(0).path("address").asString();
    return network.substring(0, network.indexOf('/'));
  }

  @Test
  void theContainerReachesTheServer() throws IOException, InterruptedException {
    Requirement.root();
    Requirement.programs("runc", "busybox", "ip", "nsenter", "unshare");
    Requirement.that(Files.isExecutable(PLUGINS.resolve("bridge")), "containernetworking-plugins");
    Files.writeString(Files.createDirectory(folder.resolve("www")).resolve("page"), "hello\n");
    try (NetworkNamespace server = NetworkNamespace.create(folder.resolve("server"));
        NetworkNamespace client = NetworkNamespace.create(folder.resolve("client"))) {
      CniAttachment serving = cni.attach("server", server.file(), configuration());
      try {
        CniAttachment asking = cni.attach("client", client.file(), configuration());
        try {
          RunOutcome outcome = serve(server.file(), bundle(client.file(), address(serving)));
          assertThat(outcome).isEqualTo(new RunOutcome.Ended(0, List.of("hello")));
        } finally {
          cni.detach(asking);
        }
      } finally {
        cni.detach(serving);
      }
    } finally {
      Program.of("ip", "link", "delete", bridge).check();
    }
  }

  private RunOutcome serve(Path namespace, Bundle bundle) throws IOException, InterruptedException {
    Process httpd =
        Program.of(
                "nsenter",
                "--net=" + namespace,
                "busybox",
                "httpd",
                "-f",
                "-p",
                "8080",
                "-h",
                folder.resolve("www").toString())
            .builder()
            .start();
    try {
      while (!Program.of("nsenter", "--net=" + namespace, "ss", "-Hltn")
          .check()
          .contains(":8080")) {
        assertThat(httpd.isAlive()).isTrue();
      }
      return ContainerRun.run(
          OciRuntime.find("runc", folder.resolve("state")),
          bundle,
          List.of(),
          new Streams.Watched(null, null, false),
          new CompletableFuture<Void>(),
          new Cancellation());
    } finally {
      httpd.destroyForcibly().waitFor();
    }
  }
}
