package dev.starling.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way to a registry. */
class UploadFaultTest extends FaultTest {

  @Test
  void withoutHeadABlobIsUploadedOnce() throws IOException {
    registry.inject(new Fault.NoHead());
    assertThat(upload()).isEqualTo(Outcome.WRITTEN);
    assertThat(upload()).isEqualTo(Outcome.EXISTS);
  }

  @Test
  void aBrokenUploadIsTakenUpWhereItBroke() throws IOException {
    registry.inject(new Fault.Reset(1_000_000), 1, request -> request.method().equals("PUT"));
    List<Long> offsets = new CopyOnWriteArrayList<>();
    Outcome outcome =
        sink.putBlob(
            blob,
            offset -> {
              offsets.add(offset);
              return content(offset);
            },
            null);
    assertThat(outcome).isEqualTo(Outcome.WRITTEN);
    assertThat(offsets).containsExactly(0L, 1_000_000L);
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void tooManyRequestsAndServerErrorsAreTriedAgain() throws IOException {
    registry.inject(new Fault.TooManyRequests(Duration.ZERO), 1, LoggedRequest::isWrite);
    registry.inject(new Fault.ServerError(502), 1, request -> request.method().equals("PUT"));
    assertThat(upload()).isEqualTo(Outcome.WRITTEN);
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void anUploadThatAlwaysFailsSaysWhy() throws IOException {
    registry.inject(new Fault.ServerError(500), Integer.MAX_VALUE, LoggedRequest::isWrite);
    assertThatThrownBy(this::upload)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("500");
    registry.heal();
    assertThat(sink.hasBlob(blob)).isFalse();
    assertThat(registry.layout().blobs().list()).isEmpty();
  }

  @Test
  void aBlobOfAnotherRepositoryIsMounted() throws IOException {
    store();
    // The built-in registry shares blobs, so only a client that does not find it has to mount.
    registry.inject(new Fault.ServerError(404), Integer.MAX_VALUE, LoggedRequest::isBlob);
    assertThat(sink.putBlob(blob, this::content, "team/other")).isEqualTo(Outcome.MOUNTED);
    assertThat(registry.log().count(r -> r.query().contains("from=team"))).isEqualTo(1);
  }
}
