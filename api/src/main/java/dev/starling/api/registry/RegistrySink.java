package dev.starling.api.registry;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.Map;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A registry's repository, for writing. Mirrors are never written to. */
public final class RegistrySink implements ImageSink {

  private final Wire wire;
  private final CallScope scope;
  private final RegistryReference reference;
  private final boolean http;

  RegistrySink(Wire wire, RegistryReference reference, boolean http, CallScope scope) {
    this.wire = wire;
    this.reference = reference;
    this.http = http;
    this.scope = scope;
  }

  @Override
  public boolean hasBlob(Descriptor blob) throws IOException {
    return BlobPresence.check(wire, registry(), reference.repository(), blob.digest(), scope)
        .there();
  }

  @Override
  public Outcome putBlob(Descriptor blob, BlobContent content, @Nullable String mountFrom)
      throws IOException {
    if (hasBlob(blob)) {
      return Outcome.EXISTS;
    }
    try (var _ = wire.uploads().acquire(scope)) {
      return new BlobUpload(
              new UploadSession(wire, registry(), reference.repository(), blob, scope), content)
          .run(mountFrom);
    }
  }

  @Override
  public void putManifest(RawManifest manifest, @Nullable String tag) throws IOException {
    Endpoint registry = registry();
    String selector = tag == null ? manifest.digest().toString() : tag;
    byte[] bytes = manifest.bytes();
    Ask ask =
        Ask.write(
                "PUT",
                registry,
                reference.repository(),
                registry.url(reference.repository(), "manifests/" + selector),
                () -> RequestBody.create(bytes, null))
            .with(Map.of("Content-Type", manifest.mediaType().value()));
    String announced =
        wire.ask(
            registry,
            ask,
            scope,
            answer -> {
              if (!answer.isSuccess()) {
                throw wire.refusal(registry, ask, answer);
              }
              return String.valueOf(answer.header("Docker-Content-Digest"));
            });
    Digest stored = ManifestReader.digest(announced);
    if (stored != null
        && stored.algorithm().equals(manifest.digest().algorithm())
        && !stored.equals(manifest.digest())) {
      throw new CorruptContentException(
          "the registry stored manifest " + manifest.digest() + " as " + stored);
    }
  }

  /**
   * Deletes a manifest or index, or only a tag where the registry can do that.
   *
   * @throws ContentNotFoundException if there is none
   * @throws RegistryException if the registry does not allow it
   */
  public void deleteManifest(String tagOrDigest) throws IOException {
    Endpoint registry = registry();
    Ask ask =
        Ask.delete(
            registry,
            reference.repository(),
            registry.url(reference.repository(), "manifests/" + tagOrDigest));
    int status = wire.ask(registry, ask, scope, Answer::status);
    if (status == 404) {
      throw new ContentNotFoundException(
          reference.name() + " has no manifest " + tagOrDigest + " to delete");
    }
  }

  private Endpoint registry() throws IOException {
    return wire.resolver().registry(reference, http);
  }

  /**
   * Closes this when the job is cancelled.
   *
   * @return this
   */
  public RegistrySink endWith(Cancellation job) {
    scope.endWith(job);
    return this;
  }

  @Override
  public void close() {
    scope.close();
  }
}
