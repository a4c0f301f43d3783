/**
 * What any piece of work that takes a while has around it, whoever started it: {@link
 * dev.starling.api.job.Cancellation}, {@link dev.starling.api.job.Progress}, {@link
 * dev.starling.api.job.Log}, and {@link dev.starling.api.job.TaskGroup} to do its parts side by
 * side. Depends on nothing else here, so that content, registry and commands can all use it.
 */
package dev.starling.api.job;
