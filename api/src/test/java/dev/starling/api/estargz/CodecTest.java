package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CodecTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void theUnpackedLibraryLeavesNoFileThatAKilledProcessWouldLeave() throws IOException {
    assertThat(Codec.best()).isEqualTo(Codec.LIBDEFLATE);
    assertThat(ZstdCodec.best()).isEqualTo(ZstdCodec.NATIVE);
    List<String> libraries;
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      libraries = maps.filter(line -> line.matches(".*/(deflate|zstd)[0-9]+\\.tmp.*")).toList();
    }
    assertThat(libraries).isNotEmpty().allSatisfy(line -> assertThat(line).endsWith("(deleted)"));
  }
}
