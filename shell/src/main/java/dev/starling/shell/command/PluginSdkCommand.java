package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.Version;
import dev.starling.shell.command.PluginSdkCommand.Sdk;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin sdk}. */
@Command(
    name = "sdk",
    description = {
      "Write a Maven repository with this api, to build plugins against.",
      "A plugin's pom.xml names it as a <repository>; all else comes from Maven Central."
    },
    footer = {
      "",
      "Example:",
      "  starling plugin sdk sdk && mvn package",
      "",
      "See also: plugin install, help plugins"
    })
final class PluginSdkCommand implements StarlingCommand<Sdk> {

  private static final String ARTIFACT = "starling-api";

  @Parameters(
      paramLabel = "DIR",
      description = "The folder of the repository; made if it is missing.")
  private Path directory = Path.of("");

  /**
   * What was written.
   *
   * @param repository the folder
   * @param dependency the api in it, as {@code group:artifact:version}
   */
  public record Sdk(Path repository, String dependency) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.println(dependency + " is in " + repository);
    }
  }

  @Override
  public Sdk run(CommandContext context) throws IOException {
    Path jar = apiJar();
    Path repository = directory.toAbsolutePath().normalize();
    Path folder =
        Files.createDirectories(
            repository.resolve("dev/starling").resolve(ARTIFACT).resolve(Version.CURRENT));
    String name = ARTIFACT + "-" + Version.CURRENT;
    try (InputStream pom = pom()) {
      write(folder.resolve(name + ".pom"), pom.readAllBytes());
    }
    write(folder.resolve(name + ".jar"), Files.readAllBytes(jar));
    return new Sdk(repository, "dev.starling:" + ARTIFACT + ":" + Version.CURRENT);
  }

  /** Writes a file and its sum, which Maven looks for. */
  private static void write(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    try {
      byte[] sum = MessageDigest.getInstance("SHA-1").digest(content);
      Files.writeString(
          file.resolveSibling(file.getFileName() + ".sha1"), HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }

  private static InputStream pom() throws CommandException {
    @Nullable InputStream pom = PluginSdkCommand.class.getResourceAsStream("starling-api.pom");
    if (pom == null) {
      throw new CommandException("this build of Starling lacks starling-api.pom; build it anew");
    }
    return pom;
  }

  /** The jar that this program runs with. */
  private static Path apiJar() throws CommandException {
    Path api =
        ModuleLayer.boot()
            .configuration()
            .findModule("dev.starling.api")
            .flatMap(module -> module.reference().location())
            .map(Path::of)
            .orElseThrow(() -> new CommandException("the api's jar was not found"));
    if (!Files.isRegularFile(api)) {
      throw new CommandException("the api is no jar but " + api + "; run './starling' itself");
    }
    return api;
  }
}
