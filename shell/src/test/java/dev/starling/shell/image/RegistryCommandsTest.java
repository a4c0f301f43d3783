package dev.starling.shell.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.RepositoryNames;
import dev.starling.testkit.fault.Access;
import dev.starling.testkit.fault.Fault;
import dev.starling.testkit.fault.FaultyRegistry;
import dev.starling.testkit.fault.LoggedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands over a registry, well and ill. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class RegistryCommandsTest {

  @TempDir private Path directory;
  private FaultyRegistry registry;
  private Bench bench;
  private RawManifest index;

  @BeforeEach
  void start() throws IOException {
    bench = new Bench(directory);
    registry = FaultyRegistry.start(directory.resolve("registry"));
    index = serve(registry);
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
    registry.close();
  }

  private static RawManifest serve(FaultyRegistry registry) throws IOException {
    try (ImageSink sink = registry.layout().sink(RepositoryNames.served("app"))) {
      return SampleImage.writeIndex(sink, "1");
    }
  }

  @Test
  void pullFetchesOnePlatformAndKeepsTheIndex() {
    String name = registry.host() + "/app:1";

    assertThat(bench.run("pull --platform linux/amd64 " + name)).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            digest: %1$s
            platforms: linux/amd64
            3 blobs of 4.3 kB written
            %2$s is in the local image store; next: starling convert --oci --estargz %2$s TARGET
            """
                .formatted(index.digest(), name));

    assertThat(bench.run("pull --all-platforms " + name)).isZero();
    assertThat(bench.out()).contains("platforms: linux/amd64, linux/arm64").contains("3 there");
    assertThat(bench.run("inspect --format json " + name)).isZero();
    assertThat(bench.out()).contains("the local image store").doesNotContain("false");
    assertThat(bench.run("check " + name)).isZero();
    assertThat(bench.out()).contains("is sound");
  }

  @Test
  void pushSendsOnlyWhatIsMissing() throws IOException {
    bench.run("pull --all-platforms " + registry.host() + "/app:1");
    bench.run("tag " + registry.host() + "/app:1 " + registry.host() + "/other:2");

    assertThat(bench.run("push " + registry.host() + "/other:2")).isZero();
    assertThat(bench.out())
        .contains("digest: " + index.digest())
        .endsWith(
            "%1$s/other:2 is in the registry %1$s; next: starling pull %1$s/other:2\n"
                .formatted(registry.host()));
    assertThat(registry.layout().source(RepositoryNames.served("other")).manifest("2"))
        .isEqualTo(index);

    assertThat(bench.run("push " + registry.host() + "/other:2")).isZero();
    assertThat(bench.out()).contains("exists").doesNotContain("written");
  }

  @Test
  void rawBytesOfARegistryAreVerified() throws IOException {
    String name = "http://" + registry.host() + "/app";
    assertThat(bench.run("manifest " + name + ":1")).isZero();
    assertThat(bench.raw()).isEqualTo(index.bytes());

    RawManifest arm64 =
        registry.layout().manifest(Index.parse(index).manifests().getLast().digest());
    String layer = Manifest.parse(arm64).layers().getFirst().digest().toString();
    assertThat(bench.run("blob " + name + "@" + layer)).isZero();
    assertThat(bench.raw()).hasSize(2048);

    Path file = directory.resolve("layer.tar");
    registry.inject(new Fault.Corrupt(100), 100, LoggedRequest::isBlob);
    assertThat(bench.run("blob -o " + file + " " + name + "@" + layer)).isEqualTo(1);
    assertThat(bench.problem()).contains(layer).hasLineCount(1);
    assertThat(file).doesNotExist();
    assertThat(directory.resolve("layer.tar.part")).doesNotExist();
  }

  @Test
  void oneLineNamesTheLayerWhoseDigestIsWrong() {
    registry.inject(new Fault.Corrupt(100), 100, LoggedRequest::isBlob);

    assertThat(bench.run("pull --platform linux/arm64 " + registry.host() + "/app:1")).isEqualTo(1);
    assertThat(bench.problem()).contains("layer 1 of 1 for linux/arm64 (sha256:").hasLineCount(1);
    assertThat(bench.run("ls -q")).isZero();
    assertThat(bench.out()).isEmpty();
  }

  @Test
  void checkSaysWhichLayerIsDamaged() throws IOException {
    String name = registry.host() + "/app:1";
    bench.run("pull --platform linux/arm64 " + name);
    RawManifest arm64 =
        registry.layout().manifest(Index.parse(index).manifests().getLast().digest());
    String layer = Manifest.parse(arm64).layers().getFirst().digest().hex();
    Path blob = directory.resolve("data/images/blobs/sha256").resolve(layer);
    byte[] bytes = Files.readAllBytes(blob);
    bytes[1000] ^= 1;
    assertThat(blob.toFile().setWritable(true)).isTrue();
    Files.write(blob, bytes);

    assertThat(bench.run("check " + name)).isEqualTo(1);
    assertThat(bench.out())
        .contains("BAD")
        .contains("layer 1 of 1: ")
        .endsWith(
            name
                + " in the local image store is damaged: 1 of 3 parts;"
                + " pull or convert it again\n");
  }

  @Test
  void pullTakesUpWhatABrokenOneHasLeft() {
    String name = registry.host() + "/app:1";
    registry.inject(new Fault.Corrupt(100), 100, LoggedRequest::isBlob);
    assertThat(bench.run("pull --platform linux/amd64 " + name)).isEqualTo(1);
    registry.heal();

    assertThat(bench.run("pull --platform linux/amd64 " + name)).isZero();
    assertThat(bench.run("check " + name)).isZero();
  }

  @Test
  void oneLineForWhatTheRegistryRefuses() throws IOException {
    assertThat(bench.run("pull " + registry.host() + "/app:9")).isEqualTo(1);
    assertThat(bench.problem()).contains("app").contains("9").hasLineCount(1);

    registry.inject(new Fault.HugeManifest(5 << 20), 10, LoggedRequest::isManifest);
    assertThat(bench.run("pull " + registry.host() + "/app:1")).isEqualTo(1);
    assertThat(bench.problem()).contains("manifest").hasLineCount(1);
    registry.heal();

    try (FaultyRegistry closed =
        FaultyRegistry.start(
            directory.resolve("closed"), new Access.Basic("u", "p"), Clock.systemUTC())) {
      assertThat(bench.run("pull " + closed.host() + "/app:1")).isEqualTo(1);
      assertThat(bench.problem()).contains("401").hasLineCount(1);
    }
  }

  @Test
  void oneLineForHttpThatIsNotAllowedAndForAnUnknownHost() {
    assertThat(bench.run("pull http://registry.example/app:1")).isEqualTo(1);
    assertThat(bench.problem())
        .isEqualTo(
            "starling: http://registry.example/app:1 would go over HTTP, without encryption;"
                + " allow it with --plain-http, or write https://\n");

    assertThat(bench.run("inspect registry.invalid/app:1")).isEqualTo(1);
    assertThat(bench.problem()).contains("registry.invalid").hasLineCount(1);
  }
}
