import org.jspecify.annotations.NullMarked;

/** Runs an image, learns which files it reads and puts those first. */
@NullMarked
module dev.starling.optimize {
  requires transitive dev.starling.api;
  requires transitive dev.starling.convert;
  requires transitive dev.starling.snapshot;
  requires tools.jackson.databind;

  exports dev.starling.optimize;
  exports dev.starling.optimize.bundle;
  exports dev.starling.optimize.trace;
  exports dev.starling.optimize.workload;

  // Commands and mixins of options: picocli sets their fields.
  opens dev.starling.optimize to
      info.picocli,
      tools.jackson.databind;
  opens dev.starling.optimize.workload to
      info.picocli;
  // Records that Jackson writes and reads.
  opens dev.starling.optimize.bundle to
      tools.jackson.databind;
  opens dev.starling.optimize.network to
      tools.jackson.databind;
  opens dev.starling.optimize.session to
      tools.jackson.databind;

  provides dev.starling.api.command.CommandProvider with
      dev.starling.optimize.OptimizeCommands;
}
