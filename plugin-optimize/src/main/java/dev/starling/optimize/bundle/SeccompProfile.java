package dev.starling.optimize.bundle;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.bundle.RuntimeSpec.Seccomp;
import dev.starling.optimize.bundle.RuntimeSpec.SyscallArg;
import dev.starling.optimize.bundle.RuntimeSpec.Syscalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A list of system calls in the format that Docker, Podman and containers/common share: rules with
 * conditions on architecture, capabilities and kernel, of which a container gets those that apply
 * to it. Immutable.
 */
final class SeccompProfile {

  private static final long MAX_SIZE = 4 << 20;
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  /** The image specification's names of architectures, and libseccomp's. */
  private static final Map<String, String> ARCHITECTURES =
      Map.ofEntries(
          Map.entry("amd64", "SCMP_ARCH_X86_64"),
          Map.entry("386", "SCMP_ARCH_X86"),
          Map.entry("arm64", "SCMP_ARCH_AARCH64"),
          Map.entry("arm", "SCMP_ARCH_ARM"),
          Map.entry("ppc64le", "SCMP_ARCH_PPC64LE"),
          Map.entry("s390x", "SCMP_ARCH_S390X"),
          Map.entry("riscv64", "SCMP_ARCH_RISCV64"),
          Map.entry("mips64le", "SCMP_ARCH_MIPSEL64"));

  private final JsonNode profile;
  private final String name;

  private SeccompProfile(JsonNode profile, String name) {
    this.profile = profile;
    this.name = name;
  }

  /**
   * The installed profile, or the built-in one.
   *
   * @throws IOException if it cannot be read or is no profile
   */
  static SeccompProfile load(@Nullable Path installed) throws IOException {
    if (installed == null) {
      try (InputStream in = SeccompProfile.class.getResourceAsStream("seccomp.json")) {
        if (in == null) {
          throw new IllegalStateException("the built-in seccomp profile is missing");
        }
        return parse(in.readAllBytes(), "the built-in seccomp profile");
      }
    }
    if (Files.size(installed) > MAX_SIZE) {
      throw new CommandException("the seccomp profile " + installed + " is larger than 4 MiB");
    }
    return parse(Files.readAllBytes(installed), "the seccomp profile " + installed);
  }

  private static SeccompProfile parse(byte[] bytes, String name) throws CommandException {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (json.path("defaultAction").isString() && json.path("syscalls").isArray()) {
        return new SeccompProfile(json, name);
      }
    } catch (JacksonException e) {
      throw new CommandException(name + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new CommandException(name + " has no defaultAction or no list of syscalls");
  }

  /**
   * The rules for a container.
   *
   * @param architecture as in the image specification
   * @param capabilities what the container has
   * @param kernel the kernel's release
   * @throws CommandException if a rule is malformed
   */
  Seccomp rules(String architecture, Collection<String> capabilities, String kernel)
      throws CommandException {
    Conditions conditions = new Conditions(architecture, Set.copyOf(capabilities), kernel);
    List<Syscalls> rules = new ArrayList<>();
    for (JsonNode rule : profile.path("syscalls")) {
      if (conditions.hold(rule)) {
        rules.add(rule(rule));
      }
    }
    return new Seccomp(
        profile.path("defaultAction").stringValue(),
        number(profile.path("defaultErrnoRet")),
        architectures(ARCHITECTURES.get(architecture)),
        rules);
  }

  /** The native architecture and those whose programs run on it too; empty for the native alone. */
  private List<String> architectures(@Nullable String nativeName) {
    List<String> result = new ArrayList<>();
    for (JsonNode entry : profile.path("archMap")) {
      if (entry.path("architecture").asString("").equals(nativeName)) {
        result.add(nativeName);
        result.addAll(strings(entry.path("subArchitectures")));
      }
    }
    return result;
  }

  private Syscalls rule(JsonNode rule) throws CommandException {
    List<String> names = strings(rule.path("names"));
    if (names.isEmpty() && rule.path("name").isString()) {
      names = List.of(rule.path("name").stringValue());
    }
    if (names.isEmpty() || !rule.path("action").isString()) {
      throw new CommandException(name + " has a rule without names or action");
    }
    List<SyscallArg> args = new ArrayList<>();
    for (JsonNode arg : rule.path("args")) {
      args.add(
          new SyscallArg(
              arg.path("index").asInt(0),
              arg.path("value").asLong(0),
              arg.path("valueTwo").asLong(0),
              arg.path("op").asString("")));
    }
    return new Syscalls(
        names, rule.path("action").stringValue(), number(rule.path("errnoRet")), args);
  }

  private static @Nullable Long number(JsonNode node) {
    return node.isIntegralNumber() ? node.asLong() : null;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(node -> strings.add(node.asString("")));
    return strings;
  }

  /** What a rule's {@code includes} and {@code excludes} are compared with. */
  private record Conditions(String architecture, Set<String> capabilities, String kernel) {

    boolean hold(JsonNode rule) {
      JsonNode includes = rule.path("includes");
      JsonNode excludes = rule.path("excludes");
      List<String> arches = strings(includes.path("arches"));
      return (arches.isEmpty() || arches.contains(architecture))
          && capabilities.containsAll(strings(includes.path("caps")))
          && newEnough(includes.path("minKernel").asString(""))
          && !strings(excludes.path("arches")).contains(architecture)
          && strings(excludes.path("caps")).stream().noneMatch(capabilities::contains);
    }

    private boolean newEnough(String minimum) {
      if (minimum.isEmpty()) {
        return true;
      }
      for (int part = 0; part < 2; part++) {
        int order = Integer.compare(number(kernel, part), number(minimum, part));
        if (order != 0) {
          return order > 0;
        }
      }
      return true;
    }

    private static int number(String version, int part) {
      String[] parts = version.split("[^0-9]+", -1);
      return part < parts.length && !parts[part].isEmpty() && parts[part].length() < 9
          ? Integer.parseInt(parts[part])
          : 0;
    }
  }
}
