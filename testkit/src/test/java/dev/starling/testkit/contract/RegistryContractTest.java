package dev.starling.testkit.contract;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Digest;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.RegistryClient;
import dev.starling.api.registry.RegistryConfig;
import dev.starling.api.registry.RetryPolicy;
import dev.starling.api.registry.auth.Keychain;
import dev.starling.testkit.fault.FaultyRegistry;
import dev.starling.testkit.peer.DockerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;

/** The registry client keeps the contracts, with the built-in registry and with a real one. */
class RegistryContractTest {

  private static final RetryPolicy SOON =
      new RetryPolicy(3, Duration.ofMillis(5), Duration.ofMillis(50));

  record RemoteRepository(
      AutoCloseable registry,
      RegistryClient client,
      RegistryReference reference,
      Function<Digest, Path> files)
      implements TestRepository {

    static RemoteRepository of(
        AutoCloseable registry, String host, Path home, Function<Digest, Path> files)
        throws IOException {
      return new RemoteRepository(
          registry,
          RegistryClient.open(
              RegistryConfig.of(Map.of(), home).withRetries(SOON), Keychain.ANONYMOUS),
          (RegistryReference) Reference.parse(host + "/team/app"),
          files);
    }

    @Override
    public ImageSource source() {
      return client.source(reference, true);
    }

    @Override
    public ImageSink sink() {
      return client.sink(reference, true);
    }

    @Override
    public Path file(Digest digest) {
      return files.apply(digest);
    }

    @Override
    public void close() throws IOException {
      client.close();
      try {
        registry.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private static TestRepository builtIn(Path folder) throws IOException {
    FaultyRegistry registry = FaultyRegistry.start(folder.resolve("layout"));
    return RemoteRepository.of(registry, registry.host(), folder, registry.layout().blobs()::file);
  }

  private static TestRepository docker(Path folder) throws Exception {
    DockerRegistry registry = DockerRegistry.start();
    Path blobs = registry.data().resolve("docker/registry/v2/blobs");
    return RemoteRepository.of(
        registry,
        registry.authority(),
        folder,
        digest ->
            blobs
                .resolve(digest.algorithm())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex())
                .resolve("data"));
  }

  @Nested
  class BuiltInSource extends ImageSourceContract {
    @Override
    protected TestRepository open(Path folder) throws IOException {
      return builtIn(folder);
    }
  }

  @Nested
  class BuiltInSink extends ImageSinkContract {
    @Override
    protected TestRepository open(Path folder) throws IOException {
      return builtIn(folder);
    }
  }

  @Nested
  class DockerSource extends ImageSourceContract {
    @Override
    protected TestRepository open(Path folder) throws Exception {
      return docker(folder);
    }
  }

  @Nested
  class DockerSink extends ImageSinkContract {
    @Override
    protected TestRepository open(Path folder) throws Exception {
      return docker(folder);
    }
  }
}
