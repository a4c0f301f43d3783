package dev.starling.snapshot.layer;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarText;
import java.util.Set;

/**
 * Puts the entries of a layer into a tree, in the order they come, as unpacking them would: of
 * several with one path the last counts, and what is no folder takes away what was in the folder it
 * replaces. Folders that have no entry are made. Refuses what would take too much memory or could
 * not be served. Not thread-safe; of no use once something was refused.
 */
public final class LayerTreeBuilder {

  /** The most files and folders of one layer. */
  public static final int MAX_FILES = 1_000_000;

  /** The longest path in characters, and the longest that Linux opens. */
  public static final int MAX_PATH = 4096;

  /** The longest name of a file in bytes, as on Linux. */
  public static final int MAX_NAME = 255;

  /** How many hard links may lead from one to the next. */
  public static final int MAX_LINK_DEPTH = 40;

  /** What conversions add at the top of a layer. */
  private static final Set<String> ADDED =
      Set.of(".prefetch.landmark", ".no.prefetch.landmark", "stargz.index.json");

  private static final int NO_ENTRY = -1;
  private static final int REPLACED = -2;

  /** Hard links whose target has not come yet are numbered downwards from here. */
  private static final int FIRST_LINK = -3;

  private final NamePool texts = new NamePool();
  private final PathTable paths = new PathTable(texts);
  private final Inodes inodes = new Inodes(texts);
  private final IntColumn targets = new IntColumn();
  private final IntColumn linkTargets = new IntColumn();

  /** Where the last entry lay: most of the next ones lie there, too. */
  private String lastFolder = "";

  private int lastFolderAt = PathTable.ROOT;

  /** A tree of an empty root folder. */
  public LayerTreeBuilder() {
    targets.add(inodes.addFolder());
  }

  /** Whether an entry is a part of the layer's format, not of its content, and so left out. */
  public static boolean isAdded(String path) {
    return ADDED.contains(path);
  }

  /**
   * Adds a file, or replaces the one of that path.
   *
   * @param path clean, as {@link TarPath#clean} makes it
   * @throws CorruptContentException if there are too many files or too long names
   */
  public void add(String path, FileFacts facts) throws CorruptContentException {
    boolean folder = facts.type() == NodeType.DIRECTORY;
    // The root is a folder, whatever an entry without a name says.
    if (isAdded(path) || (path.isEmpty() && !folder)) {
      return;
    }
    requireRoom(inodes.size());
    if (path.isEmpty()) {
      inodes.set(LayerTree.ROOT, facts);
    } else {
      int at = place(path, folder);
      targets.set(at, inodes.add(facts));
    }
  }

  private static void requireRoom(int count) throws CorruptContentException {
    if (count > MAX_FILES) {
      throw new CorruptContentException(
          "the layer has more than " + MAX_FILES + " files and folders");
    }
  }

  /**
   * Adds a hard link, or replaces the file of that path with one.
   *
   * @param path clean
   * @param target the other name's clean path; it may come later
   * @throws CorruptContentException if there are too many files or too long names
   */
  public void addHardLink(String path, String target) throws CorruptContentException {
    if (path.equals(target)) {
      throw circle(path);
    }
    if (path.isEmpty() || isAdded(path)) {
      return;
    }
    // Resolved while the target is there: a later entry may replace it.
    int known = find(target);
    int inode = known < 0 ? NO_ENTRY : targets.get(known);
    int at = place(path, false);
    if (inode >= 0 && inodes.type(inode) != NodeType.DIRECTORY) {
      targets.set(at, inode);
    } else {
      targets.set(at, FIRST_LINK - linkTargets.size());
      linkTargets.add(texts.add(bytes(target)));
    }
  }

