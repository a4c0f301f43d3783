package dev.starling.api.estargz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages bytes in ways that readers stumble over; the same seed damages alike. */
final class Mutations {

  private static final Pattern VALUE = Pattern.compile(": (\"(?:[^\"\\\\]++|\\\\.)*+\"|-?\\d+)");

  private static final String[] NUMBERS = {
    "0", "-1", "1", "511", "4611686018427387904", "9223372036854775807", "-9223372036854775808",
    "2147483647", "2147483648", "4294967296", "99999999999999999999999", "1e9", "null", "[]"
  };

  private static final String[] TEXTS = {
    "\"..\"",
    "\"../../etc/passwd\"",
    "\"/\"",
    "\"\"",
    "\".\"",
    "\"/abs\"",
    "\"a\"",
    "\"a/b\"",
    "\"dir\"",
    "\"reg\"",
    "\"chunk\"",
    "\"hardlink\"",
    "\"symlink\"",
    "\"char\"",
    "\"\\u0000\"",
    "\"stargz.index.json\"",
    "\".prefetch.landmark\"",
    "\"sha256:00\"",
    "7",
    "{}",
    "null"
  };

  private final Random random;

  Mutations(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Flips, cuts, repeats, fills or exchanges some of the bytes. */
  byte[] damage(byte[] bytes) {
    byte[] damaged = bytes.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times && damaged.length > 0; i++) {
      int at = random.nextInt(damaged.length);
      int length = 1 + random.nextInt(Math.min(600, damaged.length - at));
      switch (random.nextInt(6)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(damaged, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
        case 3 -> damaged = Arrays.copyOf(damaged, at);
        case 4 -> System.arraycopy(damaged, 0, damaged, at, Math.min(length, damaged.length - at));
        default -> {
          byte[] longer = Arrays.copyOf(damaged, damaged.length + length);
          System.arraycopy(damaged, at, longer, at + length, damaged.length - at);
          damaged = longer;
        }
      }
    }
    return damaged;
  }

  /** Replaces some of a TOC's values by others that a hostile one would have. */
  byte[] damageToc(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    int values = (int) VALUE.matcher(text).results().count();
    if (values == 0 || random.nextInt(8) == 0) {
      return damage(json);
    }
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      text = replaceOne(text, random.nextInt(values));
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String replaceOne(String text, int index) {
    Matcher matcher = VALUE.matcher(text);
    int next = 0;
    while (matcher.find()) {
      if (next++ == index) {
        MatchResult value = matcher.toMatchResult();
        return text.substring(0, value.start(1))
            + other(value.group(1))
            + text.substring(value.end(1));
      }
    }
    return text;
  }

  private String other(String value) {
    boolean number = value.charAt(0) != '"';
    if (random.nextInt(20) == 0) {
      return "\"" + "deep/".repeat(1000) + "\"";
    }
    String[] others = number ? NUMBERS : TEXTS;
    return others[random.nextInt(others.length)];
  }
}
