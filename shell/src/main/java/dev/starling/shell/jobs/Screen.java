package dev.starling.shell.jobs;

/** Where background jobs show themselves. Thread-safe. */
public interface Screen {

  /** Prints a line above the prompt, if there is one. */
  void above(String line);

  /** Says that the table has changed: a job began or ended. */
  void changed();
}
