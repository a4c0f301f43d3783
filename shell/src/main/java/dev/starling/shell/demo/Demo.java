package dev.starling.shell.demo;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandResult;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.image.ByteCount;
import dev.starling.shell.image.CheckResult;
import dev.starling.shell.image.InspectResult;
import dev.starling.shell.image.PullResult;
import dev.starling.shell.image.PushResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/** One run of the demo in a folder that is there and empty. Not thread-safe. */
final class Demo {

  private final CommandHost host;
  private final CommandContext context;
  private final List<DemoResult.Step> steps = new ArrayList<>();

  /**
   * @param host runs the commands, over a data directory of the demo's own
   */
  Demo(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  DemoResult run(Path folder, List<Path> sources) throws Exception {
    OciLayout made = OciLayout.create(folder.resolve("made"));
    OciLayout served = OciLayout.create(folder.resolve("registry"));
    try (RegistryServer registry = RegistryServer.start(served)) {
      long start = System.nanoTime();
      ImageMaker.Made image = new ImageMaker(made, context.cancellation()).make(sources, "demo");
      step("make an image", start, "%d layers of files of this machine".formatted(image.layers()));
      String source = registry.host() + "/demo:1.0";
      String target = registry.host() + "/demo:1.0-esgz";
      PushResult pushed =
          call(PushResult.class, "push", "local://" + made.directory() + ":demo", source);
      describe("push to " + registry.host(), pushed.digest());
      convert("http://" + source, "http://" + target);
      InspectResult inspected = call(InspectResult.class, "inspect", "http://" + target);
      describe("inspect", lazyLayers(inspected) + " layers lazily readable");
      PullResult pulled = call(PullResult.class, "pull", target);
      describe("pull", pulled.digest());
      Duration pull = steps.getLast().time();
      CheckResult checked = call(CheckResult.class, "check", target);
      describe("check", checked.sound() ? "every digest, TOC and chunk holds" : "DAMAGED");
      String full = new ByteCount(layersSize(inspected)) + " in " + seconds(pull);
      steps.addAll(
          new LazyPart(host, context).run(source, registry.host() + "/demo:1.0-optimized", full));
      return new DemoResult(
          steps,
          image.layers(),
          image.entries(),
          image.tarSize(),
          image.size(),
          layersSize(inspected));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
  }

  private void convert(String source, String target) throws Exception {
    long start = System.nanoTime();
    context.log().info("demo: convert --oci --estargz " + source + " " + target);
    try {
      host.call("convert", Map.of("oci", true, "estargz", true), List.of(source, target), true);
    } catch (NoSuchElementException e) {
      throw new CommandException(
          "the demo needs the plugin convert, which is not loaded; see: starling plugin list", e);
    }
    step("convert to eStargz", start, target);
  }

  private <R extends CommandResult> R call(Class<R> type, String command, String... words)
      throws Exception {
    context.cancellation().check();
    long start = System.nanoTime();
    context.log().info("demo: " + command + " " + String.join(" ", words));
    CommandResult result = host.call(command, Map.of(), List.of(words), true);
    step(command, start, "");
    if (!type.isInstance(result)) {
      throw new CommandException(
          "the demo's command '" + command + "' was replaced by a plugin's; remove that plugin");
    }
    return type.cast(result);
  }

  private void step(String command, long startNanos, String outcome) {
    Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
    steps.add(new DemoResult.Step(command, time, outcome));
  }

  /** Says more about the last step, once its result is known. */
  private void describe(String command, Object outcome) {
    DemoResult.Step last = steps.removeLast();
    steps.add(new DemoResult.Step(command, last.time(), outcome.toString()));
  }

  private static long lazyLayers(InspectResult image) {
    return image.images().stream()
        .flatMap(each -> each.layers().stream())
        .filter(layer -> layer.kind().lazy())
        .count();
  }

  private static long layersSize(InspectResult image) {
    return image.images().stream()
        .flatMap(each -> each.layers().stream())
        .mapToLong(InspectResult.Layer::size)
        .sum();
  }
}
