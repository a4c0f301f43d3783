/**
 * A container's own network: {@link dev.starling.optimize.network.NetworkNamespace} is one that
 * this process makes and removes, {@link dev.starling.optimize.network.CniNetwork} connects it by
 * the host's CNI plugins. What was added is always taken away again, by plugins that failed too.
 *
 * <p>The commands still to come make the namespace, attach it, give its file to {@code
 * BundleRequest}, and close both in the reverse order after the run. Before each ADD they must
 * journal {@link dev.starling.optimize.network.CniAttachment}'s namespace, id and configuration, so
 * that after a kill -9 the next command attaches nothing anew but calls {@code detach} and {@code
 * NetworkNamespace.remove}: plugins must take a DEL for what they never added.
 *
 * @see <a href="https://github.com/containernetworking/cni/blob/main/SPEC.md">Container Network
 *     Interface specification 1.x</a>
 */
package dev.starling.optimize.network;
