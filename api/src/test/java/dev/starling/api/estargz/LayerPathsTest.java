package dev.starling.api.estargz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.tar.TarIndex.Item;
import dev.starling.api.tar.TarType;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerPathsTest {

  private static Item file(String path) {
    return new Item(path, TarType.REGULAR, "", 0);
  }

  private static Item link(String path, String target) {
    return new Item(path, TarType.SYMLINK, target, 0);
  }

  @Test
  void aNameLeadsThroughSymbolicLinksOfTheLayer() {
    LayerPaths paths =
        LayerPaths.of(
            List.of(
                link("lib", "usr/lib"),
                link("usr/lib/here", "./."),
                link("opt", "/lib/here/deep/.."),
                file("usr/lib/a"),
                link("usr/lib/end", "a")));
    assertThat(paths.find("/lib/a")).isEqualTo("usr/lib/a");
    assertThat(paths.find("usr/lib/a")).isEqualTo("usr/lib/a");
    assertThat(paths.find("./opt//a")).isEqualTo("usr/lib/a");
    assertThat(paths.find("lib/end")).as("the last link stays").isEqualTo("usr/lib/end");
    assertThat(paths.find("lib")).isEqualTo("lib");
    assertThat(paths.find("lib/b")).isNull();
    assertThat(paths.find("usr")).as("has no entry").isNull();
    assertThat(paths.folder("lib/here")).isEqualTo("usr/lib");
  }

  @Test
  void circlesAndGrowingLinksLeadNowhere() {
    LayerPaths paths =
        LayerPaths.of(
            List.of(
                link("a", "b"), link("b", "a"), link("c", "c/" + "c/".repeat(1000)), file("f")));
    assertThat(paths.find("a/f")).isNull();
    assertThat(paths.find("c/f")).isNull();
    assertThat(paths.folder("a")).isNull();
  }

  @Test
  void pathsBelowAFolderComeInTheLayersOrderWithoutWhatAConversionAdds() {
    LayerPaths paths =
        LayerPaths.of(
            List.of(
                file(""),
                file(".prefetch.landmark"),
                file("lib/z"),
                file("lib"),
                file("lib/a/b"),
                file("lib.d/x"),
                file("lib/z"),
                file("stargz.index.json")));
    assertThat(paths.below("lib")).containsExactly("lib/a/b", "lib/z");
    assertThat(paths.below("")).containsExactly("lib", "lib/a/b", "lib.d/x", "lib/z");
    assertThat(paths.below("li")).isEmpty();
  }
}
