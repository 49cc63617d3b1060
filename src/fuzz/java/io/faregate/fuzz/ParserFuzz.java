package io.faregate.fuzz;

import io.faregate.dialect.DialectException;
import java.util.Objects;
import java.util.function.Consumer;

/// The target of Jazzer: the parser that `-Dparser=NAME` names.
public final class ParserFuzz {
  private static final Consumer<byte[]> PARSER =
      Objects.requireNonNull(
          Parser.all().get(System.getProperty("parser", "")), "-Dparser=NAME names no parser");

  private ParserFuzz() {}

  /// Called by Jazzer, by this name. Whatever is thrown is a finding.
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      PARSER.accept(data);
    } catch (DialectException refused) {
      if (refused.getMessage() == null || refused.getMessage().isBlank()) {
        throw new IllegalStateException("refused without a word", refused);
      }
    }
  }
}
