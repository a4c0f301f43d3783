package dev.starling.testkit.contract;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Digest;
import dev.starling.api.layout.LocalImageStore;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The local image store keeps the contracts. */
class StoreContractTest {

  record StoreRepository(Path directory, LocalImageStore store, RegistryReference reference)
      implements TestRepository {

    static StoreRepository open(Path folder) {
      Path directory = folder.resolve("images");
      return new StoreRepository(
          directory,
          new LocalImageStore(directory),
          (RegistryReference) Reference.parse("127.0.0.1:5000/team/app"));
    }

    @Override
    public ImageSource source() throws IOException {
      return store.source(reference);
    }

    @Override
    public ImageSink sink() throws IOException {
      return store.sink(reference);
    }

    @Override
    public Path file(Digest digest) throws IOException {
      return OciLayout.open(directory).blobs().file(digest);
    }

    @Override
    public void close() {}
  }

  @Nested
  class Source extends ImageSourceContract {
    @Override
    protected TestRepository open(Path folder) {
      return StoreRepository.open(folder);
    }
  }

  @Nested
  class Sink extends ImageSinkContract {
    @Override
    protected TestRepository open(Path folder) {
      return StoreRepository.open(folder);
    }
  }
}
