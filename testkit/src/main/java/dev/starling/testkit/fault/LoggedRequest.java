package dev.starling.testkit.fault;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as a registry saw it.
 *
 * @param host the {@code host:port} that was asked
 * @param method the method
 * @param path the path without the query
 * @param query the raw query, or empty
 * @param headers the request's headers, first value each, by lower-case name
 * @param status the status it was answered with, 0 if there is none yet
 * @param bytesReceived how many bytes of its body were read so far
 * @param bytesSent how many bytes of the response's body were written so far
 */
public record LoggedRequest(
    String host,
    String method,
    String path,
    String query,
    SortedMap<String, String> headers,
    int status,
    long bytesReceived,
    long bytesSent) {

  public LoggedRequest {
    headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
  }

  /** A header's first value, or null. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** Whether it is about a blob, not an upload. */
  public boolean isBlob() {
    return path.contains("/blobs/sha");
  }

  /** Whether it is about an upload. */
  public boolean isUpload() {
    return path.contains("/blobs/uploads");
  }

  /** Whether it is about a manifest. */
  public boolean isManifest() {
    return path.contains("/manifests/");
  }

  /** Whether it changes the registry. */
  public boolean isWrite() {
    return !method.equals("GET") && !method.equals("HEAD") && path.startsWith("/v2/");
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(headers);
    shown.keySet().retainAll(java.util.Set.of("range", "content-range", "authorization"));
    return method
        + " "
        + host
        + path
        + (query.isEmpty() ? "" : "?" + query)
        + " "
        + shown
        + " -> "
        + status
        + ", got "
        + bytesReceived
        + ", sent "
        + bytesSent;
  }
}
