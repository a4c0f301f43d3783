package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TocReaderTest {

  static List<Path> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(Vectors.FOLDER)) {
      return files.filter(path -> path.toString().endsWith(".esgz")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("blobs")
  void readsTheEntriesThatTheWholeTocHas(Path path) throws IOException {
    BytesBlob blob = new BytesBlob(Files.readAllBytes(path));
    Path apart = Path.of(path.toString().replace(".esgz", ".extoc.tar.gz"));
    boolean external = Files.exists(apart);
    BytesBlob holder = external ? BytesBlob.of(apart) : blob;
    UnverifiedToc whole =
        external ? UnverifiedToc.readExternal(blob, holder.content()) : UnverifiedToc.read(blob);
    TocPlace place = Objects.requireNonNull(TocPlace.of(Footer.read(blob), blob.size()));

    long end = place.external() ? holder.size() : place.end();
    List<TocEntry> entries = new ArrayList<>();
    try (InputStream json = place.open(holder.openRange(place.offset(), end - place.offset()))) {
      TocReader.read(json, whole.digest(), place.contentEnd(), place.compression(), entries::add);
    }

    assertThat(entries)
        .usingRecursiveComparison()
        .isEqualTo(whole.verify(whole.digest()).entries());
    try (InputStream json = place.open(holder.openRange(place.offset(), end - place.offset()))) {
      assertThat(json.readAllBytes()).isEqualTo(whole.json());
    }
  }

  @Test
  void handsEntriesOverBeforeAllAreRead() throws IOException {
    String entries =
        "{\"name\":\"f\",\"type\":\"dir\"},".repeat(100_000) + "{\"name\":\"g\",\"type\":\"dir\"}";
    byte[] json = ("{\"entries\":[" + entries + "]}").getBytes(StandardCharsets.UTF_8);
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(json, 0, json.length - 2_000), failing("gone"));
    List<TocEntry> seen = new ArrayList<>();

    assertThatThrownBy(
            () -> TocReader.read(in, Digest.sha256(json), 1000, Decompression.GZIP, seen::add))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThat(seen).hasSizeGreaterThan(90_000);
  }

  @Test
  void countsWhatFollowsTheJson() throws IOException {
    byte[] json = "{\"entries\":null} \n".getBytes(StandardCharsets.UTF_8);
    TocReader.read(
        new ByteArrayInputStream(json), Digest.sha256(json), 0, Decompression.GZIP, entry -> {});

    byte[] more = (new String(json, StandardCharsets.UTF_8) + "x").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(more, Digest.sha256(json)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("hashes to");
  }

  @Test
  void tellsOfTheDigestBeforeWhatIsWrongInside() {
    byte[] json = "{\"entries\":[{\"name\":".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(json, Digest.sha256(new byte[0])))
        .hasMessageContaining("hashes to");
    assertThatThrownBy(() -> read(json, Digest.sha256(json))).hasMessageContaining("JSON");
  }

  @Test
  void boundsTheFilesOfOneMember() {
    String digest = "sha256:" + "0".repeat(64);
    String row =
        "{\"name\":\"f\",\"type\":\"reg\",\"size\":1,\"offset\":1,\"innerOffset\":1,\"chunkDigest\":\""
            + digest
            + "\"}";
    byte[] json =
        ("{\"entries\":[" + (row + ",").repeat(TocBuilder.MAX_PENDING) + row + "]}")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(json, Digest.sha256(json)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("lie together");
  }

  private static void read(byte[] json, Digest expected) throws IOException {
    TocReader.read(new ByteArrayInputStream(json), expected, 1000, Decompression.GZIP, entry -> {});
  }

  private static InputStream failing(String message) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException(message);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
