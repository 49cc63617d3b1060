package io.faregate.cli.terminal;

import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Documents as JSON text and back. Numbers keep their digits.
public final class Json {
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Separators.Spacing.AFTER))
                  .withObjectIndenter(LINES)
                  .withArrayIndenter(LINES))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final TypeReference<Map<String, @Nullable Object>> FIELDS =
      new TypeReference<>() {};

  private static final TypeReference<List<Map<String, @Nullable Object>>> OBJECTS =
      new TypeReference<>() {};

  private Json() {}

  /// Nested maps and lists as indented text.
  public static String write(Object document) {
    return MAPPER.writeValueAsString(document);
  }

  /// The same onto a writer, which stays open: a large document is never a text as a whole.
  static void write(Object document, Writer writer) {
    MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(writer, document);
  }

  /// The fields of an object.
  ///
  /// @throws IllegalArgumentException if the text is not a JSON object
  public static Map<String, @Nullable Object> read(String text) {
    try {
      return MAPPER.readValue(text, FIELDS);
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("not a JSON object", notJson);
    }
  }

  /// The objects of a list.
  ///
  /// @throws IllegalArgumentException if the text is not a JSON list of objects
  public static List<Map<String, @Nullable Object>> readList(String text) {
    try {
      return MAPPER.readValue(text, OBJECTS);
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("not a JSON list of objects", notJson);
    }
  }
}
