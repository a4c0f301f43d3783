package dev.starling.api.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Makes single HTTP calls: no redirect, no login, no second attempt. Thread-safe. */
final class Caller {

  private final HttpClients clients;
  private final String userAgent;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  Caller(HttpClients clients, String userAgent) {
    this.clients = clients;
    this.userAgent = userAgent;
  }

  /**
   * The answer, of whatever status.
   *
   * @param own whether the registry itself is asked
   * @throws RegistryException if there is none
   */
  Answer call(Request request, CallScope scope, boolean own) throws IOException {
    HttpUrl url = request.url();
    Request.Builder complete = request.newBuilder().header("User-Agent", userAgent);
    if (request.header("Accept-Encoding") == null) {
      // Otherwise bodies are compressed on the way, and digests and ranges are of other bytes.
      complete.header("Accept-Encoding", "identity");
    }
    Call call = clients.forUrl(url).newCall(complete.build());
    scope.add(call);
    try {
      Answer answer = new Answer(call, call.execute(), scope, own);
      answered.add(Endpoint.origin(url));
      return answer;
    } catch (IOException e) {
      scope.remove(call);
      scope.check();
      if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
        throw e;
      }
      throw Failures.network(request.method(), url, e, answered.contains(Endpoint.origin(url)));
    }
  }
}
