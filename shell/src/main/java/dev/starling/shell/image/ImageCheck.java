package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.content.BlobContent;
import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.LayerVerifier;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.ImageConfig;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Progress;
import dev.starling.api.job.TaskGroup;
import dev.starling.shell.image.CheckResult.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Checks the parts of an image. A layer that is on this machine is checked where it is; one that is
 * not is fetched into the work folder first and removed afterwards.
 */
final class ImageCheck {

  /** A layer's check computes, so more at a time than this gains nothing. */
  private static final int MOST_AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors());

  private final ImageSource source;
  private final LayerTocs tocs;
  private final CommandContext context;

  /**
   * @param tocs where external TOCs are found
   */
  ImageCheck(ImageSource source, LayerTocs tocs, CommandContext context) {
    this.source = source;
    this.tocs = tocs;
    this.context = context;
  }

  /** Checks the images that are wanted and there. */
  List<Part> check(RawManifest root, PlatformSelection wanted) throws IOException {
    List<Callable<Part>> checks = new ArrayList<>();
    for (ImageEntry entry : ImageEntry.list(source, root, wanted)) {
      if (entry.raw() != null) {
        addChecks(entry, checks);
      }
    }
    if (checks.isEmpty()) {
      throw new CommandException(
          "index %s has no image for %s here; choose with --platform"
              .formatted(root.digest(), wanted));
    }
    List<Future<Part>> parts = new ArrayList<>();
    try (TaskGroup group = TaskGroup.forComputing(MOST_AT_ONCE, context.cancellation())) {
      for (Callable<Part> check : checks) {
        parts.add(group.submit(check));
      }
      group.join();
    }
    return parts.stream().map(Future::resultNow).toList();
  }

  private void addChecks(ImageEntry entry, List<Callable<Part>> checks) throws IOException {
    Platform platform = entry.platform();
    RawManifest raw = entry.raw();
    List<String> problems = new ArrayList<>();
    Descriptor descriptor = entry.descriptor();
    if (raw != null && raw.bytes().length != descriptor.size()) {
      problems.add(
          "it has %d bytes; the index says %d".formatted(raw.bytes().length, descriptor.size()));
    }
    Part found =
        new Part(platform, "manifest", descriptor.digest(), descriptor.size(), null, problems);
    checks.add(() -> found);
    Manifest manifest = entry.manifest();
    List<String> configProblems = new ArrayList<>();
    List<Digest> diffIds = diffIds(manifest, configProblems);
    Descriptor config = manifest.config();
    Part configPart =
        new Part(platform, "config", config.digest(), config.size(), null, configProblems);
    checks.add(() -> configPart);
    int count = manifest.layers().size();
    for (int i = 0; i < count; i++) {
      Descriptor layer = manifest.layers().get(i);
      String name = "layer " + (i + 1) + " of " + count;
      Digest diffId = diffIds.size() == count ? diffIds.get(i) : null;
      checks.add(() -> checkLayer(platform, name, layer, diffId));
    }
  }

  private List<Digest> diffIds(Manifest manifest, List<String> problems) throws IOException {
    if (!ConfigContent.isImageConfig(manifest.config())) {
      return List.of();
    }
    try {
      List<Digest> diffIds =
          ImageConfig.parse(ConfigContent.read(source, manifest.config())).diffIds();
      if (diffIds.size() != manifest.layers().size()) {
        problems.add(
            "it names %d diff IDs; the manifest has %d layers"
                .formatted(diffIds.size(), manifest.layers().size()));
      }
      return diffIds;
    } catch (CorruptContentException | ContentNotFoundException | InvalidImageException e) {
      problems.add(String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private Part checkLayer(
      @Nullable Platform platform, String name, Descriptor layer, @Nullable Digest diffId)
      throws IOException {
    LayerKind kind = LayerKind.of(layer);
    List<String> problems = new ArrayList<>();
    try (Progress.Item item =
        context.progress().begin(layer.digest().shortHex(), Progress.State.WAITING, layer.size())) {
      try {
        problems.addAll(verify(layer, kind, diffId, item));
      } catch (CorruptContentException | ContentNotFoundException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
      if (problems.isEmpty()) {
        item.finish(Progress.State.DONE);
      }
    }
    return new Part(platform, name, layer.digest(), layer.size(), kind, problems);
  }

  private List<String> verify(
      Descriptor layer, LayerKind kind, @Nullable Digest diffId, Progress.Item item)
      throws IOException {
    if (source.localFile(layer) != null) {
      try (RandomAccessBlob blob = source.openRandomAccess(layer)) {
        return verify(blob, layer, kind, diffId, item);
      }
    }
    BlobFolder work = new BlobFolder(context.directories().work().resolve("check"));
    item.state(Progress.State.DOWNLOADING, layer.size());
    work.put(layer, offset -> source.openBlob(layer, offset));
    try (RandomAccessBlob blob = work.openRandomAccess(layer)) {
      return verify(blob, layer, kind, diffId, item);
    } finally {
      work.delete(layer.digest());
    }
  }

  private List<String> verify(
      RandomAccessBlob blob,
      Descriptor layer,
      LayerKind kind,
      @Nullable Digest diffId,
      Progress.Item item)
      throws IOException {
    item.state(Progress.State.CHECKING, layer.size());
    List<String> problems = new ArrayList<>();
    Digest toc = kind.lazy() ? LayerKind.tocDigest(layer) : null;
    BlobContent external = null;
    try {
      external = toc == null ? null : tocs.external(blob, layer);
    } catch (CorruptContentException | ContentNotFoundException e) {
      problems.add(String.valueOf(e.getMessage()));
      toc = null; // all the rest can be checked
    }
    LayerVerifier.Expected expected =
        new LayerVerifier.Expected(layer.digest(), layer.size(), diffId, toc);
    LayerVerifier.verify(blob, expected, external).forEach(p -> problems.add(p.toString()));
    return problems;
  }
}
