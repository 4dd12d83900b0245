package lbresponder.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that a command makes. Nothing is overwritten unless that is asked for.
///
/// @param force whether it is
record NewFile(Path path, boolean force) {
  /// Before anything is read for it.
  ///
  /// @throws Unusable where it could not be made
  void requireWritable() {
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path) || (folder != null && !Files.isDirectory(folder))) {
      throw new Unusable(
          Files.isDirectory(path)
              ? path + ": is a folder, expected a file"
              : path + ": there is no such folder");
    }
    if (Files.exists(path) && !force) {
      throw isThere();
    }
  }

  private Unusable isThere() {
    return new Unusable(path + ": is there already: name another file, or overwrite it by --force");
  }

  /// @throws Unusable where it was made meanwhile
  /// @throws NothingRead where it cannot be written, such as on a full disk
  void write(String text) {
    try {
      if (force) {
        Files.writeString(path, text);
      } else {
        Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException meanwhile) {
      throw isThere();
    } catch (IOException failure) {
      throw new NothingRead("%s: cannot be written: %s".formatted(path, failure.getMessage()));
    }
  }
}
