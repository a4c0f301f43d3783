package dev.starling.shell.plugin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts plugins in an order in which each comes after those it depends on; leaves out those that
 * miss one or stand on a cycle.
 */
final class PluginOrder {

  private final Map<String, PluginCandidate> known;
  private final Set<String> disabled;
  private final Problems problems;
  private final Map<String, Boolean> usable = new LinkedHashMap<>();
  private final List<PluginCandidate> order = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();

  /** Takes a line for each plugin that is left out. */
  @FunctionalInterface
  interface Problems {
    void tell(String id, String line);
  }

  private PluginOrder(Map<String, PluginCandidate> known, Set<String> disabled, Problems problems) {
    this.known = known;
    this.disabled = disabled;
    this.problems = problems;
  }

  /**
   * The wanted plugins and all that they depend on.
   *
   * @param known all plugins by id
   * @param disabled the ids of those that are not to be used
   */
  static List<PluginCandidate> of(
      Collection<PluginCandidate> wanted,
      Map<String, PluginCandidate> known,
      Set<String> disabled,
      Problems problems) {
    PluginOrder order = new PluginOrder(known, disabled, problems);
    wanted.forEach(order::visit);
    return order.order;
  }

  private boolean visit(PluginCandidate candidate) {
    Boolean before = usable.get(candidate.id());
    if (before != null) {
      return before;
    }
    path.addLast(candidate.id());
    boolean ok = candidate.dependencies().stream().allMatch(id -> visit(candidate, id));
    path.removeLast();
    if (ok) {
      order.add(candidate);
    }
    usable.put(candidate.id(), ok);
    return ok;
  }

  private boolean visit(PluginCandidate candidate, String dependency) {
    PluginCandidate needed = known.get(dependency);
    if (needed == null) {
      return leaveOut(candidate, "it depends on the plugin " + dependency + ", which is not there");
    }
    if (disabled.contains(dependency)) {
      return leaveOut(
          candidate,
          "it depends on the plugin "
              + dependency
              + ", which is disabled; 'starling plugin enable "
              + dependency
              + "' brings it back");
    }
    if (path.contains(dependency)) {
      List<String> cycle = new ArrayList<>(path);
      cycle = cycle.subList(cycle.indexOf(dependency), cycle.size());
      return leaveOut(
          candidate, "it depends on itself: " + String.join(" -> ", cycle) + " -> " + dependency);
    }
    return visit(needed)
        || leaveOut(candidate, "the plugin " + dependency + " that it depends on cannot be used");
  }

  private boolean leaveOut(PluginCandidate candidate, String reason) {
    problems.tell(candidate.id(), "plugin " + candidate.id() + ": " + reason);
    return false;
  }
}
