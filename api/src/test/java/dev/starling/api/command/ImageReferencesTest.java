package dev.starling.api.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore;
import dev.starling.api.content.Transports;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import dev.starling.api.layout.LocalImageStore;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReferencesTest {

  @TempDir Path directory;
  private final List<String> asked = new ArrayList<>();

  /** A registry is asked for tags as the command of the line would ask it. */
  @Test
  void tagsAreLookedUpByHttpIfTheLineAllowsIt() {
    look(new ImageReferences(), List.of("pull"));
    look(new ImageReferences(), List.of("pull", "--plain-http"));
    look(new ImageReferences.ByScheme(), List.of("convert", "--plain-http"));
    assertThat(asked)
        .containsExactly(
            "registry.example/app:latest bare by HTTPS, HTTP forbidden",
            "registry.example/app:latest bare by HTTP, HTTP allowed",
            "registry.example/app:latest bare by HTTPS, HTTP allowed");
  }

  private void look(ImageReferences references, List<String> words) {
    StarlingCommand<?> command =
        _ -> {
          throw new IOException("never run");
        };
    CompletionRequest request =
        new CompletionRequest("registry.example/app:1", command, words, new Surroundings());
    assertThatThrownBy(() -> references.complete(request, _ -> {})).hasMessage("asked");
  }

  private final class Surroundings implements CommandContext, Transports {
    @Override
    public Transports transports() {
      return this;
    }

    @Override
    public ImageSource source(Reference reference, Http http) throws IOException {
      asked.add(
          reference
              + (http.plainHttp() && http.bareIsHttp() ? " bare by HTTP" : " bare by HTTPS")
              + (http.plainHttp() ? ", HTTP allowed" : ", HTTP forbidden"));
      throw new IOException("asked");
    }

    @Override
    public ImageStore store() {
      return new LocalImageStore(directory.resolve("none"));
    }

    @Override
    public ImageSink sink(Reference reference, Http http) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Progress progress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Log log() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Cancellation cancellation() {
      throw new UnsupportedOperationException();
    }

    @Override
    public StarlingDirectories directories() {
      throw new UnsupportedOperationException();
    }
  }
}
