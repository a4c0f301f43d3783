package dev.starling.testkit.fault;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Puts every request into a log. */
final class LogFilter extends Filter {

  private final RequestLog log;

  LogFilter(RequestLog log) {
    this.log = log;
  }

  @Override
  public String description() {
    return "logs requests";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    var local = exchange.getLocalAddress();
    String host = local.getAddress().getHostAddress() + ":" + local.getPort();
    RecordingExchange recording = new RecordingExchange(exchange, host);
    log.add(recording);
    chain.doFilter(recording);
  }
}
