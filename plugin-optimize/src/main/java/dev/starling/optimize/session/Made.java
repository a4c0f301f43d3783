package dev.starling.optimize.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.starling.fuse.MountPoints;
import dev.starling.fuse.MountTable;
import dev.starling.optimize.network.CniAttachment;
import dev.starling.optimize.network.CniConfiguration;
import dev.starling.optimize.network.CniNetwork;
import dev.starling.optimize.network.NetworkNamespace;
import dev.starling.optimize.runtime.OciRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something on this machine that goes when its session ends. A line of the journal, so made of what
 * JSON has. Undoing does nothing if it is not there.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "what")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Made.Folder.class, name = "folder"),
  @JsonSubTypes.Type(value = Made.Mount.class, name = "mount"),
  @JsonSubTypes.Type(value = Made.Namespace.class, name = "namespace"),
  @JsonSubTypes.Type(value = Made.Connection.class, name = "connection"),
  @JsonSubTypes.Type(value = Made.Containers.class, name = "containers")
})
public sealed interface Made {

  /**
   * Takes it away.
   *
   * @throws IOException if it is still there
   */
  void undo() throws IOException;

  /**
   * A folder and all that is in it.
   *
   * @param path absolute
   */
  record Folder(String path) implements Made {
    @Override
    public void undo() throws IOException {
      FolderTree.delete(Path.of(path));
    }
  }

  /**
   * A mount.
   *
   * @param directory where; absolute, without links
   */
  record Mount(String directory) implements Made {
    @Override
    public void undo() throws IOException {
      while (MountTable.current().on(Path.of(directory)).isPresent()) {
        MountPoints.detach(Path.of(directory));
      }
    }
  }

  /**
   * A network namespace.
   *
   * @param file that holds it
   */
  record Namespace(String file) implements Made {
    @Override
    public void undo() throws IOException {
      NetworkNamespace.remove(Path.of(file));
    }
  }

  /**
   * A connection to a network.
   *
   * @param id the container's name
   * @param namespace the file of its namespace
   * @param configuration the network
   * @param programs where the plugins are
   * @param result what they said, or null if that is not known
   */
  record Connection(
      String id,
      String namespace,
      CniConfiguration configuration,
      List<String> programs,
      @Nullable JsonNode result)
      implements Made {
    public Connection {
      programs = List.copyOf(programs);
    }

    @Override
    public void undo() throws IOException {
      new CniNetwork(programs.stream().map(Path::of).toList())
          .detach(new CniAttachment(id, Path.of(namespace), configuration, result));
    }
  }

  /**
   * The containers of a runtime's state folder.
   *
   * @param program the runtime
   * @param state the folder
   */
  record Containers(String program, String state) implements Made {
    @Override
    public void undo() throws IOException {
      new OciRuntime(Path.of(program), Path.of(state)).deleteAll();
    }
  }
}
