package dev.starling.api.layout;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore;
import dev.starling.api.image.Descriptor;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The local image store as an OCI layout in which images have their full names. Every image of the
 * store is a repository's tag; blobs are shared by all. Thread-safe, and safe for several
 * processes; nothing is created before the first write.
 */
public final class LocalImageStore implements ImageStore {

  private final Path directory;

  /**
   * A store in a directory.
   *
   * @param directory the layout's directory, which need not exist
   */
  public LocalImageStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public List<StoredImage> list() throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    return OciLayout.open(directory).entries().stream()
        .filter(entry -> entry.annotations().containsKey(RepositoryNames.REF_NAME))
        .map(entry -> new StoredImage(nameOf(entry), entry))
        .sorted(Comparator.comparing(StoredImage::name))
        .toList();
  }

  @Override
  public Optional<StoredImage> find(RegistryReference reference) throws IOException {
    String name = nameOf(reference);
    return list().stream().filter(image -> image.name().equals(name)).findFirst();
  }

  @Override
  public ImageSource source(RegistryReference reference) throws IOException {
    if (!Files.exists(directory)) {
      throw notFound(reference);
    }
    return OciLayout.open(directory).source(RepositoryNames.stored(reference));
  }

  @Override
  public ImageSink sink(RegistryReference reference) throws IOException {
    return OciLayout.create(directory).sink(RepositoryNames.stored(reference));
  }

  @Override
  public long remove(RegistryReference reference) throws IOException {
    if (!Files.exists(directory)) {
      throw notFound(reference);
    }
    OciLayout layout = OciLayout.create(directory);
    String name = nameOf(reference);
    if (layout.removeEntries(entry -> name.equals(nameOf(entry))) == 0) {
      throw notFound(reference);
    }
    return layout.collectGarbage();
  }

  private ContentNotFoundException notFound(RegistryReference reference) {
    return new ContentNotFoundException(
        "the local store " + directory + " has no image '" + nameOf(reference) + "'");
  }

  /** With a digest the tag says nothing more: the image was stored by its digest. */
  private static String nameOf(RegistryReference reference) {
    return reference.digest() == null
        ? reference.canonical()
        : reference.name() + "@" + reference.digest();
  }

  private static String nameOf(Descriptor entry) {
    return entry.annotations().getOrDefault(RepositoryNames.REF_NAME, "");
  }
}
