package dev.starling.testkit.contract;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A fresh, empty repository of the implementation under test. */
public interface TestRepository extends Closeable {

  /** The repository, for reading. Called only after something was written. */
  ImageSource source() throws IOException;

  /** The repository, for writing. */
  ImageSink sink() throws IOException;

  /** The file in which the blob is kept, so that a test can damage it. */
  Path file(Digest digest) throws IOException;
}
