package dev.starling.convert;

import dev.starling.api.content.Transports;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places a result goes to, opened. */
final class Destinations implements Closeable {

  private final List<Destination> list = new ArrayList<>();

  private Destinations() {}

  /**
   * Where a target without a scheme goes; neither means the store.
   *
   * @param push whether it is pushed to its registry
   * @param store whether it is kept in the local store
   */
  record Bare(boolean push, boolean store) {}

  static Destinations open(
      Transports transports, Reference source, Reference target, Transports.Http http, Bare bare)
      throws IOException {
    Destinations destinations = new Destinations();
    try {
      destinations.openAll(transports, source, target, http, bare);
      return destinations;
    } catch (IOException | RuntimeException e) {
      destinations.close();
      throw e;
    }
  }

  private void openAll(
      Transports transports, Reference source, Reference target, Transports.Http http, Bare bare)
      throws IOException {
    boolean isBare = target instanceof RegistryReference && !target.hasScheme();
    if (target instanceof RegistryReference name && isBare && (bare.store() || !bare.push())) {
      list.add(
          new Destination(
              transports.store().sink(name),
              name.tag(),
              "the local image store as " + name.canonical(),
              null));
    }
    if (!isBare || bare.push()) {
      list.add(
          new Destination(
              transports.sink(target, http),
              target.tag(),
              target.toString(),
              mountFrom(source, target)));
    }
  }

  private static @Nullable String mountFrom(Reference source, Reference target) {
    return source instanceof RegistryReference from
            && target instanceof RegistryReference to
            && from.host().equals(to.host())
            && !from.repository().equals(to.repository())
        ? from.repository()
        : null;
  }

  List<Destination> list() {
    return List.copyOf(list);
  }

  @Override
  public void close() throws IOException {
    for (Destination destination : list) {
      destination.sink().close();
    }
  }
}
