package dev.starling.api.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a registry failed for good. The message is one line, {@code METHOD url: what
 * happened; next step}; it holds no credentials and no signatures of URLs.
 */
public final class RegistryException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * One error of the registry's answer.
   *
   * @param code the specification's code, for example {@code MANIFEST_UNKNOWN}
   * @param message the registry's text, shortened, may be empty
   * @see <a
   *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">
   *     error codes</a>
   */
  public record ErrorCode(String code, String message) {}

  /** The HTTP status, or 0. */
  private final int status;

  private final transient List<ErrorCode> codes;

  /** Whether the same request may succeed later. */
  private final boolean worthRetrying;

  /** How long the registry asks to wait, or null. */
  private final @Nullable Duration retryAfter;

  RegistryException(
      String message,
      int status,
      List<ErrorCode> codes,
      boolean worthRetrying,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.codes = List.copyOf(codes);
    this.worthRetrying = worthRetrying;
    this.retryAfter = retryAfter;
  }

  /** A failure that no further attempt mends. */
  RegistryException(String message) {
    this(message, 0, List.of(), false, null, null);
  }

  /** Whether the same request may succeed a little later. */
  boolean isWorthRetrying() {
    return worthRetrying;
  }

  /** The pause that the server asked for, or null. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The HTTP status, or 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** What the registry said, may be empty. */
  public List<ErrorCode> codes() {
    return codes;
  }

  /** Whether the registry named this error code. */
  public boolean hasCode(String code) {
    return codes.stream().anyMatch(error -> error.code().equals(code));
  }
}
