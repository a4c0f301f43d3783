package dev.starling.snapshot.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LayerViewTest {
  private final MemoryLayer.Builder layer = new MemoryLayer.Builder();

  private LayerView view() throws IOException {
    return new LayerView(layer.build(), List.of(), OpaqueMark.TRUSTED);
  }

  @Test
  void anUnprivilegedOverlayHasAnotherMark() throws IOException {
    layer.mark("d/.wh..wh..opq");
    LayerView view = new LayerView(layer.build(), List.of(), OpaqueMark.USER);
    assertThat(view.extendedAttributes(find(view, "d"))).containsExactly("user.overlay.opaque");
  }

  private static LayerView.Shown find(LayerView view, String path) {
    LayerView.Shown node = view.root();
    for (String name : path.split("/", -1)) {
      LayerView.Shown next = view.lookup(node, name);
      assertThat(next).as("%s in %s", name, path).isNotNull();
      node = Objects.requireNonNull(next);
    }
    return node;
  }

  /** What a folder has; each is found by its name too, with the same number. */
  private static Map<String, NodeType> list(LayerView view, LayerView.Shown directory) {
    Map<String, NodeType> entries = new TreeMap<>();
    view.list(
        directory,
        (name, inode, type) -> {
          assertThat(entries.put(name, type)).as("%s twice", name).isNull();
          Attributes found = view.attributes(Objects.requireNonNull(view.lookup(directory, name)));
          assertThat(found.inode()).isEqualTo(inode);
          assertThat(found.type()).isEqualTo(type);
        });
    return entries;
  }

  @Test
  void aWhiteoutIsADeviceOfThatName() throws IOException {
    layer.mark(".wh.gone").file("kept", "x");
    LayerView view = view();
    assertThat(list(view, view.root()))
        .isEqualTo(Map.of("gone", NodeType.CHARACTER_DEVICE, "kept", NodeType.REGULAR));
    Attributes gone = view.attributes(find(view, "gone"));
    assertThat(gone.type()).isEqualTo(NodeType.CHARACTER_DEVICE);
    assertThat(gone.deviceMajor()).isZero();
    assertThat(gone.deviceMinor()).isZero();
    assertThat(view.lookup(view.root(), ".wh.gone")).isNull();
    assertThat(view.lookup(view.root(), "other")).isNull();
  }

  @Test
  void anOpaqueFolderHasTheAttributeAndNotTheEntry() throws IOException {
    layer.directory("d", 0700, 9, Map.of("user.a", new byte[] {1}));
    layer.mark("d/.wh..wh..opq").file("d/f", "x").directory("e");
    LayerView view = view();
    LayerView.Shown d = find(view, "d");
    assertThat(view.extendedAttribute(d, "trusted.overlay.opaque")).isEqualTo(new byte[] {'y'});
    assertThat(view.extendedAttribute(d, "user.overlay.opaque")).isNull();
    assertThat(view.extendedAttributes(d))
        .containsExactlyInAnyOrder("user.a", "trusted.overlay.opaque");
    assertThat(view.extendedAttribute(find(view, "e"), "trusted.overlay.opaque")).isNull();
    assertThat(list(view, d)).isEqualTo(Map.of("f", NodeType.REGULAR));
  }

  @Test
  void whereNothingBelowIsSeenNothingIsHidden() throws IOException {
    layer.mark("d/.wh..wh..opq").mark("d/.wh.x").mark("d/e/.wh.y").file("d/e/f", "x");
    LayerView view = view();
    assertThat(list(view, find(view, "d"))).isEqualTo(Map.of("e", NodeType.DIRECTORY));
    assertThat(list(view, find(view, "d/e"))).isEqualTo(Map.of("f", NodeType.REGULAR));
    assertThat(view.lookup(find(view, "d/e"), "y")).isNull();
  }

  @Test
  void theRootMayBeOpaque() throws IOException {
    layer.mark(".wh..wh..opq");
    LayerView view = view();
    assertThat(view.extendedAttribute(view.root(), "trusted.overlay.opaque")).isNotNull();
    assertThat(list(view, view.root())).isEmpty();
  }

  @Test
  void whatALayerBothHidesAndHasIsWhatItHas() throws IOException {
    layer.mark(".wh.f").file("f", "x").mark(".wh.d").directory("d");
    LayerView view = view();
    assertThat(list(view, view.root()))
        .isEqualTo(Map.of("f", NodeType.REGULAR, "d", NodeType.DIRECTORY));
    assertThat(view.extendedAttributes(find(view, "d"))).containsExactly("trusted.overlay.opaque");
    assertThat(view.extendedAttributes(find(view, "f"))).isEmpty();
  }

  @Test
  void remainsOfAufsAndNamesThatCannotBeAreNotShown() throws IOException {
    layer.mark(".wh..wh.plnk").mark(".wh..wh.aufs").mark(".wh.").mark(".wh..").mark(".wh...");
    layer.file("with\0nul", "x").mark(".wh.with\0nul").mark(".wh.ok");
    LayerView view = view();
    assertThat(list(view, view.root())).isEqualTo(Map.of("ok", NodeType.CHARACTER_DEVICE));
  }

  @Test
  void overlaysOwnAttributesAreNotTakenFromALayer() throws IOException {
    layer.file(
        "f",
        "x",
        0644,
        Map.of(
            "trusted.overlay.redirect", new byte[] {'/'},
            "user.overlay.metacopy", new byte[0],
            "security.capability", new byte[] {1}));
    LayerView view = view();
    LayerView.Shown f = find(view, "f");
    assertThat(view.extendedAttributes(f)).containsExactly("security.capability");
    assertThat(view.extendedAttribute(f, "trusted.overlay.redirect")).isNull();
    assertThat(view.extendedAttribute(f, "user.overlay.metacopy")).isNull();
    assertThat(view.extendedAttribute(f, "security.capability")).containsExactly(1);
  }

  @Test
  void hardLinksAreOneFileWithItsCount() throws IOException {
    layer.file("a", "content").hardLink("d/b", "a");
    LayerView view = view();
    Attributes a = view.attributes(find(view, "a"));
    assertThat(view.attributes(find(view, "d/b"))).isEqualTo(a);
    assertThat(a.links()).isEqualTo(2);
    ByteBuffer buffer = ByteBuffer.allocate(4);
    view.read(find(view, "d/b"), 3, buffer);
    assertThat(new String(buffer.array(), UTF_8)).isEqualTo("tent");
    assertThat(view.attributes(view.root()).inode()).isEqualTo(1);
  }
}
