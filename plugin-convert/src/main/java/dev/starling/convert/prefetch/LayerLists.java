package dev.starling.convert.prefetch;

import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which files go for which layer: a layer's own list where it has one, else the list for all.
 * Immutable.
 *
 * @param all the list of every layer that has none of its own
 * @param own the lists of single layers
 */
public record LayerLists(List<ListedFile> all, Map<Layer, List<ListedFile>> own) {

  /**
   * A layer of an image.
   *
   * @param manifest the image's manifest
   * @param index the layer's place in it, the base being 0
   */
  public record Layer(Digest manifest, int index) {}

  public LayerLists {
    all = distinct(all);
    Map<Layer, List<ListedFile>> copy = new HashMap<>();
    own.forEach((layer, files) -> copy.put(layer, distinct(files)));
    own = Map.copyOf(copy);
  }

  private static List<ListedFile> distinct(List<ListedFile> files) {
    return List.copyOf(new LinkedHashSet<>(files));
  }

  /** Nothing is listed. */
  public static LayerLists none() {
    return forAll(List.of());
  }

  /** One list for every layer. */
  public static LayerLists forAll(List<ListedFile> files) {
    return new LayerLists(files, Map.of());
  }

  /** These lists with a list of its own for one layer, in place of the list for all. */
  public LayerLists with(Layer layer, List<ListedFile> files) {
    Map<Layer, List<ListedFile>> more = new HashMap<>(own);
    more.put(layer, files);
    return new LayerLists(all, more);
  }

  /** Whether no list has anything in it. */
  public boolean isEmpty() {
    return all.isEmpty() && own.values().stream().allMatch(List::isEmpty);
  }

  /** The list of a layer. */
  public List<ListedFile> of(Digest manifest, int index) {
    return own.getOrDefault(new Layer(manifest, index), all);
  }

  /**
   * The same lists with a platform for each file: its own, else its manifest's, else the other.
   *
   * @param manifests the platforms of the image's manifests, as far as they are known
   */
  public LayerLists madeOn(Map<Digest, Platform> manifests, Platform otherwise) {
    UnaryOperator<ListedFile> resolve =
        file -> {
          @Nullable Digest manifest = file.manifest();
          Platform known = manifest == null ? null : manifests.get(manifest);
          return file.platform() != null ? file : file.on(known == null ? otherwise : known);
        };
    Map<Layer, List<ListedFile>> resolved = new HashMap<>();
    own.forEach((layer, files) -> resolved.put(layer, files.stream().map(resolve).toList()));
    return new LayerLists(all.stream().map(resolve).toList(), resolved);
  }
}
