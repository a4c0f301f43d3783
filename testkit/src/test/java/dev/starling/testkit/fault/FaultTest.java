package dev.starling.testkit.fault;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.RegistryClient;
import dev.starling.api.registry.RegistryConfig;
import dev.starling.api.registry.RetryPolicy;
import dev.starling.api.registry.auth.Credential;
import dev.starling.api.registry.auth.Keychain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry that misbehaves, the client that has to cope, and a blob of several parts. */
abstract class FaultTest {

  static final String USER = "robin";
  static final String PASSWORD = "secret";

  @TempDir Path folder;
  final TestClock clock = new TestClock();
  final byte[] bytes = new byte[3_000_000];
  FaultyRegistry registry;
  RegistryClient client;
  ImageSource source;
  ImageSink sink;
  Descriptor blob;

  Access access() {
    return new Access.Open();
  }

  RegistryConfig configure(RegistryConfig config) {
    return config;
  }

  Optional<Credential> credential() {
    return Optional.of(new Credential.UserPassword(USER, PASSWORD));
  }

  @BeforeEach
  void start() throws IOException {
    new Random(3).nextBytes(bytes);
    blob = Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(bytes), bytes.length);
    registry = FaultyRegistry.start(folder.resolve("layout"), access(), clock);
    RegistryConfig config =
        RegistryConfig.of(Map.of(), folder)
            .withRetries(new RetryPolicy(4, Duration.ofMillis(1), Duration.ofSeconds(2)))
            .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
    client = RegistryClient.open(configure(config), new OneLogin(registry.host(), credential()));
    RegistryReference reference =
        (RegistryReference) Reference.parse(registry.host() + "/team/app");
    source = client.source(reference, true);
    sink = client.sink(reference, true);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
  }

  /** Puts the blob into the layout, past the registry. */
  final void store() throws IOException {
    registry.layout().blobs().put(blob, this::content);
  }

  final InputStream content(long offset) {
    return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
  }

  final byte[] download() throws IOException {
    try (InputStream in = source.openBlob(blob)) {
      return in.readAllBytes();
    }
  }

  final ImageSink.Outcome upload() throws IOException {
    return sink.putBlob(blob, this::content, null);
  }

  /** Knows one registry's login, and hands it to no other host. */
  private record OneLogin(String host, Optional<Credential> credential) implements Keychain {

    @Override
    public Optional<Credential> find(String asked, String repository) {
      return asked.equals(host) ? credential : Optional.empty();
    }

    @Override
    public String describe() {
      return "the test";
    }
  }
}
