package dev.starling.convert;

import dev.starling.api.estargz.Prioritization;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import dev.starling.convert.prefetch.LayerLists;
import dev.starling.convert.prefetch.ListedFile;
import dev.starling.convert.prefetch.WantedFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The files to lay in front of each layer of an image, and what was found of them. A layer that
 * several images share gets the files of all of them, in the order of the images, so that it is
 * converted once. Used by one thread.
 */
final class ListedLayers {

  /** How a listed file was found. */
  enum Found {
    AS_IT_IS,
    BY_COUNTERPART,
    NOT
  }

  private final LayerLists lists;
  private final Map<Digest, WantedFiles> wanted = new HashMap<>();
  private final SequencedMap<String, Found> best = new LinkedHashMap<>();

  ListedLayers(LayerLists lists) {
    this.lists = lists;
  }

  /** Whether there is no list at all. */
  boolean isEmpty() {
    return lists.isEmpty();
  }

  /**
   * Takes note of an image's layers; all images, before any is converted.
   *
   * @param platform the image's, or null if it is not known
   */
  void add(ImagePlan.Image image, @Nullable Platform platform) {
    List<Descriptor> layers = image.manifest().layers();
    for (int i = 0; i < layers.size(); i++) {
      WantedFiles files = WantedFiles.in(platform, lists.of(image.raw().digest(), i));
      wanted.merge(layers.get(i).digest(), files, WantedFiles::and);
    }
  }

  /** What to lay in front of a layer. */
  Prioritization of(Descriptor layer) {
    WantedFiles files = wanted.get(layer.digest());
    return files == null ? Prioritization.none() : files;
  }

  /**
   * What was found of the files listed for an image.
   *
   * @param outcomes what became of the image's layers, base first
   * @return null if there is no list
   */
  ConvertResult.@Nullable Prioritized count(
      ImagePlan.Image image, @Nullable Platform platform, List<LayerPipeline.Outcome> outcomes) {
    if (isEmpty()) {
      return null;
    }
    Map<String, Found> found = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Missing missing = Missing.of(outcomes.get(i));
      for (ListedFile file : lists.of(image.raw().digest(), i)) {
        found.merge(file.text(), missing.outcome(file, platform), ListedLayers::better);
      }
    }
    found.forEach((text, outcome) -> best.merge(text, outcome, ListedLayers::better));
    return new ConvertResult.Prioritized(
        found.size(),
        count(found.values(), Found.AS_IT_IS),
        count(found.values(), Found.BY_COUNTERPART),
        count(found.values(), Found.NOT));
  }

  private static int count(Collection<Found> all, Found what) {
    return (int) all.stream().filter(what::equals).count();
  }

  private static Found better(Found one, Found other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** The listed files that were in no layer of the images counted so far. */
  List<String> unmatched() {
    List<String> unmatched = new ArrayList<>();
    best.forEach((text, outcome) -> {
      if (outcome == Found.NOT) {
        unmatched.add(text);
      }
    });
    return unmatched;
  }

  /** What a layer did not have, or had in another form. */
  private record Missing(boolean all, Collection<String> substituted, Collection<String> missed) {

    static Missing of(LayerPipeline.Outcome outcome) {
      return switch (outcome) {
        case LayerPipeline.Converted(var layer, boolean _) ->
            new Missing(false, new HashSet<>(layer.substituted()), new HashSet<>(layer.missed()));
        case LayerPipeline.Kept _, LayerPipeline.NoLayer _ ->
            new Missing(true, List.of(), List.of());
      };
    }

    Found outcome(ListedFile file, @Nullable Platform image) {
      Platform made = file.platform();
      boolean carried =
          made != null && image != null && !made.architecture().equals(image.architecture());
      if (all || missed.contains(file.text())) {
        return Found.NOT;
      }
      if (!substituted.contains(file.text())) {
        return Found.AS_IT_IS;
      }
      // In a shared layer another image may have wanted the counterpart.
      return carried ? Found.BY_COUNTERPART : Found.NOT;
    }
  }
}
