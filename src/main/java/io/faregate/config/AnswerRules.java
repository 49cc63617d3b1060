package io.faregate.config;

import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import io.faregate.config.yaml.ValueText;
import io.faregate.policy.Task.Check;
import io.faregate.policy.Task.Confidence;
import io.faregate.policy.Task.OnFail;
import io.faregate.policy.Task.Signal;
import io.faregate.policy.Task.Validation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads what a row asks of an answer: `validate`, `confidence` and `check`.
final class AnswerRules {
  private final Names names;
  private final References references;

  AnswerRules(Names names, References references) {
    this.names = names;
    this.references = references;
  }

  /// Makes the keys of this class valid in a row that has none of them.
  void allowKeys(Mapping row) {
    row.allow("validate", "confidence", "check");
  }

  Validation validation(Mapping row) {
    var file = row.mapping("validate");
    var validation =
        new Validation(
            file.read("non_empty", Item::bool, false),
            file.read("json", Item::bool, false),
            file.read("json_schema", this::schema),
            file.read("regex", AnswerRules::regex),
            file.read("max_chars", AnswerRules::characters));
    file.end();
    return validation;
  }

  Confidence confidence(Mapping row) {
    var file = row.mapping("confidence");
    var signals =
        Objects.requireNonNullElse(
            file.require(
                "signal",
                AnswerRules::signals,
                "name one of logprob, self_check, agreement, classifier, or a list of them"),
            List.<Signal>of());
    var below =
        file.read(
            "below",
            item ->
                item.value(
                    ValueText::fraction,
                    "a number from 0 to 1 with at most six places",
                    "write it like 0.75, without %"));
    var quality = file.read("quality", Item::share);
    var onlyClassifier = signals.stream().allMatch(signal -> signal == Signal.CLASSIFIER);
    if (file.has("below") == file.has("quality") && (file.has("below") || !onlyClassifier)) {
      file.item()
          .errorAtKey(
              "%s needs either below or quality".formatted(file.item().path()),
              "write below: 0.75 for a threshold, or quality: 98% for a calibrated one");
    }
    file.end();
    return new Confidence(signals, below, quality);
  }

  @Nullable Check check(Mapping row) {
    var file = row.mapping("check");
    var tier =
        file.require(
            "tier", item -> item.oneOf("tier", names.tiers()), "name the tier that looks again");
    var prompt =
        file.require(
            "prompt", references::content, "say what to look for, or write \"file:prompt.txt\"");
    var onFail = file.read("on_fail", item -> item.word(OnFail.class), OnFail.FALLBACK);
    file.end();
    return tier == null || prompt == null ? null : new Check(tier, prompt, onFail);
  }

  private @Nullable String schema(Item item) {
    return item.isMapping() ? item.json() : references.content(item);
  }

  private static @Nullable Long characters(Item item) {
    return item.value(
        text -> ValueText.tokens(text).filter(characters -> characters > 0),
        "a number of characters",
        "write it like 4000 or 4k");
  }

  private static List<Signal> signals(Item item) {
    return item.listOrOne().stream()
        .map(word -> word.word(Signal.class))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable String regex(Item item) {
    var text = item.text();
    if (text == null) {
      return null;
    }
    try {
      return Pattern.compile(text).pattern();
    } catch (PatternSyntaxException bad) {
      item.error(
          "%s is not a regular expression: %s".formatted(item.path(), bad.getDescription()),
          "mend it near its character " + (bad.getIndex() + 1));
      return null;
    }
  }
}
