package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.starling.testkit.peer.DockerRegistry;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with an input is said in one line, with exit code 1 or 2 and no stack trace. */
@ExtendWith(Lab.Provider.class)
class BadInputTest {
  private static final int FIVE_MEGABYTES = 5_000_000;

  @TempDir Path temporary;
  private Starling starling;

  @BeforeEach
  void start() throws Exception {
    starling = Starling.in(temporary);
  }

  private Starling.Ended convert(String source) throws Exception {
    return starling.run(
        "convert", "--estargz", "--oci", source, "local://" + temporary.resolve("out"));
  }

  private Starling.Ended convertLayer(byte[] layer) throws Exception {
    return convert("local://" + BadImage.layout(temporary.resolve("in"), layer));
  }

  @Test
  void theImageIsFineUnlessSpoilt() throws Exception {
    convertLayer(BadImage.gzip(BadImage.tar())).succeeded();
  }

  @Test
  void unknownHost() throws Exception {
    convert("nowhere.invalid/image:tag").failedSaying("nowhere.invalid", "host");
  }

  @Test
  void nobodyListens() throws Exception {
    convert("127.0.0.1:1/image:tag").failedSaying("127.0.0.1:1");
  }

  @Test
  void wrongTag(Lab lab) throws Exception {
    lab.busybox();
    convert(lab.registry().image("busybox:wrong")).failedSaying("busybox", "wrong");
  }

  @Test
  void wrongPassword() throws Exception {
    // A bcrypt hash of no known password.
    String user = "user:$2y$05$" + "a".repeat(53) + "\n";
    try (DockerRegistry registry = DockerRegistry.protectedBy(user)) {
      convert(registry.image("secret:tag")).failedSaying(registry.authority(), "401");
    }
  }

  @Test
  void corruptGzip() throws Exception {
    byte[] layer = BadImage.gzip(BadImage.tar());
    layer[layer.length / 2] ^= 0x55;
    convertLayer(layer).failedSaying("layer");
  }

  @Test
  void truncatedGzip() throws Exception {
    byte[] layer = BadImage.gzip(BadImage.tar());
    convertLayer(Arrays.copyOf(layer, layer.length / 2)).failedSaying("layer");
  }

  @Test
  void truncatedTar() throws Exception {
    convertLayer(BadImage.gzip(Arrays.copyOf(BadImage.tar(), 1000))).failedSaying("layer", "tar");
  }

  @Test
  void badChecksum() throws Exception {
    byte[] tar = BadImage.tar();
    tar[0] = 'x';
    convertLayer(BadImage.gzip(tar)).failedSaying("layer", "checksum");
  }

  @Test
  void hugeManifestInALayout() throws Exception {
    Path layout =
        BadImage.layout(temporary.resolve("in"), BadImage.gzip(BadImage.tar()), FIVE_MEGABYTES);
    convert("local://" + layout).failedSaying("manifest");
  }

  @Test
  void hugeManifestFromARegistry() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/",
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Content-Type", "application/vnd.oci.image.manifest.v1+json");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(new byte[FIVE_MEGABYTES]);
          }
        });
    server.start();
    try {
      convert("127.0.0.1:" + server.getAddress().getPort() + "/huge:tag").failedSaying("manifest");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void wrongLayerDigest() throws Exception {
    byte[] layer = BadImage.gzip(BadImage.tar());
    Path layout = BadImage.layout(temporary.resolve("in"), layer);
    byte[] other = layer.clone();
    other[4] = 1; // the time in the gzip header: still a good archive, but not this one
    Files.write(BadImage.blobFile(layout, layer), other);
    convert("local://" + layout).failedSaying(BadImage.digest(layer).substring(0, 19));
  }

  @Test
  void diskFull(Lab lab) throws Exception {
    String source = lab.busybox();
    Path small = Files.createDirectories(starling.data());
    try (Mounted _ = Mounted.tmpfs(small, "size=4m")) {
      starling
          .run("convert", "--estargz", "--oci", source, lab.registry().image("full:esgz"))
          .failedSaying("space");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest", "inspect --format json"})
  void outputFull(String command, Lab lab) throws Exception {
    String source = lab.busybox();
    String line = String.join(" ", starling.program().command()) + " " + command + " " + source;
    Program.Outcome outcome =
        new Program(
                List.of("sh", "-c", line + " >/dev/full"),
                starling.program().environment(),
                temporary,
                starling.program().limit())
            .run();
    new Starling.Ended(outcome, command + " >/dev/full").failedSaying("cannot write");
  }

  @Test
  void readOnlyTarget() throws Exception {
    Path target = Files.createDirectory(temporary.resolve("readonly"));
    Path source = BadImage.layout(temporary.resolve("in"), BadImage.gzip(BadImage.tar()));
    try (Mounted _ = Mounted.tmpfs(target, "ro,size=1m")) {
      starling
          .run("convert", "--estargz", "--oci", "local://" + source, "local://" + target + "/out")
          .failedSaying(target.toString().toLowerCase(Locale.ROOT), "read-only");
    }
  }

  @Test
  void plainHttpUnasked() throws Exception {
    Starling.Ended ended = convert("http://registry.invalid/image:tag");
    assertThat(ended.outcome().exit()).isIn(1, 2);
    assertThat(ended.outcome().err().strip().lines().filter(l -> l.startsWith("starling: ")))
        .hasSize(1)
        .first()
        .asString()
        .contains("--plain-http", "http://registry.invalid");
  }

  @Test
  void unknownFlag() throws Exception {
    starling.run("convert", "--estragz", "a", "b").misusedSaying("--estragz");
  }

  @Test
  void missingArgument() throws Exception {
    starling.run("convert", "--estargz", "a").misusedSaying("target");
  }

  @Test
  void corruptPluginJar() throws Exception {
    Path plugin = Files.createDirectories(starling.data().resolve("plugins/broken/lib"));
    Files.writeString(
        plugin.resolveSibling("plugin.properties"),
        """
        plugin.id=broken
        plugin.version=1.0.0
        starling.commands=broken
        """);
    Files.writeString(plugin.resolve("broken.jar"), "this is no jar");
    Starling.Ended ended = starling.run("broken");
    assertThat(ended.outcome().exit()).isIn(1, 2);
    assertThat(ended.outcome().err()).contains("broken").doesNotContain("\tat ");
    convertLayer(BadImage.gzip(BadImage.tar())).succeeded();
  }

  /** A mount for the time of a test. */
  private record Mounted(Path path) implements AutoCloseable {
    static Mounted tmpfs(Path path, String options) throws Exception {
      Requirement.root();
      Program.of("mount", "-t", "tmpfs", "-o", options, "starling-test", path.toString()).check();
      return new Mounted(path);
    }

    @Override
    public void close() throws IOException {
      try {
        Program.of("umount", path.toString()).check();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("while unmounting " + path);
      }
    }
  }
}
