package dev.starling.api.registry;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that NO_PROXY lists: {@code *}, host names with their subdomains, {@code .suffix},
 * {@code host:port}, addresses and address blocks such as {@code 10.0.0.0/8}. Loopback hosts are
 * always among them.
 */
final class NoProxy {

  private final List<String> entries = new ArrayList<>();

  NoProxy(String list) {
    for (String entry : list.split("[,\\s]+", -1)) {
      if (!entry.isEmpty()) {
        entries.add(entry.toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Whether this host is reached directly. */
  boolean includes(String host, int port) {
    if (Loopback.is(host)) {
      return true;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return entries.stream().anyMatch(entry -> matches(entry, name, port));
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    byte @Nullable [] address = address(host);
    if (address != null) {
      return matchesAddress(entry, address, port);
    }
    String name = entry;
    int colon = name.lastIndexOf(':');
    if (colon >= 0) {
      if (!name.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = name.substring(0, colon);
    }
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || host.endsWith("." + name);
  }

  private static boolean matchesAddress(String entry, byte[] address, int port) {
    String block = entry;
    String suffix = ":" + port;
    if (address(block) == null && block.endsWith(suffix)) {
      block = block.substring(0, block.length() - suffix.length());
    }
    int slash = block.indexOf('/');
    byte @Nullable [] network = address(slash < 0 ? block : block.substring(0, slash));
    if (network == null || network.length != address.length) {
      return false;
    }
    int bits = network.length * 8;
    if (slash >= 0) {
      try {
        bits = Math.clamp(Integer.parseInt(block.substring(slash + 1)), 0, bits);
      } catch (NumberFormatException e) {
        return false;
      }
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((network[bit / 8] & mask) != (address[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of an address literal; null for a host name. DNS is never asked. */
  private static byte @Nullable [] address(String text) {
    String literal =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    try {
      return InetAddress.ofLiteral(literal).getAddress();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
