package dev.starling.optimize.network;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A container's connection to a network.
 *
 * @param id the container's name
 * @param namespace the file of its network namespace
 * @param configuration the network
 * @param result what the last plugin said, with the addresses; null if that is not known
 */
public record CniAttachment(
    String id, Path namespace, CniConfiguration configuration, @Nullable JsonNode result) {}
