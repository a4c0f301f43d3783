package dev.starling.optimize.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of a container's process. */
final class Environment {

  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Environment() {}

  /**
   * The image's environment with changes on top, in the image's order.
   *
   * @param image {@code NAME=VALUE}; a PATH is added if there is none
   * @param changes {@code NAME=VALUE} sets, {@code NAME} removes
   * @param terminal adds a TERM if there is none
   */
  static List<String> merge(List<String> image, List<String> changes, boolean terminal) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PATH", DEFAULT_PATH);
    if (terminal) {
      variables.put("TERM", "xterm");
    }
    image.forEach(variable -> apply(variables, variable));
    changes.forEach(variable -> apply(variables, variable));
    List<String> result = new ArrayList<>();
    variables.forEach((name, value) -> result.add(name + "=" + value));
    return result;
  }

  private static void apply(Map<String, String> variables, String variable) {
    int equals = variable.indexOf('=');
    if (equals < 0) {
      variables.remove(variable);
    } else {
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
  }
}
