package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The local image store: images by their full name, kept as an OCI layout under the data directory.
 * Several processes may use it at once.
 */
public interface ImageStore {

  /**
   * An image of the store.
   *
   * @param name {@code host/repository:tag}
   * @param descriptor its manifest or index
   */
  record StoredImage(String name, Descriptor descriptor) {}

  /** All images, sorted by name. */
  List<StoredImage> list() throws IOException;

  /** The image of that name, if the store has it. */
  Optional<StoredImage> find(RegistryReference reference) throws IOException;

  /**
   * The store as the source of this reference's repository; all blobs of the store are readable.
   */
  ImageSource source(RegistryReference reference) throws IOException;

  /** The store as the sink of this reference's repository. */
  ImageSink sink(RegistryReference reference) throws IOException;

  /**
   * Forgets an image's name and deletes the blobs that no other image uses.
   *
   * @return the number of bytes freed
   * @throws ContentNotFoundException if the store has no such image
   */
  long remove(RegistryReference reference) throws IOException;
}
