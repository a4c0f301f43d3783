package dev.starling.optimize.network;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Connects containers by CNI plugins: a chain of programs that get the configuration on standard
 * input and hand a result on.
 *
 * @param programs the directories of the plugins; the first that has one wins
 * @see <a href="https://github.com/containernetworking/cni/blob/main/SPEC.md">CNI specification,
 *     sections 2 to 4</a>
 */
public record CniNetwork(List<Path> programs) {

  private static final String INTERFACE = "eth0";
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  public CniNetwork {
    programs = List.copyOf(programs);
  }

  /**
   * Connects a namespace: brings its loopback up, then runs ADD of every plugin. When one fails,
   * all are told to DEL, as the specification asks.
   *
   * @param id the container's name
   * @param namespace the file of its network namespace
   * @throws CommandException if a plugin is missing or says that it failed
   * @throws IOException if one cannot be run
   */
  public CniAttachment attach(String id, Path namespace, CniConfiguration network)
      throws IOException {
    for (ObjectNode plugin : network.plugins()) {
      find(type(plugin)); // before anything is changed
    }
    loopback(namespace);
    JsonNode result = null;
    try {
      for (ObjectNode plugin : network.plugins()) {
        result = call("ADD", id, namespace, network, plugin, result);
      }
    } catch (IOException | RuntimeException e) {
      try {
        detach(new CniAttachment(id, namespace, network, result));
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    return new CniAttachment(id, namespace, network, result);
  }

  /**
   * Disconnects a namespace: DEL of every plugin, the last first. All are called, whatever one of
   * them says.
   *
   * @throws IOException with the first failure, if there was one
   */
  public void detach(CniAttachment attachment) throws IOException {
    IOException failure = null;
    for (ObjectNode plugin : attachment.configuration().plugins().reversed()) {
      try {
        call(
            "DEL",
            attachment.id(),
            attachment.namespace(),
            attachment.configuration(),
            plugin,
            attachment.result());
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void loopback(Path namespace) throws IOException {
    Tool.run(List.of("nsenter", "--net=" + namespace, "ip", "link", "set", "lo", "up"));
  }

  private @Nullable JsonNode call(
      String command,
      String id,
      Path namespace,
      CniConfiguration network,
      ObjectNode plugin,
      @Nullable JsonNode previous)
      throws IOException {
    ObjectNode input = plugin.deepCopy();
    input.put("cniVersion", network.version());
    input.put("name", network.name());
    input.remove("capabilities"); // none is used, so no runtimeConfig either
    if (previous != null) {
      input.set("prevResult", previous);
    }
    Tool.Result result =
        Tool.run(
            List.of(find(type(plugin)).toString()),
            Map.of(
                "CNI_COMMAND",
                command,
                "CNI_CONTAINERID",
                id,
                "CNI_NETNS",
                namespace.toAbsolutePath().toString(),
                "CNI_IFNAME",
                INTERFACE,
                "CNI_PATH",
                programs.stream().map(Path::toString).collect(Collectors.joining(":"))),
            MAPPER.writeValueAsBytes(input));
    JsonNode answer = answer(result.out());
    if (result.exitCode() != 0) {
      throw new CommandException(failure(command, type(plugin), network, result, answer));
    }
    if (!command.equals("ADD")) {
      return null;
    }
    if (!answer.isObject()) {
      throw new CommandException("the CNI plugin " + type(plugin) + " gave no result for ADD");
    }
    return answer;
  }

  private static JsonNode answer(String out) {
    try {
      return MAPPER.readTree(out);
    } catch (JacksonException e) {
      return MAPPER.missingNode();
    }
  }

  private static String failure(
      String command, String type, CniConfiguration network, Tool.Result result, JsonNode answer) {
    String said = answer.path("msg").asString("");
    String details = answer.path("details").asString("");
    if (said.isEmpty()) {
      said = result.err().isBlank() ? "exit code " + result.exitCode() : result.err();
    }
    String text = details.isEmpty() ? said : said + " (" + details + ")";
    return "the CNI plugin "
        + type
        + " failed to "
        + command
        + " the network "
        + network.name()
        + ": "
        + text.strip().replace('\n', ' ');
  }

  private static String type(ObjectNode plugin) {
    return plugin.path("type").asString("");
  }

  private Path find(String type) throws CommandException {
    for (Path directory : programs) {
      Path program = directory.resolve(type);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program;
      }
    }
    throw new CommandException(
        "there is no CNI plugin "
            + type
            + " in "
            + programs.stream().map(Path::toString).collect(Collectors.joining(" or "))
            + "; install it (apt-get install containernetworking-plugins) or name its directory by"
            + " --cni-plugin-dir");
  }
}
