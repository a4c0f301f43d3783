package dev.starling.api.registry.auth;

import dev.starling.api.internal.json.BoundedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks a program {@code docker-credential-NAME} for a credential: the server on its standard input,
 * a JSON object on its standard output.
 *
 * @param name the helper's name as configuration files write it, without the prefix
 * @param environment the helper's environment; PATH in it is where the program is searched
 * @param timeout how long it may take
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">helper
 *     protocol</a>
 */
record CredentialHelper(String name, Map<String, String> environment, Duration timeout) {

  private static final int MAX_OUTPUT = 64 * 1024;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final String NOT_FOUND = "credentials not found";

  /** The user name that says the secret is an identity token. */
  private static final String TOKEN_USER = "<token>";

  /**
   * The helper's credential for the server, or nothing if it has none.
   *
   * @throws IOException if the helper is missing, fails or takes too long
   */
  Optional<Credential> get(String server) throws IOException {
    Process process =
        startWith(new ProcessBuilder(program().toString(), "get").redirectError(Redirect.DISCARD));
    AtomicBoolean late = new AtomicBoolean();
    Thread watchdog = Thread.ofVirtual().start(() -> endLater(process, late));
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write((server + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // A helper that does not read its input may still answer.
      }
      byte[] output;
      try (InputStream out = process.getInputStream()) {
        output = out.readNBytes(MAX_OUTPUT + 1);
      }
      if (output.length > MAX_OUTPUT) {
        throw failure("answered more than " + MAX_OUTPUT + " bytes");
      }
      int exit = process.waitFor();
      if (late.get()) {
        throw failure("did not answer within " + timeout.toSeconds() + " s");
      }
      return exit == 0 ? Optional.of(parse(output)) : absent(exit, output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(program() + " was interrupted");
    } finally {
      watchdog.interrupt();
      end(process);
    }
  }

  private Process startWith(ProcessBuilder builder) throws IOException {
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException("cannot run " + builder.command().getFirst(), e);
    }
  }

  private void endLater(Process process, AtomicBoolean late) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        end(process);
      }
    } catch (InterruptedException e) {
      // The helper has answered: nothing to end.
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Path program() throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IOException("'" + name + "' is not the name of a credential helper");
    }
    String program = "docker-credential-" + name;
    for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
      Path path = Path.of(directory, program);
      if (path.isAbsolute() && Files.isExecutable(path)) {
        return path;
      }
    }
    throw new IOException(
        "the credential helper "
            + program
            + " is not on the PATH; install it or take it out of the configuration file");
  }

  private Credential parse(byte[] output) throws IOException {
    ObjectNode json = BoundedJson.object(output);
    @Nullable String user = json == null ? null : BoundedJson.text(json, "Username");
    @Nullable String secret = json == null ? null : BoundedJson.text(json, "Secret");
    if (secret == null) {
      throw failure("answered no JSON object with Username and Secret");
    }
    return user == null || user.equals(TOKEN_USER)
        ? new Credential.IdentityToken(secret)
        : new Credential.UserPassword(user, secret);
  }

  private Optional<Credential> absent(int exit, byte[] output) throws IOException {
    if (new String(output, StandardCharsets.UTF_8).contains(NOT_FOUND)) {
      return Optional.empty();
    }
    throw failure("failed with exit code " + exit);
  }

  /** Says what went wrong without repeating what the helper said, which may be a secret. */
  private IOException failure(String what) {
    return new IOException("the credential helper docker-credential-" + name + " " + what);
  }
}
