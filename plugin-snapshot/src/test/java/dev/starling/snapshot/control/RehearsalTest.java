package dev.starling.snapshot.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.snapshot.daemon.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RehearsalTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        Calls.Pulled.class,
        Calls.MountedImage.class,
        Calls.Unmounted.class,
        Calls.Status.class,
        Calls.Nothing.class
      })
  void readsEveryAnswerThatThereIs(Class<?> answer) {
    assertThat(Rehearsal.run(JsonMapper.shared(), answer)).isInstanceOf(answer);
  }

  @Test
  void meetsWhatLiesInLists() {
    Calls.Status status = Rehearsal.run(JsonMapper.shared(), Calls.Status.class);
    assertThat(status.images()).hasSize(1);
    assertThat(status.images().getFirst().layers()).hasSize(1);
  }
}
