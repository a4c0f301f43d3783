package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.image.Digest;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarReader;
import dev.starling.api.tar.TarType;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerTreeBuilder;
import dev.starling.snapshot.layer.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a layer with the tar it was made of, file by file and byte by byte. */
final class TarComparison {

  private final Layer layer;
  private final byte[] buffer = new byte[128 << 10];
  private final Set<String> named = new HashSet<>();

  TarComparison(Layer layer) {
    this.layer = layer;
  }

  /** Compares; of several entries of one path the last is the one that counts. */
  void compare(InputStream tar) throws IOException {
    Map<String, TarEntry> entries = new HashMap<>();
    Map<String, Digest> contents = new HashMap<>();
    TarReader reader = new TarReader(tar);
    for (@Nullable TarEntry e = reader.next(); e != null; e = reader.next()) {
      String path = TarPath.clean(e.name());
      entries.put(path, e);
      contents.put(path, content(reader));
    }
    for (Map.Entry<String, TarEntry> entry : entries.entrySet()) {
      boolean root = entry.getKey().isEmpty() && entry.getValue().type() != TarType.DIRECTORY;
      if (!root && !LayerTreeBuilder.isAdded(entry.getKey())) {
        compare(entry.getKey(), entry.getValue(), contents);
      }
    }
    assertNothingElse(layer.tree().root(), "");
  }

  private Digest content(TarReader reader) throws IOException {
    MessageDigest hash = Digest.newSha256();
    for (int read = reader.read(buffer, 0, buffer.length);
        read >= 0;
        read = reader.read(buffer, 0, buffer.length)) {
      hash.update(buffer, 0, read);
    }
    return Digest.of(hash.digest());
  }

  private void compare(String path, TarEntry entry, Map<String, Digest> contents)
      throws IOException {
    named.add(path);
    Node node = LayerFixture.find(layer, path);
    if (entry.type() == TarType.HARD_LINK) {
      assertThat(node).as(path).isEqualTo(layer.tree().find(entry.linkName()));
      assertThat(node.links()).as(path).isGreaterThan(1);
      return;
    }
    assertThat(node.type().name()).as(path).isEqualTo(entry.type().name());
    assertThat(node.mode()).as(path).isEqualTo((int) entry.mode() & 07777);
    assertThat(node.uid()).as(path).isEqualTo((int) entry.uid());
    assertThat(node.gid()).as(path).isEqualTo((int) entry.gid());
    assertThat(node.deviceMajor()).as(path).isEqualTo((int) entry.devMajor());
    assertThat(node.deviceMinor()).as(path).isEqualTo((int) entry.devMinor());
    assertThat(node.xattrs()).as(path).containsOnlyKeys(entry.xattrs().keySet());
    entry
        .xattrs()
        .forEach((key, value) ->
            assertThat(node.xattrs().get(key)).as(path + " " + key).isEqualTo(value));
    switch (entry.type()) {
      case SYMLINK -> assertThat(node.linkTarget()).as(path).isEqualTo(entry.linkName());
      case REGULAR -> {
        assertThat(node.size()).as(path).isEqualTo(entry.size());
        assertThat(content(node)).as(path).isEqualTo(contents.get(path));
      }
      case DIRECTORY, CHAR_DEVICE, BLOCK_DEVICE, FIFO, HARD_LINK -> {}
    }
    if (entry.mtimeNanos() == 0) {
      assertThat(node.mtimeSeconds()).as(path).isEqualTo(entry.mtime());
    }
  }

  private Digest content(Node file) throws IOException {
    MessageDigest hash = Digest.newSha256();
    long at = 0;
    while (at < file.size()) {
      int read = layer.read(file, at, ByteBuffer.wrap(buffer));
      assertThat(read).isPositive();
      hash.update(buffer, 0, read);
      at += read;
    }
    return Digest.of(hash.digest());
  }

  private void assertNothingElse(Node folder, String path) {
    for (Node.Named child : folder.children()) {
      String childPath = path + child.name();
      if (child.node().isDirectory()) {
        assertNothingElse(child.node(), childPath + "/");
      } else {
        assertThat(named).contains(childPath);
      }
    }
  }
}
