package dev.starling.shell.session;

import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.ExitCode;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.plugin.PluginHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/** Runs lines without a person: those of {@code -c}, or standard input's. Used by one thread. */
public final class LineRunner implements AutoCloseable {

  private final CommandHost host;
  private final JobTable jobs;
  private final Session session;
  private final SessionCommands commands;
  private final boolean keepGoing;

  /**
   * @param aliases the file that keeps the aliases
   * @param keepGoing whether lines after one that failed are run
   */
  public LineRunner(CommandHost host, PluginHost plugins, Path aliases, boolean keepGoing) {
    this.host = host;
    this.keepGoing = keepGoing;
    this.jobs = new JobTable(host);
    Aliases known = new Aliases(aliases);
    this.session =
        new Session(host, plugins, JobScope.on(host.console()), known, jobs, ProgramPager::new);
    this.commands = new SessionCommands(jobs, known, TreeMap::new);
    host.add(commands);
  }

  /**
   * Runs a text and waits for the jobs that it started.
   *
   * @return the exit code of the first line or job that failed, or 0
   */
  public int run(String text) throws InterruptedException {
    return withJobs(session.run(text, keepGoing));
  }

  /**
   * Runs lines as they come in, and waits for the jobs that they started.
   *
   * @return as {@link #run(String)}
   * @throws IOException if they cannot be read
   */
  public int run(BufferedReader lines) throws IOException, InterruptedException {
    int exitCode = ExitCode.DONE;
    StringBuilder text = new StringBuilder();
    String line = lines.readLine();
    while (line != null && !session.left()) {
      text.append(line).append('\n');
      line = lines.readLine();
      if (line != null && session.isOpen(text.toString())) {
        continue;
      }
      int ended = session.run(text.toString(), keepGoing);
      text.setLength(0);
      exitCode = exitCode == ExitCode.DONE ? ended : exitCode;
      if (ended != ExitCode.DONE && !keepGoing) {
        break;
      }
    }
    return withJobs(exitCode);
  }

  private int withJobs(int exitCode) throws InterruptedException {
    int failed = jobs.awaitAll();
    return exitCode == ExitCode.DONE ? failed : exitCode;
  }

  @Override
  public void close() {
    host.remove(commands);
  }
}
