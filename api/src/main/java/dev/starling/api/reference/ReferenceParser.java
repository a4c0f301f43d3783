package dev.starling.api.reference;

import dev.starling.api.image.Digest;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The grammar of references, after the distribution project's. */
final class ReferenceParser {

  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern HOST =
      Pattern.compile(
          "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)(:[0-9]{1,5})?");
  private static final Pattern REPOSITORY =
      Pattern.compile(
          "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final int MAX_LENGTH = 4096;
  private static final String DEFAULT_TAG = "latest";

  private ReferenceParser() {}

  static Reference parse(String text) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw new InvalidReferenceException(
          "a reference needs 1 to " + MAX_LENGTH + " characters, such as registry.example/app:1.0");
    }
    for (String scheme : new String[] {"local://", "oci://", "oci:"}) {
      if (text.startsWith(scheme)) {
        return parseLayout(text, text.substring(scheme.length()));
      }
    }
    if (text.startsWith("http://") || text.startsWith("https://")) {
      String scheme = text.substring(0, text.indexOf(':'));
      return parseRegistry(text, scheme, text.substring(scheme.length() + 3));
    }
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      throw new InvalidReferenceException(
          "'"
              + text
              + "': unknown scheme '"
              + text.substring(0, scheme)
              + "'; expected http, https, local or oci");
    }
    return parseRegistry(text, null, text);
  }

  static String requireTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new InvalidReferenceException(
          "'" + tag + "' is not a tag; expected letters, digits, '_', '.', '-', at most 128");
    }
    return tag;
  }

  private static Reference parseLayout(String text, String rest) {
    Digest digest = digestOf(text, rest);
    String path = digest == null ? rest : rest.substring(0, rest.lastIndexOf('@'));
    String tag = null;
    int colon = path.lastIndexOf(':');
    if (colon >= 0 && path.indexOf('/', colon) < 0) {
      tag = requireTag(path.substring(colon + 1));
      path = path.substring(0, colon);
    }
    if (path.isEmpty()) {
      throw new InvalidReferenceException(
          "'" + text + "' names no directory; expected local:///absolute/dir[:tag]");
    }
    try {
      return new LayoutReference(
          Path.of(path).normalize(), tag == null && digest == null ? DEFAULT_TAG : tag, digest);
    } catch (InvalidPathException e) {
      throw new InvalidReferenceException("'" + text + "' is not a path: " + e.getReason());
    }
  }

  private static Reference parseRegistry(String text, @Nullable String scheme, String rest) {
    Digest digest = digestOf(text, rest);
    String named = digest == null ? rest : rest.substring(0, rest.lastIndexOf('@'));
    int slash = named.indexOf('/');
    String host = slash < 0 ? "" : named.substring(0, slash);
    boolean explicitHost =
        scheme != null || host.contains(".") || host.contains(":") || host.equals("localhost");
    String path = explicitHost ? named.substring(slash + 1) : named;
    if (!explicitHost) {
      host = "docker.io";
    } else if (slash < 0) {
      throw new InvalidReferenceException(
          "'" + text + "' names no repository; expected host/repository[:tag]");
    }
    String tag = null;
    int colon = path.lastIndexOf(':');
    if (colon >= 0) {
      tag = path.substring(colon + 1);
      path = path.substring(0, colon);
      if (!TAG.matcher(tag).matches()) {
        throw new InvalidReferenceException("'" + text + "': '" + tag + "' is not a valid tag");
      }
    }
    if (host.equals("docker.io") && !path.contains("/")) {
      path = "library/" + path;
    }
    return registryReference(text, scheme, host, path, tag, digest);
  }

  private static Reference registryReference(
      String text,
      @Nullable String scheme,
      String host,
      String path,
      @Nullable String tag,
      @Nullable Digest digest) {
    if (!HOST.matcher(host).matches()) {
      throw new InvalidReferenceException("'" + text + "': '" + host + "' is not a host[:port]");
    }
    if (path.length() > 255 || !REPOSITORY.matcher(path).matches()) {
      throw new InvalidReferenceException(
          "'"
              + text
              + "': '"
              + path
              + "' is not a repository; expected lower-case words separated by '/', '.', '_', '-'");
    }
    return new RegistryReference(
        scheme, host, path, tag == null && digest == null ? DEFAULT_TAG : tag, digest);
  }

  private static @Nullable Digest digestOf(String text, String rest) {
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      return null;
    }
    try {
      return Digest.parse(rest.substring(at + 1));
    } catch (IllegalArgumentException e) {
      if (rest.indexOf('/', at) >= 0) {
        return null; // a directory whose name holds an '@'
      }
      throw new InvalidReferenceException("'" + text + "': " + e.getMessage());
    }
  }
}
