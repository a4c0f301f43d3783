package dev.starling.api.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.serve.ByteRange.Part;
import dev.starling.api.serve.ByteRange.Unsatisfiable;
import dev.starling.api.serve.ByteRange.Whole;
import org.junit.jupiter.api.Test;

class ByteRangeTest {

  @Test
  void aSingleRangeIsCutToTheBlob() {
    assertThat(ByteRange.parse("bytes=2-3", 10)).isEqualTo(new Part(2, 3));
    assertThat(ByteRange.parse("bytes=2-", 10)).isEqualTo(new Part(2, 9));
    assertThat(ByteRange.parse("bytes=9-99", 10)).isEqualTo(new Part(9, 9));
    assertThat(ByteRange.parse("bytes=-3", 10)).isEqualTo(new Part(7, 9));
    assertThat(ByteRange.parse("bytes=-30", 10)).isEqualTo(new Part(0, 9));
  }

  @Test
  void whatTheBlobLacksIsUnsatisfiable() {
    assertThat(ByteRange.parse("bytes=10-", 10)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.parse("bytes=0-", 0)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.parse("bytes=-0", 10)).isEqualTo(new Unsatisfiable());
    assertThat(ByteRange.parse("bytes=-5", 0)).isEqualTo(new Unsatisfiable());
  }

  @Test
  void whatIsNoSingleRangeIsIgnored() {
    for (String header :
        new String[] {
          "bytes=0-1,4-5",
          "bytes=5-2",
          "bytes=-",
          "lines=1-2",
          "bytes=a-b",
          "bytes=9999999999999999999-"
        }) {
      assertThat(ByteRange.parse(header, 10)).as(header).isEqualTo(new Whole());
    }
    assertThat(ByteRange.parse(null, 10)).isEqualTo(new Whole());
  }
}
