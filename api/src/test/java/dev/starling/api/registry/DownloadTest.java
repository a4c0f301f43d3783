package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.app;
import static dev.starling.api.registry.TestClients.client;
import static dev.starling.api.registry.TestContent.bytes;
import static dev.starling.api.registry.TestContent.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.ScriptedServer.Script;
import dev.starling.api.registry.TestClients.FakeTime;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DownloadTest {

  private final byte[] blob = bytes(1, 500_000);
  private final FakeTime time = new FakeTime();

  private byte[] download(Script script, List<String> ranges) throws Exception {
    try (ScriptedServer server = new ScriptedServer(script);
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false)) {
      try (InputStream in = source.openBlob(descriptor(blob))) {
        return in.readAllBytes();
      } finally {
        server.received().forEach(request -> ranges.add(request.header("Range")));
      }
    }
  }

  private byte[] download(Script script) throws Exception {
    return download(script, new java.util.ArrayList<>());
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    List<String> ranges = new java.util.ArrayList<>();
    byte[] got =
        download(
            request ->
                switch (calls.incrementAndGet()) {
                  case 1 -> Reply.range(request, blob).cutAfter(100_000);
                  case 2 -> Reply.RESET;
                  default -> Reply.range(request, blob);
                },
            ranges);
    assertThat(got).isEqualTo(blob);
    assertThat(ranges.getFirst()).isEmpty();
    // A reset may swallow the last bytes that were on their way.
    assertThat(ranges.getLast()).matches("bytes=[1-9][0-9]*-");
    assertThat(Integer.parseInt(ranges.getLast().replaceAll("[^0-9]", ""))).isBetween(1, 100_000);
  }

  @Test
  void goesOnWhenTheAnswerEndsEarly() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    byte[] got =
        download(request ->
            calls.incrementAndGet() == 1
                ? Reply.of(200, Arrays.copyOf(blob, 1000))
                : Reply.range(request, blob));
    assertThat(got).isEqualTo(blob);
  }

  @Test
  void skipsWhatAServerWithoutRangesSendsAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    byte[] got =
        download(request ->
            calls.incrementAndGet() == 1
                ? Reply.of(200, blob).cutAfter(100_000)
                : Reply.of(200, blob));
    assertThat(got).isEqualTo(blob);
  }

  @Test
  void givesUpAfterSixBreaksWithoutProgress() {
    assertThatThrownBy(() -> download(request -> Reply.range(request, blob).cutAfter(10)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("the connection broke");
    assertThat(time.pauses).hasSize(5);
  }

  @Test
  void refusesAPartThatIsNotTheOneAskedFor() {
    AtomicInteger calls = new AtomicInteger();
    assertThatThrownBy(() ->
            download(request ->
                calls.incrementAndGet() == 1
                    ? Reply.of(200, blob).cutAfter(100_000)
                    : Reply.of(206, blob).with("Content-Range", "bytes 0-499999/500000")))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("got bytes from 0");
  }

  @Test
  void refusesABlobOfAnotherLength() {
    assertThatThrownBy(() -> download(request -> Reply.of(200, new byte[500_001])))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("has 500001 bytes");
    assertThatThrownBy(() -> download(request -> Reply.of(200, new byte[500_000])))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("hash to");
  }

  @Test
  void noticesABlobThatIsTooShort() {
    byte[] shorter = Arrays.copyOf(blob, 400_000);
    assertThatThrownBy(() ->
            download(request ->
                request.header("Range").isEmpty() ? Reply.of(200, shorter) : Reply.of(416)))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("nothing from byte 400000");
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(() -> download(request -> Reply.of(404)))
        .isInstanceOf(ContentNotFoundException.class)
        .hasMessageContaining("/app has no blob sha256:");
  }

  @Test
  void asksForBytesAsTheyAre() throws Exception {
    assertThat(
            download(request -> {
              assertThat(request.header("Accept-Encoding")).isEqualTo("identity");
              return Reply.of(200, blob);
            }))
        .isEqualTo(blob);
  }

  @Test
  void asksTheRegistryAgainWhenARedirectHasExpired() throws Exception {
    AtomicInteger signature = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    try (ScriptedServer storage =
            new ScriptedServer(request ->
                request.target.endsWith("sig=" + signature.get()) && reads.incrementAndGet() != 2
                    ? Reply.range(request, blob)
                    : Reply.of(403));
        ScriptedServer server =
            new ScriptedServer(request ->
                request.method.equals("HEAD")
                    ? Reply.of(200)
                    : Reply.of(307)
                        .with(
                            "Location",
                            "http://"
                                + storage.otherHost()
                                + "/b?sig="
                                + signature.incrementAndGet()));
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false);
        RandomAccessBlob random = source.openRandomAccess(descriptor(blob))) {
      for (int i = 0; i < 5; i++) {
        ByteBuffer part = ByteBuffer.allocate(100);
        assertThat(random.readAt(part, i * 1000L)).isEqualTo(100);
        assertThat(part.array()).isEqualTo(Arrays.copyOfRange(blob, i * 1000, i * 1000 + 100));
      }
      // One question for presence, one for the first place, one after that place refused.
      assertThat(server.received()).hasSize(3);
      assertThat(storage.received()).hasSize(6);
    }
  }

  @Test
  void readsRandomlyWhereRangesAreIgnored() throws Exception {
    try (ScriptedServer server = new ScriptedServer(request -> Reply.of(200, blob));
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false);
        RandomAccessBlob random = source.openRandomAccess(descriptor(blob))) {
      ByteBuffer part = ByteBuffer.allocate(100);
      assertThat(random.readAt(part, 400_000)).isEqualTo(100);
      assertThat(part.array()).isEqualTo(Arrays.copyOfRange(blob, 400_000, 400_100));
      ByteBuffer tail = ByteBuffer.allocate(100);
      assertThat(random.readAt(tail, 499_990)).isEqualTo(10);
      assertThat(random.readAt(tail, 500_000)).isEqualTo(-1);
    }
  }

  @Test
  void fallsBackToGetWhereHeadIsRefused() throws Exception {
    for (int refusal : new int[] {404, 405}) {
      try (ScriptedServer server =
              new ScriptedServer(request ->
                  request.method.equals("HEAD") ? Reply.of(refusal) : Reply.range(request, blob));
          RegistryClient client = client(time);
          RegistrySource source = client.source(app(server.host()), false)) {
        assertThat(source.describeBlob(descriptor(blob).digest()).size()).isEqualTo(500_000);
      }
    }
  }
}
