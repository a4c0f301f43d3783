package dev.starling.api.estargz;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A file's place in a layer's tree: one for each file, however many hard links it has. Immutable
 * once its {@link Toc} is there, and thread-safe.
 */
public final class TocNode {

  private final TocEntry entry;
  private @Nullable LinkedHashMap<String, TocNode> children;
  private int links;

  TocNode(TocEntry entry) {
    this.entry = entry;
    this.links = entry instanceof TocEntry.Directory ? 2 : 1;
  }

  /** The entry; never a hard link. */
  public TocEntry entry() {
    return entry;
  }

  /** How many names it has; a folder counts itself and its subfolders' way back. */
  public int links() {
    return links;
  }

  /** The file of that name in this folder, or null. */
  public @Nullable TocNode child(String name) {
    Map<String, TocNode> map = children;
    return map == null ? null : map.get(name);
  }

  /** The files in this folder by name, in the TOC's order; none if it is no folder. */
  public SequencedMap<String, TocNode> children() {
    LinkedHashMap<String, TocNode> map = children;
    return map == null ? new LinkedHashMap<>() : Collections.unmodifiableSequencedMap(map);
  }

  void addChild(String name, TocNode child) {
    LinkedHashMap<String, TocNode> map = children;
    if (map == null) {
      map = new LinkedHashMap<>();
      children = map;
    }
    map.put(name, child);
    if (child.entry instanceof TocEntry.Directory) {
      links++;
    }
  }

  void addLink() {
    links++;
  }
}
