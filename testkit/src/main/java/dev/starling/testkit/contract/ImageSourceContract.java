package dev.starling.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.testkit.image.ImageBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every image source must do. */
public abstract class ImageSourceContract extends RepositoryContract {

  private static final Digest MISSING = Digest.sha256(new byte[] {1, 2, 3});

  @Test
  void aManifestIsReadByTagAndByDigestAsItWasWritten() throws IOException {
    RawManifest written = writeSample("1.0");
    try (ImageSource source = source()) {
      assertThat(source.manifest("1.0")).isEqualTo(written);
      assertThat(source.manifest(written.digest().toString())).isEqualTo(written);
    }
  }

  @Test
  void theManifestsOfAnIndexAreReadByDigest() throws IOException {
    RawManifest written = ImageBuilder.writeSampleIndex(sink(), "multi");
    try (ImageSource source = source()) {
      RawManifest raw = source.manifest("multi");
      assertThat(raw).isEqualTo(written);
      assertThat(raw.isIndex()).isTrue();
      for (Descriptor child : Index.parse(raw).manifests()) {
        Manifest manifest = Manifest.parse(source.manifest(child.digest().toString()));
        assertThat(manifest.layers()).hasSize(3);
        assertThat(source.openBlob(manifest.config()).readAllBytes()).isNotEmpty();
      }
    }
  }

  @Test
  void whatIsMissingIsSaidToBeMissing() throws IOException {
    writeSample("1.0");
    Descriptor missing = Descriptor.of(MediaType.OCI_LAYER, MISSING, 3);
    try (ImageSource source = source()) {
      assertThatThrownBy(() -> source.manifest("2.0"))
          .isInstanceOf(ContentNotFoundException.class)
          .hasMessageContaining("2.0");
      assertThatThrownBy(() -> source.manifest(MISSING.toString()))
          .isInstanceOf(ContentNotFoundException.class)
          .hasMessageContaining(MISSING.toString());
      assertThatThrownBy(() -> readAll(source, missing))
          .isInstanceOf(ContentNotFoundException.class)
          .hasMessageContaining(MISSING.toString());
      assertThatThrownBy(() -> source.describeBlob(MISSING))
          .isInstanceOf(ContentNotFoundException.class);
      assertThatThrownBy(() -> readRandomly(source, missing))
          .isInstanceOf(ContentNotFoundException.class);
    }
  }

  @Test
  void aBlobIsReadWholeAndFromAnyOffset() throws IOException {
    writeSample("1.0");
    put(bytes);
    try (ImageSource source = source()) {
      assertThat(readAll(source, blob)).isEqualTo(bytes);
      for (int offset : new int[] {0, 1, 500_000, bytes.length - 1, bytes.length}) {
        try (InputStream in = source.openBlob(blob, offset)) {
          assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, offset, bytes.length));
        }
      }
      assertThat(source.describeBlob(blob.digest()).size()).isEqualTo(bytes.length);
    }
  }

  @Test
  void anEmptyBlobIsRead() throws IOException {
    writeSample("1.0");
    put(new byte[0]);
    try (ImageSource source = source()) {
      assertThat(readAll(source, descriptor(new byte[0]))).isEmpty();
    }
  }

  @Test
  void aWrongSizeIsNoticedBeforeTheEnd() throws IOException {
    writeSample("1.0");
    put(bytes);
    try (ImageSource source = source()) {
      for (long size : new long[] {bytes.length - 1, bytes.length + 1}) {
        Descriptor wrong = Descriptor.of(MediaType.OCI_LAYER, blob.digest(), size);
        assertThatThrownBy(() -> readAll(source, wrong))
            .as("size %d", size)
            .isInstanceOf(CorruptContentException.class);
      }
    }
  }

  @Test
  void aDamagedBlobIsNoticedBeforeTheEnd() throws IOException {
    writeSample("1.0");
    put(bytes);
    damage(blob.digest());
    try (ImageSource source = source()) {
      assertThatThrownBy(() -> readAll(source, blob))
          .isInstanceOf(CorruptContentException.class)
          .hasMessageContaining(blob.digest().toString());
    }
  }

  @Test
  void aDamagedManifestIsNoticed() throws IOException {
    RawManifest written = writeSample("1.0");
    damage(written.digest());
    try (ImageSource source = source()) {
      assertThatThrownBy(() -> source.manifest(written.digest().toString()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(written.digest().toString());
    }
  }

  @Test
  void aBlobIsReadAtRandom() throws IOException {
    writeSample("1.0");
    put(bytes);
    try (ImageSource source = source();
        RandomAccessBlob random = source.openRandomAccess(blob)) {
      assertThat(random.size()).isEqualTo(bytes.length);
      for (int offset : new int[] {0, 77, 999_000}) {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        random.readFully(buffer, offset);
        assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + 1000));
      }
      assertThat(random.readAt(ByteBuffer.allocate(10), bytes.length)).isEqualTo(-1);
      assertThat(random.readAt(ByteBuffer.allocate(10), bytes.length + 5L)).isEqualTo(-1);
      assertThat(random.readAt(ByteBuffer.allocate(0), 5)).isZero();
      assertThatThrownBy(() -> random.readFully(ByteBuffer.allocate(10), bytes.length - 5))
          .isInstanceOf(java.io.EOFException.class);
    }
  }

  @Test
  void manyReadAtOnce() throws Exception {
    writeSample("1.0");
    put(bytes);
    try (ImageSource source = source();
        RandomAccessBlob random = source.openRandomAccess(blob)) {
      assertThat(
              atOnce(
                  8,
                  () -> {
                    ByteBuffer buffer = ByteBuffer.allocate(5000);
                    random.readFully(buffer, 4321);
                    boolean same =
                        Arrays.equals(buffer.array(), Arrays.copyOfRange(bytes, 4321, 9321));
                    return same && Arrays.equals(readAll(source, blob), bytes);
                  }))
          .hasSize(8)
          .containsOnly(true);
    }
  }

  @Test
  void tagsAreSorted() throws IOException {
    writeSample("b");
    writeSample("a");
    writeSample("10");
    writeSample("9");
    writeSample("b");
    try (ImageSource source = source()) {
      assertThat(source.tags()).containsExactly("10", "9", "a", "b");
    }
  }

  private static byte[] readAll(ImageSource source, Descriptor descriptor) throws IOException {
    try (InputStream in = source.openBlob(descriptor)) {
      return in.readAllBytes();
    }
  }

  private static void readRandomly(ImageSource source, Descriptor descriptor) throws IOException {
    try (RandomAccessBlob random = source.openRandomAccess(descriptor)) {
      random.readAt(ByteBuffer.allocate(1), 0);
    }
  }
}
