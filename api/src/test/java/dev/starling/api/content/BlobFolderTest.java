package dev.starling.api.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFolderTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @TempDir Path root;
  private BlobFolder folder;
  private byte[] bytes;
  private Descriptor blob;

  @BeforeEach
  void makeBlob() {
    folder = new BlobFolder(root, root.resolve(".lock"), Clock.fixed(NOW, ZoneOffset.UTC));
    bytes = new byte[1_000_000];
    new Random(7).nextBytes(bytes);
    blob = Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(bytes), bytes.length);
  }

  @Test
  void aWriteThatBreaksOffIsContinuedWhereItBroke() throws IOException {
    assertThatThrownBy(() -> folder.put(blob, breakingAfter(300_000)))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
    assertThat(folder.has(blob)).isFalse();

    List<Long> offsets = new ArrayList<>();
    assertThat(
            folder.put(
                blob,
                offset -> {
                  offsets.add(offset);
                  return from(offset);
                }))
        .isEqualTo(ImageSink.Outcome.WRITTEN);
    assertThat(offsets).containsExactly(300_000L);
    assertThat(root.resolve("ingest")).doesNotExist();
    assertThat(Files.readAllBytes(folder.file(blob.digest()))).isEqualTo(bytes);
  }

  @Test
  void aDamagedPartIsWrittenAnewFromTheStart() throws IOException {
    assertThatThrownBy(() -> folder.put(blob, breakingAfter(300_000)));
    Files.write(partial(), new byte[300_000]);
    assertThat(folder.put(blob, this::from)).isEqualTo(ImageSink.Outcome.WRITTEN);
    assertThat(Files.readAllBytes(folder.file(blob.digest()))).isEqualTo(bytes);
  }

  @Test
  void aFileIsTakenOverWithoutBeingCopied() throws IOException {
    Path file = root.resolve("made");
    Files.write(file, bytes);
    assertThat(folder.adopt(blob, file)).isEqualTo(ImageSink.Outcome.WRITTEN);
    assertThat(Files.isSameFile(folder.file(blob.digest()), file)).isTrue();
    assertThat(folder.adopt(blob, file)).isEqualTo(ImageSink.Outcome.EXISTS);
    Files.delete(file);
    assertThat(Files.readAllBytes(folder.file(blob.digest()))).isEqualTo(bytes);
  }

  @Test
  void aFileOfAnotherSizeIsNotTakenOver() throws IOException {
    Path file = root.resolve("made");
    Files.write(file, new byte[5]);
    assertThatThrownBy(() -> folder.adopt(blob, file))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("has 5 bytes");
    assertThat(folder.has(blob.digest())).isFalse();
  }

  @Test
  void wrongContentLeavesNothing() {
    byte[] wrong = bytes.clone();
    wrong[5] ^= 1;
    assertThatThrownBy(() -> folder.put(blob, offset -> new ByteArrayInputStream(wrong)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(blob.digest().toString());
    assertThatThrownBy(
            () -> folder.put(blob, offset -> new ByteArrayInputStream(bytes, 0, bytes.length - 1)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("got 999999 bytes, expected 1000000");
    assertThatThrownBy(() -> folder.put(blob, offset -> new ByteArrayInputStream(twice())))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("longer than its 1000000 bytes");
    assertThat(root.resolve("ingest")).doesNotExist();
    assertThat(folder.has(blob.digest())).isFalse();
  }

  @Test
  void aTruncatedBlobIsNotTrustedAndGetsReplaced() throws IOException {
    Path file = folder.file(blob.digest());
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[10]);
    assertThat(folder.has(blob)).isFalse();
    assertThatThrownBy(() -> folder.open(blob, 0))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("has 10 bytes, expected 1000000");
    assertThat(folder.put(blob, this::from)).isEqualTo(ImageSink.Outcome.WRITTEN);
    assertThat(folder.put(blob, this::from)).isEqualTo(ImageSink.Outcome.EXISTS);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void writersOfOneBlobDoNotWaitForEachOther() throws Exception {
    CountDownLatch slowIsIn = new CountDownLatch(1);
    CountDownLatch fastIsDone = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ImageSink.Outcome> slow =
          threads.submit(() ->
              folder.put(
                  blob,
                  offset -> {
                    slowIsIn.countDown();
                    await(fastIsDone);
                    return from(offset);
                  }));
      slowIsIn.await();
      BlobFolder other = new BlobFolder(root);
      assertThat(other.put(blob, this::from)).isEqualTo(ImageSink.Outcome.WRITTEN);
      fastIsDone.countDown();
      assertThat(slow.get()).isEqualTo(ImageSink.Outcome.EXISTS);
    }
    assertThat(root.resolve("ingest")).doesNotExist();
    assertThat(folder.list()).containsExactly(blob.digest());
  }

  @Test
  void sweepingTakesOldPartsAndDeadTemporariesOnly() throws IOException {
    Path ingest = Files.createDirectories(root.resolve("ingest"));
    Path old = Files.writeString(ingest.resolve("sha256-aa.partial"), "old");
    Path young = Files.writeString(ingest.resolve("sha256-bb.partial"), "young");
    Path dead = Files.writeString(ingest.resolve("1.tmp"), "dead");
    Path lease = Files.writeString(ingest.resolve("2.lease"), blob.digest() + "\n");
    Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(8))));
    Files.setLastModifiedTime(young, FileTime.from(NOW.minus(Duration.ofDays(6))));
    try (BlobWriter live = folder.newBlob();
        BlobLease liveLease = folder.newLease()) {
      live.write(bytes);
      liveLease.hold(blob.digest());
      assertThat(folder.sweep(Duration.ofDays(7))).isEqualTo(3 + 4 + 72);
      assertThat(old).doesNotExist();
      assertThat(dead).doesNotExist();
      assertThat(lease).doesNotExist();
      assertThat(young).exists();
      assertThat(folder.leased()).containsExactly(blob.digest());
      assertThat(live.commit(MediaType.OCI_LAYER)).isEqualTo(blob);
    }
    assertThat(folder.leased()).isEmpty();
    assertThat(ingest).isDirectoryContaining(file -> file.equals(young));
    assertThat(ingest.toFile().list()).hasSize(1);
  }

  @Test
  void aWriterChecksTheDigestItIsTold() throws IOException {
    byte[] sha512 = new Digest("sha512", "0".repeat(128)).newMessageDigest().digest(bytes);
    Digest right = new Digest("sha512", java.util.HexFormat.of().formatHex(sha512));
    try (BlobWriter writer = folder.newBlob()) {
      writer.write(bytes);
      writer.commit(right);
    }
    assertThat(folder.list()).containsExactly(right);
    try (BlobWriter writer = folder.newBlob()) {
      writer.write(bytes, 0, 10);
      assertThatThrownBy(() -> writer.commit(blob.digest()))
          .isInstanceOf(CorruptContentException.class);
    }
    assertThat(folder.list()).containsExactly(right);
    assertThat(root.resolve("ingest")).doesNotExist();
  }

  @Test
  void anUnwritableFolderIsNamed() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    assertThatThrownBy(() -> new BlobFolder(file.resolve("x")).put(blob, this::from))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write to " + file.resolve("x"));
  }

  private Path partial() {
    return root.resolve("ingest").resolve("sha256-" + blob.digest().hex() + ".partial");
  }

  private InputStream from(long offset) {
    return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  private byte[] twice() {
    byte[] twice = java.util.Arrays.copyOf(bytes, bytes.length * 2);
    return twice;
  }

  private BlobContent breakingAfter(int count) {
    return offset ->
        new InputStream() {
          private int at = (int) offset;

          @Override
          public int read() throws IOException {
            if (at >= count) {
              throw new IOException("broken");
            }
            return bytes[at++] & 0xff;
          }

          @Override
          public int read(byte[] target, int start, int length) throws IOException {
            if (at >= count) {
              throw new IOException("broken");
            }
            int part = Math.min(length, count - at);
            System.arraycopy(bytes, at, target, start, part);
            at += part;
            return part;
          }
        };
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
