package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.CONFIG;
import static dev.starling.api.registry.TestClients.app;
import static dev.starling.api.registry.TestClients.client;
import static dev.starling.api.registry.TestContent.bytes;
import static dev.starling.api.registry.TestContent.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.image.RawManifest;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.TestClients.FakeTime;
import dev.starling.api.registry.auth.Keychain;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryTest {

  private static final RawManifest MANIFEST = TestContent.manifest(descriptor(new byte[1]));

  private final FakeTime time = new FakeTime();

  private RawManifest manifest(IntFunction<Reply> replies) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(request -> replies.apply(calls.incrementAndGet()));
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false)) {
      return source.manifest("latest");
    }
  }

  private static Reply good() {
    return Reply.of(200, MANIFEST.bytes()).with("Content-Type", MANIFEST.mediaType().value());
  }

  @Test
  void pausesLongerAndLonger() throws Exception {
    assertThat(manifest(call -> call < 5 ? Reply.of(502) : good())).isEqualTo(MANIFEST);
    assertThat(time.pauses)
        .containsExactly(
            Duration.ofMillis(375),
            Duration.ofMillis(750),
            Duration.ofMillis(1500),
            Duration.ofMillis(3000));
  }

  @Test
  void waitsAsLongAsTheServerAsksWithinReason() throws Exception {
    manifest(call -> call == 1 ? Reply.of(429).with("Retry-After", "7") : good());
    manifest(call ->
        call == 1 ? Reply.of(429).with("Retry-After", "Sun, 22 Nov 2026 00:00:17 GMT") : good());
    manifest(call -> call == 1 ? Reply.of(429).with("Retry-After", "86400") : good());
    assertThat(time.pauses)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(10), Duration.ofSeconds(30));
  }

  @Test
  void survivesResets() throws Exception {
    assertThat(
            manifest(call ->
                switch (call) {
                  case 1 -> good().cutAfter(10);
                  // The HTTP library makes up for the first by itself.
                  case 2, 3 -> Reply.RESET;
                  default -> good();
                }))
        .isEqualTo(MANIFEST);
  }

  @Test
  void givesUpInTheEnd() {
    assertThatThrownBy(() -> manifest(call -> Reply.of(503)))
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.status()).isEqualTo(503));
    assertThat(time.pauses).hasSize(5);
  }

  @Test
  void doesNotInsistOnWhatIsFinal() {
    assertThatThrownBy(() -> manifest(call -> Reply.of(400))).isInstanceOf(RegistryException.class);
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void saysAtOnceThatNobodyIsThere() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (RegistryClient client = client(time);
        RegistrySource source = client.source(app("127.0.0.1:" + port), false)) {
      assertThatThrownBy(() -> source.manifest("latest"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("cannot connect to 127.0.0.1:" + port);
    }
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void closingASourceEndsItsReads() throws Exception {
    byte[] blob = bytes(1, 100_000);
    CountDownLatch reading = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(request -> Reply.of(200, blob).stallAfter(50_000));
        RegistryClient client = client(time)) {
      RegistrySource source = client.source(app(server.host()), false);
      FutureTask<Throwable> read =
          new FutureTask<>(() -> {
            try (InputStream in = source.openBlob(descriptor(blob))) {
              in.readNBytes(50_000);
              reading.countDown();
              in.readAllBytes();
              return new AssertionError("the end was reached");
            } catch (IOException e) {
              return e;
            }
          });
      Thread.ofVirtual().start(read);
      reading.await();
      source.close();
      assertThat(read.get(10, TimeUnit.SECONDS)).hasMessage("the transfer was cancelled");
      assertThatThrownBy(() -> source.manifest("latest")).hasMessage("the transfer was cancelled");
    }
  }

  @Test
  void closingASourceEndsItsPausesAndQueues() throws Exception {
    byte[] blob = bytes(1, 100_000);
    RegistryConfig config =
        CONFIG
            .withMaxParallelTransfers(1)
            .withRetries(new RetryPolicy(3, Duration.ofHours(1), Duration.ofHours(2)));
    try (ScriptedServer server =
            new ScriptedServer(
                request -> request.method.equals("GET") ? Reply.of(200, blob) : Reply.of(503));
        RegistryClient client = new RegistryClient(config, Keychain.ANONYMOUS, Timing.SYSTEM);
        RegistrySource other = client.source(app(server.host()), false);
        InputStream holding = other.openBlob(descriptor(blob))) {
      RegistrySource source = client.source(app(server.host()), false);
      assertThat(holding.read()).isEqualTo(blob[0] & 0xff);
      FutureTask<Throwable> queued = failing(() -> source.openBlob(descriptor(blob)));
      FutureTask<Throwable> pausing = failing(() -> source.describeBlob(descriptor(blob).digest()));
      while (server.received().size() < 2) {
        Thread.onSpinWait();
      }
      source.close();
      assertThat(queued.get(10, TimeUnit.SECONDS)).hasMessage("the transfer was cancelled");
      assertThat(pausing.get(10, TimeUnit.SECONDS)).hasMessage("the transfer was cancelled");
    }
  }

  @Test
  void aStreamLeftOpenBlocksNobodyOnceItsSourceIsClosed() throws Exception {
    byte[] blob = bytes(1, 100_000);
    try (ScriptedServer server = new ScriptedServer(request -> Reply.of(200, blob));
        RegistryClient client =
            client(CONFIG.withMaxParallelTransfers(1), Keychain.ANONYMOUS, time);
        RegistrySource other = client.source(app(server.host()), false)) {
      RegistrySource source = client.source(app(server.host()), false);
      InputStream forgotten = source.openBlob(descriptor(blob));
      assertThat(forgotten.read()).isEqualTo(blob[0] & 0xff);
      source.close();
      try (InputStream in = other.openBlob(descriptor(blob))) {
        assertThat(in.readAllBytes()).isEqualTo(blob);
      }
    }
  }

  private static FutureTask<Throwable> failing(java.util.concurrent.Callable<?> call) {
    FutureTask<Throwable> task =
        new FutureTask<>(() -> {
          try {
            return new AssertionError("got " + call.call());
          } catch (IOException e) {
            return e;
          }
        });
    Thread.ofVirtual().start(task);
    return task;
  }
}
