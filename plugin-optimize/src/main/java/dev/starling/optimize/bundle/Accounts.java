package dev.starling.optimize.bundle;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.bundle.RuntimeSpec.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The users and groups of a root file system, by its {@code /etc/passwd} and {@code /etc/group}.
 * Entries that are malformed are passed over. Immutable.
 */
final class Accounts {

  /** The largest id; the one above it means "unchanged" to the kernel. */
  private static final long MAX_ID = 0xFFFF_FFFEL;

  private record Account(String name, long uid, long gid) {}

  private record Group(String name, long gid, List<String> members) {}

  private final List<Account> accounts = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();

  /**
   * Reads them.
   *
   * @throws IOException if a file cannot be read
   */
  Accounts(Path root) throws IOException {
    RootFiles files = new RootFiles(root);
    for (String line : files.lines("/etc/passwd")) {
      String[] fields = line.split(":", -1);
      Long uid = fields.length > 3 ? id(fields[2]) : null;
      Long gid = fields.length > 3 ? id(fields[3]) : null;
      if (uid != null && gid != null) {
        accounts.add(new Account(fields[0], uid, gid));
      }
    }
    for (String line : files.lines("/etc/group")) {
      String[] fields = line.split(":", -1);
      Long gid = fields.length > 2 ? id(fields[2]) : null;
      if (gid != null) {
        List<String> members = fields.length > 3 ? List.of(fields[3].split(",", -1)) : List.of();
        groups.add(new Group(fields[0], gid, members));
      }
    }
  }

  /**
   * Who {@code name|uid[:group|gid]} is. The additional groups begin with the primary one, so that
   * a program that sets its groups anew cannot lose it, and hold those the user is a member of.
   *
   * @param spec empty for root
   * @throws CommandException if a name is in neither file or an id is out of bounds
   */
  User resolve(String spec) throws CommandException {
    int colon = spec.indexOf(':');
    String name = colon < 0 ? spec : spec.substring(0, colon);
    String group = colon < 0 ? "" : spec.substring(colon + 1);
    Long uid = name.isEmpty() ? Long.valueOf(0) : id(name);
    Account account =
        find(accounts, uid == null ? a -> a.name().equals(name) : a -> a.uid() == uid);
    if (uid == null && account == null) {
      throw unknown("user", name, "/etc/passwd");
    }
    long gid = group.isEmpty() ? (account == null ? 0 : account.gid()) : gid(group);
    SequencedSet<Long> additional = new LinkedHashSet<>(List.of(gid));
    if (account != null) {
      groups.stream()
          .filter(candidate -> candidate.members().contains(account.name()))
          .forEach(candidate -> additional.add(candidate.gid()));
    }
    return new User(
        account == null ? Objects.requireNonNull(uid) : account.uid(),
        gid,
        List.copyOf(additional));
  }

  private long gid(String group) throws CommandException {
    Long gid = id(group);
    if (gid != null) {
      return gid;
    }
    Group found = find(groups, candidate -> candidate.name().equals(group));
    if (found == null) {
      throw unknown("group", group, "/etc/group");
    }
    return found.gid();
  }

  private static <T> @Nullable T find(List<T> entries, Predicate<T> wanted) {
    return entries.stream().filter(wanted).findFirst().orElse(null);
  }

  private static CommandException unknown(String what, String name, String file) {
    return new CommandException(
        "there is no "
            + what
            + " \""
            + name
            + "\" in the image's "
            + file
            + "; name another by --user, or give ids such as --user 1000:1000");
  }

  private static @Nullable Long id(String text) {
    if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    long id = Long.parseLong(text);
    return id <= MAX_ID ? id : null;
  }
}
