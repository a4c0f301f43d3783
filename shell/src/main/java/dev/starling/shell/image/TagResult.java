package dev.starling.shell.image;

import dev.starling.api.command.CommandResult;
import dev.starling.api.image.Digest;
import java.io.PrintWriter;

/**
 * What {@code tag} did.
 *
 * @param source the image that got another name
 * @param target the name
 * @param place where the image of that name is, for people
 * @param digest the digest of its manifest or index
 * @param nextStep a command that would be the next
 */
public record TagResult(String source, String target, String place, Digest digest, String nextStep)
    implements CommandResult {

  @Override
  public void writeText(PrintWriter out) {
    out.println("digest: " + digest);
    out.println(target + " is in " + place + "; next: " + nextStep);
  }
}
