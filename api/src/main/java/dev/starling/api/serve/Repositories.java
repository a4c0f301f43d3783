package dev.starling.api.serve;

import dev.starling.api.image.Descriptor;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.layout.RepositoryNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The repositories of a layout: what is left of the colon in the names of its images. */
final class Repositories {

  private final OciLayout layout;
  private final String defaultName;

  Repositories(OciLayout layout) {
    this.layout = layout;
    String directory =
        String.valueOf(layout.directory().toAbsolutePath().normalize().getFileName())
            .toLowerCase(Locale.ROOT);
    this.defaultName = Route.isRepository(directory) ? directory : "image";
  }

  OciLayout layout() {
    return layout;
  }

  RepositoryNames names(String repository) {
    return repository.equals(defaultName)
        ? RepositoryNames.plain()
        : RepositoryNames.served(repository);
  }

  /** The repositories that have tags. */
  SortedSet<String> list() throws IOException {
    SortedSet<String> repositories = new TreeSet<>();
    for (Descriptor entry : layout.entries()) {
      String name = entry.annotations().getOrDefault(RepositoryNames.REF_NAME, "");
      String repository = name.substring(0, Math.max(0, name.lastIndexOf(':')));
      if (Route.isRepository(repository) && names(repository).tagOf(entry) != null) {
        repositories.add(repository);
      } else if (names(defaultName).tagOf(entry) != null) {
        repositories.add(defaultName);
      }
    }
    return repositories;
  }

  /** The entries that other repositories name. */
  List<Descriptor> entriesOfOthers(String repository) throws IOException {
    return layout.entries().stream()
        .filter(entry -> entry.annotations().containsKey(RepositoryNames.REF_NAME))
        .filter(entry -> names(repository).tagOf(entry) == null)
        .toList();
  }
}
