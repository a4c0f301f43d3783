package dev.starling.optimize.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every byte comes from the source once, in whatever way it is asked for. */
class FetchedOnceTest {

  private static final int LENGTH = 100_000;

  @TempDir private Path folder;
  private final byte[] content = new byte[LENGTH];
  private final List<Path> used = new ArrayList<>();
  private final Counting source = new Counting();
  private Descriptor blob = Descriptor.of(MediaType.OCI_CONFIG, Digest.sha256(content), LENGTH);

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(content);
    blob = Descriptor.of(MediaType.OCI_CONFIG, Digest.sha256(content), LENGTH);
  }

  /** Counts how often each byte is given away. */
  private final class Counting implements ImageSource {
    private final int[] given = new int[LENGTH];

    @Override
    public RawManifest manifest(String tagOrDigest) throws IOException {
      throw new ContentNotFoundException(tagOrDigest);
    }

    @Override
    public Descriptor describeBlob(Digest digest) {
      return blob;
    }

    private InputStream open(long offset, long end) {
      byte[] part = Arrays.copyOfRange(content, (int) offset, (int) end);
      return new FilterInputStream(new ByteArrayInputStream(part)) {
        private int at = (int) offset;

        @Override
        public int read(byte[] buffer, int start, int length) throws IOException {
          int read = super.read(buffer, start, Math.min(length, 777));
          for (int i = 0; i < read; i++) {
            given[at++]++;
          }
          return read;
        }
      };
    }

    @Override
    public InputStream openBlob(Descriptor wanted, long offset) {
      return open(offset, LENGTH);
    }

    @Override
    public RandomAccessBlob openRandomAccess(Descriptor wanted) {
      return new RandomAccessBlob() {
        @Override
        public long size() {
          return LENGTH;
        }

        @Override
        public int readAt(ByteBuffer target, long offset) throws IOException {
          byte[] bytes = new byte[target.remaining()];
          int read = openRange(offset, bytes.length).readNBytes(bytes, 0, bytes.length);
          target.put(bytes, 0, read);
          return read;
        }

        @Override
        public InputStream openRange(long offset, long length) {
          return open(offset, Math.min(LENGTH, offset + length));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<String> tags() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private FetchedOnce once() throws IOException {
    return new FetchedOnce(
        source,
        new BlobFolder(folder.resolve("downloads")),
        folder.resolve("parts"),
        used::add,
        List.of(blob));
  }

  private byte[] range(RandomAccessBlob reader, int offset, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    reader.readFully(target, offset);
    return target.array();
  }

  @Test
  void partsThenTheWholeThenParts() throws IOException {
    try (FetchedOnce once = once()) {
      RandomAccessBlob reader = once.openKnown(blob);
      for (int[] part : new int[][] {{99_000, 1000}, {500, 7000}, {3000, 9000}, {0, 10}}) {
        assertThat(range(reader, part[0], part[1]))
            .isEqualTo(Arrays.copyOfRange(content, part[0], part[0] + part[1]));
      }
      assertThat(reader.openRange(99_500, 5000).readAllBytes()).hasSize(500);
      assertThat(once.openBlob(blob).readAllBytes()).isEqualTo(content);
      assertThat(once.openBlob(blob, LENGTH - 3).readAllBytes()).hasSize(3);
      assertThat(range(once.openRandomAccess(blob), 50_000, 100)).hasSize(100);
    }
    assertThat(source.given).containsOnly(1);
    assertThat(used).isNotEmpty().allMatch(file -> file.toFile().length() == LENGTH);
  }

  @Test
  void theWholeAlone() throws IOException {
    try (FetchedOnce once = once()) {
      assertThat(once.openBlob(blob).readAllBytes()).isEqualTo(content);
      assertThat(once.openBlob(blob).readAllBytes()).isEqualTo(content);
    }
    assertThat(source.given).containsOnly(1);
  }
}
