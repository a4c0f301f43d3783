package dev.starling.snapshot.daemon;

import dev.starling.snapshot.control.CallHandler;
import dev.starling.snapshot.control.ControlServer;
import dev.starling.snapshot.daemon.DaemonState.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers the calls of {@link Calls} with a daemon. */
public final class DaemonService {

  private static final JsonMapper JSON = JsonMapper.shared();

  private DaemonService() {}

  /**
   * Begins to answer.
   *
   * @param stop run when a client asks the daemon to end, after it was answered; must not block
   */
  public static ControlServer start(DaemonPlaces places, Daemon daemon, Runnable stop)
      throws IOException {
    return ControlServer.start(
        places.socket(),
        Map.of(
            Calls.PULL,
            on(Calls.Pull.class, (call, events) -> daemon.pull(call.access(), events::accept)),
            Calls.HOLD,
            on(Calls.Pull.class, (call, events) -> hold(daemon, call.access(), events)),
            Calls.MOUNT,
            on(
                Calls.MountImage.class,
                (call, events) ->
                    daemon.mount(
                        call.access(), Path.of(call.directory()), call.writable(), events::accept)),
            Calls.UNMOUNT,
            on(Calls.Unmount.class, (call, _) -> daemon.unmount(call.target())),
            Calls.STATUS,
            on(Calls.Nothing.class, (_, _) -> daemon.status()),
            Calls.STOP,
            on(
                Calls.Nothing.class,
                (_, _) -> {
                  stop.run();
                  return new Calls.Nothing();
                })));
  }

  /** Ends when the client goes away, however it ends. */
  private static Object hold(Daemon daemon, Access access, Consumer<Object> events)
      throws IOException {
    try (Daemon.Hold hold = daemon.hold(access, events::accept)) {
      events.accept(hold.held());
      while (true) {
        Thread.sleep(Duration.ofDays(1));
      }
    } catch (InterruptedException e) {
      return new Calls.Nothing();
    }
  }

  /** What answers a call with typed arguments. */
  private interface Method<A> {
    Object call(A arguments, Consumer<Object> events) throws Exception;
  }

  private static <A> CallHandler on(Class<A> type, Method<A> method) {
    return (arguments, events) -> method.call(read(arguments, type), events);
  }

  private static <A> A read(JsonNode arguments, Class<A> type) throws IOException {
    try {
      return JSON.treeToValue(arguments, type);
    } catch (JacksonException e) {
      throw new IOException(
          "the daemon does not understand the call: " + e.getOriginalMessage(), e);
    }
  }
}
