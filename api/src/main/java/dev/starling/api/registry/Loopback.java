package dev.starling.api.registry;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts are this machine. Decided by name, without asking DNS. */
final class Loopback {

  private static final Pattern IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private Loopback() {}

  /**
   * Whether the host is a loopback one.
   *
   * @param host without a port; an IPv6 address with or without brackets
   */
  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }
}
