package io.faregate.dialect.translate.hub;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes prompts for one kind of provider, and reads its answers.
public interface ProviderSide {
  /// The content type of its streams.
  String streamType();

  /// Headers that it wants besides its key, by their names in lower case.
  Map<String, String> headers();

  /// A prompt as the provider wants it.
  ///
  /// @throws DialectException if it cannot be said there
  Letter letter(Prompt prompt);

  /// Whether the provider can be told texts at which an answer ends.
  default boolean stopsAtTexts() {
    return true;
  }

  /// Reads a whole answer.
  ///
  /// @throws DialectException if it is not what it should be
  Reply answer(byte[] body);

  /// What a whole answer says that it used, also one that cannot be carried.
  Reply.Spent spent(ObjectNode answer);

  /// A reader for one streamed answer.
  PieceReader stream();

  /// Reads an error; a body that is none leaves it to the status.
  Trouble error(int status, byte[] body);

  /// A request for a provider.
  ///
  /// @param path below its base URL, with the query if there is one
  /// @param body in JSON
  /// @param warnings what the provider's model does not take, besides what the prompt tells
  record Letter(String path, JsonNode body, List<String> warnings) {
    public Letter {
      warnings = List.copyOf(warnings);
    }

    /// A request of which all was carried.
    public Letter(String path, JsonNode body) {
      this(path, body, List.of());
    }
  }

  /// Reads a streamed answer in whatever pieces its bytes come.
  interface PieceReader {
    /// What the bytes say; nothing follows [Piece.Ended] or [Piece.Failed].
    ///
    /// @throws DialectException if they are not what they should be
    List<Piece> read(byte[] bytes);

    /// What the last bytes say, now that nothing follows them.
    ///
    /// @throws DialectException if they are not what they should be
    default List<Piece> end() {
      return List.of();
    }

    /// What has been said of usage so far.
    Reply.Spent spent();
  }
}