  /** The path's number, free for another entry. */
  private int place(String path, boolean folder) throws CorruptContentException {
    if (path.length() > MAX_PATH) {
      throw new CorruptContentException(
          "the layer has a path of more than " + MAX_PATH + " characters");
    }
    int slash = path.lastIndexOf('/');
    int at = step(folder(path, Math.max(0, slash)), TarText.encode(path.substring(slash + 1)));
    int target = targets.get(at);
    boolean wasFolder =
        target == NO_ENTRY || (target >= 0 && inodes.type(target) == NodeType.DIRECTORY);
    if (wasFolder && !folder && at != targets.size() - 1) {
      requireRoom(paths.size());
      targets.set(at, REPLACED);
      at = paths.renew(at);
      targets.add(NO_ENTRY);
      lastFolder = ""; // it may have been this one, or in it
      lastFolderAt = PathTable.ROOT;
    }
    return at;
  }

  /** The number of the folder that the path's first characters name, up to a slash. */
  private int folder(String path, int length) throws CorruptContentException {
    if (lastFolder.length() == length && path.startsWith(lastFolder)) {
      return lastFolderAt;
    }
    int at = PathTable.ROOT;
    int start = 0;
    while (start < length) {
      int slash = path.indexOf('/', start);
      at = step(at, TarText.encode(path.substring(start, slash)));
      start = slash + 1;
    }
    lastFolder = path.substring(0, length);
    lastFolderAt = at;
    return at;
  }

  private int step(int folder, byte[] name) throws CorruptContentException {
    if (name.length > MAX_NAME) {
      throw new CorruptContentException(
          "the layer has a name of " + name.length + " bytes; Linux allows " + MAX_NAME);
    }
    int known = paths.find(folder, name);
    if (known >= 0) {
      return known;
    }
    requireRoom(paths.size());
    targets.add(NO_ENTRY);
    return paths.add(folder, name);
  }

  private int find(String path) {
    int at = PathTable.ROOT;
    int start = 0;
    while (start < path.length() && at >= 0) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      at = paths.find(at, TarText.encode(path.substring(start, end)));
      start = end + 1;
    }
    return at;
  }

  /**
   * The tree of all that was added; ends the building.
   *
   * @throws CorruptContentException if files lie in something that is no folder, or hard links lead
   *     to nothing, to a folder or in a circle
   */
  public LayerTree build() throws CorruptContentException {
    // A folder's number is below its files', so one pass sees what lies in what was replaced.
    for (int path = 0; path < paths.size(); path++) {
      if (targets.get(paths.parent(path)) == REPLACED) {
        targets.set(path, REPLACED);
      } else if (targets.get(path) == NO_ENTRY) {
        targets.set(path, inodes.addFolder());
      }
    }
    for (int path = 0; path < paths.size(); path++) {
      if (targets.get(path) <= FIRST_LINK) {
        targets.set(path, resolve(path));
      }
    }
    return new Assembly(paths, targets, inodes, texts).tree();
  }

  private int resolve(int link) throws CorruptContentException {
    int at = link;
    for (int depth = 0; depth < MAX_LINK_DEPTH; depth++) {
      int target = targets.get(at);
      if (target >= 0) {
        if (inodes.type(target) == NodeType.DIRECTORY) {
          throw badLink(link, "a folder");
        }
        return target;
      }
      at = find(TarText.decode(texts.get(linkTargets.get(FIRST_LINK - target))));
      if (at < 0) {
        throw badLink(link, "not in the layer");
      }
    }
    throw circle(paths.text(link));
  }

  private CorruptContentException badLink(int link, String what) {
    return new CorruptContentException(
        "the layer's hard link '" + paths.text(link) + "' points to what is " + what);
  }

  private static CorruptContentException circle(String link) {
    return new CorruptContentException(
        "the layer's hard link '"
            + link
            + "' leads to itself in a circle, or over more than "
            + MAX_LINK_DEPTH
            + " others");
  }

  private static byte[] bytes(String target) throws CorruptContentException {
    byte[] bytes = TarText.encode(target);
    if (bytes.length > 2 * MAX_PATH) {
      throw new CorruptContentException("the layer has a hard link to a path that is too long");
    }
    return bytes;
  }
}
