package dev.starling.api.registry.auth;

import dev.starling.api.internal.json.BoundedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file with {@code auths}, {@code credHelpers} and {@code credsStore}: Docker's config.json or
 * containers' auth.json.
 *
 * @param path the file, for messages
 * @param json its content
 */
record AuthFile(Path path, ObjectNode json) {

  private static final int MAX_SIZE = 1024 * 1024;

  /** The file's content, or nothing if there is no such file. */
  static Optional<AuthFile> read(Path path) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_SIZE + 1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException("cannot read the credentials in " + path + ": " + e.getMessage(), e);
    }
    ObjectNode json = bytes.length > MAX_SIZE ? null : BoundedJson.object(bytes);
    if (json == null) {
      throw new IOException(path + " is not a JSON object of at most " + MAX_SIZE + " bytes");
    }
    return Optional.of(new AuthFile(path, json));
  }

  /** The helper for the host: its own, else the one for all, else null. */
  @Nullable String helper(List<String> hosts) {
    JsonNode helpers = json.path("credHelpers");
    for (String host : hosts) {
      String helper = BoundedJson.text(helpers, host);
      if (helper != null) {
        return helper;
      }
    }
    return BoundedJson.text(json, "credsStore");
  }

  /**
   * The entry whose key is the longest prefix of {@code host/repository}.
   *
   * @param hosts the host and its other names
   */
  Optional<Credential> find(List<String> hosts, String repository) throws IOException {
    JsonNode best = null;
    String bestKey = "";
    List<String> names = new ArrayList<>();
    hosts.forEach(host -> names.add(host + "/" + repository));
    for (var entry : json.path("auths").properties()) {
      String key = normalize(entry.getKey());
      boolean matches =
          names.stream().anyMatch(name -> name.equals(key) || name.startsWith(key + "/"));
      if (matches && key.length() >= bestKey.length() && !entry.getValue().isEmpty()) {
        best = entry.getValue();
        bestKey = key;
      }
    }
    return best == null ? Optional.empty() : credential(best, bestKey);
  }

  /** {@code https://registry.example/v2/} means {@code registry.example}. */
  private static String normalize(String key) {
    String name = key.replaceFirst("^https?://", "");
    while (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    return name.replaceFirst("/v[12]$", "");
  }

  private Optional<Credential> credential(JsonNode entry, String key) throws IOException {
    String identity = BoundedJson.text(entry, "identitytoken");
    if (identity != null) {
      return Optional.of(new Credential.IdentityToken(identity));
    }
    String registry = BoundedJson.text(entry, "registrytoken");
    if (registry != null) {
      return Optional.of(new Credential.BearerToken(registry));
    }
    String auth = BoundedJson.text(entry, "auth");
    if (auth != null) {
      return Optional.of(decode(auth, key));
    }
    String user = BoundedJson.text(entry, "username");
    String password = BoundedJson.text(entry, "password");
    return user == null || password == null
        ? Optional.empty()
        : Optional.of(new Credential.UserPassword(user, password));
  }

  private Credential decode(String auth, String key) throws IOException {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      pair = ""; // the exception's message holds a part of the secret
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      throw new IOException(path + ": the auth of " + key + " is not user:password in base64");
    }
    // Docker pads the password with zero bytes.
    String password = pair.substring(colon + 1).replaceFirst("\0+$", "");
    return new Credential.UserPassword(pair.substring(0, colon), password);
  }
}
