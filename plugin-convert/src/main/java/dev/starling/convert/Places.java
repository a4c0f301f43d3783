package dev.starling.convert;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.image.Descriptor;
import dev.starling.api.reference.LayoutReference;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places a result would go to, opened for looking only: nothing is made or written there. */
final class Places implements Closeable {

  private final List<Place> list = new ArrayList<>();

  private Places() {}

  /**
   * One place.
   *
   * @param where how to call it
   * @param blobs tells what is there
   * @param mounts whether it can link blobs from the source's repository
   */
  record Place(String where, Blobs blobs, boolean mounts) {}

  /** What a place has. */
  interface Blobs extends Closeable {
    boolean has(Descriptor blob) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  static Places open(
      Transports transports,
      Reference source,
      Reference target,
      Transports.Http http,
      ConversionJob.Bare bare)
      throws IOException {
    Places places = new Places();
    try {
      for (Destinations.Target each : Destinations.targets(source, target, bare)) {
        Blobs blobs =
            switch (each) {
              case Destinations.InStore(RegistryReference name) ->
                  new Local(localSource(() -> transports.storeSource(name)));
              case Destinations.At(LayoutReference layout, var _) ->
                  new Local(localSource(() -> transports.source(layout, http)));
              case Destinations.At(RegistryReference registry, var _) ->
                  new Remote(transports.sink(registry, http));
            };
        places.list.add(new Place(each.where(), blobs, each.mountFrom() != null));
      }
      return places;
    } catch (IOException | RuntimeException e) {
      places.close();
      throw e;
    }
  }

  List<Place> list() {
    return List.copyOf(list);
  }

  /** Opens a local source. */
  private interface Opening {
    ImageSource open() throws IOException;
  }

  private static @Nullable ImageSource localSource(Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (ContentNotFoundException e) {
      return null; // the conversion would make it
    }
  }

  /** A layout or the store, null if it is not there yet. */
  private record Local(@Nullable ImageSource source) implements Blobs {
    @Override
    public boolean has(Descriptor blob) throws IOException {
      try {
        return source != null && source.describeBlob(blob.digest()).size() == blob.size();
      } catch (ContentNotFoundException e) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      if (source != null) {
        source.close();
      }
    }
  }

  /** A registry. */
  private record Remote(ImageSink sink) implements Blobs {
    @Override
    public boolean has(Descriptor blob) throws IOException {
      return sink.hasBlob(blob);
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (Place place : list) {
      place.blobs().close();
    }
  }
}
