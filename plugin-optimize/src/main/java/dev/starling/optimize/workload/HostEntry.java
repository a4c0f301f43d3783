package dev.starling.optimize.workload;

import java.util.regex.Pattern;

/**
 * A line of /etc/hosts.
 *
 * @param name a host name
 * @param address an IPv4 or IPv6 address
 */
public record HostEntry(String name, String address) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

  public HostEntry {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a host name: " + name);
    }
    if (!IpAddress.isValid(address)) {
      throw new IllegalArgumentException("not an IP address: " + address);
    }
  }

  /**
   * Reads {@code hostname:IP}; the IP may be an IPv6 address, in brackets or not.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static HostEntry parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not hostname:IP: " + text);
    }
    String address = text.substring(colon + 1);
    if (address.startsWith("[") && address.endsWith("]")) {
      address = address.substring(1, address.length() - 1);
    }
    return new HostEntry(text.substring(0, colon), address);
  }
}
