package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.UsageException;
import dev.starling.snapshot.cache.ChunkCache;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of the disk the cache may take. */
public final class CacheOptions {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([KMGT]?)(i?B)?");

  private String limit = "10G";

  /** Adds these to a command. */
  void addTo(CommandModel model) {
    model.option(
        "--cache-limit",
        "SIZE",
        "${env:STARLING_CACHE_LIMIT:-10G}",
        given -> limit = given,
        "How much of the disk the cache may take: a number of bytes, or with K, M, G or T."
            + " Default: $STARLING_CACHE_LIMIT, then 10G.");
  }

  /**
   * The limit in bytes.
   *
   * @throws UsageException if it is no size, or none that can hold anything
   */
  long limit() {
    return parse("--cache-limit", limit);
  }

  /** A size in bytes as people write it; the units are powers of 1024. */
  static long parse(String option, String text) {
    Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT).replace("IB", "iB"));
    if (!size.matches()) {
      throw new UsageException(
          option + " '" + text + "' is no size; expected a number of bytes, or as 500M, 10G");
    }
    int power = "KMGT".indexOf(size.group(2)) + 1;
    long unit = size.group(2).isEmpty() ? 1 : 1L << (10 * power);
    try {
      return Math.multiplyExact(Long.parseLong(size.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new UsageException(option + " '" + text + "' is too large; expected at most 8388607T");
    }
  }

  static ChunkCache open(CommandContext context, long limit) throws IOException {
    if (limit < 1) {
      throw new UsageException("--cache-limit must be at least 1 byte");
    }
    return ChunkCache.open(
        context.directories().data().resolve("cache"), limit, Clock.systemUTC(), context.log());
  }
}
