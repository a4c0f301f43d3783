/**
 * Background jobs: what a line that ends with {@code &} starts. {@link
 * dev.starling.shell.jobs.JobTable} keeps them; the commands {@code jobs}, {@code fg} and {@code
 * kill} stand on it. How they share the screen with a prompt is behind {@link
 * dev.starling.shell.jobs.Screen}.
 */
package dev.starling.shell.jobs;
