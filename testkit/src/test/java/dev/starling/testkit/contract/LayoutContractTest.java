package dev.starling.testkit.contract;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Digest;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.layout.RepositoryNames;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** A layout keeps the contracts, as a repository of its own and as one of several. */
class LayoutContractTest {

  record LayoutRepository(OciLayout layout, RepositoryNames names) implements TestRepository {

    @Override
    public ImageSource source() {
      return layout.source(names);
    }

    @Override
    public ImageSink sink() {
      return layout.sink(names);
    }

    @Override
    public Path file(Digest digest) {
      return layout.blobs().file(digest);
    }

    @Override
    public void close() {}
  }

  private static TestRepository plain(Path folder) throws IOException {
    return new LayoutRepository(OciLayout.create(folder), RepositoryNames.plain());
  }

  private static TestRepository oneOfSeveral(Path folder) throws IOException {
    return new LayoutRepository(OciLayout.create(folder), RepositoryNames.served("team/app"));
  }

  @Nested
  class PlainSource extends ImageSourceContract {
    @Override
    protected TestRepository open(Path folder) throws IOException {
      return plain(folder);
    }
  }

  @Nested
  class PlainSink extends ImageSinkContract {
    @Override
    protected TestRepository open(Path folder) throws IOException {
      return plain(folder);
    }
  }

  @Nested
  class NamedSource extends ImageSourceContract {
    @Override
    protected TestRepository open(Path folder) throws IOException {
      return oneOfSeveral(folder);
    }
  }

  @Nested
  class NamedSink extends ImageSinkContract {
    @Override
    protected TestRepository open(Path folder) throws IOException {
      return oneOfSeveral(folder);
    }
  }
}
