package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the converter with the reference on its vectors. Offsets depend on the compressor, so no
 * case with a landmark can be exact in them.
 */
class VectorTest {

  enum Expectation {
    /** The TOC is the reference's byte for byte, offsets aside. */
    EXACT_BUT_OFFSETS,
    /** The reference fails, and so does this converter, naming the same file. */
    FAILS,
    /** The reference fails, because the source holds a TOC, and so does this converter. */
    HOLDS_A_TOC,
    /** Recommended behaviour that the reference lacks: a missing parent folder is no obstacle. */
    RECOMMENDED
  }

  private static final Map<String, Expectation> PLAIN =
      new TreeMap<>(
          Map.ofEntries(
              exact("chunks/default"),
              exact("chunks/chunk64k"),
              exact("chunks/prio1"),
              exact("chunks/prio1-strict"),
              exact("dotslash/default"),
              Map.entry("dotslash/prio1", Expectation.RECOMMENDED),
              Map.entry("dotslash/prio1-strict", Expectation.RECOMMENDED),
              exact("dups/default"),
              exact("dups/prio1"),
              exact("dups/prio1-strict"),
              exact("emptyname/default"),
              exact("gnu/default"),
              Map.entry("gnu/prio1", Expectation.RECOMMENDED),
              Map.entry("gnu/prio1-strict", Expectation.RECOMMENDED),
              exact("gnu/prio2"),
              Map.entry("gnu/prio2-strict", Expectation.FAILS),
              exact("gnu/prio3"),
              exact("gnu/prio3-strict"),
              exact("hardlinks/default"),
              exact("hardlinks/prio1"),
              exact("hardlinks/prio1-strict"),
              exact("hardlinks/prio2"),
              exact("hardlinks/prio2-strict"),
              exact("hardlinks/prio3"),
              exact("hardlinks/prio3-strict"),
              exact("landmarks/default"),
              Map.entry("landmarks/prio1", Expectation.RECOMMENDED),
              Map.entry("landmarks/prio1-strict", Expectation.FAILS),
              exact("landmarks/prio2"),
              exact("landmarks/prio2-strict"),
              exact("modes/default"),
              exact("mtimes/default"),
              exact("noeof/default"),
              exact("pax/default"),
              exact("uids/default"),
              exact("whiteouts/default"),
              exact("whiteouts/prio1"),
              exact("whiteouts/prio1-strict"),
              exact("xattr-binary/default"),
              exact("zero/default")));

  private static final Map<String, Expectation> TABLE = table(PLAIN);

  /** What lies before the landmark in the cases that go beyond the reference. */
  private static final Map<String, List<String>> RECOMMENDED_FRONT =
      Map.of(
          "dotslash/prio1", List.of("./", "./a/", "./a/f", "c/d/", "c/d/e", "/abs/h"),
          "gnu/prio1",
              List.of("etc/", "etc/passwd", "bin/", "bin/busybox", "bin/sh", "home/u/", "home/u/a"),
          "landmarks/prio1", List.of("a", "sub/.prefetch.landmark"));

  @TempDir Path folder;

  private static Map.Entry<String, Expectation> exact(String name) {
    return Map.entry(name, Expectation.EXACT_BUT_OFFSETS);
  }

  /** Adds the other forms of the cases, of which the same is expected. */
  private static Map<String, Expectation> table(Map<String, Expectation> plain) {
    Map<String, Expectation> table = new TreeMap<>(plain);
    plain.forEach((name, expectation) -> {
      if (name.endsWith("/default")) {
        table.put(name.replace("default", "minchunk"), expectation);
        table.put(name.replace("default", "zstd"), expectation);
        table.put(name.replace("default", "exttoc"), expectation);
        Expectation lossless =
            name.startsWith("landmarks/") ? Expectation.HOLDS_A_TOC : expectation;
        table.put(name.replace("default", "lossless-exttoc"), lossless);
        table.put(name.replace("default", "lossless-minchunk"), lossless);
      } else if (name.matches(".*/prio\\d")) {
        table.put(name + "-minchunk", expectation);
      }
    });
    table.put("chunks/chunk64k-minchunk100k", Expectation.EXACT_BUT_OFFSETS);
    table.put("chunks/chunk64k-lossless", Expectation.EXACT_BUT_OFFSETS);
    table.put("chunks/chunk64k-zstd", Expectation.EXACT_BUT_OFFSETS);
    return table;
  }

  static Stream<Map.Entry<String, Expectation>> table() {
    return TABLE.entrySet().stream();
  }

