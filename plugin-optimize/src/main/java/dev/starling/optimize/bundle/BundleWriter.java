package dev.starling.optimize.bundle;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.bundle.RuntimeSpec.DeviceRule;
import dev.starling.optimize.bundle.RuntimeSpec.InitProcess;
import dev.starling.optimize.bundle.RuntimeSpec.Linux;
import dev.starling.optimize.bundle.RuntimeSpec.Mount;
import dev.starling.optimize.bundle.RuntimeSpec.Namespace;
import dev.starling.optimize.bundle.RuntimeSpec.Resources;
import dev.starling.optimize.bundle.RuntimeSpec.Root;
import dev.starling.optimize.workload.NameResolution;
import dev.starling.optimize.workload.Networking;
import dev.starling.optimize.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes OCI runtime bundles. Immutable. */
public final class BundleWriter {

  /** What is used of the specification has been in it since then. */
  private static final String VERSION = "1.0.2";

  private static final int MAX_HOST_NAME = 64;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final HostFacts host;

  public BundleWriter(HostFacts host) {
    this.host = host;
  }

  /**
   * Writes {@code config.json} and the files that are mounted over the image's {@code /etc/hosts},
   * {@code /etc/resolv.conf} and {@code /etc/hostname}.
   *
   * @throws CommandException if there is nothing to run, or a user is not in the image
   * @throws IOException if reading the root file system or writing fails
   */
  public Bundle write(BundleRequest request) throws IOException {
    RuntimeSpec spec =
        new RuntimeSpec(
            VERSION,
            process(request),
            new Root(request.root().toString(), false),
            hostName(request.id()),
            mounts(request),
            linux(request));
    writeNames(request);
    Files.write(request.directory().resolve("config.json"), MAPPER.writeValueAsBytes(spec));
    return new Bundle(request.id(), request.directory(), spec);
  }

  private InitProcess process(BundleRequest request) throws IOException {
    Workload workload = request.workload();
    ImageDefaults image = request.image();
    String user = workload.user().isEmpty() ? image.user() : workload.user();
    return new InitProcess(
        workload.terminal(),
        workload.terminal() ? host.console() : null,
        new Accounts(request.root()).resolve(user),
        words(image, workload),
        Environment.merge(image.environment(), workload.environment(), workload.terminal()),
        directory(image, workload),
        Confinement.capabilities(),
        Confinement.limits(host.openFiles()),
        false);
  }

  private static List<String> words(ImageDefaults image, Workload workload)
      throws CommandException {
    List<String> words =
        Stream.concat(
                orElse(workload.entrypoint(), image.entrypoint()).stream(),
                orElse(workload.args(), image.command()).stream())
            .toList();
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      throw new CommandException(
          "the image says nothing about what to run; give it by --entrypoint or --args, for"
              + " example --args='[ \"/bin/sh\" ]'");
    }
    return words;
  }

  private static List<String> orElse(@Nullable List<String> given, List<String> otherwise) {
    return given == null ? otherwise : given;
  }

  private static String directory(ImageDefaults image, Workload workload) throws CommandException {
    String directory = workload.directory().isEmpty() ? image.directory() : workload.directory();
    if (directory.isEmpty()) {
      return "/";
    }
    if (!directory.startsWith("/")) {
      throw new CommandException(
          "the image's working directory is not absolute: " + directory + "; give one by --cwd");
    }
    return directory;
  }

  private List<Mount> mounts(BundleRequest request) {
    List<Mount> mounts = new ArrayList<>(DefaultMounts.kernel(host.cgroups()));
    for (String file : List.of("hosts", "resolv.conf", "hostname")) {
      mounts.add(DefaultMounts.file(request.directory().resolve(file), "/etc/" + file));
    }
    // The user's come last, so that they lie above all others.
    request
        .workload()
        .mounts()
        .forEach(m -> mounts.add(new Mount(m.destination(), m.type(), m.source(), m.options())));
    return mounts;
  }

  private Linux linux(BundleRequest request) throws IOException {
    return new Linux(
        "/starling-" + request.id(),
        namespaces(request),
        new Resources(List.of(new DeviceRule(false, "rwm"))),
        Confinement.MASKED_PATHS,
        Confinement.READONLY_PATHS,
        SeccompProfile.load(host.seccompProfile())
            .rules(host.architecture(), Confinement.CAPABILITIES, host.kernel()));
  }

  private List<Namespace> namespaces(BundleRequest request) {
    List<Namespace> namespaces = new ArrayList<>();
    for (String type : List.of("pid", "ipc", "uts", "mount")) {
      namespaces.add(new Namespace(type, ""));
    }
    if (host.cgroups() == CgroupMode.V2) {
      namespaces.add(new Namespace("cgroup", ""));
    }
    Path joined = request.networkNamespace();
    if (joined != null) {
      namespaces.add(new Namespace("network", joined.toString()));
    } else {
      switch (request.workload().networking()) {
        // The runtime brings loopback up in a namespace that it makes.
        case Networking.Loopback() -> namespaces.add(new Namespace("network", ""));
        case Networking.Host() -> {}
        case Networking.Cni _ ->
            throw new IllegalArgumentException("CNI without a network namespace to join");
      }
    }
    return namespaces;
  }

  private static void writeNames(BundleRequest request) throws IOException {
    Path directory = request.directory();
    NameResolution names = request.workload().names();
    Files.writeString(directory.resolve("hosts"), NameFiles.hosts(names));
    Files.writeString(directory.resolve("resolv.conf"), NameFiles.resolver(names));
    Files.writeString(directory.resolve("hostname"), hostName(request.id()) + "\n");
  }

  private static String hostName(String id) {
    return id.substring(0, Math.min(id.length(), MAX_HOST_NAME));
  }
}
