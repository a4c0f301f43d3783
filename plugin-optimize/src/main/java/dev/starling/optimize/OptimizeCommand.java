package dev.starling.optimize;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import dev.starling.api.job.Log;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.convert.ConversionJob;
import dev.starling.convert.ConversionOptions;
import dev.starling.convert.ConversionRequest;
import dev.starling.convert.ConvertResult;
import dev.starling.convert.LayerListener;
import dev.starling.optimize.trace.FetchedOnce;
import dev.starling.optimize.workload.StopOptions;
import dev.starling.optimize.workload.StopRule;
import dev.starling.optimize.workload.Workload;
import dev.starling.optimize.workload.WorkloadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code optimize} command. */
@Command(
    name = "optimize",
    description = "Run an image, and convert it with the files that it reads in front.",
    footer = {
      "",
      "Those files are prefetched when the image is pulled lazily, so that it starts sooner.",
      "",
      "The image for this machine's platform is run, with the workload of its configuration or of",
      "the options, until it ends or --period or another condition ends it; images for other",
      "platforms that are converted too get its list with the names that they have for the files.",
      "Running needs root, runc and FUSE. With --prefetch-list or a record nothing is run: what is",
      "listed there is laid in front.",
      "",
      "A bare SOURCE is read from its registry and a bare TARGET pushed to its registry; with",
      "--store the local image store stands for both.",
      "",
      "Example:",
      "  starling optimize --entrypoint='[ \"/bin/bash\", \"-c\" ]' --args='[ \"go version\" ]' \\",
      "    ghcr.io/acme/golang:1.26 registry.example/golang:1.26-esgz",
      "",
      "See also: convert, run, help prefetch"
    })
public final class OptimizeCommand implements StarlingCommand<OptimizeResult> {

  /** How many of a failing workload's last lines are told. */
  private static final int LAST = 5;

