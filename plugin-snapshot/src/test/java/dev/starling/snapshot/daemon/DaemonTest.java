package dev.starling.snapshot.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.DaemonState.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is held and mounted, over fakes of images and mounts. */
@Timeout(60)
class DaemonTest {

  @TempDir Path folder;
  private final FakeImages images = new FakeImages();
  private final FakeFaces faces = new FakeFaces();
  private final List<String> warnings = new ArrayList<>();
  private DaemonPlaces places;

  @BeforeEach
  void images() {
    places =
        DaemonPlaces.of(
            new StarlingDirectories(
                folder.resolve("data"), folder.resolve("run"), folder.resolve("config")));
    images.put("a:1", "base", "a1");
    images.put("b:1", "base", "b1");
  }

  private Daemon start() throws IOException {
    return Daemon.start(
        places,
        images,
        faces,
        new Log() {
          @Override
          public void info(String line) {}

          @Override
          public void warn(String line) {
            warnings.add(line);
          }

          @Override
          public void debug(String line) {}
        });
  }

  private static Access access(String reference) {
    return new Access(reference, false, "", false, true);
  }

  private Path fs(int id) {
    return places.fileSystem(id);
  }

  @Test
  void imagesShareTheMountsOfTheirLayers() throws Exception {
    List<Fetching> events = new ArrayList<>();
    try (Daemon daemon = start()) {
      assertThat(daemon.pull(access("a:1"), events::add).layers())
          .extracting(Calls.LayerStatus::directory)
          .containsExactly(fs(1).toString(), fs(2).toString());
      daemon.pull(access("b:1"), events::add);
      daemon.pull(access("b:1"), events::add);

      assertThat(events).hasSize(3);
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a1", "b1");
      assertThat(images.open).containsExactlyInAnyOrder("base", "a1", "b1");

      assertThat(daemon.unmount("a:1").images()).containsExactly("a:1");
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "b1");
      assertThat(places.snapshot(2)).doesNotExist();
      daemon.unmount("b:1");
      assertThat(faces.mounted).isEmpty();
      assertThat(images.open).isEmpty();
    }
  }

  @Test
  void aTagThatMovedReplacesItsImage() throws Exception {
    try (Daemon daemon = start()) {
      daemon.pull(access("a:1"), _ -> {});
      images.put("a:1", "base", "a2");
      daemon.pull(access("a:1"), _ -> {});
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a2");
      assertThat(daemon.status().images()).hasSize(1);
    }
  }

  @Test
  void aLayerAboveAnotherBaseIsShownByItself() throws Exception {
    images.put("c:1", "other", "a1");
    try (Daemon daemon = start()) {
      daemon.pull(access("a:1"), _ -> {});
      daemon.pull(access("c:1"), _ -> {});
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a1", "other", "a1");
      daemon.unmount("a:1");
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("other", "a1");
    }
  }

  @Test
  void nothingIsHeldOfAnImageWithoutAConfiguration() throws Exception {
    images.broken.add("a:1");
    try (Daemon daemon = start()) {
      assertThatThrownBy(() -> daemon.pull(access("a:1"), _ -> {}))
          .hasMessage("the configuration is broken");
      assertThat(faces.mounted).isEmpty();
      assertThat(images.open).isEmpty();
      assertThat(daemon.status().images()).isEmpty();
    }
  }

  @Test
  void nothingIsHeldOfAnImageThatCannotBeOpened() throws Exception {
    images.broken.add("a1");
    try (Daemon daemon = start()) {
      assertThatThrownBy(() -> daemon.pull(access("a:1"), _ -> {})).hasMessage("a1 is broken");
      images.broken.add("base");
      assertThatThrownBy(() -> daemon.pull(access("a:1"), _ -> {})).hasMessageContaining("broken");
      assertThatThrownBy(() -> daemon.pull(access("none:1"), _ -> {}))
          .hasMessage("there is no none:1");
      assertThat(faces.mounted).isEmpty();
      assertThat(images.open).isEmpty();
      assertThat(daemon.status().images()).isEmpty();
    }
  }

  @Test
  void mountsAnImageAndKeepsItsLayersWhileItIsMounted() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("root"));
    try (Daemon daemon = start()) {
      daemon.mount(access("a:1"), directory, false, _ -> {});
      assertThat(faces.mounted).containsEntry(directory, "base+a1").hasSize(1);
      assertThatThrownBy(() -> daemon.mount(access("b:1"), directory, false, _ -> {}))
          .hasMessageContaining("has a:1 on it; unmount it first");
      daemon.pull(access("a:1"), _ -> {});
      daemon.unmount("a:1");
      assertThat(faces.mounted).as("all of that name went").isEmpty();

      Calls.MountedImage mounted = daemon.mount(access("a:1"), directory, false, _ -> {});
      assertThat(daemon.unmount(mounted.id()).mounts()).containsExactly(directory.toString());
      assertThat(images.open).isEmpty();
      assertThatThrownBy(() -> daemon.unmount("/nowhere"))
          .hasMessageContaining("nothing is mounted as /nowhere");
    }
  }

  @Test
  void aMountThatFailsLeavesNoDirectoryBehind() throws Exception {
    images.broken.add("a1");
    Path missing = folder.resolve("new/root");
    Path existing = Files.createDirectory(folder.resolve("old"));
    try (Daemon daemon = start()) {
      for (Path directory : List.of(missing, existing, missing)) {
        assertThatThrownBy(() -> daemon.mount(access("a:1"), directory, false, _ -> {}))
            .hasMessage("a1 is broken");
      }
      assertThat(missing).doesNotExist();
      assertThat(existing).isEmptyDirectory();
      Files.writeString(existing.resolve("file"), "kept");
      assertThatThrownBy(() -> daemon.mount(access("b:1"), existing, false, _ -> {}))
          .hasMessageContaining("is not empty");
      assertThat(existing.resolve("file")).hasContent("kept");
    }
  }

  @Test
  void aWritableMountLiesAboveTheImageAndGoesWithWhatWasWritten() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("root"));
    try (Daemon daemon = start()) {
      String id = daemon.mount(access("a:1"), directory, true, _ -> {}).id();
      Path lower = places.mount(id).resolve("lower");
      assertThat(faces.mounted)
          .containsEntry(lower, "base+a1")
          .containsEntry(directory, "writable base+a1");
      Files.writeString(places.mount(id).resolve("upper/file"), "written");
      daemon.unmount(directory.toString());
      assertThat(faces.mounted).isEmpty();
      assertThat(places.mount(id)).doesNotExist();
    }
  }

  @Test
  void aNewDaemonTakesUpWhatADeadOneLeft() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("root"));
    Daemon dead = start();
    dead.pull(access("a:1"), _ -> {});
    String id = dead.mount(access("b:1"), directory, true, _ -> {}).id();
    Files.writeString(places.mount(id).resolve("upper/file"), "written");
    images.open.clear(); // killed: its mounts are there and dead

    try (Daemon daemon = start()) {
      assertThat(faces.cleared).contains(fs(1), fs(2), directory);
      assertThat(faces.mounted)
          .containsEntry(fs(1), "base")
          .containsEntry(fs(2), "a1")
          .containsEntry(directory, "writable base+b1");
      assertThat(places.mount(id).resolve("upper/file")).hasContent("written");
      assertThat(daemon.status().mounts())
          .extracting(Calls.MountStatus::state)
          .containsExactly("mounted");
      assertThat(warnings).isEmpty();
    }
    assertThat(faces.mounted).as("closing unmounts").isEmpty();
    try (Daemon _ = start()) {
      assertThat(faces.mounted).as("and the next has it again").hasSize(4);
    }
  }

  @Test
  void whatCannotBeTakenUpIsToldAndTriedAgain() throws Exception {
    try (Daemon daemon = start()) {
      daemon.pull(access("a:1"), _ -> {});
    }
    images.broken.add("a1");
    try (Daemon daemon = start()) {
      assertThat(warnings).singleElement().asString().contains("a1 is broken");
      assertThat(daemon.status().images().getFirst().layers())
          .extracting(Calls.LayerStatus::state)
          .containsExactly("ready", "a1 is broken; it is tried again");
      images.broken.clear();
      while (faces.mounted.size() < 2) {
        Thread.sleep(10);
      }
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a1");
    }
  }

  @Test
  void aDamagedStateIsNotLost() throws Exception {
    Files.createDirectories(places.snapshots());
    Files.writeString(places.state(), "{\"images\": [");
    assertThatThrownBy(this::start).hasMessageContaining("daemon.json is damaged");
    assertThat(places.state()).hasContent("{\"images\": [");
  }

  @Test
  void aSmallFileTellsHowMuchOfALayerIsFetched() throws Exception {
    try (Daemon daemon = start()) {
      daemon.pull(access("a:1"), _ -> {});
      new StateReporter(places).report(daemon.layers().status());
      assertThat(Files.readString(places.snapshotState(1)))
          .contains("\"fetchedSize\" : 1", "\"fetchedPercent\" : 25.0", "\"lazy\" : true");
    }
  }

  @Test
  void onlyOneDaemonHasTheLock() throws Exception {
    try (DaemonLock lock = DaemonLock.tryTake(places)) {
      assertThat(lock).isNotNull();
      assertThat(DaemonLock.tryTake(places)).isNull();
      assertThat(DaemonLock.holder(places)).contains(ProcessHandle.current());
    }
    assertThat(DaemonLock.holder(places)).isEmpty();
    try (DaemonLock lock = DaemonLock.tryTake(places)) {
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void aHeldImageStaysWhateverBecomesOfItsName() throws Exception {
    List<Fetching> events = new ArrayList<>();
    try (Daemon daemon = start()) {
      try (ImageHold hold = daemon.hold(access("a:1"), events::add)) {
        assertThat(events).as("it was pulled").hasSize(1);
        assertThat(hold.held().config()).contains("linux");
        assertThat(hold.held().pulled().layers())
            .extracting(Calls.LayerStatus::directory)
            .containsExactly(fs(1).toString(), fs(2).toString());
        images.put("a:1", "other");
        daemon.pull(access("a:1"), events::add);
        assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a1", "other");
        daemon.unmount("a:1");
        assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a1");
      }
      assertThat(faces.mounted).isEmpty();
      assertThat(images.open).isEmpty();
    }
  }

  @Test
  void aPulledImageIsHeldWithoutItsRegistryAlsoByTheNextDaemon() throws Exception {
    List<Fetching> events = new ArrayList<>();
    try (Daemon daemon = start()) {
      daemon.pull(access("a:1"), events::add);
      events.clear();
      daemon.hold(access("a:1"), events::add).close();
      assertThat(events).isEmpty();
      assertThat(faces.mounted.values()).containsExactlyInAnyOrder("base", "a1");
    }
    try (Daemon daemon = start();
        ImageHold hold = daemon.hold(access("a:1"), events::add)) {
      assertThat(events).isEmpty();
      assertThat(hold.held().config()).contains("linux");
      Access unverified = new Access("a:1", false, "", true, true);
      daemon.hold(unverified, events::add).close();
      assertThat(events).as("read in another way").hasSize(1);
    }
  }
}
