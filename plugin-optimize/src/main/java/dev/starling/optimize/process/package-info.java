/** Short programs of the host's that do what Java cannot: mount, unshare, CNI plugins. */
package dev.starling.optimize.process;
