package dev.starling.shell.demo;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.Failures;
import dev.starling.shell.host.ResultPrinter;
import dev.starling.shell.image.ByteCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of the demo that runs containers: optimizes the image against a workload, mounts it and
 * runs it while it is in its registry. What this machine does not allow is left out and said. The
 * results are a plugin's, so they are read as scripts do: by name.
 */
final class LazyPart {

  private static final String SCRIPT = "echo hello from a lazily pulled image; cat /etc/hosts";
  private static final String ARGS = "[ \"/bin/sh\", \"-c\", \"" + SCRIPT + " >/dev/null\" ]";

  private final CommandHost host;
  private final CommandContext context;
  private final List<DemoResult.Step> steps = new ArrayList<>();

  /**
   * @param host runs the commands, over a data directory of the demo's own
   */
  LazyPart(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  /**
   * Runs it.
   *
   * @param source the image's name in its registry, on loopback
   * @param target the optimized one's
   * @param pulled how the full pull did, for the comparison
   * @return the steps, those left out included
   */
  List<DemoResult.Step> run(String source, String target, String pulled) throws Exception {
    JsonNode optimized =
        attempt(
            "optimize",
            Map.of("entrypoint", "[]", "args", ARGS, "oci", true),
            "http://" + source,
            "http://" + target);
    if (optimized == null) {
      steps.add(new DemoResult.Step("rpull, run", Duration.ZERO, "left out with it"));
      return steps;
    }
    JsonNode total = optimized.path("trace").path("total");
    describe(
        "%d of %d files are read and lie in front now"
            .formatted(total.path("prioritizedFiles").asInt(), total.path("files").asInt()));
    try {
      long start = System.nanoTime();
      JsonNode mounted = attempt("rpull", Map.of("noBackgroundFetch", true), target);
      if (mounted == null) {
        return steps;
      }
      describe(mounted.path("layers").size() + " layers mounted, served by a daemon of its own");
      runContainer(target, start, pulled);
      return steps;
    } finally {
      host.call("snapshotter", Map.of("stop", true), List.of(), true);
    }
  }

  private void runContainer(String target, long start, String pulled) throws Exception {
    JsonNode ended = attempt("run", Map.of(), target, "demo", "/bin/sh", "-c", SCRIPT);
    if (ended == null) {
      return;
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    String output = ended.path("output").asString("");
    describe(output.lines().findFirst().orElse("it wrote nothing"));
    long bytes = 0;
    for (JsonNode image : json(host.call("status", Map.of(), List.of(), true)).path("images")) {
      for (JsonNode layer : image.path("layers")) {
        bytes += layer.path("networkBytes").asLong();
      }
    }
    steps.add(
        new DemoResult.Step(
            "rpull and run",
            time,
            "after "
                + new ByteCount(bytes)
                + " were fetched; a full pull, not unpacked: "
                + pulled));
  }

  /** The result as JSON, or null if the command cannot do it here. */
  private @Nullable JsonNode attempt(String command, Map<String, ?> named, String... words)
      throws Exception {
    context.cancellation().check();
    long start = System.nanoTime();
    context.log().info("demo: " + command + " " + String.join(" ", words));
    String outcome = "";
    JsonNode result = null;
    try {
      result = json(host.call(command, named, List.of(words), true));
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      outcome = "left out: " + Failures.describe(e);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    steps.add(new DemoResult.Step(command, time, outcome));
    return result;
  }

  private static JsonNode json(CommandResult result) {
    return JsonMapper.shared().readTree(ResultPrinter.json(result));
  }

  private void describe(String outcome) {
    DemoResult.Step last = steps.removeLast();
    steps.add(new DemoResult.Step(last.command(), last.time(), outcome));
  }
}
