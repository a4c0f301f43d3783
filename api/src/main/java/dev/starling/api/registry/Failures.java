package dev.starling.api.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.UnknownServiceException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Says what a failed connection means and what to do about it. */
final class Failures {

  private Failures() {}

  /**
   * A request that got no complete answer.
   *
   * @param answeredBefore whether the host has answered this client already, so that it may come
   *     back
   */
  static RegistryException network(
      String method, HttpUrl url, IOException cause, boolean answeredBefore) {
    String server = url.host() + ":" + url.port();
    return switch (cause) {
      case UnknownHostException _ ->
          failure(
              method,
              url,
              "there is no host " + url.host() + "; check the registry's name and DNS",
              answeredBefore,
              cause);
      case ConnectException e ->
          failure(
              method,
              url,
              "cannot connect to "
                  + server
                  + " ("
                  + text(e)
                  + "); check that the registry runs there and that the proxy settings are right",
              answeredBefore,
              cause);
      case NoRouteToHostException _ ->
          failure(method, url, "there is no route to " + server, answeredBefore, cause);
      case SocketTimeoutException _ ->
          failure(
              method,
              url,
              server + " did not answer in time; check that the registry runs there",
              answeredBefore,
              cause);
      case SSLPeerUnverifiedException _ ->
          failure(
              method, url, "the certificate of " + server + " is for another host", false, cause);
      case SSLException e -> tls(method, url, e);
      case UnknownServiceException e ->
          failure(method, url, "cannot be reached: " + text(e), false, cause);
      default -> failure(method, url, "the connection broke (" + text(cause) + ")", true, cause);
    };
  }

  private static RegistryException tls(String method, HttpUrl url, SSLException cause) {
    String server = url.host() + ":" + url.port();
    if (has(cause, CertificateException.class)) {
      return failure(
          method,
          url,
          "the certificate of "
              + server
              + " is not trusted ("
              + text(cause)
              + "); name its CA file in config.toml",
          false,
          cause);
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return failure(
          method,
          url,
          server + " does not speak TLS; add --plain-http if it is to be reached without",
          false,
          cause);
    }
    if (cause instanceof SSLHandshakeException) {
      return failure(
          method,
          url,
          "no TLS connection to "
              + server
              + " ("
              + text(cause)
              + "); add --plain-http if it speaks plain HTTP",
          false,
          cause);
    }
    return failure(method, url, "the connection broke (" + text(cause) + ")", true, cause);
  }

  private static RegistryException failure(
      String method, HttpUrl url, String what, boolean worthRetrying, IOException cause) {
    return new RegistryException(
        method + " " + Redaction.url(url) + ": " + what, 0, List.of(), worthRetrying, null, cause);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    int depth = 0;
    for (Throwable at = failure; at != null && depth < 10; at = at.getCause(), depth++) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable failure) {
    @Nullable String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : Redaction.text(message);
  }
}
