package dev.starling.optimize.trace;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source that fetches no byte of some blobs twice: what is read here and there is kept in a file,
 * and who then reads the whole blob gets those parts from it. Other blobs, and those that lie on
 * this machine, are the source's own. Thread-safe. Closing it leaves the source open.
 */
public final class FetchedOnce implements ImageSource {

  private final ImageSource source;
  private final BlobFolder downloads;
  private final Path folder;
  private final Consumer<Path> used;
  private final Map<Digest, PartialBlob> parts = new HashMap<>();
  private final Map<String, RawManifest> manifests = new ConcurrentHashMap<>();

  /**
   * @param source asked for what is not there yet; outlives this
   * @param downloads where whole blobs are kept
   * @param folder for parts of blobs; removed by the caller, later
   * @param used is told of each file of {@code downloads} that was made
   * @param blobs the blobs to fetch once
   * @throws IOException if the folder cannot be written
   */
  public FetchedOnce(
      ImageSource source,
      BlobFolder downloads,
      Path folder,
      Consumer<Path> used,
      List<Descriptor> blobs)
      throws IOException {
    this.source = source;
    this.downloads = downloads;
    this.folder = Files.createDirectories(folder);
    this.used = used;
    for (Descriptor blob : blobs) {
      parts.put(blob.digest(), new PartialBlob(source, blob, file(blob)));
    }
  }

  private Path file(Descriptor blob) {
    return folder.resolve(blob.digest().hex());
  }

  @Override
  public RawManifest manifest(String tagOrDigest) throws IOException {
    RawManifest known = manifests.get(tagOrDigest);
    if (known == null) {
      known = source.manifest(tagOrDigest);
      manifests.put(tagOrDigest, known);
    }
    return known;
  }

  @Override
  public Descriptor describeBlob(Digest digest) throws IOException {
    return source.describeBlob(digest);
  }

  @Override
  public InputStream openBlob(Descriptor blob, long offset) throws IOException {
    PartialBlob part = parts.get(blob.digest());
    if (part == null || source.localFile(blob) != null) {
      return source.openBlob(blob, offset);
    }
    Path file = downloads.file(blob.digest());
    used.accept(file);
    downloads.put(blob, part::openFrom);
    return downloads.open(blob, offset);
  }

  @Override
  public RandomAccessBlob openRandomAccess(Descriptor blob) throws IOException {
    PartialBlob part = parts.get(blob.digest());
    if (part == null || source.localFile(blob) != null) {
      return source.openRandomAccess(blob);
    }
    return downloads.has(blob) ? downloads.openRandomAccess(blob) : part.reader();
  }

  @Override
  public RandomAccessBlob openKnown(Descriptor blob) throws IOException {
    return parts.containsKey(blob.digest()) ? openRandomAccess(blob) : source.openKnown(blob);
  }

  @Override
  public @Nullable Path localFile(Descriptor blob) throws IOException {
    return source.localFile(blob);
  }

  @Override
  public List<String> tags() throws IOException {
    return source.tags();
  }

  /** Lets go of the parts; whole blobs stay. */
  @Override
  public void close() throws IOException {
    for (PartialBlob part : parts.values()) {
      part.close();
    }
  }
}
