package dev.starling.optimize.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.fuse.MountTable;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.network.NetworkNamespace;
import dev.starling.optimize.runtime.RunOutcome;
import dev.starling.optimize.runtime.Streams;
import dev.starling.optimize.workload.Workload;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real mounts, namespaces and containers, and what becomes of them. */
class SessionTest {

  @TempDir private Path temp;
  private final List<String> warnings = new ArrayList<>();
  private final String id = "session-test-" + ProcessHandle.current().pid();
  private StarlingDirectories directories = new StarlingDirectories(temp, temp, temp);

  private final Log log =
      new Log() {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
          warnings.add(line);
        }

        @Override
        public void debug(String line) {}
      };

  @BeforeEach
  void places() throws IOException {
    Requirement.root();
    temp = temp.toRealPath();
    directories =
        new StarlingDirectories(temp.resolve("data"), temp.resolve("run"), temp.resolve("config"));
  }

  private Path layer(String name, String file, String content) throws IOException {
    Path layer = temp.resolve(name);
    Files.createDirectories(layer.resolve("etc"));
    Files.writeString(layer.resolve(file), content);
    return layer;
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(temp.resolve("data/containers")).isEmptyDirectory();
    assertThat(temp.resolve("run/sessions")).isEmptyDirectory();
    assertThat(MountTable.current().matching(mount -> mount.directory().startsWith(temp)))
        .isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void anOverlayIsWritableAndGoesWithItsSession() throws IOException {
    Path base = layer("a:b,c", "x", "base");
    layer("a:b,c", "etc/y", "base");
    Path top = layer("top", "x", "top");
    try (Session session = Session.open(directories, id, log)) {
      Path root = OverlayRoot.mount(session, List.of(top, base)).directory();
      assertThat(root.resolve("x")).hasContent("top");
      assertThat(root.resolve("etc/y")).hasContent("base");
      Files.writeString(root.resolve("etc/y"), "changed");
      assertThat(base.resolve("etc/y")).hasContent("base");
    }
    assertNothingIsLeft();
  }

  @Test
  void moreLayersThanAPageOfOptionsHasRoomFor() throws IOException {
    List<Path> layers = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      layers.add(layer("a-layer-with-a-long-name-" + i, "file-" + i, ""));
    }
    try (Session session = Session.open(directories, id, log)) {
      assertThat(OverlayRoot.mount(session, layers).directory().resolve("file-149")).exists();
    }
    assertNothingIsLeft();
  }

  @Test
  void whatADeadProcessLeftIsUndoneByTheNextSession() throws IOException {
    Session dead = Session.open(directories, id, log);
    OverlayRoot.mount(dead, List.of(layer("base", "x", "base")));
    Path namespace = dead.runtimeFolder().resolve("netns");
    dead.own(new Made.Namespace(namespace.toString()));
    NetworkNamespace.create(namespace);
    dead.own(new Made.Mount(dead.folder().resolve("never-made").toString()));
    Files.writeString(
        dead.runtimeFolder().resolve("journal"), "{\"what\":\"mou", StandardOpenOption.APPEND);
    dead.abandon();
    Session.open(directories, id + "-next", log).close();
    assertNothingIsLeft();
  }

  @Test
  void aLivingSessionIsLeftAlone() throws IOException {
    try (Session living = Session.open(directories, id, log)) {
      Path root = OverlayRoot.mount(living, List.of()).directory();
      Session.open(directories, id + "-next", log).close();
      assertThat(MountTable.current().on(root)).isPresent();
      assertThatThrownBy(() -> Session.open(directories, id, log))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("there is a container " + id);
    }
    assertNothingIsLeft();
  }

  @Test
  void closingAnInterruptedSessionUndoesEverything() throws IOException {
    Session session = Session.open(directories, id, log);
    OverlayRoot.mount(session, List.of());
    Thread.currentThread().interrupt();
    session.close();
    assertThat(Thread.interrupted()).isTrue();
    assertNothingIsLeft();
  }

  @Test
  void anImagesProcessRuns() throws IOException {
    Requirement.programs("runc", "busybox");
    Path base = temp.resolve("image");
    Files.createDirectories(base.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), base.resolve("bin/sh"));
    ImageDefaults image =
        new ImageDefaults(List.of("/bin/sh", "-c"), List.of("echo hello"), List.of(), "", "");
    try (Session session = Session.open(directories, id, log)) {
      Path root = OverlayRoot.mount(session, List.of(base)).directory();
      Container container = Container.prepare(session, root, image, Workload.OF_IMAGE, "runc");
      assertThat(container.bundle().spec().process().args()).endsWith("echo hello");
      RunOutcome outcome =
          container.run(
              List.of(),
              new Streams.Watched(null, null, false),
              new CompletableFuture<Void>(),
              new Cancellation());
      assertThat(outcome).isEqualTo(new RunOutcome.Ended(0, List.of("hello")));
    }
    assertNothingIsLeft();
  }
}
