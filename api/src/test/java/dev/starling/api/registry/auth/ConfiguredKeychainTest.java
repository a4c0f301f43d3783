package dev.starling.api.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.registry.auth.Credential.BearerToken;
import dev.starling.api.registry.auth.Credential.IdentityToken;
import dev.starling.api.registry.auth.Credential.UserPassword;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredKeychainTest {

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void keepOutOfTheRealRuntimeDirectory() {
    environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
    environment.put("PATH", home.resolve("bin") + ":/usr/bin:/bin");
  }

  private static void write(Path path, String json) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, json);
  }

  private static String auth(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "{\"auth\": \"" + Base64.getEncoder().encodeToString(pair) + "\"}";
  }

  private void helper(String name, String script) throws IOException {
    Path program = home.resolve("bin/docker-credential-" + name);
    write(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ConfiguredKeychain keychain() {
    return ConfiguredKeychain.of(environment, home);
  }

  @Test
  void readsEveryKindOfEntry() throws Exception {
    write(
        home.resolve(".docker/config.json"),
        """
        {"auths": {
          "a.example": %s,
          "https://b.example/v2/": {"username": "u", "password": "p"},
          "c.example:5000": {"auth": "eDp5", "identitytoken": "id"},
          "d.example": {"registrytoken": "reg"},
          "e.example": {},
          "https://index.docker.io/v1/": %s
        }}\
        """
            .formatted(auth("robin", "with:colon"), auth("hub", "pw")));
    assertThat(keychain().find("a.example", "x")).contains(new UserPassword("robin", "with:colon"));
    assertThat(keychain().find("b.example", "x")).contains(new UserPassword("u", "p"));
    assertThat(keychain().find("c.example:5000", "x")).contains(new IdentityToken("id"));
    assertThat(keychain().find("d.example", "x")).contains(new BearerToken("reg"));
    assertThat(keychain().find("e.example", "x")).isEmpty();
    assertThat(keychain().find("c.example", "x")).isEmpty();
    assertThat(keychain().find("docker.io", "library/x")).contains(new UserPassword("hub", "pw"));
  }

  @Test
  void looksInOrder() throws Exception {
    Path configured = home.resolve("configured");
    write(
        home.resolve(".config/containers/auth.json"),
        "{\"auths\":{\"h\":%s}}".formatted(auth("config", "")));
    assertThat(keychain().find("h", "x")).contains(new UserPassword("config", ""));
    write(
        home.resolve("run/containers/auth.json"),
        "{\"auths\":{\"h\":%s}}".formatted(auth("run", "")));
    assertThat(keychain().find("h", "x")).contains(new UserPassword("run", ""));
    environment.put("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString());
    write(home.resolve("auth.json"), "{\"auths\":{\"h\":%s}}".formatted(auth("file", "")));
    assertThat(keychain().find("h", "x")).contains(new UserPassword("file", ""));
    write(
        home.resolve(".docker/config.json"),
        "{\"auths\":{\"h\":%s}}".formatted(auth("docker", "")));
    assertThat(keychain().find("h", "x")).contains(new UserPassword("docker", ""));
    environment.put("DOCKER_CONFIG", configured.toString());
    assertThat(keychain().find("h", "x")).contains(new UserPassword("file", ""));
    write(configured.resolve("config.json"), "{\"auths\":{\"h\":%s}}".formatted(auth("own", "")));
    assertThat(keychain().find("h", "x")).contains(new UserPassword("own", ""));
  }

  @Test
  void prefersTheLongestPrefix() throws Exception {
    write(
        home.resolve("run/containers/auth.json"),
        "{\"auths\":{\"h\":%s,\"h/team\":%s,\"h/team/app\":%s}}"
            .formatted(auth("host", ""), auth("team", ""), auth("app", "")));
    assertThat(keychain().find("h", "team/app")).contains(new UserPassword("app", ""));
    assertThat(keychain().find("h", "team/application")).contains(new UserPassword("team", ""));
    assertThat(keychain().find("h", "teams/x")).contains(new UserPassword("host", ""));
  }

  @Test
  void asksHelpers() throws Exception {
    helper(
        "one",
        """
        read server
        case "$server" in
          h.example) printf '{"ServerURL":"h","Username":"robin","Secret":"pw-%s"}' "$1" ;;
          t.example) printf '{"Username":"<token>","Secret":"id"}' ;;
          https://index.docker.io/v1/) printf '{"Username":"hub","Secret":"s"}' ;;
          *) echo "credentials not found in native keychain"; exit 1 ;;
        esac\
        """);
    helper("two", "cat >/dev/null; echo '{\"Username\":\"two\",\"Secret\":\"s\"}'");
    write(
        home.resolve(".docker/config.json"),
        """
        {"credsStore": "one", "credHelpers": {"special.example": "two"},
         "auths": {"plain.example": %s}}\
        """
            .formatted(auth("plain", "p")));
    assertThat(keychain().find("h.example", "x")).contains(new UserPassword("robin", "pw-get"));
    assertThat(keychain().find("t.example", "x")).contains(new IdentityToken("id"));
    assertThat(keychain().find("docker.io", "x")).contains(new UserPassword("hub", "s"));
    assertThat(keychain().find("special.example", "x")).contains(new UserPassword("two", "s"));
    assertThat(keychain().find("plain.example", "x")).contains(new UserPassword("plain", "p"));
    assertThat(keychain().find("other.example", "x")).isEmpty();
  }

  @Test
  void boundsHelpers() throws Exception {
    helper("slow", "echo geheim; sleep 600 & wait");
    helper("loud", "yes geheim");
    helper("broken", "echo geheim; exit 3");
    Path file = home.resolve(".docker/config.json");
    for (String[] expected :
        new String[][] {
          {"slow", "did not answer within 1 s"},
          {"loud", "answered more than 65536 bytes"},
          {"broken", "failed with exit code 3"},
          {"absent", "docker-credential-absent is not on the PATH"},
          {"../evil", "is not the name of a credential helper"}
        }) {
      write(file, "{\"credsStore\": \"" + expected[0] + "\"}");
      assertThatThrownBy(() ->
              new ConfiguredKeychain(List.of(file), environment, Duration.ofSeconds(1))
                  .find("h", "x"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(expected[1])
          .hasMessageNotContaining("geheim");
    }
  }

  @Test
  void namesTheFileThatCannotBeRead() throws Exception {
    Path file = home.resolve(".docker/config.json");
    write(file, "{\"auths\": geheim}");
    assertThatThrownBy(() -> keychain().find("h", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("geheim");
    write(file, "{\"auths\": {\"h\": {\"auth\": \"geheim!\"}}}");
    assertThatThrownBy(() -> keychain().find("h", "x"))
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("geheim");
  }

  @Test
  void neverPrintsSecrets() {
    assertThat(new UserPassword("u", "geheim").toString()).doesNotContain("geheim");
    assertThat(new IdentityToken("geheim").toString()).doesNotContain("geheim");
    assertThat(new BearerToken("geheim").toString()).doesNotContain("geheim");
  }
}
