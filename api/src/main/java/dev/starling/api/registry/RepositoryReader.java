package dev.starling.api.registry;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/** Reads from a repository: its mirrors are asked first, then the registry. Thread-safe. */
final class RepositoryReader {

  /** Does something with one of the hosts. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Endpoint endpoint) throws IOException;
  }

  private final Wire wire;
  private final RegistryReference reference;
  private final boolean http;
  private final CallScope scope;

  RepositoryReader(Wire wire, RegistryReference reference, boolean http, CallScope scope) {
    this.wire = wire;
    this.reference = reference;
    this.http = http;
    this.scope = scope;
  }

  Wire wire() {
    return wire;
  }

  RegistryReference reference() {
    return reference;
  }

  CallScope scope() {
    return scope;
  }

  /** The repository's name without the host. */
  String name() {
    return reference.repository();
  }

  HttpUrl url(Endpoint endpoint, String rest) {
    return endpoint.url(name(), rest);
  }

  /** The first host's result; a mirror's failure is only told if the registry fails too. */
  <T> T firstOf(Reading<T> reading) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (Endpoint endpoint : wire.resolver().forReading(reference, http)) {
      try {
        return reading.from(endpoint);
      } catch (IOException e) {
        scope.check();
        if (!endpoint.mirror()) {
          failures.forEach(e::addSuppressed);
          throw e;
        }
        if (e instanceof RegistryException failure && failure.status() == 0) {
          wire.resolver().rest(endpoint);
        }
        failures.add(e);
      }
    }
    throw new IllegalStateException("the registry itself is always among the hosts");
  }

  /** Waits before a broken transfer is taken up, or throws if it broke too often. */
  void pauseAfterBreak(int breaks, IOException failure) throws IOException {
    scope.check();
    Endpoint registry = wire.resolver().registry(reference, http);
    boolean passing = failure instanceof RegistryException e && e.isWorthRetrying();
    if (!passing || breaks >= wire.retrier().attempts(registry)) {
      throw failure;
    }
    wire.retrier().pause(breaks, null, scope);
  }

  /**
   * What some host knows of the blob.
   *
   * @throws ContentNotFoundException if there is no such blob
   */
  BlobPresence requireBlob(Digest digest) throws IOException {
    return firstOf(endpoint -> {
      BlobPresence found = BlobPresence.check(wire, endpoint, name(), digest, scope);
      if (!found.there()) {
        throw new ContentNotFoundException(
            reference.name() + " has no blob " + digest + " (at " + endpoint.key() + ")");
      }
      return found;
    });
  }

  RawManifest manifest(String tagOrDigest) throws IOException {
    return firstOf(endpoint -> ManifestReader.read(this, endpoint, tagOrDigest));
  }

  List<String> tags() throws IOException {
    return firstOf(endpoint -> TagLister.list(this, endpoint));
  }

  /** What refers to the manifest; an empty index if nothing does. */
  Index referrers(Digest subject) throws IOException {
    return firstOf(endpoint -> ManifestReader.referrers(this, endpoint, subject));
  }

  /** A request to read a URL of the repository. */
  Ask ask(Endpoint endpoint, HttpUrl url, Map<String, String> headers) {
    return Ask.read("GET", endpoint, name(), url).with(headers);
  }
}
