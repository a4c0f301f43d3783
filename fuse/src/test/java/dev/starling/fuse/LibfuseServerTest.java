package dev.starling.fuse;

import java.io.IOException;

/** libfuse keeps the contract. */
class LibfuseServerTest extends FuseServerContract {
  @Override
  FuseServer server() throws IOException {
    return FuseServer.libfuse();
  }
}
