package dev.starling.testkit.contract;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.testkit.image.ImageBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the two suites share: a repository, and a blob big enough to arrive in several parts. */
abstract class RepositoryContract {

  @TempDir Path folder;

  private @Nullable TestRepository repository;
  private @Nullable ImageSink sink;

  final byte[] bytes = randomBytes(1_000_003);
  final Descriptor blob = descriptor(bytes);

  /**
   * Opens a fresh repository.
   *
   * @param folder an empty directory that is removed after the test
   */
  protected abstract TestRepository open(Path folder) throws Exception;

  @BeforeEach
  void openRepository() throws Exception {
    TestRepository opened = open(folder);
    repository = opened;
    sink = opened.sink();
  }

  @AfterEach
  void closeRepository() throws IOException {
    try (TestRepository _ = repository;
        ImageSink _ = sink) {
      repository = null;
      sink = null;
    }
  }

  final ImageSource source() throws IOException {
    return Objects.requireNonNull(repository, "no repository is open").source();
  }

  final ImageSink sink() {
    return Objects.requireNonNull(sink, "no repository is open");
  }

  final RawManifest writeSample(String tag) throws IOException {
    return ImageBuilder.sample(Platform.of("linux", "amd64", null)).writeTo(sink(), tag);
  }

  final ImageSink.Outcome put(byte[] content) throws IOException {
    return put(descriptor(content), content);
  }

  final ImageSink.Outcome put(Descriptor descriptor, byte[] content) throws IOException {
    return sink()
        .putBlob(
            descriptor,
            offset ->
                new ByteArrayInputStream(content, (int) offset, content.length - (int) offset),
            null);
  }

  final void damage(Digest digest) throws IOException {
    Path file = Objects.requireNonNull(repository, "no repository is open").file(digest);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 0x20;
    Files.write(file, content);
  }

  static Descriptor descriptor(byte[] content) {
    return Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(content), content.length);
  }

  static byte[] randomBytes(int length) {
    byte[] random = new byte[length];
    new Random(length).nextBytes(random);
    return random;
  }

  static <T> List<T> atOnce(int count, Callable<T> task) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        futures.add(threads.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
