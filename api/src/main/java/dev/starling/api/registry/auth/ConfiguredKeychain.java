package dev.starling.api.registry.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The credentials that {@code docker login} and {@code podman login} leave: Docker's config.json
 * first, then containers' auth.json, each with its credential helpers. The files are read at every
 * question, so that a login takes effect at once. Thread-safe.
 */
public final class ConfiguredKeychain implements Keychain {

  private static final Duration HELPER_TIMEOUT = Duration.ofSeconds(30);

  /** Under which names logins to Docker Hub are kept; helpers want the first. */
  private static final List<String> DOCKER_HUB =
      List.of(
          "https://index.docker.io/v1/", "index.docker.io", "docker.io", "registry-1.docker.io");

  private final List<Path> files;
  private final Map<String, String> environment;
  private final Duration helperTimeout;

  ConfiguredKeychain(List<Path> files, Map<String, String> environment, Duration helperTimeout) {
    this.files = List.copyOf(files);
    this.environment = Map.copyOf(environment);
    this.helperTimeout = helperTimeout;
  }

  /**
   * The keychain of the user with this environment and home directory: {@code $DOCKER_CONFIG} or
   * {@code ~/.docker}, then {@code $REGISTRY_AUTH_FILE}, {@code $XDG_RUNTIME_DIR/containers} and
   * {@code ~/.config/containers}.
   */
  public static ConfiguredKeychain of(Map<String, String> environment, Path home) {
    List<Path> files = new ArrayList<>();
    String docker = nonEmpty(environment, "DOCKER_CONFIG");
    files.add((docker == null ? home.resolve(".docker") : Path.of(docker)).resolve("config.json"));
    String authFile = nonEmpty(environment, "REGISTRY_AUTH_FILE");
    if (authFile != null) {
      files.add(Path.of(authFile));
    }
    Path runtime = runtimeFile(environment, home);
    if (runtime != null) {
      files.add(runtime);
    }
    String config = nonEmpty(environment, "XDG_CONFIG_HOME");
    files.add(
        (config == null ? home.resolve(".config") : Path.of(config))
            .resolve("containers/auth.json"));
    return new ConfiguredKeychain(files, environment, HELPER_TIMEOUT);
  }

  @Override
  public Optional<Credential> find(String host, String repository) throws IOException {
    List<String> names = namesOf(host);
    for (Path path : files) {
      Optional<AuthFile> file = AuthFile.read(path);
      if (file.isPresent()) {
        Optional<Credential> found = find(file.get(), names, repository);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String describe() {
    return files.stream().map(Path::toString).distinct().collect(Collectors.joining(", "));
  }

  private Optional<Credential> find(AuthFile file, List<String> names, String repository)
      throws IOException {
    String helper = file.helper(names);
    if (helper != null) {
      Optional<Credential> found =
          new CredentialHelper(helper, environment, helperTimeout).get(names.getFirst());
      if (found.isPresent()) {
        return found;
      }
    }
    return file.find(names, repository);
  }

  private static List<String> namesOf(String host) {
    return DOCKER_HUB.contains(host) ? DOCKER_HUB : List.of(host);
  }

  /** Where podman keeps logins until the machine restarts. */
  private static @Nullable Path runtimeFile(Map<String, String> environment, Path home) {
    String runtime = nonEmpty(environment, "XDG_RUNTIME_DIR");
    if (runtime != null) {
      return Path.of(runtime, "containers/auth.json");
    }
    try {
      return Path.of("/run/containers", Files.getAttribute(home, "unix:uid") + "/auth.json");
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return null; // not a Unix
    }
  }

  private static @Nullable String nonEmpty(Map<String, String> environment, String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
