package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.fail;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.TarReader;
import dev.starling.api.tar.TestTar;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Damaged footers, TOCs, tars and compressed data are read, or refused with an exception that says
 * that they are corrupt; nothing else may happen, and it must not take long. The seeds are fixed:
 * what fails once fails again.
 */
class FuzzTest {

  private static final int ROUNDS = 1500;
  private static final long MAX_OUTPUT = 64L << 20;

  /** Reads something damaged. */
  private interface Target {
    void read() throws IOException;
  }

  private static void readOrRefuse(String what, int seed, Target target) {
    try {
      target.read();
    } catch (CorruptContentException | EOFException expected) {
      // Refused.
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail(what + " with seed " + seed + " ended in " + e, e);
    }
  }

  private static List<Path> vectors(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(Vectors.FOLDER)) {
      return files
          .filter(path -> path.toString().endsWith(suffix) && path.toFile().length() < 64 << 10)
          .sorted()
          .toList();
    }
  }

  @Test
  void damagedLayers() throws IOException {
    List<Path> blobs = vectors(".esgz");
    for (int seed = 0; seed < ROUNDS; seed++) {
      Mutations mutations = new Mutations(seed);
      byte[] blob = Files.readAllBytes(blobs.get(seed % blobs.size()));
      // Half of them at the end, where footer and TOC are.
      int from = seed % 2 == 0 ? 0 : Math.max(0, blob.length - 400);
      byte[] end = mutations.damage(Arrays.copyOfRange(blob, from, blob.length));
      byte[] damaged = TestTar.concat(Arrays.copyOf(blob, from), end);
      readOrRefuse("a layer", seed, () -> readLayer(new BytesBlob(damaged)));
    }
  }

  private static void readLayer(BytesBlob blob) throws IOException {
    Footer footer = Footer.read(blob);
    TocPlace place = TocPlace.of(footer, blob.size());
    if (place == null || place.external()) {
      return;
    }
    UnverifiedToc toc = UnverifiedToc.read(blob);
    readAll(toc.verify(toc.digest()), blob);
    try (InputStream json =
        place.open(blob.openRange(place.offset(), place.end() - place.offset()))) {
      TocReader.read(json, toc.digest(), place.contentEnd(), place.compression(), entry -> {});
    }
  }

  private static void readAll(Toc toc, BytesBlob blob) throws IOException {
    ChunkReader reader = toc.open(blob);
    for (TocEntry entry : toc.entries()) {
      if (entry instanceof TocEntry.RegularFile file) {
        for (Chunk chunk : file.chunks()) {
          if (chunk.size() > 1 << 20) {
            continue;
          }
          byte[] bytes = reader.read(chunk);
          if (!Digest.sha256(bytes).equals(chunk.digest())) {
            fail("wrong bytes of '" + file.name() + "'");
          }
        }
      }
    }
  }

  @Test
  void hostileTocs() throws IOException {
    List<Path> tocs = vectors(".toc.json");
    for (int seed = 0; seed < 2 * ROUNDS; seed++) {
      byte[] json = new Mutations(seed).damageToc(Files.readAllBytes(tocs.get(seed % tocs.size())));
      long contentEnd = 1L << (seed % 40);
      Decompression compression = seed % 3 == 0 ? Decompression.ZSTD : Decompression.GZIP;
      readOrRefuse(
          "a TOC",
          seed,
          () ->
              TocReader.read(
                  new ByteArrayInputStream(json),
                  Digest.sha256(json),
                  contentEnd,
                  compression,
                  FuzzTest::check));
    }
  }

  private static void check(TocEntry entry) {
    Objects.requireNonNull(entry.name());
    if (entry instanceof TocEntry.RegularFile file) {
      long at = 0;
      for (Chunk chunk : file.chunks()) {
        if (chunk.fileOffset() != at
            || chunk.size() < 1
            || chunk.offset() < 0
            || chunk.end() <= chunk.offset()
            || chunk.innerOffset() < 0) {
          fail("chunk " + chunk);
        }
        at += chunk.size();
      }
      if (at != file.size()) {
        fail("chunks of " + at + " bytes for " + file.size());
      }
    }
  }

  @Test
  void damagedTars() throws IOException {
    List<Path> tars = vectors(".tar");
    for (int seed = 0; seed < 2 * ROUNDS; seed++) {
      byte[] tar = new Mutations(seed).damage(Files.readAllBytes(tars.get(seed % tars.size())));
      readOrRefuse("a tar", seed, () -> readTar(new ByteArrayInputStream(tar)));
    }
  }

  private static void readTar(InputStream in) throws IOException {
    TarReader tar = new TarReader(in);
    byte[] buffer = new byte[4096];
    while (tar.next() != null) {
      while (tar.read(buffer, 0, buffer.length) >= 0) {
        // Read to the end, as a converter does.
      }
    }
    tar.drain();
  }

  @Test
  void damagedCompression() throws IOException {
    List<Path> blobs = vectors(".esgz");
    byte[] buffer = new byte[64 << 10];
    for (int seed = 0; seed < ROUNDS; seed++) {
      byte[] blob = new Mutations(seed).damage(Files.readAllBytes(blobs.get(seed % blobs.size())));
      readOrRefuse(
          "compressed data",
          seed,
          () -> {
            try (InputStream in = Decompression.open(new ByteArrayInputStream(blob))) {
              long total = 0;
              for (int read = in.read(buffer);
                  read >= 0 && total < MAX_OUTPUT;
                  read = in.read(buffer)) {
                total += read;
              }
            }
          });
    }
  }
}
