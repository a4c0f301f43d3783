package dev.starling.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.UsageException;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.TocPlacement;
import dev.starling.api.reference.Reference;
import dev.starling.convert.prefetch.ListedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConversionOptionsTest {

  private static ConversionOptions parse(String... args) {
    return CommandLine.populateCommand(new ConversionOptions(), args);
  }

  @Test
  void estargzIsTheDefaultAndOciAloneConvertsNoLayers() {
    assertThat(parse().layers()).isInstanceOf(LazyConversion.class);
    assertThat(parse().oci()).isTrue();
    assertThat(parse("--estargz").oci()).isFalse();
    assertThat(parse("--oci").layers()).isNull();
  }

  @Test
  void theOptionsReachTheWriter() {
    assertThat(
            parse(
                    "--estargz",
                    "--estargz-compression-level=1",
                    "--estargz-chunk-size=65536",
                    "--estargz-min-chunk-size=50000")
                .layers())
        .isInstanceOfSatisfying(
            LazyConversion.class,
            conversion -> {
              assertThat(conversion.options().compression()).isEqualTo(new Compression.Gzip(1));
              assertThat(conversion.options().chunkSize()).isEqualTo(65536);
              assertThat(conversion.options().minChunkSize()).isEqualTo(50000);
              assertThat(conversion.fingerprint()).contains("level=1 chunk=65536 min=50000");
            });
    assertThat(
            parse(
                    "--oci",
                    "--zstdchunked",
                    "--zstdchunked-compression-level=19",
                    "--zstdchunked-chunk-size=65536")
                .layers())
        .isInstanceOfSatisfying(
            LazyConversion.class,
            conversion -> {
              assertThat(conversion.options().compression()).isEqualTo(new Compression.Zstd(19));
              assertThat(conversion.options().chunkSize()).isEqualTo(65536);
              assertThat(conversion.fingerprint()).contains("level=19 chunk=65536");
            });
  }

  @Test
  void theTocsPlaceIsPartOfTheConversion() {
    assertThat(toc("--estargz")).isEqualTo(TocPlacement.INSIDE);
    assertThat(toc("--estargz-external-toc")).isEqualTo(TocPlacement.EXTERNAL);
    assertThat(toc("--oci", "--estargz", "--estargz-external-toc", "--estargz-keep-diff-id"))
        .isEqualTo(TocPlacement.EXTERNAL_LOSSLESS);
  }

  private static @Nullable TocPlacement toc(String... args) {
    return parse(args).layers() instanceof LazyConversion conversion
            && conversion.options().compression() instanceof Compression.Gzip gzip
            && conversion.makesExternalTocs() == (gzip.toc() != TocPlacement.INSIDE)
            && conversion.fingerprint().contains("toc=" + gzip.toc())
        ? gzip.toc()
        : null;
  }

  @Test
  void uncompressingKeepsTheKindOfMediaTypes() {
    assertThat(parse("--uncompress").layers()).isEqualTo(new Uncompression());
    assertThat(parse("--uncompress", "--oci").layers()).isEqualTo(new Uncompression());
    assertThat(parse("--uncompress").oci()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "r.example/app, no tag",
    "http://r.example:5000/app, no tag",
    "local:///tmp/layout, no tag",
    "r.example/app@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a, a digest"
  })
  void aTocImageNeedsATagToBeNamedAfter(String target, String reason) {
    assertThatThrownBy(() -> TocImageWriter.nameFor(target, Reference.parse(target)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(reason + "; with an external TOC the target needs a tag");
  }

  @Test
  void aTocImageIsNamedAfterTheTag() {
    String target = "http://r.example:5000/app:1.0";
    assertThat(TocImageWriter.nameFor(target, Reference.parse(target)))
        .hasToString(target + "-esgztoc");
    String longest = "r.example/app:" + "t".repeat(128);
    assertThatThrownBy(() -> TocImageWriter.nameFor(longest, Reference.parse(longest)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("too long for its TOC image");
  }

  @Test
  void listsOfFilesAreRead(@TempDir Path folder) throws IOException {
    Path record = Files.writeString(folder.resolve("record"), "{\"path\":\"a\"}");
    Path list = Files.writeString(folder.resolve("list"), "b\n*.so\n");
    ConversionRequest request =
        parse("--estargz-record-in=" + record, "--prefetch-list=" + list, "--strict", "--reuse")
            .request(PlatformSelection.all());
    assertThat(request.lists().all())
        .extracting(ListedFile::text)
        .containsExactly("a", "b", "*.so");
    assertThat(request.strict()).isTrue();
    assertThat(request.reuse()).isTrue();
    assertThatThrownBy(() ->
            parse("--prefetch-list=" + folder.resolve("none")).request(PlatformSelection.all()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("there is no file");
  }

  @ParameterizedTest
  @CsvSource({
    "--zstdchunked --oci --estargz-record-in=x, --estargz-record-in and --zstdchunked",
    "--estargz --zstdchunked-record-in=x, --zstdchunked-record-in needs --zstdchunked",
    "--oci --prefetch-list=x, --prefetch-list needs --estargz",
    "--oci --reuse, --reuse needs --estargz",
    "--strict, --strict needs a list of files",
    "--zstdchunked --oci --estargz, --estargz and --zstdchunked",
    "--zstdchunked --oci --estargz-compression-level=9, --estargz-compression-level and --zstdch",
    "--zstdchunked --oci --estargz-chunk-size=0, --estargz-chunk-size and --zstdchunked",
    "--zstdchunked --oci --estargz-min-chunk-size=1, --estargz-min-chunk-size and --zstdchunked",
    "--zstdchunked, --zstdchunked needs --oci",
    "--zstdchunked-compression-level=3, --zstdchunked-compression-level needs --zstdchunked",
    "--zstdchunked-chunk-size=3, --zstdchunked-chunk-size needs --zstdchunked",
    "--zstdchunked --oci --estargz-external-toc, --estargz-external-toc and --zstdchunked",
    "--zstdchunked --oci --estargz-keep-diff-id, --estargz-keep-diff-id and --zstdchunked",
    "--estargz --uncompress, --estargz and --uncompress exclude each other",
    "--oci --zstdchunked --uncompress, --zstdchunked and --uncompress exclude each other",
    "--estargz-min-chunk-size=1 --uncompress, --estargz-min-chunk-size and --uncompress",
    "--estargz --estargz-keep-diff-id, --estargz-keep-diff-id needs --estargz-external-toc",
    "--oci --estargz-external-toc, --estargz-external-toc needs --estargz",
    "--estargz --estargz-external-toc --reuse, --estargz-external-toc and --reuse exclude",
    "--uncompress --reuse, --uncompress and --reuse exclude each other",
    "--uncompress --prefetch-list=f, --uncompress and --prefetch-list exclude each other",
    "--estargz-external-toc --estargz-keep-diff-id --prefetch-list=f, keep-diff-id and --prefetch",
    "--estargz-external-toc --estargz-keep-diff-id --estargz-record-in=f, id and --estargz-record",
    "--zstdchunked --oci --zstdchunked-compression-level=20, expected 1 to 19",
    "--estargz-min-chunk-size=-1, expected 0 to",
    "--estargz-compression-level=13, expected 0 to 12"
  })
  void contradictionsAreRefused(String args, String message) {
    assertThatThrownBy(() -> parse(args.split(" ", -1)).request(PlatformSelection.all()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
