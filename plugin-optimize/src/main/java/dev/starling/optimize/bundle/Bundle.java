package dev.starling.optimize.bundle;

import java.nio.file.Path;

/**
 * A bundle on disk, ready to be run.
 *
 * @param id the container's name
 * @param directory where its {@code config.json} is
 * @param spec what that says
 */
public record Bundle(String id, Path directory, RuntimeSpec spec) {}
