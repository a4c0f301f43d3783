package dev.starling.snapshot.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.NodeType;
import dev.starling.snapshot.layer.Layer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergedViewTest {
  private final List<Layer> layers = new ArrayList<>();

  private static MemoryLayer.Builder layer() {
    return new MemoryLayer.Builder();
  }

  private MergedView view() {
    return new MergedView(layers);
  }

  private static MergedView.@Nullable Merged find(MergedView view, String path) {
    MergedView.Merged node = view.root();
    for (String name : path.split("/", -1)) {
      node = node == null ? null : view.lookup(node, name);
    }
    return node;
  }

  private static MergedView.Merged get(MergedView view, String path) {
    return Objects.requireNonNull(find(view, path), path);
  }

  private static String read(MergedView view, String path) throws IOException {
    MergedView.Merged file = get(view, path);
    ByteBuffer buffer = ByteBuffer.allocate((int) view.attributes(file).size());
    view.read(file, 0, buffer);
    return new String(buffer.array(), UTF_8);
  }

  /** What a folder has; each is found by its name too, with the same number. */
  private static Set<String> list(MergedView view, MergedView.Merged directory) {
    Map<String, NodeType> entries = new TreeMap<>();
    view.list(
        directory,
        (name, inode, type) -> {
          assertThat(entries.put(name, type)).as("%s twice", name).isNull();
          Attributes found = view.attributes(Objects.requireNonNull(view.lookup(directory, name)));
          assertThat(found.inode()).isEqualTo(inode);
          assertThat(found.type()).isEqualTo(type);
        });
    return entries.keySet();
  }

  @Test
  void foldersAreMergedAndFilesReplaced() throws IOException {
    layers.add(layer().file("d/a", "old a").file("d/b", "b").directory("d/x").build());
    layers.add(layer().file("d/a", "a").file("d/c", "c").build());
    MergedView view = view();
    assertThat(list(view, get(view, "d"))).containsExactly("a", "b", "c", "x");
    assertThat(read(view, "d/a")).isEqualTo("a");
    assertThat(read(view, "d/b")).isEqualTo("b");
    assertThat(view.attributes(get(view, "d")).links()).isEqualTo(3);
    assertThat(view.attributes(view.root()).links()).isEqualTo(3);
  }

  @Test
  void whiteoutsHideOnlyWhatIsBelow() throws IOException {
    layers.add(layer().file("a", "1").file("b", "1").file("d/x", "1").build());
    layers.add(layer().mark(".wh.a").mark(".wh.b").mark(".wh.d").mark(".wh.none").build());
    layers.add(layer().file("b", "3").build());
    MergedView view = view();
    assertThat(list(view, view.root())).containsExactly("b");
    assertThat(find(view, "a")).isNull();
    assertThat(find(view, "d/x")).isNull();
    assertThat(find(view, ".wh.a")).isNull();
    assertThat(read(view, "b")).isEqualTo("3");
  }

  @Test
  void anOpaqueFolderHidesWhatItHasBelow() throws IOException {
    layers.add(layer().file("d/x", "1").file("e/x", "1").build());
    layers.add(
        layer().file("d/y", "2").mark("d/.wh..wh..opq").mark(".wh.e").file("e/y", "2").build());
    layers.add(layer().file("d/z", "3").file("e/z", "3").build());
    MergedView view = view();
    assertThat(list(view, get(view, "d"))).containsExactly("y", "z");
    assertThat(list(view, get(view, "e"))).containsExactly("y", "z");
    assertThat(find(view, "d/x")).isNull();
    assertThat(find(view, "e/x")).isNull();
  }

  @Test
  void anOpaqueRootHidesAllLayersBelow() throws IOException {
    layers.add(layer().file("x", "1").build());
    layers.add(layer().mark(".wh..wh..opq").file("y", "2").build());
    MergedView view = view();
    assertThat(list(view, view.root())).containsExactly("y");
  }

  @Test
  void filesAndFoldersReplaceEachOther() throws IOException {
    layers.add(layer().file("a/deep/x", "1").file("b", "1").file("c/x", "1").build());
    layers.add(layer().file("a", "2").file("b/y", "2").symlink("c", "b").build());
    layers.add(layer().file("c/z", "3").build());
    MergedView view = view();
    assertThat(read(view, "a")).isEqualTo("2");
    assertThat(list(view, get(view, "b"))).containsExactly("y");
    // The link between them hides the lower folder for good.
    assertThat(list(view, get(view, "c"))).containsExactly("z");
    assertThat(find(view, "c/x")).isNull();
  }

  @Test
  void aFolderIsLikeItsTopmostEntryAndNotLikeAnImpliedOne() throws IOException {
    layers.add(layer().directory("tmp", 01777, 11, Map.of("user.a", new byte[] {1})).build());
    layers.add(layer().directory("tmp", 0700, 22, Map.of("user.b", new byte[] {2})).build());
    layers.add(layer().file("tmp/f", "x").build());
    MergedView view = view();
    Attributes tmp = view.attributes(get(view, "tmp"));
    assertThat(tmp.permissions()).isEqualTo(0700);
    assertThat(tmp.modified().getEpochSecond()).isEqualTo(22);
    assertThat(tmp.owner()).isEqualTo(3);
    assertThat(view.extendedAttributes(get(view, "tmp"))).containsExactly("user.b");
    assertThat(list(view, get(view, "tmp"))).containsExactly("f");
  }

  @Test
  void hardLinksThatAreHiddenDoNotCount() throws IOException {
    layers.add(
        layer().file("a", "x").hardLink("b", "a").hardLink("d/c", "a").hardLink("e", "a").build());
    layers.add(layer().mark(".wh.b").file("e", "other").build());
    MergedView view = view();
    Attributes a = view.attributes(get(view, "a"));
    assertThat(a.links()).isEqualTo(2);
    assertThat(view.attributes(get(view, "d/c"))).isEqualTo(a);
    assertThat(view.attributes(get(view, "e")).inode()).isNotEqualTo(a.inode());
  }

  @Test
  void numbersAreUniqueOverLayers() throws IOException {
    layers.add(layer().file("a", "1").file("b", "1").build());
    layers.add(layer().file("c", "2").file("d/e", "2").build());
    MergedView view = view();
    List<Long> inodes =
        List.of(
            view.attributes(view.root()).inode(),
            view.attributes(get(view, "a")).inode(),
            view.attributes(get(view, "b")).inode(),
            view.attributes(get(view, "c")).inode(),
            view.attributes(get(view, "d")).inode(),
            view.attributes(get(view, "d/e")).inode());
    assertThat(inodes).doesNotHaveDuplicates().startsWith(1L);
  }

  @Test
  void anImageWithoutLayersIsNone() {
    assertThatThrownBy(this::view).isInstanceOf(IllegalArgumentException.class);
  }
}
