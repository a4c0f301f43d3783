package dev.starling.shell.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plugin as its descriptor tells of it, before anything of it is loaded.
 *
 * @param file where it was found: a folder, zip or jar
 * @param path what is loaded: a folder with {@code plugin.properties}, the zip's when it is
 *     unpacked, or a jar
 * @param id {@code plugin.id}; in a jar's manifest {@code Plugin-Id}
 * @param version {@code plugin.version}; {@code Plugin-Version}
 * @param provider {@code plugin.provider}; {@code Plugin-Provider}: who made it; null if it does
 *     not say
 * @param description {@code plugin.description}; {@code Plugin-Description}: a sentence; null if it
 *     does not say
 * @param requires {@code plugin.requires}; {@code Plugin-Requires}: a condition on the version of
 *     the api; null for none
 * @param dependencies ids from {@code plugin.dependencies}; {@code Plugin-Dependencies}; optional
 *     ones are left out
 * @param commands {@code starling.commands}; {@code Starling-Commands}: names and aliases of its
 *     commands, so that it is loaded only for them; null if it does not say
 * @param nativeAccess {@code starling.native}; {@code Starling-Native}: whether its modules may
 *     call native code
 * @param leftovers {@code starling.leftovers}; {@code Starling-Leftovers}: the name of a folder
 *     under the runtime directory with a folder for each thing to be removed when its process is
 *     killed; null for none
 */
record PluginCandidate(
    Path file,
    Path path,
    String id,
    String version,
    @Nullable String provider,
    @Nullable String description,
    @Nullable String requires,
    List<String> dependencies,
    @Nullable Set<String> commands,
    boolean nativeAccess,
    @Nullable String leftovers) {

  PluginCandidate {
    dependencies = List.copyOf(dependencies);
    commands = commands == null ? null : Set.copyOf(commands);
  }

  /** The names that it says its commands have; none if it does not say. */
  Set<String> declared() {
    return commands == null ? Set.of() : commands;
  }
}
