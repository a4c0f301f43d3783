package dev.starling.snapshot.layer;

import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarText;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of a layer as a tree. Names, paths and link targets are strings as {@link TarText}
 * makes them: {@link TarText#encode} gives the bytes, also where those are no UTF-8. Immutable and
 * thread-safe.
 */
public final class LayerTree {

  static final int ROOT = 0;

  private final Inodes inodes;
  private final NamePool texts;
  private final int[] entryNames;
  private final int[] entryNodes;
  private final int[] entryFolders;
  private final int[] firstEntries;

  /**
   * @param inodes the files
   * @param texts the names
   * @param entryNames for each entry of a folder its name; the entries of a folder lie side by
   *     side, sorted
   * @param entryNodes for each entry the file
   * @param entryFolders for each entry the folder
   * @param firstEntries for each file its first entry, -1 for the root
   */
  LayerTree(
      Inodes inodes,
      NamePool texts,
      int[] entryNames,
      int[] entryNodes,
      int[] entryFolders,
      int[] firstEntries) {
    this.inodes = inodes;
    this.texts = texts;
    this.entryNames = entryNames;
    this.entryNodes = entryNodes;
    this.entryFolders = entryFolders;
    this.firstEntries = firstEntries;
  }

  /** How many files there are, the root included, hard links counted once. */
  public int size() {
    return inodes.size();
  }

  /** How many names there are: files and hard links, without the root. */
  public int entries() {
    return entryNames.length;
  }

  /** The layer's root folder. */
  public Node root() {
    return new Node(this, ROOT);
  }

  /** The file of that number, see {@link Node#id}. */
  public Node node(int id) {
    return new Node(this, id);
  }

  /**
   * The file of that path.
   *
   * @param path cleaned as in {@link TarPath#clean}; empty is the root
   * @return the file, or null if there is none
   */
  public @Nullable Node find(String path) {
    int id = ROOT;
    String clean = TarPath.clean(path);
    int start = 0;
    while (start < clean.length()) {
      int slash = clean.indexOf('/', start);
      int end = slash < 0 ? clean.length() : slash;
      int entry = entry(id, clean.substring(start, end));
      if (entry < 0) {
        return null;
      }
      id = entryNodes[entry];
      start = end + 1;
    }
    return node(id);
  }

  /** A clean path of the file, one of several if it has hard links; empty for the root. */
  public String path(Node node) {
    StringBuilder path = new StringBuilder();
    for (int entry = firstEntries[node.id()];
        entry >= 0;
        entry = firstEntries[entryFolders[entry]]) {
      path.insert(0, name(entry)).insert(0, '/');
    }
    return path.isEmpty() ? "" : path.substring(1);
  }

  /** Where a regular file's content is, as it was given to {@link LayerTreeBuilder}. */
  public long content(Node file) {
    if (file.type() != NodeType.REGULAR) {
      throw new IllegalArgumentException("'" + path(file) + "' is no regular file");
    }
    return inodes.content(file.id());
  }

  boolean isImplied(int id) {
    return inodes.isImplied(id);
  }

  NodeType type(int id) {
    return inodes.type(id);
  }

  int mode(int id) {
    return inodes.mode(id);
  }

  int uid(int id) {
    return inodes.uid(id);
  }

  int gid(int id) {
    return inodes.gid(id);
  }

  long mtimeSeconds(int id) {
    return inodes.mtime(id);
  }

  int mtimeNanos(int id) {
    return inodes.nanos(id);
  }

  long contentSize(int id) {
    return inodes.contentSize(id);
  }

  int links(int id) {
    return inodes.links(id);
  }

  int deviceMajor(int id) {
    return inodes.type(id).isDevice() ? (int) (inodes.content(id) >>> 32) : 0;
  }

  int deviceMinor(int id) {
    return inodes.type(id).isDevice() ? (int) inodes.content(id) : 0;
  }

  String linkTarget(int id) {
    return inodes.linkTarget(id);
  }

  Map<String, byte[]> xattrs(int id) {
    return inodes.xattrs(id);
  }

  @Nullable Node child(int folder, String name) {
    int entry = entry(folder, name);
    return entry < 0 ? null : node(entryNodes[entry]);
  }

  List<Node.Named> children(int folder) {
    boolean isFolder = inodes.type(folder) == NodeType.DIRECTORY;
    int first = isFolder ? firstIn(folder) : 0;
    int count = isFolder ? countIn(folder) : 0;
    return new AbstractList<>() {
      @Override
      public Node.Named get(int index) {
        int entry = first + Objects.checkIndex(index, count);
        return new Node.Named(name(entry), node(entryNodes[entry]));
      }

      @Override
      public int size() {
        return count;
      }
    };
  }

  private String name(int entry) {
    return TarText.decode(texts.get(entryNames[entry]));
  }

  private int firstIn(int folder) {
    return (int) (inodes.content(folder) >>> 32);
  }

  private int countIn(int folder) {
    return (int) inodes.content(folder);
  }

  /** The entry of that name in the folder, negative if there is none. */
  private int entry(int folder, String name) {
    if (inodes.type(folder) != NodeType.DIRECTORY) {
      return -1;
    }
    byte[] wanted = TarText.encode(name);
    int low = firstIn(folder);
    int high = low + countIn(folder) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = texts.compare(entryNames[middle], wanted);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
