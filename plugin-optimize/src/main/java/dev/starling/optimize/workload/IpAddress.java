package dev.starling.optimize.workload;

import java.net.Inet4Address;
import java.net.Inet6Address;

/** Literal IP addresses, never looked up by name. */
final class IpAddress {

  private IpAddress() {}

  /** Whether the text is an IPv4 address of four parts or an IPv6 address without a zone. */
  static boolean isValid(String text) {
    try {
      if (text.indexOf(':') < 0) {
        Inet4Address.ofLiteral(text);
        return text.chars().filter(c -> c == '.').count() == 3;
      }
      Inet6Address.ofLiteral(text);
      return text.indexOf('%') < 0 && text.indexOf('[') < 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
