package dev.starling.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.UsageException;
import dev.starling.api.estargz.Compression;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @CsvSource({
    "--zstdchunked --oci --estargz, --estargz and --zstdchunked",
    "--zstdchunked --oci --estargz-compression-level=9, --estargz-compression-level and --zstdch",
    "--zstdchunked --oci --estargz-chunk-size=0, --estargz-chunk-size and --zstdchunked",
    "--zstdchunked --oci --estargz-min-chunk-size=1, --estargz-min-chunk-size and --zstdchunked",
    "--zstdchunked, --zstdchunked needs --oci",
    "--zstdchunked-compression-level=3, --zstdchunked-compression-level needs --zstdchunked",
    "--zstdchunked-chunk-size=3, --zstdchunked-chunk-size needs --zstdchunked",
    "--zstdchunked --oci --zstdchunked-compression-level=20, expected 1 to 19",
    "--estargz-min-chunk-size=-1, expected 0 to",
    "--estargz-compression-level=13, expected 0 to 12"
  })
  void contradictionsAreRefused(String args, String message) {
    assertThatThrownBy(() -> parse(args.split(" ", -1)).layers())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }
}
