package dev.starling.snapshot.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.CorruptContentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LayerTreeTest {

  private final LayerTreeBuilder builder = new LayerTreeBuilder();

  @Test
  void keepsWhatAnEntrySays() throws Exception {
    builder.add(
        "dev/null",
        new FileFacts(
            NodeType.CHAR_DEVICE, 0100666, 7, 1L << 32 | 8, -5, 6, 0, 0, 1, 3, "", Map.of()));
    builder.add("link", facts(NodeType.SYMLINK, 0, "/somewhere/else"));
    builder.add(
        "noted",
        new FileFacts(
            NodeType.REGULAR,
            04755,
            0,
            0,
            9,
            0,
            1L << 40,
            77,
            0,
            0,
            "",
            Map.of("user.note", new byte[] {1, 2})));
    LayerTree tree = builder.build();

    Node device = find(tree, "dev/null");
    assertThat(device.type()).isEqualTo(NodeType.CHAR_DEVICE);
    assertThat(device.mode()).isEqualTo(0666);
    assertThat(List.of(device.uid(), device.gid())).containsExactly(7, 8);
    assertThat(device.mtimeSeconds()).isEqualTo(-5);
    assertThat(device.mtimeNanos()).isEqualTo(6);
    assertThat(List.of(device.deviceMajor(), device.deviceMinor())).containsExactly(1, 3);
    assertThat(find(tree, "link").linkTarget()).isEqualTo("/somewhere/else");
    assertThat(find(tree, "link").size()).isEqualTo(15);
    Node noted = find(tree, "noted");
    assertThat(noted.mode()).isEqualTo(04755);
    assertThat(noted.size()).isEqualTo(1L << 40);
    assertThat(tree.content(noted)).isEqualTo(77);
    assertThat(noted.xattrs().get("user.note")).containsExactly(1, 2);
    assertThat(noted.mtimeNanos()).isZero();
  }

  @Test
  void makesFoldersThatHaveNoEntry() throws Exception {
    builder.add("a/b/c", file(1));
    LayerTree tree = builder.build();

    assertThat(find(tree, "a/b").mode()).isEqualTo(0755);
    assertThat(find(tree, "a").links()).isEqualTo(3);
    assertThat(tree.root().links()).isEqualTo(3);
    assertThat(tree.path(find(tree, "a/b/c"))).isEqualTo("a/b/c");
    assertThat(tree.path(tree.root())).isEmpty();
    assertThat(tree.size()).isEqualTo(4);
    assertThat(tree.entries()).isEqualTo(3);
  }

  @Test
  void sortsAFolderByBytesAndFindsEachName() throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      names.add("f" + i);
      builder.add("d/f" + i, file(i));
    }
    builder.add("d/\u00fc", file(0));
    builder.add("d/\udc80raw", file(0));
    builder.add("d/Z", file(0));
    LayerTree tree = builder.build();

    Node folder = find(tree, "d");
    assertThat(folder.children()).hasSize(3003);
    assertThat(folder.children().getFirst().name()).isEqualTo("Z");
    // 0x80 comes before the 0xc3 that ü begins with.
    assertThat(folder.children().get(3001).name()).isEqualTo("\udc80raw");
    assertThat(folder.children().getLast().name()).isEqualTo("\u00fc");
    for (int i = 0; i < 3000; i++) {
      assertThat(tree.content(find(tree, "d/" + names.get(i)))).isEqualTo(i);
    }
    assertThat(folder.child("f3000")).isNull();
    assertThat(find(tree, "d/Z").child("x")).isNull();
    assertThat(find(tree, "d/Z").children()).isEmpty();
  }

  @Test
  void hardLinksAreOneFile() throws Exception {
    builder.addHardLink("early", "file");
    builder.add("file", file(5));
    builder.addHardLink("late", "file");
    builder.addHardLink("chained", "early");
    LayerTree tree = builder.build();

    Node file = find(tree, "file");
    assertThat(file.links()).isEqualTo(4);
    assertThat(List.of(find(tree, "early"), find(tree, "late"), find(tree, "chained")))
        .containsOnly(file);
  }

  @Test
  void theLastEntryOfAPathCounts() throws Exception {
    builder.add("a", file(1));
    builder.addHardLink("b", "a");
    builder.add("a", file(2));
    LayerTree tree = builder.build();

    assertThat(tree.content(find(tree, "a"))).isEqualTo(2);
    assertThat(tree.content(find(tree, "b"))).isEqualTo(1);
    assertThat(find(tree, "b").links()).isEqualTo(1);
  }

  @Test
  void aFileTakesAFoldersContentAway() throws Exception {
    builder.add("d", directory());
    builder.add("d/x/y", file(1));
    builder.add("d", file(2));
    LayerTree tree = builder.build();

    assertThat(find(tree, "d").type()).isEqualTo(NodeType.REGULAR);
    assertThat(tree.find("d/x")).isNull();
    assertThat(tree.entries()).isEqualTo(1);
  }

  @Test
  void aFolderThatComesBackHasOnlyWhatCameAfter() throws Exception {
    builder.add("a/b/old", file(1));
    builder.add("a/b", file(2));
    builder.add("a/b", directory());
    builder.add("a/b/new", file(3));
    builder.add("a/beside", file(4));
    LayerTree tree = builder.build();

    assertThat(tree.find("a/b/old")).isNull();
    assertThat(tree.content(find(tree, "a/b/new"))).isEqualTo(3);
    assertThat(tree.content(find(tree, "a/beside"))).isEqualTo(4);
  }

  @Test
  void aFolderMayReplaceAFileAndComeAfterItsFiles() throws Exception {
    builder.add("d", file(1));
    builder.add("d", directory());
    builder.add("d/x", file(2));
    builder.add("e/x", file(2));
    builder.add("e", directory());
    builder.add("", new FileFacts(NodeType.DIRECTORY, 0700, 1, 1, 1, 0, 0, 0, 0, 0, "", Map.of()));
    LayerTree tree = builder.build();

    assertThat(tree.find("d/x")).isNotNull();
    assertThat(tree.find("e/x")).isNotNull();
    assertThat(tree.root().mode()).isEqualTo(0700);
    assertThat(tree.root().children()).hasSize(2);
  }

  @Test
  void leavesOutWhatConversionsAdd() throws Exception {
    builder.add(".prefetch.landmark", file(1));
    builder.add("stargz.index.json", file(1));
    builder.add("sub/stargz.index.json", file(1));
    LayerTree tree = builder.build();

    assertThat(tree.root().children()).extracting(Node.Named::name).containsExactly("sub");
    assertThat(tree.find("sub/stargz.index.json")).isNotNull();
  }

  @Test
  void refusesWhatCannotBe() throws Exception {
    builder.add("file", file(1));
    builder.add("file/in/file", file(1));
    assertThatThrownBy(builder::build)
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("'file', which is no folder");
  }

  @Test
  void refusesLinksThatLeadNowhere() throws Exception {
    LayerTreeBuilder missing = new LayerTreeBuilder();
    missing.addHardLink("l", "gone");
    assertThatThrownBy(missing::build).hasMessageContaining("'l'").hasMessageContaining("not in");

    LayerTreeBuilder folder = new LayerTreeBuilder();
    folder.add("d", directory());
    folder.addHardLink("l", "d");
    assertThatThrownBy(folder::build).hasMessageContaining("a folder");

    LayerTreeBuilder circle = new LayerTreeBuilder();
    circle.addHardLink("a", "b");
    circle.addHardLink("b", "a");
    assertThatThrownBy(circle::build).hasMessageContaining("circle");
    assertThatThrownBy(() -> new LayerTreeBuilder().addHardLink("a", "a"))
        .hasMessageContaining("circle");
  }

  @Test
  void boundsNamesDepthsAndAttributes() {
    assertThatThrownBy(() -> builder.add("n".repeat(256), file(1)))
        .hasMessageContaining("256 bytes");
    assertThatThrownBy(() -> builder.add("a/".repeat(2048) + "a", file(1)))
        .hasMessageContaining("4096 characters");
    assertThatThrownBy(() -> builder.add("l", facts(NodeType.SYMLINK, 0, "t".repeat(4097))))
        .hasMessageContaining("4097");
    Map<String, byte[]> large = Map.of("user.large", new byte[65537]);
    assertThatThrownBy(() ->
            builder.add("x", new FileFacts(NodeType.REGULAR, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", large)))
        .hasMessageContaining("extended attributes");
  }

  @Test
  void boundsFoldersThatPathsImply() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                builder.add(i + "/a".repeat(2000), file(1));
              }
            })
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("1000000 files");
  }

  private static Node find(LayerTree tree, String path) {
    @Nullable Node node = tree.find(path);
    assertThat(node).as(path).isNotNull();
    return java.util.Objects.requireNonNull(node);
  }

  private static FileFacts directory() {
    return facts(NodeType.DIRECTORY, 0, "");
  }

  private static FileFacts file(long content) {
    return facts(NodeType.REGULAR, content, "");
  }

  private static FileFacts facts(NodeType type, long content, String target) {
    return new FileFacts(type, 0644, 0, 0, 0, 0, 1, content, 0, 0, target, Map.of());
  }
}
