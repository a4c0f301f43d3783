package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.layer.Layer;
import dev.starling.testkit.image.TarBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;

/** Layers of noise, so that what is fetched is as long as what is read. */
final class NoiseLayer {

  static final int FILES = 40;
  static final int SIZE = 100_000;

  private NoiseLayer() {}

  /** Files f0, f1, ... with their {@link #content}. */
  static byte[] tar(int files, int size) {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < files; i++) {
      tar.file("f" + i, content(i, size));
    }
    return tar.build();
  }

  static byte[] content(int file, int size) {
    byte[] content = new byte[size];
    new Random(file).nextBytes(content);
    return content;
  }

  /** A layer of {@link #FILES} files of {@link #SIZE} bytes. */
  static Descriptor push(LayerFixture fixture, EstargzOptions options) throws IOException {
    return fixture.push(tar(FILES, SIZE), options);
  }

  static void assertReads(Layer layer, int... files) throws IOException {
    for (int file : files) {
      assertThat(LayerFixture.read(layer, "f" + file))
          .as("f%s", file)
          .isEqualTo(content(file, SIZE));
    }
  }

  static void awaitFetched(Layer layer, long bytes) throws Exception {
    await(() -> layer.statistics().fetchedSize() >= bytes);
  }

  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = Clock.systemUTC().millis() + Duration.ofMinutes(2).toMillis();
    while (!condition.call()) {
      assertThat(Clock.systemUTC().millis()).as("in time").isLessThan(deadline);
      Thread.sleep(2);
    }
  }
}
