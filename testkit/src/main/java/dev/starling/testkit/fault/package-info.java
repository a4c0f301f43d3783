/**
 * A registry that misbehaves on demand. {@link dev.starling.testkit.fault.FaultyRegistry} is the
 * built-in registry with {@link dev.starling.testkit.fault.Fault}s, access control and a log of the
 * requests around it; the registry itself knows nothing of them. A new fault is a new record of
 * {@code Fault} and what {@code FaultFilter} does for it.
 */
package dev.starling.testkit.fault;
