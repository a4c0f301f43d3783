/**
 * Plugins: found in folders, run by pf4j, each defined as a module layer of its own, so that its
 * libraries stay private and it can be unloaded. {@link dev.starling.shell.plugin.PluginHost} is
 * the door; it loads only the plugins that a call needs, by the command names that their
 * descriptors list, and turns each plugin that cannot be used into one line while the others live.
 *
 * <p>A plugin is a folder or zip with {@code plugin.properties} and {@code lib/*.jar}, or one jar
 * whose manifest has {@code Plugin-Id}. Its module {@code provides}
 * dev.starling.api.command.CommandProvider. What else a descriptor may say is in {@link
 * dev.starling.shell.plugin.PluginCandidate}.
 */
package dev.starling.shell.plugin;
