package dev.starling.shell.plugin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts plugins in an order in which each comes after those it depends on; leaves out those that
 * miss one or stand on a cycle.
 */
final class PluginOrder {

  private final Map<String, PluginCandidate> known;
  private final Consumer<String> problems;
  private final Map<String, Boolean> usable = new LinkedHashMap<>();
  private final List<PluginCandidate> order = new ArrayList<>();
  private final Deque<String> path = new ArrayDeque<>();

  private PluginOrder(Map<String, PluginCandidate> known, Consumer<String> problems) {
    this.known = known;
    this.problems = problems;
  }

  /**
   * The wanted plugins and all that they depend on.
   *
   * @param known all plugins by id
   * @param problems takes a line for each plugin that is left out
   */
  static List<PluginCandidate> of(
      Collection<PluginCandidate> wanted,
      Map<String, PluginCandidate> known,
      Consumer<String> problems) {
    PluginOrder order = new PluginOrder(known, problems);
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
      problems.accept(
          "plugin "
              + candidate.id()
              + ": it depends on the plugin "
              + dependency
              + ", which is not there");
      return false;
    }
    if (path.contains(dependency)) {
      List<String> cycle = new ArrayList<>(path);
      cycle = cycle.subList(cycle.indexOf(dependency), cycle.size());
      problems.accept(
          "plugin "
              + candidate.id()
              + ": it depends on itself: "
              + String.join(" -> ", cycle)
              + " -> "
              + dependency);
      return false;
    }
    if (!visit(needed)) {
      problems.accept(
          "plugin "
              + candidate.id()
              + ": the plugin "
              + dependency
              + " that it depends on cannot be used");
      return false;
    }
    return true;
  }
}
