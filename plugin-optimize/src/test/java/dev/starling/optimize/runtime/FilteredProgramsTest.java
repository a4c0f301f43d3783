package dev.starling.optimize.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.job.Cancellation;
import dev.starling.optimize.bundle.Bundle;
import dev.starling.optimize.bundle.BundleRequest;
import dev.starling.optimize.bundle.BundleWriter;
import dev.starling.optimize.bundle.HostFacts;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.workload.MountSpec;
import dev.starling.optimize.workload.NameResolution;
import dev.starling.optimize.workload.Networking;
import dev.starling.optimize.workload.Workload;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary programs of this machine work under the profiles: threaded ones, Go's and the JVM. */
class FilteredProgramsTest {

  private static final String THREADS =
      "import threading as t; l=[t.Thread(target=print,args=('thread',)) for _ in range(8)];"
          + "[x.start() for x in l]; [x.join() for x in l]; print('all')";

  @TempDir private Path folder;

  private RunOutcome run(boolean builtIn, String... words) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    for (String link : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(link), Path.of("usr", link));
    }
    Workload workload =
        new Workload(
            List.of(words),
            List.of(),
            List.of(),
            "",
            "",
            false,
            false,
            Stream.of("/usr", "/etc", System.getProperty("java.home"))
                .map(part -> new MountSpec("bind", part, part, List.of("rbind", "ro")))
                .toList(),
            new Networking.Loopback(),
            NameResolution.DEFAULT);
    HostFacts here = HostFacts.ofThisMachine();
    HostFacts host =
        new HostFacts(
            here.architecture(),
            here.kernel(),
            here.cgroups(),
            here.openFiles(),
            null,
            builtIn ? null : here.seccompProfile());
    String id = "filtered-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    Path directory = Files.createDirectory(folder.resolve("bundle"));
    Bundle bundle =
        new BundleWriter(host)
            .write(
                new BundleRequest(
                    id,
                    directory,
                    root,
                    new ImageDefaults(List.of(), List.of(), List.of(), "", ""),
                    workload,
                    null));
    return ContainerRun.run(
        OciRuntime.find("runc", folder.resolve("state")),
        bundle,
        List.of(),
        new Streams.Watched(null, null, false),
        new CompletableFuture<Void>(),
        new Cancellation());
  }

  private static void ended(RunOutcome outcome, String line) {
    assertThat(outcome.lastLines()).anyMatch(text -> text.contains(line));
    assertThat(outcome).isEqualTo(new RunOutcome.Ended(0, outcome.lastLines()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threads(boolean builtIn) throws IOException {
    Requirement.root();
    Requirement.programs("runc", "python3");

    ended(run(builtIn, "python3", "-c", THREADS), "all");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void go(boolean builtIn) throws IOException {
    Requirement.root();
    Requirement.programs("runc", "umoci");

    ended(run(builtIn, "umoci", "--version"), "umoci version");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJvm(boolean builtIn) throws IOException {
    Requirement.root();
    Requirement.programs("runc");

    ended(run(builtIn, System.getProperty("java.home") + "/bin/java", "--version"), "Server VM");
  }
}
