package dev.starling.api.command;

/**
 * A command that tells its options and help by calls, for one that is called often and takes little
 * time: picocli's annotations have classes generated for them at every start, which takes longer
 * than parsing the line.
 *
 * @param <R> the record that the command returns
 */
public interface DescribedCommand<R extends CommandResult> extends StarlingCommand<R> {

  /**
   * Adds this object's options, parameters and help, once.
   *
   * @param model has the name already
   */
  void describe(CommandModel model);
}
