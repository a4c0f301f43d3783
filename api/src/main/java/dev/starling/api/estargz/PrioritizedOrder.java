package dev.starling.api.estargz;

import dev.starling.api.tar.TarIndex.Item;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Puts the files that a container needs first in front, and those behind them that it needs little
 * of, each after the folders above it and, if it is a hard link, after its target. A folder that
 * has no entry is passed over. Everything is done with a list instead of recursion, because names
 * and chains of links come from strangers.
 */
final class PrioritizedOrder {

  /** Linux has no longer paths; a longer name has its folders left where they are. */
  private static final int MAX_PATH = 4096;

  private final SequencedMap<String, Item> entries;
  private final Set<String> picked = new HashSet<>();
  private final List<Item> ordered = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();

  /**
   * An order of a layer's entries.
   *
   * @param front those before the landmark
   * @param behind those right after it
   * @param rest the others, in the tar's order
   * @param missed the listed files that are not there, as they were given
   */
  record Order(List<Item> front, List<Item> behind, List<Item> rest, List<String> missed) {}

  private enum Role {
    WANTED,
    FOLDER,
    EMIT
  }

  private record Step(String path, Role role) {}

  private PrioritizedOrder(SequencedMap<String, Item> entries) {
    this.entries = entries;
  }

  /**
   * Orders a layer's entries.
   *
   * @param items all entries in the tar's order; of several with one path the last counts
   * @param choice the files to put in front and behind those
   */
  static Order of(List<Item> items, Prioritization.Choice choice) {
    SequencedMap<String, Item> entries = new LinkedHashMap<>();
    for (Item item : items) {
      if (!LayerNames.isLandmark(item.path())) {
        entries.putLast(item.path(), item);
      }
    }
    PrioritizedOrder order = new PrioritizedOrder(entries);
    choice.paths().forEach(order::pick);
    List<Item> front = List.copyOf(order.ordered);
    choice.behind().forEach(order::pick);
    List<Item> behind = order.ordered.subList(front.size(), order.ordered.size());
    List<Item> rest = new ArrayList<>();
    for (Map.Entry<String, Item> entry : entries.entrySet()) {
      if (!order.picked.contains(entry.getKey())) {
        rest.add(entry.getValue());
      }
    }
    return new Order(front, behind, rest, order.missed);
  }

  private void pick(String line) {
    Deque<Step> steps = new ArrayDeque<>();
    Set<String> entered = new HashSet<>();
    steps.push(new Step(TarPath.clean(line), Role.WANTED));
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      if (step.role() == Role.EMIT) {
        emit(step.path());
      } else if (!picked.contains(step.path()) && entered.add(step.path())) {
        if (!enter(step, steps)) {
          missed.add(line);
          return;
        }
      }
    }
  }

  /** Plans an entry and what comes before it; false if it is needed but not there. */
  private boolean enter(Step step, Deque<Step> steps) {
    String path = step.path();
    Item item = entries.get(path);
    if (item == null && step.role() == Role.WANTED && !path.isEmpty()) {
      return false;
    }
    if (item != null) {
      steps.push(new Step(path, Role.EMIT));
      if (item.type() == TarType.HARD_LINK) {
        steps.push(new Step(TarPath.clean(item.linkName()), Role.WANTED));
      }
    }
    if (!path.isEmpty() && path.length() <= MAX_PATH) {
      steps.push(new Step(TarPath.parent(path), Role.FOLDER));
    }
    return true;
  }

  private void emit(String path) {
    Item item = entries.get(path);
    if (item != null && picked.add(path)) {
      ordered.add(item);
    }
  }
}
