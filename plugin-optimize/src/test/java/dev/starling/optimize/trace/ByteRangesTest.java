package dev.starling.optimize.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Compared with a bit for each byte. */
class ByteRangesTest {

  private static final int LENGTH = 64;

  @RepeatedTest(100)
  void isTheSetOfItsBytes(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    ByteRanges ranges = new ByteRanges();
    BitSet bytes = new BitSet();
    for (int i = 0; i < 8; i++) {
      int start = random.nextInt(LENGTH);
      int end = Math.min(LENGTH, start + random.nextInt(12));
      ranges.add(start, end);
      bytes.set(start, end);
    }
    assertThat(ranges.size()).isEqualTo(bytes.cardinality());
    List<ByteRange> expected = new ArrayList<>();
    for (int at = bytes.nextSetBit(0); at >= 0; at = bytes.nextSetBit(bytes.nextClearBit(at))) {
      expected.add(new ByteRange(at, bytes.nextClearBit(at) - at));
    }
    assertThat(ranges.list()).isEqualTo(expected);
    for (int at = 0; at < LENGTH; at++) {
      int next = bytes.nextSetBit(at);
      assertThat(ranges.endOfFilled(at)).isEqualTo(bytes.get(at) ? bytes.nextClearBit(at) : at);
      assertThat(ranges.endOfGap(at, LENGTH)).isEqualTo(next < 0 ? LENGTH : next);
    }
  }

  @Test
  void nothingAddsNothing() {
    ByteRanges ranges = new ByteRanges();
    ranges.add(7, 7);
    assertThat(ranges.list()).isEmpty();
  }
}
