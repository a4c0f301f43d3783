package dev.starling.optimize.workload;

import java.util.List;

/**
 * How names are resolved in a container.
 *
 * @param hosts entries of /etc/hosts on top of the default ones
 * @param nameservers for /etc/resolv.conf; empty for the default one
 * @param searchDomains for /etc/resolv.conf
 * @param options for /etc/resolv.conf
 */
public record NameResolution(
    List<HostEntry> hosts,
    List<String> nameservers,
    List<String> searchDomains,
    List<String> options) {

  /** Nothing beyond the defaults. */
  public static final NameResolution DEFAULT =
      new NameResolution(List.of(), List.of(), List.of(), List.of());

  public NameResolution {
    hosts = List.copyOf(hosts);
    nameservers = List.copyOf(nameservers);
    searchDomains = List.copyOf(searchDomains);
    options = List.copyOf(options);
  }

  /** Whether anything about /etc/resolv.conf was asked for. */
  public boolean asksForResolver() {
    return !(nameservers.isEmpty() && searchDomains.isEmpty() && options.isEmpty());
  }
}
