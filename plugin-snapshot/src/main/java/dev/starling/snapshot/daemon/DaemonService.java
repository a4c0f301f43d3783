package dev.starling.snapshot.daemon;

import dev.starling.snapshot.control.Answer;
import dev.starling.snapshot.control.CallHandlers;
import dev.starling.snapshot.control.ControlServer;
import dev.starling.snapshot.daemon.DaemonState.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Answers the calls of {@link Calls} with a daemon. */
public final class DaemonService {

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
        new CallHandlers()
            .on(Calls.PULL, (pull, events) -> Answer.of(daemon.pull(pull.access(), events::accept)))
            .on(Calls.HOLD, (pull, events) -> hold(daemon, pull.access(), events::accept))
            .on(
                Calls.MOUNT,
                (mount, events) ->
                    Answer.of(
                        daemon.mount(
                            mount.access(),
                            Path.of(mount.directory()),
                            mount.writable(),
                            events::accept)))
            .on(Calls.UNMOUNT, (unmount, _) -> Answer.of(daemon.unmount(unmount.target())))
            .on(Calls.STATUS, (_, _) -> Answer.of(daemon.status()))
            .on(
                Calls.STOP,
                (nothing, _) -> {
                  stop.run();
                  return Answer.of(nothing);
                }));
  }

  /** Ends when the client goes away, however it ends. */
  private static Answer<Calls.Held> hold(
      Daemon daemon, Access access, Consumer<Calls.Fetching> events) throws IOException {
    ImageHold hold = daemon.hold(access, events);
    boolean complete = false;
    try {
      Answer<Calls.Held> answer = new Answer<>(hold.held(), hold);
      complete = true;
      return answer;
    } finally {
      if (!complete) {
        hold.close();
      }
    }
  }
}
