package dev.starling.fuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files that does not change while it is mounted: the kernel and the server keep what
 * they are told for as long as they like.
 *
 * <p>Names, link targets and the names of attributes are strings of what is UTF-8 in them; each
 * byte that is not is one lone surrogate, U+DC80 to U+DCFF.
 *
 * <p>Called by many threads at once, which are the server's own: they may block, but a process that
 * waits for an answer cannot be killed before it comes, so every call must end in bounded time. Any
 * throwable becomes EIO for the caller and goes to {@link FailureListener}.
 *
 * @param <N> how the file system tells its nodes apart: small and immutable, compared by nothing
 */
public interface ReadOnlyFileSystem<N> {

  /** Receives the entries of a directory. */
  @FunctionalInterface
  interface EntrySink {
    /**
     * Takes one entry.
     *
     * @param name as {@link #lookup} knows it: not empty, without slash or NUL, neither {@code .}
     *     nor {@code ..}
     * @param inode of the node it names
     * @param type of the node it names
     */
    void accept(String name, long inode, NodeType type);
  }

  /** How much there is, for {@code statfs}. */
  record Usage(long bytes, long files) {}

  /** The directory at the top. */
  N root();

  /**
   * The node that a directory has under a name; null if there is none.
   *
   * @param directory a node of that type
   */
  @Nullable N lookup(N directory, String name) throws IOException;

  /** What {@code stat} tells of any node. */
  Attributes attributes(N node) throws IOException;

  /**
   * Gives all entries of a directory to {@code sink}, in any order, without {@code .} and {@code
   * ..}.
   */
  void list(N directory, EntrySink sink) throws IOException;

  /**
   * Fills {@code target} with a regular file's content from {@code offset} on.
   *
   * @param offset 0 or more; {@code offset} and what remains of {@code target} lie within the size
   *     that {@link #attributes} tells
   * @param target of native memory; valid during the call and for the calling thread only. One that
   *     is left partly empty means EIO: short content is never served
   */
  void read(N file, long offset, ByteBuffer target) throws IOException;

  /** The target of a symbolic link, as it was stored. */
  String readLink(N link) throws IOException;

  /** The value of an extended attribute; null if the node has none of that name. */
  byte @Nullable [] extendedAttribute(N node, String name) throws IOException;

  /** The names of all extended attributes of a node. */
  Collection<String> extendedAttributes(N node) throws IOException;

  /** How much there is, for {@code statfs}. */
  Usage usage();
}
