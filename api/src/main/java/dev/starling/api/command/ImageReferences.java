package dev.starling.api.command;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore.StoredImage;
import dev.starling.api.content.Transports;
import dev.starling.api.reference.InvalidReferenceException;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Completes images: the names in the local image store, and after {@code repository:} the tags that
 * its registry or layout has.
 */
public class ImageReferences implements ValueCompletion {

  private static final Duration KEPT = Duration.ofSeconds(30);

  /** For picocli. */
  public ImageReferences() {}

  @Override
  public void complete(CompletionRequest request, Consumer<Suggestion> found) throws Exception {
    Transports transports = request.context().transports();
    for (StoredImage image : transports.store().list()) {
      found.accept(new Suggestion(image.name(), "local", true));
    }
    String repository = scope(request.typed());
    if (!repository.isEmpty()) {
      Transports.Http http = http(request.words().contains("--plain-http"));
      remoteTags(repository, transports, http, found);
    }
  }

  /**
   * How the command of the line reaches registries.
   *
   * @param plainHttp whether {@code --plain-http} stands on the line
   * @return as {@link RegistryOptions#bareIsHttp}
   */
  protected Transports.Http http(boolean plainHttp) {
    return new Transports.Http(plainHttp, true);
  }

  private static void remoteTags(
      String repository, Transports transports, Transports.Http http, Consumer<Suggestion> found)
      throws IOException {
    Reference reference;
    try {
      reference = Reference.parse(repository);
    } catch (InvalidReferenceException e) {
      return; // not yet a name
    }
    try (ImageSource source = transports.source(reference, http)) {
      for (String tag : source.tags()) {
        found.accept(new Suggestion(repository + ":" + tag, "remote", true));
      }
    }
  }

  /** The repository, once a tag is begun; so the registry is asked once for all its tags. */
  @Override
  public String scope(String typed) {
    int colon = typed.lastIndexOf(':');
    boolean tag =
        colon > typed.lastIndexOf('/') && typed.indexOf('/') > 0 && typed.indexOf('@') < 0;
    return tag ? typed.substring(0, colon) : "";
  }

  @Override
  public Duration freshFor() {
    return KEPT;
  }

  /** For commands that reach registries as {@link RegistryOptions#schemeOnly} says. */
  public static final class ByScheme extends ImageReferences {

    /** For picocli. */
    public ByScheme() {}

    @Override
    protected Transports.Http http(boolean plainHttp) {
      return new Transports.Http(plainHttp, false);
    }
  }
}
