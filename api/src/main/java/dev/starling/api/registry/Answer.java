package dev.starling.api.registry;

import dev.starling.api.content.CorruptContentException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer, to be closed. Belongs to its scope until then: when the scope is closed,
 * reading the body fails.
 */
final class Answer implements Closeable {

  private final Call call;
  private final Response response;
  private final CallScope scope;
  private final boolean own;

  /**
   * @param own whether the registry itself answered, and no host it redirected to
   */
  Answer(Call call, Response response, CallScope scope, boolean own) {
    this.call = call;
    this.response = response;
    this.scope = scope;
    this.own = own;
  }

  int status() {
    return response.code();
  }

  boolean isSuccess() {
    return response.isSuccessful();
  }

  boolean isOwn() {
    return own;
  }

  String method() {
    return response.request().method();
  }

  HttpUrl url() {
    return response.request().url();
  }

  @Nullable String header(String name) {
    return response.header(name);
  }

  List<String> headers(String name) {
    return response.headers(name);
  }

  /** The body's announced length in bytes, or -1. */
  long length() {
    return response.body().contentLength();
  }

  InputStream stream() {
    return response.body().byteStream();
  }

  /** Reads on from a broken or endless body no more. */
  void abort() {
    call.cancel();
  }

  /**
   * The whole body.
   *
   * @param limit in bytes; more is never read
   * @param what names the content in the error
   * @throws CorruptContentException if it is longer
   */
  byte[] bytes(int limit, String what) throws IOException {
    byte[] bytes;
    if (length() <= limit) {
      try {
        bytes = stream().readNBytes(limit + 1);
      } catch (IOException e) {
        throw broken(e);
      }
      if (bytes.length <= limit) {
        return bytes;
      }
    }
    abort();
    throw new CorruptContentException(
        what
            + " at "
            + Redaction.url(url())
            + " is "
            + (length() > limit ? length() + " bytes long, " : "")
            + "over the limit of "
            + limit
            + " bytes");
  }

  /** What to throw when reading the body failed. */
  IOException broken(IOException cause) {
    return scope.isClosed()
        ? CallScope.closedFailure()
        : Failures.network(method(), url(), cause, true);
  }

  @Override
  public void close() {
    response.close();
    scope.remove(call);
  }
}
