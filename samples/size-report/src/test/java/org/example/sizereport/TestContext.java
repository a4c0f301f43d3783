package org.example.sizereport;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore;
import dev.starling.api.content.Transports;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import dev.starling.api.layout.LocalImageStore;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.reference.LayoutReference;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What Starling has around a command, over a folder; it opens OCI layouts and no registries. */
final class TestContext implements CommandContext {

  private final Path folder;
  private final Cancellation cancellation = new Cancellation();
  final List<String> progress = new CopyOnWriteArrayList<>();

  TestContext(Path folder) {
    this.folder = folder;
  }

  @Override
  public Transports transports() {
    return new Transports() {
      @Override
      public ImageSource source(Reference reference, Http http) throws IOException {
        return OciLayout.source((LayoutReference) reference);
      }

      @Override
      public ImageSink sink(Reference reference, Http http) throws IOException {
        return OciLayout.sink((LayoutReference) reference);
      }

      @Override
      public ImageStore store() {
        return new LocalImageStore(directories().images());
      }
    };
  }

  @Override
  public Progress progress() {
    return (label, state, totalBytes) -> {
      progress.add(state + " " + totalBytes);
      return new Progress.Item() {
        @Override
        public void state(Progress.State state, long totalBytes) {}

        @Override
        public void advance(long bytes) {}

        @Override
        public void finish(Progress.State state) {
          progress.add(state.toString());
        }

        @Override
        public void close() {}
      };
    };
  }

  @Override
  public Log log() {
    return new Log() {
      @Override
      public void info(String line) {}

      @Override
      public void warn(String line) {}

      @Override
      public void debug(String line) {}
    };
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public StarlingDirectories directories() {
    return new StarlingDirectories(
        folder.resolve("data"), folder.resolve("run"), folder.resolve("config"));
  }
}
