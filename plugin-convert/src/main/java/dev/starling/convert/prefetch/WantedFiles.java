package dev.starling.convert.prefetch;

import dev.starling.api.estargz.LayerPaths;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Platform;
import dev.starling.convert.carryover.Counterparts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listed files, to be found in a layer of some image: under their own names, through folders that
 * are symbolic links there, or, if the image is for another platform than the list, under their
 * counterparts' names.
 */
public final class WantedFiles implements Prioritization {

  /** Raised when the same lists choose other files, so that no old result is taken up. */
  private static final int VERSION = 1;

  private final List<Wanted> wanted;

  private WantedFiles(List<Wanted> wanted) {
    this.wanted = List.copyOf(new LinkedHashSet<>(wanted));
  }

  /** A listed file and the platform of an image that it is wanted in, if both are known. */
  private record Wanted(ListedFile file, @Nullable Platform image) {

    List<String> counterparts() {
      Platform made = file.platform();
      return made == null || image == null
          ? List.of()
          : Counterparts.between(made, image).of(file.text());
    }

    String key() {
      return file.kind()
          + "\n"
          + file.text()
          + "\n"
          + file.platform()
          + "\n"
          + image
          + (file.sparse() ? "\nsparse" : "");
    }
  }

  /** These files in an image for that platform, null if it is not known. */
  public static WantedFiles in(@Nullable Platform image, List<ListedFile> files) {
    return new WantedFiles(files.stream().map(file -> new Wanted(file, image)).toList());
  }

  /** These files and then those: for a layer that two images share. */
  public WantedFiles and(WantedFiles more) {
    List<Wanted> both = new ArrayList<>(wanted);
    both.addAll(more.wanted);
    return new WantedFiles(both);
  }

  @Override
  public boolean isEmpty() {
    return wanted.isEmpty();
  }

  @Override
  public Choice choose(LayerPaths layer) {
    Set<String> paths = new LinkedHashSet<>();
    Set<String> behind = new LinkedHashSet<>();
    Set<String> found = new LinkedHashSet<>();
    Set<String> substituted = new LinkedHashSet<>();
    Set<String> missed = new LinkedHashSet<>();
    for (Wanted each : wanted) {
      String text = each.file().text();
      List<String> here = find(layer, text, each.file().kind());
      Set<String> outcome = here.isEmpty() ? substituted : found;
      for (String counterpart : here.isEmpty() ? each.counterparts() : List.<String>of()) {
        here = find(layer, counterpart, each.file().kind());
        if (!here.isEmpty()) {
          break;
        }
      }
      (each.file().sparse() ? behind : paths).addAll(here);
      (here.isEmpty() ? missed : outcome).add(text);
    }
    behind.removeAll(paths);
    substituted.removeAll(found);
    missed.removeAll(found);
    missed.removeAll(substituted);
    return new Choice(
        List.copyOf(paths), List.copyOf(behind), List.copyOf(substituted), List.copyOf(missed));
  }

  private static List<String> find(LayerPaths layer, String text, ListedFile.Kind kind) {
    return switch (kind) {
      case RECORDED -> {
        String path = layer.find(text);
        yield path == null ? List.of() : List.of(path);
      }
      case PATH -> withTarget(layer, layer.find(text));
      case PATTERN -> {
        List<String> paths = new ArrayList<>();
        matches(layer, PathPattern.parse(text))
            .forEach(path -> paths.addAll(withTarget(layer, path)));
        yield paths;
      }
    };
  }

  /** A path and, if it is a symbolic link, the file of the layer that it leads to. */
  private static List<String> withTarget(LayerPaths layer, @Nullable String path) {
    if (path == null) {
      return List.of();
    }
    String end = layer.folder(path);
    String target = end == null || end.equals(path) ? null : layer.find(end);
    return target == null ? List.of(path) : List.of(path, target);
  }

  private static List<String> matches(LayerPaths layer, PathPattern pattern) {
    String folder = layer.folder(pattern.folder());
    if (folder == null) {
      return List.of();
    }
    int start = folder.isEmpty() ? 0 : folder.length() + 1;
    return layer.below(folder).stream()
        .filter(path -> pattern.matches(path.substring(start)))
        .toList();
  }

  @Override
  public String fingerprint() {
    StringBuilder text = new StringBuilder().append(VERSION);
    wanted.forEach(each -> text.append('\0').append(each.key()));
    return isEmpty()
        ? Prioritization.none().fingerprint()
        : Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }
}
