package dev.starling.api.copy;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Decides what the sink gets in place of each index: the same bytes wherever possible, because a
 * digest that changes breaks whoever pinned it.
 */
final class IndexCompletion {

  private final CopyOptions options;
  private boolean narrowed;

  IndexCompletion(CopyOptions options) {
    this.options = options;
  }

  /** Whether an index was narrowed. */
  boolean narrowed() {
    return narrowed;
  }

  /**
   * The manifests to write, children before their parents, the root last, each once.
   *
   * @throws IOException if an image that was asked for is not there, or none is left
   */
  List<RawManifest> manifests(ImageTree root) throws IOException {
    SequencedMap<Descriptor, RawManifest> ordered = new LinkedHashMap<>();
    add(root, ordered);
    return List.copyOf(ordered.values());
  }

  private Descriptor add(ImageTree tree, Map<Descriptor, RawManifest> ordered) throws IOException {
    RawManifest raw =
        switch (tree) {
          case ImageTree.Leaf leaf -> leaf.raw();
          case ImageTree.Branch branch -> complete(branch, ordered);
        };
    ordered.putIfAbsent(raw.descriptor(), raw);
    return raw.digest().equals(tree.raw().digest())
        ? tree.descriptor()
        : tree.descriptor().withContent(raw.digest(), raw.bytes().length);
  }

  private RawManifest complete(ImageTree.Branch branch, Map<Descriptor, RawManifest> ordered)
      throws IOException {
    requireWanted(branch);
    List<Descriptor> entries = new ArrayList<>();
    for (ImageTree child : branch.children()) {
      entries.add(add(child, ordered));
    }
    if (options.index() == CopyOptions.IncompleteIndex.KEEP
        || entries.equals(branch.index().manifests())) {
      return branch.raw();
    }
    narrowed = true;
    RawManifest result =
        new Index(
                branch.index().mediaType(),
                branch.index().artifactType(),
                entries,
                branch.index().subject(),
                branch.index().annotations())
            .toRaw();
    options
        .log()
        .info(
            "%s: index %s lists %d images, of which %s; writing a narrower index %s"
                .formatted(
                    options.name(),
                    branch.raw().digest(),
                    branch.index().manifests().size(),
                    "only "
                        + platforms(entries)
                        + (entries.size() == 1 ? " is" : " are")
                        + " copied",
                    result.digest()));
    return result;
  }

  private void requireWanted(ImageTree.Branch branch) throws IOException {
    List<Descriptor> entries = branch.index().manifests();
    if (branch.children().isEmpty() && branch.missing().isEmpty() && !entries.isEmpty()) {
      throw new CopyException(
          "%s has no image for %s; it has %s; choose with --platform or --all-platforms"
              .formatted(options.name(), options.platforms(), platforms(entries)));
    }
    boolean mayLack =
        options.index() == CopyOptions.IncompleteIndex.NARROW
            && options.platforms() instanceof PlatformSelection.All
            && !branch.children().isEmpty();
    if (!branch.missing().isEmpty() && !mayLack) {
      throw new CopyException(
          "%s: the index lists an image for %s that is not there: %s"
              .formatted(
                  options.name(),
                  platforms(branch.missing()),
                  branch.missing().getFirst().digest()));
    }
  }

  private static String platforms(List<Descriptor> entries) {
    return entries.stream()
        .map(entry -> Objects.requireNonNullElse(entry.platform(), "an image without platform"))
        .map(Object::toString)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
