/**
 * Settings: what a person writes into {@code ~/.config/starling/config.toml} or {@code
 * /etc/starling/config.toml}, and what {@code STARLING_*} variables override. {@link
 * dev.starling.shell.config.SettingsLoader} reads them into one immutable {@link
 * dev.starling.shell.config.Settings}; nothing else in Starling reads configuration.
 *
 * <p>To add a key: a component of the record, a line in {@code SettingsFile}, and a line in the
 * README's table.
 */
package dev.starling.shell.config;
