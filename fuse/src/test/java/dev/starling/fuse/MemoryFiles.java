package dev.starling.fuse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A file system in memory that a test puts together and then leaves alone. */
final class MemoryFiles implements ReadOnlyFileSystem<MemoryFiles.Node> {
  private final AtomicInteger listings = new AtomicInteger();

  /** Content by offset, so that a file can be larger than memory. */
  interface Content {
    void read(long offset, ByteBuffer target) throws IOException;
  }

  /** A node; several names may lead to one. */
  record Node(
      Attributes attributes,
      Map<String, Node> children,
      Content content,
      String target,
      Map<String, byte[]> extended) {

    Node withPermissions(int permissions) {
      Attributes a = attributes;
      return new Node(
          new Attributes(
              a.type(),
              a.inode(),
              permissions,
              a.links(),
              a.owner(),
              a.group(),
              a.deviceMajor(),
              a.deviceMinor(),
              a.size(),
              a.modified()),
          children,
          content,
          target,
          extended);
    }
  }

  static final Instant TIME = Instant.ofEpochSecond(1_234_567_890L, 123_456_789);
  private static final Content NONE = (offset, target) -> {};

  private final Node root =
      new Node(attributes(NodeType.DIRECTORY, 0), new TreeMap<>(), NONE, "", new TreeMap<>());
  private long lastInode;

  Attributes attributes(NodeType type, long size) {
    return new Attributes(type, ++lastInode, 0755, 1, 0, 0, 0, 0, size, TIME);
  }

  Node add(String path, Node node) {
    int slash = path.lastIndexOf('/');
    Node parent = slash < 0 ? root : directory(path.substring(0, slash));
    parent.children().put(path.substring(slash + 1), node);
    return node;
  }

  /** The directory of a path, made if it is missing. */
  Node directory(String path) {
    Node node = root;
    for (String name : path.split("/", -1)) {
      node = node.children().computeIfAbsent(name, _ -> node(attributes(NodeType.DIRECTORY, 0)));
    }
    return node;
  }

  Node node(Attributes attributes) {
    return new Node(attributes, new TreeMap<>(), NONE, "", new TreeMap<>());
  }

  Node file(String path, byte[] bytes) {
    return file(
        path,
        bytes.length,
        (offset, target) -> target.put(bytes, (int) offset, target.remaining()));
  }

  Node file(String path, long size, Content content) {
    return add(
        path, new Node(attributes(NodeType.REGULAR, size), Map.of(), content, "", new TreeMap<>()));
  }

  Node link(String path, String target) {
    return add(
        path,
        new Node(
            attributes(NodeType.SYMLINK, target.getBytes(StandardCharsets.UTF_8).length),
            Map.of(),
            NONE,
            target,
            Map.of()));
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public @Nullable Node lookup(Node directory, String name) throws IOException {
    if (name.equals("lookup-fails")) {
      throw new IOException("made to fail");
    }
    return directory.children().get(name);
  }

  @Override
  public Attributes attributes(Node node) {
    return node.attributes();
  }

  /** How many directories were listed. */
  int listings() {
    return listings.get();
  }

  @Override
  public void list(Node directory, EntrySink sink) throws IOException {
    listings.incrementAndGet();
    if (directory.children().containsKey("list-fails")) {
      throw new IllegalStateException("made to fail");
    }
    directory
        .children()
        .forEach(
            (name, node) -> sink.accept(name, node.attributes().inode(), node.attributes().type()));
  }

  @Override
  public void read(Node file, long offset, ByteBuffer target) throws IOException {
    file.content().read(offset, target);
  }

  @Override
  public String readLink(Node link) {
    return link.target();
  }

  @Override
  public byte @Nullable [] extendedAttribute(Node node, String name) throws IOException {
    if (name.equals("user.fails")) {
      throw new IOException("made to fail");
    }
    return node.extended().get(name);
  }

  @Override
  public Collection<String> extendedAttributes(Node node) {
    return node.extended().keySet();
  }

  @Override
  public Usage usage() {
    return new Usage(10L << 30, 1234);
  }
}
