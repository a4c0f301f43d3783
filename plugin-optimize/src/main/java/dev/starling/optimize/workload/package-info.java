/**
 * What a user asks of a container: {@link dev.starling.optimize.workload.Workload} as a value, and
 * the picocli mixins that read it from the flags {@code optimize} and {@code run} share. It knows
 * nothing of bundles, runtimes or networks, so that scripts can make a workload without flags.
 *
 * <p>To add a flag, add it to the mixin it fits, a component to the value, and what it means to the
 * package that acts on it. The commands still to come mix {@code WorkloadOptions} in (both), {@code
 * StopOptions} ({@code optimize}), and call their {@code workload()} and {@code rules()} first, so
 * that wrong usage ends before anything is fetched. Both mixins throw {@code UsageException}.
 */
package dev.starling.optimize.workload;
