package dev.starling.shell;

import dev.starling.shell.host.TransportsFactory;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The process's one factory of transports, made when the first job asks. Thread-safe. */
final class SharedTransports implements Supplier<TransportsFactory>, AutoCloseable {

  private @Nullable TransportsFactory factory;

  @Override
  public synchronized TransportsFactory get() {
    TransportsFactory made = factory;
    if (made == null) {
      made =
          ServiceLoader.load(TransportsFactory.class)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no transports in this build"));
      factory = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (factory != null) {
      factory.close();
    }
  }
}
