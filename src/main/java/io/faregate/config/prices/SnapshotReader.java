package io.faregate.config.prices;

import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.config.yaml.Problems;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a published list. Size and depth are bounded, fields that nobody knows are passed over,
/// and numbers keep the digits that they are written with.
public final class SnapshotReader {
  /// The largest list that is read: a few times the largest one that is published.
  public static final int MAX_BYTES = 8 << 20;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_BYTES)
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SnapshotReader() {}

  /// The list in that text; empty if the problems say why not.
  ///
  /// @param format null to tell it by the shape of the document
  /// @param seen the day on which the list was published or fetched
  public static Optional<PriceSnapshot> read(
      byte[] text, @Nullable ListFormat format, LocalDate seen, Problems problems) {
    var root = parse(text, problems);
    if (root == null) {
      return Optional.empty();
    }
    var told = ListFormat.detect(root).orElse(null);
    var used = format == null ? told : format;
    if (used == null) {
      problems.error(
          "this is none of the lists that are read",
          "name one of " + String.join(", ", ListFormat.words()) + " with --from");
      return Optional.empty();
    }
    var builder = new SnapshotBuilder(used, seen);
    used.read(root, builder);
    var snapshot = builder.build();
    if (snapshot.models().isEmpty()) {
      problems.error(
          "no price was found in it as a list of " + used.word(),
          told == null || told == used
              ? "is it the right file?"
              : "it looks like " + told.word() + ": leave --from out");
      return Optional.empty();
    }
    return Optional.of(snapshot);
  }

  private static @Nullable JsonNode parse(byte[] text, Problems problems) {
    try {
      return MAPPER.readTree(text);
    } catch (StreamConstraintsException tooMuch) {
      problems.error(
          "it is larger or nested deeper than any price list", "is this the right file?");
    } catch (StreamReadException bad) {
      var place = bad.getLocation();
      problems.add(
          new Problem(
              problems.file(),
              place.getLineNr(),
              Math.max(1, place.getColumnNr()),
              Severity.ERROR,
              "not JSON: " + String.valueOf(bad.getOriginalMessage()),
              "fetch the list again"));
    } catch (JacksonException bad) {
      problems.error(
          "not JSON: " + String.valueOf(bad.getOriginalMessage()), "fetch the list again");
    }
    return null;
  }
}
