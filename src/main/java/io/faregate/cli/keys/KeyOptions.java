package io.faregate.cli.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a new key fixes for its holder, as options and as the entry of the file.
final class KeyOptions {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9$][A-Za-z0-9$._/+-]*");

  @Option(
      names = "--workflow",
      paramLabel = "W",
      description = "Its calls belong to this workflow, whatever they say.")
  private @Nullable String workflow;

  @Option(
      names = "--plan",
      paramLabel = "P",
      description = "The plan of its calls; from_request leaves it to them.")
  private @Nullable String plan;

  @Option(names = "--task", paramLabel = "T", description = "The task of its calls that name none.")
  private @Nullable String task;

  @Option(
      names = "--models",
      paramLabel = "M",
      split = ",",
      description = "The only models that may serve it.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--pin", description = "Its calls may name a model of a provider.")
  private boolean pin;

  @Option(names = "--rate", paramLabel = "R", description = "Most calls: 600/m or 10/s.")
  private @Nullable String rate;

  @Option(names = "--concurrency", paramLabel = "N", description = "Most calls at once.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "From then on it is refused: a day or an instant.")
  private @Nullable String expires;

  @Option(names = "--daily-budget", paramLabel = "USD", description = "Such as $50.")
  private @Nullable String dailyBudget;

  @Option(names = "--monthly-budget", paramLabel = "USD", description = "Such as $2000.")
  private @Nullable String monthlyBudget;

  /// The entry under `keys`, on one line.
  String entry(String name, String sha256) {
    var parts = new ArrayList<String>();
    add(parts, "name", name);
    add(parts, "sha256", sha256);
    add(parts, "workflow", workflow);
    add(parts, "plan", plan);
    add(parts, "task", task);
    if (!models.isEmpty()) {
      parts.add(
          "models: [%s]"
              .formatted(String.join(", ", models.stream().map(KeyOptions::word).toList())));
    }
    if (pin) {
      parts.add("pin: true");
    }
    add(parts, "rate", rate);
    add(parts, "concurrency", concurrency == null ? null : concurrency.toString());
    add(parts, "expires", expires);
    add(parts, "daily_budget", dollars(dailyBudget));
    add(parts, "monthly_budget", dollars(monthlyBudget));
    return "{ %s }".formatted(String.join(", ", parts));
  }

  private static void add(List<String> parts, String key, @Nullable String value) {
    if (value != null) {
      parts.add(key + ": " + word(value));
    }
  }

  /// A shell eats the dollar sign of an unquoted $50; the number alone can mean nothing else.
  private static @Nullable String dollars(@Nullable String amount) {
    return amount == null || amount.startsWith("$") ? amount : "$" + amount;
  }

  private static String word(String value) {
    return PLAIN.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
