package dev.starling.optimize.workload;

import dev.starling.api.command.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The network of a container, by {@code ctr-remote}'s flags; a picocli mixin. */
public final class NetworkOptions {

  private static final Path CONFIGURATIONS = Path.of("/etc/cni/net.d");
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"));
  private static final Pattern WORD = Pattern.compile("[!-~]+");

  @Option(names = "--cni", description = "Connect the container by the host's CNI plugins.")
  private boolean cni;

  @Option(
      names = {"--cni-plugin-conf-dir", "--cni-plugin-config-dir"},
      paramLabel = "DIR",
      description = "Configurations of CNI networks, the first is taken; /etc/cni/net.d if unset.")
  private @Nullable Path configurations;

  @Option(
      names = "--cni-plugin-dir",
      paramLabel = "DIR",
      description = "CNI plugins; /opt/cni/bin, then /usr/lib/cni, if unset.")
  private @Nullable Path programs;

  @Option(names = "--net-host", description = "Let the container use the host's network.")
  private boolean host;

  @Option(
      names = "--add-hosts",
      paramLabel = "HOST:IP",
      split = ",",
      description = "Entries of /etc/hosts, comma-separated.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--dns-nameservers",
      paramLabel = "IP",
      split = ",",
      description = "Name servers, comma-separated; 8.8.8.8 if unset.")
  private List<String> nameservers = new ArrayList<>();

  @Option(
      names = "--dns-search-domains",
      paramLabel = "DOMAIN",
      split = ",",
      description = "Domains that names are looked for in, comma-separated.")
  private List<String> searchDomains = new ArrayList<>();

  @Option(
      names = "--dns-options",
      paramLabel = "OPTION",
      split = ",",
      description = "Options of the resolver, comma-separated.")
  private List<String> options = new ArrayList<>();

  /**
   * Which network was asked for.
   *
   * @throws UsageException if the options do not fit together
   */
  Networking networking() {
    if (cni && host) {
      throw new UsageException(
          "--cni and --net-host exclude each other: the host's network needs no plugins");
    }
    if (cni) {
      return new Networking.Cni(
          configurations == null ? CONFIGURATIONS : configurations.toAbsolutePath(),
          programs == null ? PROGRAMS : List.of(programs.toAbsolutePath()));
    }
    if (configurations != null || programs != null) {
      throw new UsageException(
          "--cni-plugin-conf-dir and --cni-plugin-dir have no effect without --cni");
    }
    return host ? new Networking.Host() : new Networking.Loopback();
  }

  /**
   * How names are to be resolved.
   *
   * @throws UsageException if an entry is malformed
   */
  NameResolution names() {
    for (String server : nameservers) {
      if (!IpAddress.isValid(server)) {
        throw new UsageException(
            "--dns-nameservers: not an IP address: " + server + "; expected one as 192.0.2.53");
      }
    }
    words("--dns-search-domains", searchDomains);
    words("--dns-options", options);
    return new NameResolution(
        hosts.stream().map(entry -> Checked.value("--add-hosts", entry, HostEntry::parse)).toList(),
        nameservers,
        searchDomains,
        options);
  }

  private static void words(String flag, List<String> words) {
    for (String word : words) {
      if (!WORD.matcher(word).matches()) {
        throw new UsageException(flag + ": expected a word, not \"" + word + "\"");
      }
    }
  }
}
