package io.faregate.dialect.translate.loss;

import io.faregate.call.Api;
import io.faregate.call.Protocol;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.translate.hub.Tree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Holds each field of one call against the table, and keeps what has to be told. Nothing that a
/// client said gets lost without a word: what the table does not know is dropped with a warning.
public final class Losses {
  private static final int MAX_WARNINGS = 32;
  private static final Pattern TELLABLE = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,80}");

  private final Protocol client;
  private final Api provider;
  private final Set<String> warnings = new LinkedHashSet<>();

  /// For one call of a client to a provider.
  public Losses(Protocol client, Api provider) {
    this.client = client;
    this.provider = provider;
  }

  /// Calls back for each member of an object that is carried.
  ///
  /// @param prefix of the fields in the table; empty for the body itself
  public void members(String prefix, JsonNode object, BiConsumer<String, JsonNode> member) {
    for (var entry : object.properties()) {
      if (carries(prefix + entry.getKey(), entry.getValue())) {
        member.accept(entry.getKey(), entry.getValue());
      }
    }
  }

  /// Whether a field with that value is carried; `null` and the quiet value say nothing.
  ///
  /// @throws DialectException if the table refuses it
  public boolean carries(String field, JsonNode value) {
    var row = LossTable.row(client, field);
    if (value.isNull() || (row != null && row.quiet().equals(Tree.text(value)))) {
      return false;
    }
    return carries(field);
  }

  /// Whether a field is carried.
  ///
  /// @throws DialectException if the table refuses it
  public boolean carries(String field) {
    var row = LossTable.row(client, field);
    if (row == null) {
      warn(tellable(field) + ": dropped, it is not known here");
      return false;
    }
    return switch (row.fate(provider)) {
      case CARRIED, SAME -> true;
      case CHANGED -> {
        warn(field + ": changed, " + row.why());
        yield true;
      }
      case DROPPED -> {
        warn(field + ": dropped, " + row.why());
        yield false;
      }
      case REFUSED ->
          throw new DialectException(
              "%s cannot be carried to a provider of the kind %s: %s"
                  .formatted(field, provider.word(), row.why()),
              plain(field));
    };
  }

  /// Holds the members of an object against the table but for those that the caller reads itself.
  public void others(String prefix, JsonNode object, Set<String> read) {
    for (var entry : object.properties()) {
      if (!read.contains(entry.getKey())) {
        var _ = carries(prefix + entry.getKey(), entry.getValue());
      }
    }
  }

  /// What has to be told, in the order in which it was met.
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// The kind of provider that the call goes to.
  public Api provider() {
    return provider;
  }

  /// The refusal of a word of a client that the table has for another place, as `system[].text` for
  /// the name of a member.
  public static DialectException misplaced(String word) {
    return new DialectException(tellable(word) + " is not known in its place", (String) null);
  }

  private static String tellable(String field) {
    return TELLABLE.matcher(field).matches() ? field : "a field";
  }

  private void warn(String warning) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(warning);
    }
  }

  private static String plain(String field) {
    int parenthesis = field.indexOf(" (");
    return parenthesis < 0 ? field : field.substring(0, parenthesis);
  }
}
