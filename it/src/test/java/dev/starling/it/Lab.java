package dev.starling.it;

import dev.starling.testkit.peer.Containerd;
import dev.starling.testkit.peer.DockerRegistry;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.recipe.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry and a containerd for all the tests of a run, made when first asked for and closed at
 * its end. Tests get it as a parameter with {@code @ExtendWith(Lab.Provider.class)}.
 */
final class Lab implements AutoCloseable {

  /** For conversions whose result's size does not matter: a fraction of the time of level 9. */
  static final String FAST = "--estargz-compression-level=1";

  private final DockerRegistry registry = DockerRegistry.start();
  private final Containerd containerd = Containerd.start();

  private Lab() throws IOException, InterruptedException {}

  /** Hands the one lab of this run to tests. */
  static final class Provider implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE =
        ExtensionContext.Namespace.create(Lab.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context.getRoot().getStore(SPACE).computeIfAbsent(Lab.class, _ -> open(), Lab.class);
    }

    private static Lab open() {
      try {
        return new Lab();
      } catch (IOException e) {
        throw new IllegalStateException("the peers cannot be started", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  DockerRegistry registry() {
    return registry;
  }

  Containerd containerd() {
    return containerd;
  }

  /** Puts a tag of the Debian image into the registry as {@code debian:TAG}. */
  String debian(String tag) throws IOException, InterruptedException {
    return fill(TestImages.debian(), tag, "debian:" + tag);
  }

  /** Puts the busybox image into the registry as {@code busybox:org}. */
  String busybox() throws IOException, InterruptedException {
    return fill(TestImages.busybox(), "org", "busybox:org");
  }

  private String fill(Path layout, String tag, String name)
      throws IOException, InterruptedException {
    registry.fill(layout, tag, name);
    return registry.image(name);
  }

  /** An image's manifest as the registry has it, read by skopeo. */
  JsonNode manifest(String image) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(skopeo("inspect", "--raw", "docker://" + image));
  }

  /** Runs skopeo on the registry and returns its output. */
  static String skopeo(String command, String... arguments)
      throws IOException, InterruptedException {
    String secure = command.equals("copy") ? "--src-tls-verify=false" : "--tls-verify=false";
    return Program.of(
            Stream.concat(Stream.of("skopeo", command, secure), Stream.of(arguments))
                .toArray(String[]::new))
        .check();
  }

  /** The file in which the registry keeps a blob. */
  Path blob(String digest) {
    String hex = digest.substring("sha256:".length());
    return registry
        .data()
        .resolve("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
  }

  /**
   * The names before the landmark, without a leading dot.
   *
   * @param layer which of the image's, from 0
   * @param types which of the TOC's types to take
   */
  List<String> front(String image, int layer, Predicate<String> types)
      throws IOException, InterruptedException {
    JsonNode manifest = manifest(image);
    String digest = manifest.path("layers").path(layer).path("digest").asString();
    String toc = Program.of("tar", "-xOzf", blob(digest).toString(), "stargz.index.json").check();
    List<String> names = new ArrayList<>();
    for (JsonNode entry : JsonMapper.shared().readTree(toc).path("entries")) {
      String name = entry.path("name").asString();
      if (name.equals(".prefetch.landmark")) {
        return names;
      }
      if (types.test(entry.path("type").asString())) {
        names.add(name.startsWith("./") ? name.substring(2) : name);
      }
    }
    return List.of();
  }

  /** Removes a tree, of whatever owners and modes. */
  static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> files = Files.walk(tree)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (registry;
        containerd) {
      // both are closed, whatever the other one throws
    }
  }
}