  @Test
  void theTableNamesEveryCase() throws IOException {
    Set<String> found = new TreeSet<>();
    Path out = Vectors.FOLDER.resolve("out");
    try (Stream<Path> files = Files.walk(out)) {
      files
          .map(file -> out.relativize(file).toString())
          .filter(name -> name.matches(".*\\.(toc\\.json|err)"))
          .forEach(name -> found.add(name.replaceAll("\\.(toc\\.json|err)$", "")));
    }
    assertThat(TABLE.keySet()).isEqualTo(found);
  }

  @ParameterizedTest
  @MethodSource("table")
  void convertsAsExpected(Map.Entry<String, Expectation> row) throws IOException {
    String[] parts = row.getKey().split("/", -1);
    byte[] source = Vectors.input(parts[0]);
    EstargzOptions options = options(parts[0], parts[1]);
    switch (row.getValue()) {
      case EXACT_BUT_OFFSETS -> {
        Converted converted = Converted.of(source, options, folder);
        byte[] reference = Vectors.toc(parts[0], parts[1]);
        if (parts[1].contains("minchunk")) {
          assertThat(Vectors.withoutPlaces(converted.tocJson()))
              .isEqualTo(Vectors.withoutPlaces(reference));
        } else {
          assertThat(Vectors.withoutOffsets(converted.tocJson()))
              .isEqualTo(Vectors.withoutOffsets(reference));
        }
        assertMissedAsReference(row.getKey(), converted.layer().missed());
        assertSound(converted);
        if (options.isLossless()) {
          assertThat(tar(converted)).isEqualTo(source);
        }
      }
      case HOLDS_A_TOC -> {
        assertThat(Vectors.text("out/" + row.getKey() + ".err")).contains("existing TOC JSON");
        assertThatThrownBy(() -> Converted.of(source, options, folder))
            .isInstanceOf(CorruptContentException.class)
            .hasMessageContaining("holds a TOC already");
        assertThat(folder).isEmptyDirectory();
      }
      case FAILS -> {
        String reference = Vectors.text("out/" + row.getKey() + ".err");
        String file = reference.replaceAll("(?s).*file: \"(.*)\": not found.*", "$1");
        // Where the reference misses a folder, the file that is missing comes next.
        String name = file.equals("sub") ? ".prefetch.landmark" : file;
        assertThatThrownBy(() -> Converted.of(source, options, folder))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("'" + name + "' is not in the layer");
        assertThat(folder).isEmptyDirectory();
      }
      case RECOMMENDED -> {
        Converted converted = Converted.of(source, options, folder);
        List<String> names = converted.names();
        int landmark = names.indexOf(".prefetch.landmark");
        assertThat(names.subList(0, landmark))
            .isEqualTo(RECOMMENDED_FRONT.get(row.getKey().replaceAll("-.*", "")));
        List<String> reference = namesOf(Vectors.toc(parts[0], "prio1"));
        assertThat(names).containsExactlyInAnyOrderElementsOf(reference);
        assertSound(converted);
      }
    }
  }

  private static EstargzOptions options(String name, String variant) throws IOException {
    EstargzOptions options = EstargzOptions.defaults();
    if (variant.contains("minchunk")) {
      options = options.withMinChunkSize(variant.endsWith("100k") ? 100_000 : 2000);
    }
    if (variant.equals("exttoc")) {
      options = options.withCompression(new Compression.Gzip(9, TocPlacement.EXTERNAL));
    }
    if (variant.contains("lossless")) {
      options = options.withCompression(new Compression.Gzip(9, TocPlacement.EXTERNAL_LOSSLESS));
    }
    if (variant.endsWith("zstd")) {
      options = options.withCompression(new Compression.Zstd(3));
    }
    if (variant.startsWith("chunk64k")) {
      return options.withChunkSize(64 << 10);
    }
    if (!variant.startsWith("prio")) {
      return options;
    }
    return options
        .withPrioritized(Vectors.prioritized(name, variant.replaceAll("-.*", "")))
        .withAllowMissing(!variant.endsWith("-strict"));
  }

  private static void assertMissedAsReference(String row, List<String> missed) throws IOException {
    String result = Vectors.text("out/" + row + ".result.json");
    List<String> expected = new ArrayList<>();
    if (result.contains("\"missed\"")) {
      String list = result.replaceAll("(?s).*\"missed\": \\[(.*?)\\].*", "$1");
      for (String element : list.split(",", -1)) {
        expected.add(element.strip().replace("\"", ""));
      }
    }
    assertThat(missed).isEqualTo(expected);
  }

  private static List<String> namesOf(byte[] toc) throws IOException {
    return rows(toc).stream().filter(row -> !row.isChunk()).map(TocRow::name).toList();
  }

