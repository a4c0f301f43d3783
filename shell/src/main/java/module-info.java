import org.jspecify.annotations.NullMarked;

/**
 * The program: main, the command line, the prompt, scripts and the plugin host. It alone chooses
 * implementations; nothing depends on it.
 */
@NullMarked
module dev.starling.shell {
  requires transitive dev.starling.api;
  requires org.slf4j; // for pf4j, which is an automatic module
  requires pf4j;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  // There only when the launcher puts them on the path: for the shell and scripts, and the demo.
  requires static org.apache.commons.compress;
  requires static org.apache.groovy;
  requires static org.jline.reader;
  requires static org.jline.terminal;
  requires static org.snakeyaml.engine;

  exports dev.starling.shell.command;
  exports dev.starling.shell.host;
  exports dev.starling.shell.demo;
  exports dev.starling.shell.image;
  exports dev.starling.shell.jobs;
  exports dev.starling.shell.plugin;
  exports dev.starling.shell.script;
  exports dev.starling.shell.session;

  opens dev.starling.shell.command to
      info.picocli;
  opens dev.starling.shell.demo to
      info.picocli;
  opens dev.starling.shell.image to
      info.picocli;
  opens dev.starling.shell.jobs to
      info.picocli;
  opens dev.starling.shell.session to
      info.picocli;

  provides dev.starling.shell.host.TransportsFactory with
      dev.starling.shell.transport.DefaultTransportsFactory;

  uses dev.starling.api.command.CommandProvider;
  uses dev.starling.shell.host.TransportsFactory;
}
