package dev.starling.api.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is special about one registry host.
 *
 * @param mirrors places that are asked before the host itself when something is read, in this
 *     order: {@code [http://|https://]host[:port][/prefix]}, where the prefix goes in front of the
 *     repository's name. A mirror's own settings are those under its host
 * @param plainHttp whether the host is spoken to without TLS
 * @param caFile certificates (PEM, one or more) trusted in addition to the system's, or null
 * @param headers sent with every request to the host, and to no other
 */
public record HostConfig(
    List<String> mirrors, boolean plainHttp, @Nullable Path caFile, Map<String, String> headers) {

  /** Nothing special. */
  public static final HostConfig DEFAULT = new HostConfig(List.of(), false, null, Map.of());

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /** Takes copies, and requires headers to be plain text. */
  public HostConfig {
    mirrors = List.copyOf(mirrors);
    headers = Map.copyOf(headers);
    for (var header : headers.entrySet()) {
      if (!HEADER_NAME.matcher(header.getKey()).matches()
          || !HEADER_VALUE.matcher(header.getValue()).matches()) {
        throw new IllegalArgumentException(
            "'" + header.getKey() + "' is no HTTP header, or its value holds more than ASCII text");
      }
    }
  }

  /** The same with these mirrors. */
  public HostConfig withMirrors(List<String> newMirrors) {
    return new HostConfig(newMirrors, plainHttp, caFile, headers);
  }

  /** The same with or without TLS. */
  public HostConfig withPlainHttp(boolean newPlainHttp) {
    return new HostConfig(mirrors, newPlainHttp, caFile, headers);
  }

  /** The same with these additional certificates. */
  public HostConfig withCaFile(@Nullable Path newCaFile) {
    return new HostConfig(mirrors, plainHttp, newCaFile, headers);
  }

  /** The same with these headers. */
  public HostConfig withHeaders(Map<String, String> newHeaders) {
    return new HostConfig(mirrors, plainHttp, caFile, newHeaders);
  }

  /** Without the headers' values, which may be secret. */
  @Override
  public String toString() {
    return "HostConfig[mirrors=%s, plainHttp=%s, caFile=%s, headers=%s]"
        .formatted(mirrors, plainHttp, caFile, headers.keySet());
  }
}
