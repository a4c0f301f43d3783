package dev.starling.api.registry;

import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.auth.Credential;
import dev.starling.api.registry.auth.Keychain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients for tests: no environment, no waiting, a clock that stands until it is set. */
final class TestClients {

  static final RegistryConfig CONFIG =
      RegistryConfig.of(Map.of(), Path.of("/nowhere"))
          .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));

  /** Pauses are written down instead of waited for, and move the clock. */
  static final class FakeTime extends Clock {
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");

    Timing timing() {
      return new Timing(
          this,
          (duration, scope) -> {
            pauses.add(duration);
            pass(duration);
          },
          () -> 0.5);
    }

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private TestClients() {}

  static RegistryClient client(FakeTime time) throws IOException {
    return client(CONFIG, Keychain.ANONYMOUS, time);
  }

  static RegistryClient client(RegistryConfig config, Keychain keychain, FakeTime time)
      throws IOException {
    return new RegistryClient(config, keychain, time.timing());
  }

  static RegistryReference app(String host) {
    return (RegistryReference) Reference.parse("http://" + host + "/app");
  }

  /** Knows one login, for every host. */
  static Keychain login(Credential credential) {
    return new Keychain() {
      @Override
      public Optional<Credential> find(String host, String repository) {
        return Optional.of(credential);
      }

      @Override
      public String describe() {
        return "the test";
      }
    };
  }
}
