package io.faregate.config.prices;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.config.catalogue.Catalogue;
import io.faregate.config.catalogue.CatalogueText;
import io.faregate.config.edit.WholeFile;
import io.faregate.config.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file of prices that are laid over the built-in ones.
///
/// @param text null where there is no such file yet
/// @param catalogue what the file says
public record OverrideFile(Path path, @Nullable String text, Catalogue catalogue) {
  /// The longest file that a configuration takes.
  private static final int MAX_BYTES = 1 << 20;

  private static final String COMMENT =
      """
      Prices laid over the built-in ones, dollars per million tokens. `faregate prices import`
      writes this file and keeps what it says, but no comments. Rows are closed and opened, never
      rewritten: a past day prices the same tomorrow.
      """;

  /// The file, there or not; empty if the problems say why it cannot be used.
  public static Optional<OverrideFile> read(Path path, Problems problems) {
    if (!Files.exists(path)) {
      return Optional.of(new OverrideFile(path, null, Catalogue.EMPTY));
    }
    try {
      var text = Files.size(path) > MAX_BYTES ? null : Files.readString(path, UTF_8);
      if (text == null) {
        problems.error("the file is larger than 1 MiB", "is this the right file?");
        return Optional.empty();
      }
      return Catalogue.read(text, problems).map(own -> new OverrideFile(path, text, own));
    } catch (IOException unreadable) {
      problems.error("cannot read the file as UTF-8 text", "check its permissions and content");
      return Optional.empty();
    }
  }

  /// The text of the file with another content.
  ///
  /// @return empty if a configuration would not take it, being too long
  public static Optional<String> text(Catalogue content) {
    var text = CatalogueText.of(content, COMMENT);
    return text.length() > MAX_BYTES ? Optional.empty() : Optional.of(text);
  }

  /// Puts that text in the place of the one that was read.
  ///
  /// @return false if somebody else has changed the file meanwhile
  public boolean replace(String other) throws IOException {
    return WholeFile.replace(path, text, other);
  }
}
