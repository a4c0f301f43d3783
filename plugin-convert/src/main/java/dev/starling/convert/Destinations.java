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

  /** A place that a result goes to, not opened. */
  sealed interface Target {
    /** How to call it. */
    String where();

    /** A repository of the same registry that has the source's blobs, or null. */
    default @Nullable String mountFrom() {
      return null;
    }
  }

  /** The local image store. */
  record InStore(RegistryReference name) implements Target {
    @Override
    public String where() {
      return "the local image store as " + name.canonical();
    }
  }

  /** A registry or a layout. */
  record At(Reference target, @Nullable String mountFrom) implements Target {
    @Override
    public String where() {
      return target.toString();
    }
  }

  /** The places that a target stands for. */
  static List<Target> targets(Reference source, Reference target, ConversionJob.Bare bare) {
    List<Target> targets = new ArrayList<>();
    boolean isBare = target instanceof RegistryReference && !target.hasScheme();
    if (target instanceof RegistryReference name && isBare && (bare.store() || !bare.push())) {
      targets.add(new InStore(name));
    }
    if (!isBare || bare.push()) {
      targets.add(new At(target, mountFrom(source, target)));
    }
    return List.copyOf(targets);
  }

  static Destinations open(
      Transports transports,
      Reference source,
      Reference target,
      Transports.Http http,
      ConversionJob.Bare bare)
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
      Transports transports,
      Reference source,
      Reference target,
      Transports.Http http,
      ConversionJob.Bare bare)
      throws IOException {
    for (Target each : targets(source, target, bare)) {
      list.add(
          switch (each) {
            case InStore(RegistryReference name) ->
                new Destination(transports.store().sink(name), name.tag(), each.where(), null);
            case At(Reference place, String mountFrom) ->
                new Destination(transports.sink(place, http), place.tag(), each.where(), mountFrom);
          });
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
