/**
 * Who one is to a registry. A {@link dev.starling.api.registry.auth.Keychain} finds the {@link
 * dev.starling.api.registry.auth.Credential} for a repository; {@link
 * dev.starling.api.registry.auth.ConfiguredKeychain} reads Docker's and containers' files and asks
 * their credential helpers. {@link dev.starling.api.registry.auth.Challenge} reads what a server
 * wants to see. The registry client owns the handshake and decides which host sees what.
 *
 * <p>A new place for credentials is a new implementation of {@code Keychain}.
 */
package dev.starling.api.registry.auth;
