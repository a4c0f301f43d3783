import org.jspecify.annotations.NullMarked;

/**
 * The program: main, the command line, the prompt, scripts and the plugin host. It alone chooses
 * implementations; nothing depends on it.
 */
@NullMarked
module dev.starling.shell {
  requires transitive dev.starling.api;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  exports dev.starling.shell.host to
      tools.jackson.databind;
  exports dev.starling.shell.image;

  opens dev.starling.shell.image to
      info.picocli;

  provides dev.starling.api.command.CommandProvider with
      dev.starling.shell.image.ImageCommands;

  uses dev.starling.api.command.CommandProvider;
  uses dev.starling.shell.host.TransportsFactory;
}
