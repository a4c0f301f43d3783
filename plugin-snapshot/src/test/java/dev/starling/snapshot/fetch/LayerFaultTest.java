package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.snapshot.cache.ChunkCache;
import dev.starling.snapshot.layer.AccessListener;
import dev.starling.snapshot.layer.Layer;
import dev.starling.testkit.fault.Access;
import dev.starling.testkit.fault.Fault;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What readers get, and what is fetched for it, when something fails. */
final class LayerFaultTest extends AbstractLayerTest {

  @Test
  void aWrongChunkIsFetchedAnewOnceAndNeverServed() throws Exception {
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));
    fixture.registry.inject(new Fault.Corrupt(NoiseLayer.SIZE / 2), 1);
    NoiseLayer.assertReads(layer, 3);
    assertThat(fixture.requests()).hasSize(2);

    fixture.registry.inject(new Fault.Corrupt(NoiseLayer.SIZE / 2), 2);
    assertThatThrownBy(() -> LayerFixture.read(layer, "f4"))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("'f4'")
        .hasMessageContaining("twice");
    assertThat(fixture.log.lines()).filteredOn(line -> line.startsWith("warn")).hasSize(1);
    NoiseLayer.assertReads(layer, 4);
  }

  @Test
  void damageSparesTheOtherChunksOfARequest() throws Exception {
    Layer layer =
        fixture.open(
            NoiseLayer.push(fixture, EstargzOptions.defaults()),
            LayerFixture.EXACT.withSizes(new FetchOptions.Sizes(4 << 20, 250_000, 0)));
    fixture.registry.inject(new Fault.Corrupt(NoiseLayer.SIZE + NoiseLayer.SIZE / 2), 1);

    NoiseLayer.assertReads(layer, 3);
    NoiseLayer.awaitFetched(layer, 3 * NoiseLayer.SIZE);
    NoiseLayer.assertReads(layer, 4, 5);
    assertThat(fixture.requests()).hasSize(2);
  }

  @Test
  void servesUnverifiedBytesOnlyOnRequestAndKeepsThemFromOthers() throws Exception {
    byte[] tar = NoiseLayer.tar(2, 50_000);
    Descriptor descriptor = fixture.push(tar, EstargzOptions.defaults().withCompressionLevel(0));
    Layer layer = fixture.open(descriptor, LayerFixture.EXACT.withVerify(false));
    // The checksum of the gzip member comes after the chunk, so nothing else notices.
    fixture.registry.inject(new Fault.Corrupt(1000), 1);

    assertThat(LayerFixture.read(layer, "f1"))
        .isNotEqualTo(NoiseLayer.content(1, 50_000))
        .hasSize(50_000);
    Layer other = fixture.open(descriptor);
    assertThat(LayerFixture.read(other, "f1")).isEqualTo(NoiseLayer.content(1, 50_000));
  }

  @Test
  void brokenAnswersAreTakenUp() throws Exception {
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));
    fixture.registry.inject(new Fault.Truncate(5_000), 1);
    NoiseLayer.assertReads(layer, 3);
    fixture.registry.inject(new Fault.Reset(5_000), 1);
    NoiseLayer.assertReads(layer, 4);
    fixture.registry.inject(new Fault.IgnoreRange(), 1);
    NoiseLayer.assertReads(layer, 5);
  }

  @Test
  void outlivesARegistryThatIsAwayForAWhile() throws Exception {
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));
    fixture.registry.inject(new Fault.ServerError(503));
    fixture.onPause(() -> {
      if (fixture.pauses.size() == 3) {
        fixture.registry.heal();
      }
    });
    NoiseLayer.assertReads(layer, 3);
    assertThat(fixture.pauses).hasSize(3);

    fixture.onPause(() -> {});
    fixture.registry.inject(new Fault.ServerError(503));
    assertThatThrownBy(() -> LayerFixture.read(layer, "f4"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503");
    fixture.registry.heal();
    NoiseLayer.assertReads(layer, 4);
  }

  @Test
  void refusalsAreNotRepeated() throws Exception {
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));
    Path blob = fixture.registry.layout().blobs().require(layer.descriptor().digest());
    Files.delete(blob);
    assertThatThrownBy(() -> LayerFixture.read(layer, "f4")).hasMessageContaining("no blob");
    assertThat(fixture.pauses).isEmpty();
  }

  @Test
  void tokensAndSignedUrlsExpireInMidLife() throws Exception {
    fixture.close();
    fixture =
        new LayerFixture(
            folder.resolve("second"),
            new Access.Bearer("user", "secret", true, Duration.ofHours(1)));
    Path source = folder.resolve("second").resolve("registry");
    LayerFixture open = new LayerFixture(folder.resolve("third"));
    Descriptor descriptor =
        open.push(NoiseLayer.tar(NoiseLayer.FILES, NoiseLayer.SIZE), EstargzOptions.defaults());
    Path blob = open.registry.layout().blobs().require(descriptor.digest());
    Path target = source.resolve("blobs/sha256").resolve(descriptor.digest().hex());
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Files.copy(blob, target);
    open.close();

    fixture.registry.inject(new Fault.ForbidExpiredToken());
    fixture.registry.inject(new Fault.RedirectBlobs(Duration.ofMinutes(10)));
    Layer layer = fixture.open(descriptor);
    NoiseLayer.assertReads(layer, 1);
    fixture.clock.advance(Duration.ofMinutes(20));
    NoiseLayer.assertReads(layer, 2);
    fixture.clock.advance(Duration.ofHours(2));
    NoiseLayer.assertReads(layer, 3);
  }

  @Test
  void readsGoOnWhenTheCacheCannotBeWritten() throws Exception {
    Requirement.root();
    Requirement.programs("mount", "umount");
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Descriptor descriptor = NoiseLayer.push(fixture, EstargzOptions.defaults());
    int exit =
        Program.of("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString())
            .run()
            .exit();
    Requirement.that(exit == 0, "the right to mount a tmpfs");
    try {
      ChunkCache cache = ChunkCache.open(disk, 1L << 30, fixture.clock, fixture.log);
      LayerOpener opener = fixture.opener(LayerFixture.EXACT, cache, AccessListener.NONE);
      try (Layer layer = opener.open(fixture.source(), descriptor, ExternalTocs.NONE)) {
        for (int i = 0; i < NoiseLayer.FILES; i++) {
          NoiseLayer.assertReads(layer, i);
        }
      }
      assertThat(fixture.log.lines()).anyMatch(line -> line.contains("cannot be written"));
    } finally {
      Program.of("umount", disk.toString()).run();
    }
  }

  @Test
  void chunksThatAreEvictedOrTornAreFetchedAnew() throws Exception {
    Layer layer = fixture.open(NoiseLayer.push(fixture, EstargzOptions.defaults()));
    NoiseLayer.assertReads(layer, 1, 2);
    fixture.cache().prune(0);
    NoiseLayer.assertReads(layer, 1);
    assertThat(fixture.requests()).hasSize(3);

    Digest digest = Digest.sha256(NoiseLayer.content(1, NoiseLayer.SIZE));
    Path file =
        folder.resolve("cache/chunks").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    Files.write(file, new byte[NoiseLayer.SIZE]);
    Layer restarted = fixture.open(layer.descriptor());
    NoiseLayer.assertReads(restarted, 1);
  }
}
