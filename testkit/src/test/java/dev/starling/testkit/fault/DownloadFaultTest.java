package dev.starling.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.RawManifest;
import dev.starling.api.registry.RegistryConfig;
import dev.starling.api.registry.RegistryException;
import dev.starling.testkit.image.ImageBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way from a registry. */
class DownloadFaultTest extends FaultTest {

  /** Short, so that a stall is noticed soon. */
  @Override
  RegistryConfig configure(RegistryConfig config) {
    return config.withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(1));
  }

  @Test
  void withoutHeadABlobIsDescribedAndAManifestIsRead() throws IOException {
    RawManifest manifest;
    try (var local =
        registry.layout().sink(dev.starling.api.layout.RepositoryNames.served("team/app"))) {
      manifest = new ImageBuilder().writeTo(local, "1");
    }
    store();
    registry.inject(new Fault.NoHead());
    assertThat(source.describeBlob(blob.digest()).size()).isEqualTo(bytes.length);
    assertThat(source.manifest("1")).isEqualTo(manifest);
    assertThat(sink.hasBlob(blob)).isTrue();
  }

  @Test
  void aRedirectIsFollowedAndUsedAgainUntilItExpires() throws IOException {
    store();
    registry.inject(new Fault.RedirectBlobs(Duration.ofMinutes(5)));
    try (RandomAccessBlob random = source.openRandomAccess(blob)) {
      readAt(random, 10);
      readAt(random, 2_000_000);
      assertThat(registry.log().count(this::isRedirect)).isEqualTo(1);
      clock.advance(Duration.ofMinutes(6));
      readAt(random, 1_000_000);
      assertThat(registry.log().count(this::isRedirect)).isEqualTo(2);
    }
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void aRangeThatIsIgnoredIsCutFromTheWhole() throws IOException {
    store();
    registry.inject(new Fault.IgnoreRange());
    try (RandomAccessBlob random = source.openRandomAccess(blob)) {
      readAt(random, 1_234_567);
    }
    registry.inject(new Fault.Reset(1_000_000), 1);
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void aBrokenConnectionIsTakenUpWhereItBroke() throws IOException {
    store();
    registry.inject(new Fault.Reset(1_000_000), 2);
    assertThat(download()).isEqualTo(bytes);
    List<LoggedRequest> requests =
        registry.log().matching(request -> request.isBlob() && request.method().equals("GET"));
    assertThat(requests).hasSize(3);
    assertThat(requests.get(1).header("Range")).isEqualTo("bytes=1000000-");
    assertThat(requests.get(2).header("Range")).isEqualTo("bytes=2000000-");
  }

  @Test
  void aConnectionThatAlwaysBreaksFailsInTheEnd() throws IOException {
    store();
    registry.inject(new Fault.Reset(0));
    assertThatThrownBy(this::download)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(registry.host())
        .hasMessageNotContaining("\n");
  }

  @Test
  void aStallCountsAsABreak() throws IOException {
    store();
    registry.inject(new Fault.Stall(500_000, Duration.ofMinutes(5)), 1);
    assertThat(download()).isEqualTo(bytes);
    assertThat(registry.log().count(r -> String.valueOf(r.header("Range")).startsWith("bytes=")))
        .isEqualTo(1);
  }

  @Test
  void aTruncatedBlobIsTakenUpWhereItEnded() throws IOException {
    store();
    registry.inject(new Fault.Truncate(1_000_000), 1);
    assertThat(download()).isEqualTo(bytes);
    assertThat(registry.log().count(r -> "bytes=1000000-".equals(r.header("Range")))).isEqualTo(1);
  }

  @Test
  void aBlobOfWhichNothingArrivesFailsInTheEnd() throws IOException {
    store();
    registry.inject(new Fault.Truncate(0));
    assertThatThrownBy(this::download).isInstanceOf(IOException.class);
    registry.heal();
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void aCorruptBlobIsNotTaken() throws IOException {
    store();
    registry.inject(new Fault.Corrupt(1_500_000), 1);
    assertThatThrownBy(this::download)
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(blob.digest().toString());
    assertThat(download()).isEqualTo(bytes);
  }

  @Test
  void tooManyRequestsAreMadeAgainAfterTheTimeAsked() throws IOException {
    store();
    registry.inject(new Fault.TooManyRequests(Duration.ofSeconds(1)), 1);
    long start = System.nanoTime();
    assertThat(download()).isEqualTo(bytes);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void serverErrorsAreTriedAgainAndThenNamed() throws IOException {
    store();
    registry.inject(new Fault.ServerError(503), 3);
    assertThat(download()).isEqualTo(bytes);
    registry.inject(new Fault.ServerError(500));
    assertThatThrownBy(this::download)
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("500");
  }

  @Test
  void aHugeManifestIsRefused() {
    registry.inject(new Fault.HugeManifest(5_000_000));
    assertThatThrownBy(() -> source.manifest("1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4194304");
  }

  @Test
  void severalRangesAreRefusedByThisFaultOnly() throws Exception {
    store();
    registry.inject(new Fault.RefuseSeveralRanges());
    assertThat(status("bytes=0-1,5-6")).isEqualTo(400);
    assertThat(status("bytes=0-1")).isEqualTo(206);
    registry.heal();
    assertThat(status("bytes=0-1,5-6")).isEqualTo(200);
  }

  private int status(String range) throws Exception {
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      String uri = "http://" + registry.host() + "/v2/team/app/blobs/" + blob.digest();
      var request =
          java.net.http.HttpRequest.newBuilder(java.net.URI.create(uri)).header("Range", range);
      return http.send(request.build(), java.net.http.HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private void readAt(RandomAccessBlob random, int offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1000);
    random.readFully(buffer, offset);
    assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + 1000));
  }

  private boolean isRedirect(LoggedRequest request) {
    return request.status() == 307;
  }
}
