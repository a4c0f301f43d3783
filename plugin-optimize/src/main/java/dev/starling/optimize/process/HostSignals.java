package dev.starling.optimize.process;

import java.io.Closeable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the signals that end this process, for as long as something else is meant by them: while a
 * container has the stage, Ctrl-C is for it. After {@link #close} they mean what they meant before.
 *
 * <p>By reflection, since javac warns of every use of {@code sun.misc.Signal}, which has been there
 * for all the JDK's life and has no successor.
 */
public final class HostSignals implements Closeable {

  private static final String SIGNAL = "sun.misc.Signal";
  private static final String HANDLER = "sun.misc.SignalHandler";

  /** A signal that asks a process to end. */
  public enum Name {
    /** The terminal was closed. */
    HUP(1),
    /** Ctrl-C. */
    INT(2),
    /** Asked to end by another process. */
    TERM(15);

    private final int number;

    Name(int number) {
      this.number = number;
    }

    /** As in signal(7). */
    public int number() {
      return number;
    }
  }

  /** What was done at a signal before. */
  private record Before(Object signal, Object handler) {}

  private final List<Before> before = new ArrayList<>();

  private HostSignals() {}

  /**
   * Takes the signals. One that this process ignores, as under nohup, is left alone. Where the JDK
   * does not allow it, as with {@code -Xrs}, they keep their meaning.
   *
   * @param listener told of each, on a thread of its own
   */
  public static HostSignals take(Consumer<Name> listener) {
    HostSignals taken = new HostSignals();
    for (Name name : Name.values()) {
      try {
        taken.take(name, listener);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        // Reserved by the virtual machine.
      }
    }
    return taken;
  }

  private void take(Name name, Consumer<Name> listener) throws ReflectiveOperationException {
    Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name.name());
    InvocationHandler invocation =
        (proxy, method, arguments) ->
            method.getName().equals("handle")
                ? told(listener, name)
                : ofObject(proxy, method, arguments);
    Class<?> type = Class.forName(HANDLER);
    Object handler =
        Proxy.newProxyInstance(
            HostSignals.class.getClassLoader(), new Class<?>[] {type}, invocation);
    Object earlier = handle(signal, handler);
    if (earlier.equals(type.getField("SIG_IGN").get(null))) {
      handle(signal, earlier);
    } else {
      before.add(new Before(signal, earlier));
    }
  }

  private static @Nullable Object told(Consumer<Name> listener, Name name) {
    listener.accept(name);
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  private static @Nullable Object ofObject(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> HostSignals.class.getName();
    };
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return Class.forName(SIGNAL)
        .getMethod("handle", Class.forName(SIGNAL), Class.forName(HANDLER))
        .invoke(null, signal, handler);
  }

  @Override
  public void close() {
    for (Before earlier : before) {
      try {
        handle(earlier.signal, earlier.handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("it could be taken", e);
      }
    }
    before.clear();
  }
}
