package dev.starling.api.job;

/** Lines for people, on standard error. Thread-safe; one call is one line. */
public interface Log {

  /** Something worth knowing; not shown with {@code --quiet}. */
  void info(String line);

  /** Something to act on; always shown. */
  void warn(String line);

  /** Detail for a report of a defect; shown with {@code --debug}. */
  void debug(String line);
}
