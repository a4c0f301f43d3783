package dev.starling.snapshot.control;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who answers which calls. Made by one thread, then thread-safe. */
public final class CallHandlers {

  private final Map<String, Handled<?, ?, ?>> byName = new HashMap<>();

  /** Nobody yet. */
  public CallHandlers() {}

  /** A call with who answers it. */
  private record Handled<A, E, R>(Call<A, E, R> call, CallHandler<A, E, R> handler) {
    Answer<R> answer(String arguments, Consumer<Object> events) throws Exception {
      return handler.call(Records.read(arguments, call.arguments()), events);
    }
  }

  /** Has a handler answer calls of this kind. */
  public <A, E, R> CallHandlers on(Call<A, E, R> call, CallHandler<A, E, R> handler) {
    byName.put(call.name(), new Handled<>(call, handler));
    return this;
  }

  /**
   * Answers a call.
   *
   * @param events takes records
   * @throws Exception what the handler throws; a {@link MisunderstoodException} if there is none
   */
  Answer<?> answer(Message request, Consumer<Object> events) throws Exception {
    @Nullable Handled<?, ?, ?> handled = byName.get(request.word());
    if (handled == null) {
      throw new MisunderstoodException(
          "the daemon does not know the call '" + request.word() + "'", null);
    }
    return handled.answer(request.json(), events);
  }
}
