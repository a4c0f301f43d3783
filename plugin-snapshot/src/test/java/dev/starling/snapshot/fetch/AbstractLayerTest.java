package dev.starling.snapshot.fetch;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a registry and layers of its own. */
abstract class AbstractLayerTest {

  @TempDir Path folder;
  LayerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new LayerFixture(folder);
  }

  @AfterEach
  void stop() throws IOException {
    fixture.close();
  }
}
