package dev.starling.api.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecompressionTest {

  private static byte[] decompress(byte[] layer) throws IOException {
    try (InputStream in = Decompression.open(new ByteArrayInputStream(layer))) {
      return in.readAllBytes();
    }
  }

  private static byte[] sample(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    Arrays.fill(bytes, length / 3, length / 2, (byte) 'a');
    return bytes;
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
      zstd.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void passesPlainDataThrough() throws IOException {
    assertThat(decompress(sample(1000))).isEqualTo(sample(1000));
    assertThat(decompress(new byte[] {0x1f})).isEqualTo(new byte[] {0x1f});
    assertThat(decompress(new byte[0])).isEmpty();
  }

  @Test
  void readsGzipOfSeveralMembersAndIgnoresZerosAfterIt() throws IOException {
    byte[] a = sample(300_000);
    byte[] b = sample(77);
    byte[] members = TestTar.concat(TestTar.gzip(a), TestTar.gzip(new byte[0]), TestTar.gzip(b));
    assertThat(decompress(members)).isEqualTo(TestTar.concat(a, b));
    assertThat(decompress(TestTar.concat(members, new byte[100_000])))
        .isEqualTo(TestTar.concat(a, b));
  }

  @Test
  void readsOptionalGzipFields() throws IOException {
    byte[] member = TestTar.gzip(sample(10));
    byte[] header = Arrays.copyOf(member, 10);
    header[3] = 4 | 8 | 16 | 2;
    byte[] fields = {2, 0, 'x', 'y', 'n', 0, 'c', 0, 9, 9};
    byte[] rest = Arrays.copyOfRange(member, 10, member.length);
    assertThat(decompress(TestTar.concat(header, fields, rest))).isEqualTo(sample(10));
  }

  @Test
  void refusesDamagedGzip() {
    byte[] member = TestTar.gzip(sample(300_000));
    assertCorrupt(TestTar.concat(member, new byte[] {0, 0, 'x'}), "begin no gzip member");
    assertCorrupt(Arrays.copyOf(member, 100_000), "ends in the middle of a member");
    assertCorrupt(Arrays.copyOf(member, member.length - 3), "ends in the middle of a member");
    byte[] checksum = member.clone();
    checksum[member.length - 8] ^= 1;
    assertCorrupt(checksum, "checksum does not match");
    byte[] length = member.clone();
    length[member.length - 1] ^= 1;
    assertCorrupt(length, "length does not match");
    byte[] data = member.clone();
    Arrays.fill(data, 10, 60, (byte) 0xff);
    assertCorrupt(data, "gzip data is corrupt");
  }

  @Test
  void readsZstdOfSeveralFramesAndSkipsSkippableOnes() throws IOException {
    byte[] a = sample(3_000_000);
    byte[] b = sample(5);
    byte[] skippable = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
    byte[] layer = TestTar.concat(zstd(a), skippable, zstd(b), skippable);
    assertThat(decompress(layer)).isEqualTo(TestTar.concat(a, b));
  }

  @Test
  void readsSkippableFramesSoThatAStreamBelowCanHashThem() throws IOException {
    ByteBuffer skippable = ByteBuffer.allocate(300_000).order(ByteOrder.LITTLE_ENDIAN);
    skippable.putInt(0x184d2a50).putInt(300_000 - 8);
    byte[] layer = TestTar.concat(zstd(sample(5)), skippable.array());
    MessageDigest hash = Digest.newSha256();
    try (InputStream in =
        Decompression.open(new DigestInputStream(new ByteArrayInputStream(layer), hash))) {
      assertThat(in.readAllBytes()).isEqualTo(sample(5));
    }
    assertThat(Digest.of(hash.digest())).isEqualTo(Digest.sha256(layer));
    assertCorrupt(Arrays.copyOf(layer, layer.length - 1), "in the middle of a frame");
  }

  @Test
  void refusesDamagedZstd() throws IOException {
    byte[] frame = zstd(sample(300_000));
    assertCorrupt(Arrays.copyOf(frame, 1000), "in the middle of a frame");
    assertCorrupt(TestTar.concat(frame, new byte[] {1, 2, 3, 4}), "begin no frame");
    byte[] data = frame.clone();
    data[frame.length / 2] ^= 0x55;
    data[frame.length - 1] ^= 0x55;
    assertCorrupt(data, "zstd data");
  }

  @Test
  void refusesZstdWindowsThatWouldFillMemory() {
    byte[] window = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xf8, 1, 0, 0};
    assertCorrupt(window, "window");
    byte[] single = {
      0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 0, 0
    };
    assertCorrupt(single, "window");
  }

  private static void assertCorrupt(byte[] layer, String part) {
    assertThatThrownBy(() -> decompress(layer))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(part);
  }
}
