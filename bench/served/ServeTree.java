import dev.starling.fuse.Attributes;
import dev.starling.fuse.FuseServer;
import dev.starling.fuse.Mount;
import dev.starling.fuse.MountOptions;
import dev.starling.fuse.NodeType;
import dev.starling.fuse.ReadOnlyFileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Mounts the tree that bench/fuse measures until its input ends: FILES files of SMALL bytes in
 * folders of a hundred, and the backing file itself as "big". All content is the backing file's, by
 * offset, so that what is measured is the way to the kernel.
 *
 * <p>ServeTree BACKING DIRECTORY FILES SMALL
 */
final class ServeTree implements ReadOnlyFileSystem<Integer> {
  private static final int ROOT = 0;
  private static final int BIG = 1;
  private static final int FIRST_FOLDER = 2;
  private static final int IN_FOLDER = 100;

  private final MemorySegment content;
  private final int small;
  private final int folders;
  private final int firstFile;

  ServeTree(MemorySegment content, int files, int small) {
    this.content = content;
    this.small = small;
    this.folders = files / IN_FOLDER;
    this.firstFile = FIRST_FOLDER + folders;
  }

  public static void main(String[] arguments) throws IOException {
    try (FileChannel backing = FileChannel.open(Path.of(arguments[0]))) {
      MemorySegment content =
          backing.map(FileChannel.MapMode.READ_ONLY, 0, backing.size(), Arena.global());
      ServeTree tree =
          new ServeTree(content, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      MountOptions options = MountOptions.defaults("bench", "starling");
      try (Mount mount = FuseServer.libfuse().mount(tree, Path.of(arguments[1]), options)) {
        System.out.println("mounted on " + mount.directory());
        System.in.readAllBytes();
      }
    }
  }

  @Override
  public Integer root() {
    return ROOT;
  }

  @Override
  public Integer lookup(Integer directory, String name) {
    if (directory == ROOT) {
      return name.equals("big") ? Integer.valueOf(BIG) : numbered(name, 'd', FIRST_FOLDER, folders);
    }
    int first = firstFile + (directory - FIRST_FOLDER) * IN_FOLDER;
    return numbered(name, 'f', first, IN_FOLDER);
  }

  private static Integer numbered(String name, char letter, int first, int count) {
    if (name.isEmpty() || name.charAt(0) != letter) {
      return null;
    }
    try {
      int number = Integer.parseInt(name, 1, name.length(), 10);
      return number < count ? first + number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private NodeType type(int node) {
    return node == ROOT || (node >= FIRST_FOLDER && node < firstFile)
        ? NodeType.DIRECTORY
        : NodeType.REGULAR;
  }

  @Override
  public Attributes attributes(Integer node) {
    NodeType type = type(node);
    long size = node == BIG ? content.byteSize() : type == NodeType.REGULAR ? small : 0;
    int links = type == NodeType.DIRECTORY ? 2 : 1;
    return new Attributes(type, node + 1L, 0755, links, 0, 0, 0, 0, size, Instant.EPOCH);
  }

  @Override
  public void list(Integer directory, EntrySink sink) {
    if (directory == ROOT) {
      sink.accept("big", BIG + 1L, NodeType.REGULAR);
      for (int i = 0; i < folders; i++) {
        sink.accept("d" + i, FIRST_FOLDER + i + 1L, NodeType.DIRECTORY);
      }
      return;
    }
    int first = firstFile + (directory - FIRST_FOLDER) * IN_FOLDER;
    for (int i = 0; i < IN_FOLDER; i++) {
      sink.accept("f" + i, first + i + 1L, NodeType.REGULAR);
    }
  }

  @Override
  public void read(Integer file, long offset, ByteBuffer target) {
    long start = file == BIG ? 0 : (long) (file - firstFile) * small;
    int length = target.remaining();
    MemorySegment.ofBuffer(target).copyFrom(content.asSlice(start + offset, length));
    target.position(target.position() + length);
  }

  @Override
  public String readLink(Integer link) {
    return "";
  }

  @Override
  public byte[] extendedAttribute(Integer node, String name) {
    return null;
  }

  @Override
  public Collection<String> extendedAttributes(Integer node) {
    return List.of();
  }

  @Override
  public Usage usage() {
    return new Usage(content.byteSize(), firstFile + (long) folders * IN_FOLDER);
  }
}
