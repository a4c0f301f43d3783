package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Which files of a layer are laid in front, for a lazy reader to prefetch. Asked once the layer's
 * paths are known, so that patterns and alternatives can be decided by what is there.
 * Implementations are immutable and used by several threads at once.
 */
public interface Prioritization {

  /** Whether nothing is asked for, so that the layer need not be looked at. */
  boolean isEmpty();

  /** Chooses among a layer's files. */
  Choice choose(LayerPaths layer);

  /** A name for all that the choice depends on besides the layer: equal names, equal choices. */
  String fingerprint();

  /**
   * What was chosen.
   *
   * @param paths the files to lay in front, in this order
   * @param behind the files to lay right behind those, in this order: they are needed too, but too
   *     little of them to prefetch them as a whole
   * @param substituted what was asked for and is there in another form only, as it was given
   * @param missed what was asked for and is not there, as it was given
   */
  record Choice(
      List<String> paths, List<String> behind, List<String> substituted, List<String> missed) {
    /** Takes copies of the lists. */
    public Choice {
      paths = List.copyOf(paths);
      behind = List.copyOf(behind);
      substituted = List.copyOf(substituted);
      missed = List.copyOf(missed);
    }

    /** Whether none of the layer's files was chosen. */
    public boolean isEmpty() {
      return paths.isEmpty() && behind.isEmpty();
    }
  }

  /** Nothing: the layer is not prefetched. */
  static Prioritization none() {
    return files(List.of());
  }

  /** These files, in this order, and no others. */
  static Prioritization files(List<String> paths) {
    return new Files(paths);
  }

  /**
   * A list of files.
   *
   * @param paths as they are named in the layer; those that it does not have are missed
   */
  record Files(List<String> paths) implements Prioritization {
    /** Takes a copy of the list. */
    public Files {
      paths = List.copyOf(paths);
    }

    @Override
    public boolean isEmpty() {
      return paths.isEmpty();
    }

    /** All of them: that some are not there shows when they are laid in order. */
    @Override
    public Choice choose(LayerPaths layer) {
      return new Choice(List.copyOf(new LinkedHashSet<>(paths)), List.of(), List.of(), List.of());
    }

    @Override
    public String fingerprint() {
      return isEmpty()
          ? "none"
          : Digest.sha256(String.join("\0", paths).getBytes(StandardCharsets.UTF_8)).hex();
    }
  }
}
