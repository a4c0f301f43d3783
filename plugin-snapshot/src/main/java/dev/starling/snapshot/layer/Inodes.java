package dev.starling.snapshot.layer;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.TarText;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** The files of a tree without their names, in columns. Filled by one thread, then read by any. */
final class Inodes {

  /** As long as a path may be on Linux. */
  static final int MAX_LINK_TARGET = 4096;

  /** Linux's bound on one extended attribute, and on the names of a file's. */
  static final int MAX_XATTR = 64 << 10;

  /** The most memory that the extended attributes of one layer may take. */
  static final int MAX_XATTR_TOTAL = 64 << 20;

  private static final int MODE_MASK = 07777;
  private static final int MISSING_FOLDER_MODE = 0755;

  private final NamePool texts;
  private final IntColumn typeAndMode = new IntColumn();
  private final IntColumn uids = new IntColumn();
  private final IntColumn gids = new IntColumn();
  private final LongColumn mtimes = new LongColumn();
  private final LongColumn sizes = new LongColumn();
  private final LongColumn contents = new LongColumn();
  private final Map<Integer, Integer> nanos = new HashMap<>();
  private final Map<Integer, Map<String, byte[]>> xattrs = new HashMap<>();
  private final BitSet implied = new BitSet();
  private int[] links = {};
  private int xattrBytes;

  /**
   * @param texts where the targets of symbolic links are kept
   */
  Inodes(NamePool texts) {
    this.texts = texts;
  }

  int size() {
    return typeAndMode.size();
  }

  /** Adds a folder that files lie in but that has no entry of its own. */
  int addFolder() {
    int id = size();
    typeAndMode.add(NodeType.DIRECTORY.modeBits() | MISSING_FOLDER_MODE);
    uids.add(0);
    gids.add(0);
    mtimes.add(0);
    sizes.add(0);
    contents.add(0);
    implied.set(id);
    return id;
  }

  int add(FileFacts facts) throws CorruptContentException {
    int id = addFolder();
    set(id, facts);
    return id;
  }

  void set(int id, FileFacts facts) throws CorruptContentException {
    implied.clear(id);
    typeAndMode.set(id, facts.type().modeBits() | (int) (facts.mode() & MODE_MASK));
    uids.set(id, (int) facts.uid());
    gids.set(id, (int) facts.gid());
    mtimes.set(id, facts.mtimeSeconds());
    if (facts.mtimeNanos() != 0) {
      nanos.put(id, facts.mtimeNanos());
    }
    setContent(id, facts);
    if (!facts.xattrs().isEmpty()) {
      xattrs.put(id, checked(facts.xattrs()));
    }
  }

  private void setContent(int id, FileFacts facts) throws CorruptContentException {
    switch (facts.type()) {
      case REGULAR -> {
        sizes.set(id, facts.contentSize());
        contents.set(id, facts.content());
      }
      case SYMLINK -> {
        byte[] target = TarText.encode(facts.linkTarget());
        if (target.length > MAX_LINK_TARGET) {
          throw new CorruptContentException(
              "the layer has a symbolic link to a path of "
                  + target.length
                  + " bytes; at most "
                  + MAX_LINK_TARGET
                  + " are served");
        }
        sizes.set(id, target.length);
        contents.set(id, texts.add(target));
      }
      case CHAR_DEVICE, BLOCK_DEVICE ->
          contents.set(
              id, (facts.deviceMajor() & 0xffffffffL) << 32 | (facts.deviceMinor() & 0xffffffffL));
      case DIRECTORY, FIFO -> {}
    }
  }

  private Map<String, byte[]> checked(Map<String, byte[]> attributes)
      throws CorruptContentException {
    int names = 0;
    for (Map.Entry<String, byte[]> attribute : attributes.entrySet()) {
      names += attribute.getKey().length() + 1;
      xattrBytes += attribute.getKey().length() + attribute.getValue().length;
      if (attribute.getValue().length > MAX_XATTR || names > MAX_XATTR) {
        throw new CorruptContentException(
            "the layer has a file whose extended attributes are larger than "
                + MAX_XATTR
                + " bytes, Linux's bound");
      }
      if (xattrBytes > MAX_XATTR_TOTAL) {
        throw new CorruptContentException(
            "the extended attributes of the layer take more than " + MAX_XATTR_TOTAL + " bytes");
      }
    }
    return Map.copyOf(attributes);
  }

  /** Where the entries of a folder lie. */
  void setEntries(int folder, int first, int count) {
    contents.set(folder, (long) first << 32 | count);
  }

  void setLinks(int[] counts) {
    links = Arrays.copyOf(counts, size());
    typeAndMode.trim();
    uids.trim();
    gids.trim();
    mtimes.trim();
    sizes.trim();
    contents.trim();
  }

  boolean isImplied(int id) {
    return implied.get(id);
  }

  NodeType type(int id) {
    return NodeType.ofMode(typeAndMode.get(id));
  }

  int mode(int id) {
    return typeAndMode.get(id) & MODE_MASK;
  }

  int uid(int id) {
    return uids.get(id);
  }

  int gid(int id) {
    return gids.get(id);
  }

  long mtime(int id) {
    return mtimes.get(id);
  }

  int nanos(int id) {
    return nanos.isEmpty() ? 0 : nanos.getOrDefault(id, 0);
  }

  long contentSize(int id) {
    return sizes.get(id);
  }

  /** What the type needs: see {@link #setContent} and {@link #setEntries}. */
  long content(int id) {
    return contents.get(id);
  }

  int links(int id) {
    return links[id];
  }

  String linkTarget(int id) {
    return type(id) == NodeType.SYMLINK ? TarText.decode(texts.get((int) contents.get(id))) : "";
  }

  Map<String, byte[]> xattrs(int id) {
    return xattrs.isEmpty() ? Map.of() : xattrs.getOrDefault(id, Map.of());
  }
}
