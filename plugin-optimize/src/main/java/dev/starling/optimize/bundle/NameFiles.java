package dev.starling.optimize.bundle;

import dev.starling.optimize.workload.NameResolution;
import java.util.List;

/** The text of the files by which a container resolves names. */
final class NameFiles {

  private static final String HOSTS =
      """
      127.0.0.1 localhost
      ::1 localhost ip6-localhost ip6-loopback
      fe00::0 ip6-localnet
      ff00::0 ip6-mcastprefix
      ff02::1 ip6-allnodes
      ff02::2 ip6-allrouters
      """;

  private static final List<String> NAMESERVERS = List.of("8.8.8.8");

  private NameFiles() {}

  /** /etc/hosts: the documented default, then what was added. */
  static String hosts(NameResolution names) {
    StringBuilder text = new StringBuilder(HOSTS);
    names
        .hosts()
        .forEach(
            entry -> text.append(entry.address()).append(' ').append(entry.name()).append('\n'));
    return text.toString();
  }

  /** /etc/resolv.conf, see resolv.conf(5). */
  static String resolver(NameResolution names) {
    StringBuilder text = new StringBuilder();
    List<String> servers = names.nameservers().isEmpty() ? NAMESERVERS : names.nameservers();
    servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    line(text, "search", names.searchDomains());
    line(text, "options", names.options());
    return text.toString();
  }

  private static void line(StringBuilder text, String keyword, List<String> words) {
    if (!words.isEmpty()) {
      text.append(keyword).append(' ').append(String.join(" ", words)).append('\n');
    }
  }
}
