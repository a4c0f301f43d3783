/**
 * Reading JSON that strangers wrote: one mapper with bounds, used by the packages that talk to
 * registries. Not exported.
 */
package dev.starling.api.internal.json;
