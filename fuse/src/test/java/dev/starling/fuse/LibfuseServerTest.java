package dev.starling.fuse;

import java.io.IOException;
import org.junit.jupiter.api.Nested;

/** libfuse keeps the contracts. */
class LibfuseServerTest {

  @Nested
  class Tree extends FuseTreeContract {
    @Override
    FuseServer server() throws IOException {
      return FuseServer.libfuse();
    }
  }

  @Nested
  class Content extends FuseContentContract {
    @Override
    FuseServer server() throws IOException {
      return FuseServer.libfuse();
    }
  }
}
