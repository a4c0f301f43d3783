package dev.starling.snapshot.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the process that asks for an image has its logins, which need not be where the daemon would
 * look: that one may have been started by another command, long ago. Only the places are told and
 * kept, no login.
 */
public final class Logins {

  private static final List<String> VARIABLES =
      List.of("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME");

  private Logins() {}

  /** The variables that name the places, with absolute paths. */
  public static Map<String, String> ofThisProcess() {
    Map<String, String> places = new TreeMap<>();
    for (String name : VARIABLES) {
      String place = System.getenv(name);
      if (place != null && !place.isEmpty()) {
        places.put(name, Path.of(place).toAbsolutePath().normalize().toString());
      }
    }
    return places;
  }
}
