package dev.starling.api.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A content digest such as {@code sha256:9f86d0...}, always lower case.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the hash in lower-case hexadecimal, 64 or 128 characters
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI
 *     digests</a>
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {

  private static final Map<String, Integer> HEX_LENGTHS = Map.of("sha256", 64, "sha512", 128);

  /** Requires a known algorithm and as many lower-case digits as it has. */
  public Digest {
    Integer length = HEX_LENGTHS.get(algorithm);
    if (length == null) {
      throw new IllegalArgumentException(
          "digest algorithm '" + algorithm + "' is not supported; expected sha256 or sha512");
    }
    if (hex.length() != length || !isHex(hex)) {
      throw new IllegalArgumentException(
          "digest '" + algorithm + ":" + hex + "' needs " + length + " lower-case hex digits");
    }
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads {@code algorithm:hex}.
   *
   * @throws IllegalArgumentException if the text is not a supported digest
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a digest; expected sha256:<64 hex digits>");
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The SHA-256 digest of the content. */
  public static Digest sha256(byte[] content) {
    return of(newSha256().digest(content));
  }

  /** The digest whose raw SHA-256 bytes (32 of them) are given. */
  public static Digest of(byte[] sha256) {
    return new Digest("sha256", HexFormat.of().formatHex(sha256));
  }

  /** A fresh SHA-256 computation. */
  public static MessageDigest newSha256() {
    return newMessageDigest("SHA-256");
  }

  /** A fresh computation of this digest's algorithm. */
  public MessageDigest newMessageDigest() {
    return newMessageDigest(algorithm.equals("sha256") ? "SHA-256" : "SHA-512");
  }

  private static MessageDigest newMessageDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + name, e);
    }
  }

  /** The first 12 hex digits, for people. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
