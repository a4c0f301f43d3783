package dev.starling.api.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TarReaderTest {

  private static List<TarEntry> read(byte[] tar) throws IOException {
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    List<TarEntry> entries = new ArrayList<>();
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      entries.add(entry);
    }
    reader.drain();
    assertThat(reader.position()).isEqualTo(tar.length);
    return entries;
  }

  private static TarEntry only(byte[] tar) throws IOException {
    List<TarEntry> entries = read(tar);
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private static void assertCorrupt(byte[] tar, String... parts) {
    assertThatThrownBy(() -> read(tar))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void keepsExtensionHeadersVerbatim() throws IOException {
    byte[] extended = new TestTar().pax('x', "path", "long").header("short", '0', 3, "").open();
    byte[] tar = TestTar.concat(extended, new TestTar().payload(new byte[3]).end());
    TarEntry entry = only(tar);
    assertThat(entry.name()).isEqualTo("long");
    assertThat(entry.header()).isEqualTo(extended);
    assertThat(entry.size()).isEqualTo(3);
  }

  @Test
  void ordersNamesAsReadersDo() throws IOException {
    byte[] tar =
        new TestTar()
            .pax('x', "path", "replaced")
            .pax('x', "path", "from pax", "linkpath", "")
            .header("././@LongLink", 'L', 9, "")
            .payload("from gnu\0".getBytes(StandardCharsets.US_ASCII))
            .header("plain", '2', 0, "target")
            .end();
    TarEntry entry = only(tar);
    assertThat(entry.name()).isEqualTo("from gnu");
    assertThat(entry.linkName()).isEqualTo("target");
    assertThat(entry.header()).hasSize(7 * TarEntry.BLOCK);
  }

  @Test
  void readsPaxValues() throws IOException {
    byte[] tar =
        new TestTar()
            .pax(
                'x',
                "mtime",
                "-0.5",
                "uid",
                "4000000000",
                "SCHILY.xattr.user.a",
                "x=v",
                "SCHILY.xattr.user.empty",
                "",
                "LIBARCHIVE.xattr.user.b",
                "eA==",
                "size",
                "2")
            .header("file", '0', 0, "")
            .payload(new byte[] {1, 2})
            .end();
    TarEntry entry = only(tar);
    assertThat(entry.mtime()).isEqualTo(-1);
    assertThat(entry.mtimeNanos()).isEqualTo(500_000_000);
    assertThat(entry.uid()).isEqualTo(4_000_000_000L);
    assertThat(entry.size()).isEqualTo(2);
    assertThat(entry.xattrs()).containsOnlyKeys("user.a", "user.empty");
    assertThat(entry.xattrs().get("user.a")).asString().isEqualTo("x=v");
  }

  @Test
  void dropsGlobalHeaders() throws IOException {
    byte[] tar = new TestTar().pax('g', "path", "everywhere", "comment", "c").file("a", "x").end();
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    TarEntry entry = reader.next();
    Objects.requireNonNull(entry);
    assertThat(entry.name()).isEqualTo("a");
    assertThat(entry.header()).hasSize(TarEntry.BLOCK);
    assertThat(reader.globalHeaderSeen()).isTrue();
  }

  @Test
  void tellsTypesApart() throws IOException {
    byte[] tar =
        new TestTar()
            .header("dir/", '\0', 0, "")
            .header("old", '\0', 0, "")
            .header("file/", '0', 0, "")
            .header("contiguous", '7', 1, "")
            .payload(new byte[1])
            .header("link", '1', 700, "old")
            .header("dir2", '5', 700, "")
            .end();
    assertThat(read(tar))
        .extracting(TarEntry::type)
        .containsExactly(
            TarType.DIRECTORY,
            TarType.REGULAR,
            TarType.REGULAR,
            TarType.REGULAR,
            TarType.HARD_LINK,
            TarType.DIRECTORY);
    assertThat(read(tar)).extracting(TarEntry::size).containsExactly(0L, 0L, 0L, 1L, 0L, 0L);
  }

  @Test
  void readsSizesBeyondEightGigabytes() throws IOException {
    long size = (8L << 30) + 5;
    for (byte[] header :
        List.of(
            new TestTar().header("base256", '0', size, "").open(),
            new TestTar().pax('x', "size", Long.toString(size)).header("pax", '0', 0, "").open())) {
      TarEntry entry = new TarReader(new ByteArrayInputStream(header)).next();
      Objects.requireNonNull(entry);
      assertThat(entry.size()).isEqualTo(size);
      assertThat(entry.padding()).isEqualTo(507);
    }
  }

  @Test
  void endsWhereATarMayEnd() throws IOException {
    byte[] file = new TestTar().file("a", "x").open();
    assertThat(read(file)).hasSize(1);
    assertThat(read(TestTar.concat(file, new byte[512]))).hasSize(1);
    assertThat(read(TestTar.concat(file, new byte[1024], new byte[] {1, 2, 3}))).hasSize(1);
    assertThat(read(Arrays.copyOf(file, 512 + 1))).hasSize(1);
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void saysWhereATarIsDamaged() {
    byte[] two = new TestTar().file("first", "x").file("second", "yyyy").end();
    byte[] bad = two.clone();
    bad[1024] ^= 1;
    assertCorrupt(bad, "offset 1024", "after 'first'", "checksum");
    assertCorrupt(Arrays.copyOf(two, 1538), "offset 1538", "inside 'second'", "2 more bytes");
    assertCorrupt(Arrays.copyOf(two, 1100), "offset 1100", "after 'first'", "truncated");
    byte[] zeroThenMore = TestTar.concat(new byte[512], new TestTar().file("a", "x").open());
    assertCorrupt(zeroThenMore, "zeros at offset 0");
    assertCorrupt(new TestTar().pax('x', "path", "a").end(), "no entry");
    byte[] digits = new TestTar().file("a", "x").open();
    digits[100] = '9';
    TestTar.withChecksum(Arrays.copyOf(digits, 512));
    byte[] header = TestTar.withChecksum(Arrays.copyOf(digits, 512));
    assertCorrupt(header, "'a'", "mode", "no octal number");
  }

  @Test
  void refusesWhatItCannotConvert() {
    assertCorrupt(new TestTar().header("s", 'S', 0, "").end(), "'s'", "sparse");
    assertCorrupt(
        new TestTar().pax('x', "GNU.sparse.major", "1").file("p", "x").end(), "'p'", "sparse");
    assertCorrupt(new TestTar().header("z", 'Z', 0, "").end(), "'z'", "unknown type 'Z'");
    assertCorrupt(new TestTar().header("x", 'x', 2 << 20, "").end(), "too large");
    assertCorrupt(new TestTar().pax('x', "size", "-1").file("n", "x").end(), "negative");
  }

  @Test
  void refusesMalformedPaxRecords() {
    for (String body :
        List.of("5 a\n", "x", "99 path=a\n", "11 path=a\0\n", "11 path=abc\n", "6 =ab\n")) {
      byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
      byte[] tar =
          new TestTar().header("x", 'x', bytes.length, "").payload(bytes).file("a", "").end();
      assertCorrupt(tar, "PAX header at offset 0");
    }
  }

  @Test
  void boundsExtensionHeadersOfOneEntry() {
    TestTar tar = new TestTar();
    for (int i = 0; i < 5; i++) {
      tar.header("l", 'L', 1 << 20, "").payload(new byte[1 << 20]);
    }
    assertCorrupt(tar.file("a", "x").end(), "too large");
  }

  @Test
  void keepsBytesThatAreNotUtf8() {
    byte[] odd = {
      'a', (byte) 0xe6, (byte) 0x97, 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xff
    };
    String text = TarText.decode(odd);
    assertThat(TarText.isUnicode(text)).isFalse();
    assertThat(text).hasSize(odd.length);
    assertThat(TarText.encode(text)).isEqualTo(odd);
    String emoji = "\ud83d\ude00 caf\u00e9";
    assertThat(TarText.decode(emoji.getBytes(StandardCharsets.UTF_8))).isEqualTo(emoji);
    assertThat(TarText.isUnicode(emoji)).isTrue();
  }

  @Test
  void cleansPaths() {
    assertThat(TarPath.clean("./a/./b//c/")).isEqualTo("a/b/c");
    assertThat(TarPath.clean("/abs")).isEqualTo("abs");
    assertThat(TarPath.clean("../../up/x/..")).isEqualTo("up");
    assertThat(TarPath.clean("./")).isEmpty();
    assertThat(TarPath.clean("...")).isEqualTo("...");
    assertThat(TarPath.clean(".hidden/..file")).isEqualTo(".hidden/..file");
    assertThat(TarPath.parent("a/b")).isEqualTo("a");
    assertThat(TarPath.parent("a")).isEmpty();
    assertThat(TarPath.base("a/b")).isEqualTo("b");
  }
}
