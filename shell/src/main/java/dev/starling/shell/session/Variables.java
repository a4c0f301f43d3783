package dev.starling.shell.session;

import dev.starling.shell.script.ScriptSession;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The shell's variables, which wait here until Groovy is needed. Thread-safe. */
public final class Variables {

  /** The last value. */
  static final String LAST = "_";

  private final Map<String, @Nullable Object> waiting = new LinkedHashMap<>();
  private final Supplier<ScriptSession> opener;
  private @Nullable ScriptSession groovy;

  Variables(Supplier<ScriptSession> opener) {
    this.opener = opener;
    waiting.put(LAST, null);
  }

  /** Groovy with the variables in it; loaded at the first call. */
  synchronized ScriptSession groovy() {
    ScriptSession open = groovy;
    if (open == null) {
      open = opener.get();
      waiting.forEach(open::set);
      groovy = open;
    }
    return open;
  }

  synchronized void set(String name, @Nullable Object value) {
    waiting.put(name, value);
    if (groovy != null) {
      groovy.set(name, value);
    }
  }

  /** A variable's value; null if there is none of that name. */
  public synchronized @Nullable Object get(String name) {
    return groovy != null ? groovy.get(name) : waiting.get(name);
  }

  /** Their names, sorted. */
  public synchronized Set<String> names() {
    Set<String> names = new TreeSet<>(waiting.keySet());
    if (groovy != null) {
      names.addAll(groovy.variables());
    }
    return names;
  }
}