  private static void assertSound(Converted converted) throws IOException {
    assertThat(converted.problems()).isEmpty();
    byte[] tar = tar(converted);
    assertThat(Digest.sha256(tar)).isEqualTo(converted.layer().diffId());
    assertThat(tar).hasSize((int) converted.layer().uncompressedSize());
    byte[] blob = converted.blob().bytes();
    if (converted.layer().zstdManifest() == null && converted.externalToc() == null) {
      assertThat(Arrays.copyOfRange(tar, tar.length - 1024, tar.length)).containsOnly(0);
    }
    assertThat(Digest.sha256(blob)).isEqualTo(converted.layer().digest());
  }

  private static byte[] tar(Converted converted) throws IOException {
    try (InputStream in = Decompression.open(new ByteArrayInputStream(converted.blob().bytes()))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100_000, EstargzOptions.MAX_CHUNK_SIZE})
  void membersHoldAtLeastTheMinimumChunkSize(int minimum) throws IOException {
    EstargzOptions options =
        EstargzOptions.defaults().withChunkSize(64 << 10).withMinChunkSize(minimum);
    Converted converted = Converted.of(Vectors.input("chunks"), options, folder);
    Map<Long, Long> held = new TreeMap<>();
    for (TocRow row : rows(converted.tocJson())) {
      if (row.hasContent()) {
        long size = row.isChunk() ? 0 : row.size();
        // A member that is not yet full goes on, and one that is full does not.
        boolean begins = row.innerOffset() == 0;
        assertThat(begins).isEqualTo(!held.containsKey(row.offset()));
        if (!begins) {
          assertThat(held.get(row.offset())).isLessThan(minimum);
        }
        held.merge(row.offset(), Math.min(64 << 10, size), Long::sum);
      }
    }
    assertThat(held).hasSizeGreaterThan(minimum == EstargzOptions.MAX_CHUNK_SIZE ? 0 : 1);
    assertSound(converted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnu/default",
        "gnu/prio2",
        "hardlinks/prio1",
        "whiteouts/prio1",
        "chunks/chunk64k",
        "gnu/minchunk",
        "gnu/prio2-minchunk",
        "chunks/minchunk",
        "chunks/chunk64k-minchunk100k",
        "gnu/zstd",
        "chunks/chunk64k-zstd"
      })
  void readsAndVerifiesTheReferencesBlobs(String name) throws IOException {
    String[] parts = name.split("/", -1);
    byte[] blob = Vectors.blob(parts[0], parts[1]);
    UnverifiedToc toc = UnverifiedToc.read(new BytesBlob(blob));
    assertThat(toc.json()).isEqualTo(Vectors.toc(parts[0], parts[1]));
    String result = Vectors.text("out/" + name + ".result.json");
    LayerVerifier.Expected expected =
        new LayerVerifier.Expected(
            digest(result, "blobDigest"),
            blob.length,
            digest(result, "diffID"),
            digest(result, "tocDigest"));
    assertThat(LayerVerifier.verify(new BytesBlob(blob), expected)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnu/exttoc",
        "gnu/lossless-exttoc",
        "gnu/lossless-minchunk",
        "hardlinks/exttoc",
        "hardlinks/lossless-minchunk",
        "whiteouts/lossless-exttoc"
      })
  void readsAndVerifiesTheReferencesBlobsWithExternalTocs(String name) throws IOException {
    String[] parts = name.split("/", -1);
    BytesBlob blob = new BytesBlob(Vectors.blob(parts[0], parts[1]));
    BytesBlob toc = new BytesBlob(Vectors.bytes("out/" + name + ".extoc.tar.gz"));
    assertThat(UnverifiedToc.readExternal(blob, toc.content()).json())
        .isEqualTo(Vectors.toc(parts[0], parts[1]));
    String result = Vectors.text("out/" + name + ".result.json");
    String diffId = name.contains("lossless") ? "diffID\\(writer\\)" : "diffID";
    LayerVerifier.Expected expected =
        new LayerVerifier.Expected(
            digest(result, "blobDigest"),
            blob.size(),
            digest(result, diffId),
            digest(result, "tocDigest"));
    assertThat(LayerVerifier.verify(blob, expected, toc.content())).isEmpty();
    assertThat(LayerVerifier.verify(blob, expected).toString()).contains("TOC is external");
  }

  private static Digest digest(String result, String key) {
    return Digest.parse(result.replaceAll("(?s).*\"" + key + "\": \"([^\"]*)\".*", "$1"));
  }

  private static List<TocRow> rows(byte[] toc) throws IOException {
    List<TocRow> rows = new ArrayList<>();
    TocParser.parse(toc, rows::add);
    return rows;
  }
}
