package dev.starling.snapshot.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonState.Access;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {

  private static final Calls.LayerStatus LAYER =
      new Calls.LayerStatus(
          7,
          "sha256:ab",
          "a/b",
          1L << 40,
          3,
          0.25,
          4,
          5,
          1,
          true,
          "eStargz",
          "/d/\u00fc \"x\"",
          "");
  private static final Access ACCESS =
      new Access("r:1", true, "linux/arm64/v8", false, true, Map.of("DOCKER_CONFIG", "/a b"));

  static Stream<Object> everything() {
    Calls.Pulled pulled = new Calls.Pulled("r:1", "sha256:cd", List.of(LAYER, LAYER));
    return Stream.of(
        new Calls.Nothing(),
        new Calls.Pull(ACCESS),
        new Calls.Fetching("sha256:ab", "a/b"),
        pulled,
        new Calls.Held(pulled, "sha256:ef", "{\"a\":\n1}"),
        new Calls.MountImage(ACCESS, "/mnt", true),
        new Calls.MountedImage("m1", "/mnt", "sha256:cd", List.of()),
        new Calls.Unmount("/mnt"),
        new Calls.Unmounted(List.of("/a", "/b"), List.of()),
        new Calls.Status(
            1L << 33,
            List.of(new Calls.ImageStatus("r:1", "sha256:cd", List.of(LAYER))),
            List.of(new Calls.MountStatus("m1", "r:1", "/mnt", false, "mounted"))),
        "a text\nof two lines");
  }

  @ParameterizedTest
  @MethodSource("everything")
  void whatIsWrittenIsRead(Object value) throws Exception {
    String json = Records.write(value);
    assertThat(json).doesNotContain("\n");
    assertThat(Records.read(json, value.getClass())).isEqualTo(value);
  }

  @Test
  void whatIsMissingIsNothingAndWhatIsUnknownIsLeftOut() throws Exception {
    assertThat(Records.read("{\"digest\":\"d\",\"new\":[1]}", Calls.Fetching.class).digest())
        .isEqualTo("d");
    assertThat(
            Records.read("{\"access\":{\"reference\":\"r\"}}", Calls.Pull.class).access().logins())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "7", "[]", "{", "{\"access\":7}", "{\"access\":{\"plainHttp\":{}}}"})
  void whatDoesNotFitIsToldAsAnotherVersions(String json) {
    assertThatThrownBy(() -> Records.read(json, Calls.Pull.class)).isInstanceOf(IOException.class);
  }
}
