package dev.starling.shell.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one registry host is reached: the table {@code [registry."HOST"]}.
 *
 * @param mirrors hosts or URLs that are asked first when pulling, in order
 * @param plainHttp whether the host speaks HTTP
 * @param caFile a PEM file of certificates to trust in addition, or null
 * @param headers what is sent along with every request to the host
 */
public record HostSettings(
    List<String> mirrors, boolean plainHttp, @Nullable Path caFile, Map<String, String> headers) {

  public HostSettings {
    mirrors = List.copyOf(mirrors);
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
  }

  /** Leaves out the headers' values: they may be credentials. */
  @Override
  public String toString() {
    return "HostSettings[mirrors=%s, plainHttp=%s, caFile=%s, headers=%s]"
        .formatted(mirrors, plainHttp, caFile, headers.keySet());
  }
}