  private static final String NOT_RUN =
      "leave it out, or --no-optimize and the lists of files, with which nothing is run";
  private static final String WITHOUT = "--prefetch-list FILE or --no-optimize work without";

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      completionCandidates = ImageReferences.ByScheme.class,
      description = "The image to optimize.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      completionCandidates = ImageReferences.ByScheme.class,
      description = "The name of the result.")
  private String target = "";

  @Option(names = "--no-optimize", negatable = false, description = "Convert only: run nothing.")
  private boolean noOptimize;

  @Option(
      names = "--allow-failure",
      description = "Convert with what was read even if the workload fails.")
  private boolean allowFailure;

  @Option(
      names = "--record-out",
      paramLabel = "FILE",
      description = "Write what was read to this file, for convert --estargz-record-in.")
  private @Nullable Path recordOut;

  @Option(
      names = "--record-format",
      paramLabel = "FORMAT",
      defaultValue = "ctr-remote",
      description =
          "ctr-remote, the default: path, manifest and layer; full: also times and byte ranges.")
  private String recordFormat = "ctr-remote";

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write what was read, and what putting it in front costs and saves, as a page.")
  private @Nullable Path report;

  @Option(
      names = "--push",
      description = "Push a bare TARGET to its registry (the default without --store).")
  private boolean push;

  @Option(
      names = "--store",
      description =
          "Look a bare SOURCE up in the local image store first, and keep a bare TARGET there.")
  private boolean store;

  @Mixin private WorkloadOptions workload = new WorkloadOptions();
  @Mixin private StopOptions stop = new StopOptions();
  @Mixin private ConversionOptions conversion = new ConversionOptions();
  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public OptimizeResult run(CommandContext context) throws IOException {
    Workload wanted = workload.workload();
    List<StopRule> rules = stop.rules(workload.terminal());
    TraceFile.Form form = form();
    ConversionRequest request = conversion.lazyRequest(platforms.selection(PlatformOptions.host()));
    boolean runs = !noOptimize && request.lists().isEmpty();
    if (recordOut != null && !runs) {
      throw new UsageException("--record-out needs a run; " + NOT_RUN);
    }
    requireReport(runs);
    if (runs) {
      conversion.requireOrder("add --no-optimize");
      Machine.require(workload.runtime(), WITHOUT);
    }
    Reference from = Reference.parse(source);
    Transports.Http http = registry.schemeOnly();
    try (ImageSource images = open(context, from, http);
        ConversionJob job =
            ConversionJob.open(
                context,
                new ConversionJob.Names(source, target),
                http,
                new ConversionJob.Bare(push || !store, store),
                request.conversion())) {
      NativeImage image = runs ? NativeImage.find(images, from.selector()) : null;
      if (image == null) {
        if (runs) {
          context
              .log()
              .warn(
                  "the image has none for %s, so nothing is run and nothing prioritized"
                      .formatted(Platform.host()));
        }
        return new OptimizeResult(job.run(images, request, listener(context.log())), null);
      }
      TracedRun run = new TracedRun(context, wanted, rules, workload.runtime());
      return optimize(run, image, images, job, request, form);
    }
  }

  private OptimizeResult optimize(
      TracedRun run,
      NativeImage image,
      ImageSource images,
      ConversionJob job,
      ConversionRequest request,
      TraceFile.Form form)
      throws IOException {
    Path folder = job.work().scratch().resolve("trace");
    List<Descriptor> blobs = image.layerDescriptors();
    try (FetchedOnce once =
        new FetchedOnce(
            images,
            job.work().downloads(),
            job.work().scratch().resolve("parts"),
            job.work()::markUsed,
            blobs)) {
      TracedRun.Seen seen = run.run(image, once, Reference.parse(source), folder);
      requireSuccess(seen, run.context().log());
      if (recordOut != null) {
        TraceFile.write(recordOut, form, image.raw().digest(), seen.accesses());
      }
      ConvertResult converted =
          job.run(
              once, request.withLists(SeenLists.of(seen), false), listener(run.context().log()));
      Trace trace = SeenLists.trace(seen, converted);
      if (report != null) {
        HtmlReport.write(report, converted, trace);
      }
      return new OptimizeResult(converted, trace);
    }
  }

  /** Before anything is run. */
  private void requireReport(boolean runs) {
    if (report == null) {
      return;
    }
    if (!runs) {
      throw new UsageException("--report needs a run; " + NOT_RUN);
    }
    Path folder = report.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(report)) {
      throw new UsageException(
          "--report: '"
              + report
              + "' cannot be written; expected a file in a folder that is there");
    }
  }

  private ImageSource open(CommandContext context, Reference from, Transports.Http http)
      throws IOException {
    if (store
        && from instanceof RegistryReference name
        && !name.hasScheme()
        && context.transports().store().find(name).isPresent()) {
      return context.transports().storeSource(name);
    }
    return context.transports().source(from, http);
  }

  private TraceFile.Form form() {
    return switch (recordFormat) {
      case "ctr-remote" -> TraceFile.Form.CTR_REMOTE;
      case "full" -> TraceFile.Form.FULL;
      default ->
          throw new UsageException(
              "--record-format: expected ctr-remote or full, not " + recordFormat);
    };
  }

  private void requireSuccess(TracedRun.Seen seen, Log log) throws CommandException {
    Integer exitCode = seen.end().exitCode();
    if (exitCode == null || exitCode == 0) {
      return;
    }
    String what = "the workload failed with exit code " + exitCode;
    if (allowFailure) {
      log.warn(what);
      return;
    }
    throw new CommandException(
        what + "; nothing was written (--allow-failure goes on all the same)" + last(seen.end()));
  }

  private static String last(Trace.End end) {
    List<String> lines = end.lastLines().stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty()
        ? ""
        : "; it said last: "
            + String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST), lines.size()));
  }

  private static LayerListener listener(Log log) {
    return new LayerListener() {
      @Override
      public void kept(Digest layer) {
        log.info("no access occur; copying without conversion digest=\"" + layer + "\"");
      }

      @Override
      public void converted(Digest layer, Digest result) {
        log.info("converted digest=\"" + result + "\"");
      }
    };
  }
}
