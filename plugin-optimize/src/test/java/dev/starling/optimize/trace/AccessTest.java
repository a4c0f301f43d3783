package dev.starling.optimize.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccessTest {

  private static final long MIB = 1 << 20;

  private static boolean isSparse(long size, ByteRange... ranges) {
    return new Access(0, "file", List.of(), size, 0, List.of(ranges)).isSparse();
  }

  @Test
  void aFileOfOneChunkIsFetchedAsAWholeAnyway() {
    assertThat(isSparse(4 * MIB, new ByteRange(0, 1))).isFalse();
    assertThat(isSparse(0)).isFalse();
  }

  @Test
  void chunksAreCountedOnce() {
    ByteRange ends = new ByteRange(4 * MIB - 1, 2);
    assertThat(isSparse(16 * MIB, ends)).isFalse();
    assertThat(isSparse(16 * MIB + 1, ends)).isTrue();
    assertThat(isSparse(16 * MIB + 1, ends, new ByteRange(5 * MIB, 1))).isTrue();
    assertThat(isSparse(16 * MIB + 1, ends, new ByteRange(9 * MIB, 1))).isFalse();
  }
}
