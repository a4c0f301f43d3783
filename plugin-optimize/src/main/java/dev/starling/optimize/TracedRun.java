package dev.starling.optimize;

import dev.starling.api.command.CommandContext;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.reference.Reference;
import dev.starling.optimize.Trace.End;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.process.HostSignals;
import dev.starling.optimize.runtime.RunOutcome;
import dev.starling.optimize.runtime.Streams;
import dev.starling.optimize.session.Container;
import dev.starling.optimize.session.OverlayRoot;
import dev.starling.optimize.session.Session;
import dev.starling.optimize.trace.Access;
import dev.starling.optimize.trace.TracedImage;
import dev.starling.optimize.workload.StopRule;
import dev.starling.optimize.workload.Workload;
import dev.starling.snapshot.layer.LayerTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs a workload over private mounts of an image's layers and tells what it read.
 *
 * @param context the job
 * @param workload what is run
 * @param rules when it is ended
 * @param runtime the OCI runtime, a name or a path
 */
record TracedRun(CommandContext context, Workload workload, List<StopRule> rules, String runtime) {

  TracedRun {
    rules = List.copyOf(rules);
  }

  /** What was seen, before it is known what the layers become. */
  record Seen(
      NativeImage image,
      End end,
      long millis,
      List<Trace.TracedLayer> layers,
      List<Access> accesses) {
    Seen {
      layers = List.copyOf(layers);
      accesses = List.copyOf(accesses);
    }
  }

  /**
   * Runs it.
   *
   * @param source the image's repository; stays open
   * @param name the image's name there
   * @param folder for what is fetched; removed by the caller, later
   * @throws IOException if the layers cannot be fetched or mounted, or the container not be run
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   */
  Seen run(NativeImage image, ImageSource source, Reference name, Path folder) throws IOException {
    String id = "optimize-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;
    List<Descriptor> layers = image.layerDescriptors();
    try (TracedImage traced =
            TracedImage.open(source, name, layers, folder, context.log(), context.cancellation());
        Session session = Session.open(context.directories(), id, context.log())) {
      context.cancellation().check();
      Path root = OverlayRoot.mount(session, traced.mount(session)).directory();
      Container container =
          Container.prepare(session, root, ImageDefaults.of(image.config()), workload, runtime);
      context.log().info("running " + String.join(" ", container.bundle().spec().process().args()));
      long start = System.nanoTime();
      traced.recorder().begin();
      RunOutcome outcome = run(container);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      List<Integer> places = image.layers();
      List<Access> accesses =
          traced.recorder().accesses().stream()
              .map(access -> access.inLayer(places.get(access.layer())))
              .toList();
      List<Trace.TracedLayer> counts = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        LayerTree tree = traced.layers().get(i).tree();
        counts.add(TraceSummary.layer(places.get(i), layers.get(i), tree, accesses));
      }
      return new Seen(image, end(outcome), millis, counts, accesses);
    }
  }

  private RunOutcome run(Container container) throws IOException {
    CompletableFuture<Void> signal = new CompletableFuture<>();
    boolean waits = rules.stream().anyMatch(StopRule.Signal.class::isInstance);
    try (HostSignals _ = waits ? HostSignals.take(name -> told(name, signal)) : null;
        LogLines out = new LogLines(context.log());
        LogLines err = new LogLines(context.log())) {
      Streams streams =
          workload.terminal()
              ? new Streams.Inherited()
              : new Streams.Watched(out, err, workload.interactive());
      return container.run(rules, streams, signal, context.cancellation());
    }
  }

  /** The first Ctrl-C or SIGTERM ends the run alone. */
  private void told(HostSignals.Name name, CompletableFuture<Void> signal) {
    boolean meantForTheRun =
        switch (name) {
          case INT, TERM -> signal.complete(null);
          case HUP -> false;
        };
    if (!meantForTheRun) {
      context.cancellation().request();
    }
  }

  private static End end(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Ended(int exitCode, List<String> lines) -> new End("ended", exitCode, lines);
      case RunOutcome.Stopped(StopRule rule, List<String> lines) ->
          new End(name(rule), null, lines);
    };
  }

  private static String name(StopRule rule) {
    return switch (rule) {
      case StopRule.Period _ -> "period";
      case StopRule.Line _ -> "line";
      case StopRule.Signal _ -> "signal";
      case StopRule.Port _ -> "port";
    };
  }
}
