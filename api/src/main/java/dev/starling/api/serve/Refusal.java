package dev.starling.api.serve;

/** A request that is answered with an error of the distribution specification. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** The specification's error codes, as far as this server uses them, with their HTTP status. */
  enum Code {
    BLOB_UNKNOWN(404),
    BLOB_UPLOAD_INVALID(400),
    BLOB_UPLOAD_UNKNOWN(404),
    DIGEST_INVALID(400),
    MANIFEST_BLOB_UNKNOWN(400),
    MANIFEST_INVALID(400),
    MANIFEST_UNKNOWN(404),
    NAME_INVALID(400),
    NAME_UNKNOWN(404),
    PAGINATION_NUMBER_INVALID(400),
    SIZE_INVALID(413),
    TOOMANYREQUESTS(429),
    UNKNOWN(500),
    UNSUPPORTED(405);

    final int status;

    Code(int status) {
      this.status = status;
    }
  }

  private final Code code;

  Refusal(Code code, String message) {
    super(message);
    this.code = code;
  }

  Code code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
