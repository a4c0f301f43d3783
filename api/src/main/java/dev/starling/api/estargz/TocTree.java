package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.TarPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the entries of a TOC into a tree. Of several with one path the last counts. */
final class TocTree {

  /** How many hard links may lead from one to the next; longer chains are made to cost time. */
  private static final int MAX_LINK_DEPTH = 40;

  private final SequencedMap<String, TocEntry> entries = new LinkedHashMap<>();
  private final Map<String, TocNode> nodes = new HashMap<>();
  private int created;

  private TocTree(List<TocEntry> all) {
    for (TocEntry entry : all) {
      String path = TarPath.clean(entry.name());
      // The root is a folder, whatever an entry without a name says.
      if (!path.isEmpty() || entry instanceof TocEntry.Directory) {
        entries.put(path, entry);
      }
    }
  }

  static TocNode build(List<TocEntry> all) throws CorruptContentException {
    TocTree tree = new TocTree(all);
    TocNode root = tree.node("");
    for (Map.Entry<String, TocEntry> named : tree.entries.entrySet()) {
      if (!named.getKey().isEmpty()) {
        tree.attach(named.getKey(), named.getValue());
      }
    }
    return root;
  }

  private void attach(String path, TocEntry entry) throws CorruptContentException {
    TocNode folder = folder(TarPath.parent(path));
    if (entry instanceof TocEntry.HardLink) {
      TocNode target = target(path);
      target.addLink();
      folder.addChild(TarPath.base(path), target);
    } else {
      folder.addChild(TarPath.base(path), node(path));
    }
  }

  /** The folder of that path, made with the folders above it where they have no entry. */
  private TocNode folder(String path) throws CorruptContentException {
    boolean known = nodes.containsKey(path);
    TocNode folder = directory(path);
    String missing = path;
    TocNode child = folder;
    // A folder with an entry is attached when its own turn comes.
    while (!known && !missing.isEmpty() && !entries.containsKey(missing)) {
      String above = TarPath.parent(missing);
      known = nodes.containsKey(above);
      TocNode parent = directory(above);
      parent.addChild(TarPath.base(missing), child);
      missing = above;
      child = parent;
    }
    return folder;
  }

  private TocNode directory(String path) throws CorruptContentException {
    TocNode node = node(path);
    if (!(node.entry() instanceof TocEntry.Directory)) {
      throw new CorruptContentException(
          "the TOC has files in '" + path + "', which is no directory");
    }
    return node;
  }

  private TocNode node(String path) throws CorruptContentException {
    TocNode node = nodes.get(path);
    if (node == null) {
      TocEntry entry = entries.get(path);
      if (entry == null) {
        if (created++ > TocParser.MAX_ROWS) {
          throw new CorruptContentException("the TOC has too many directories without an entry");
        }
        entry = new TocEntry.Directory(path, TocEntry.Attributes.MISSING_FOLDER);
      }
      node = new TocNode(entry);
      nodes.put(path, node);
    }
    return node;
  }

  private TocNode target(String link) throws CorruptContentException {
    Set<String> seen = new HashSet<>();
    String path = link;
    @Nullable TocEntry entry = entries.get(path);
    while (entry instanceof TocEntry.HardLink hardLink) {
      if (!seen.add(path) || seen.size() > MAX_LINK_DEPTH) {
        throw new CorruptContentException(
            "the TOC's hard link '"
                + link
                + "' leads to itself in a circle, or over more than "
                + MAX_LINK_DEPTH
                + " others");
      }
      path = hardLink.target();
      entry = entries.get(path);
    }
    if (entry == null || entry instanceof TocEntry.Directory) {
      throw new CorruptContentException(
          "the TOC's hard link '"
              + link
              + "' points to '"
              + path
              + "', which is "
              + (entry == null ? "not in the layer" : "a directory"));
    }
    return node(path);
  }
}
