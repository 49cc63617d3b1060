package io.faregate.cli.keys;

import io.faregate.call.ModelId;
import io.faregate.cli.ConfigFile;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Table;
import io.faregate.money.Money;
import io.faregate.policy.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate keys list`.
@Command(
    name = "list",
    description = {"Lists the keys of the configuration and what each one fixes.", ""},
    footer = {"", "Example: faregate keys list --config prod.yaml"})
final class KeysListCommand implements Callable<Integer> {
  private static final String FROM_REQUEST = "from_request";

  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  KeysListCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var configuration = config.planned(outside);
    var keys = configuration.policy().keys();
    var terminal = outside.terminal();
    if (json) {
      terminal.json(keys.stream().map(this::document).toList());
      return ExitCode.FINE;
    }
    if (keys.isEmpty()) {
      terminal.note(
          "%s has no keys: %s may call; `faregate keys new` makes one"
              .formatted(
                  config.path(),
                  configuration.settings().server().isLoopback()
                      ? "everyone on this machine"
                      : "nobody"));
    }
    var table =
        new Table()
            .names("NAME", "WORKFLOW", "PLAN")
            .words("TASK", "MODELS", "PIN")
            .numbers("PER MINUTE", "AT ONCE", "PER DAY", "PER MONTH")
            .names("EXPIRES")
            .numbers("HASHES")
            .optional("TASK", "MODELS", "PIN", "PER MINUTE", "AT ONCE", "PER DAY", "PER MONTH")
            .optional("EXPIRES")
            .spare("MODELS", "TASK", "PIN");
    keys.forEach(key -> row(table, key));
    table.print(terminal);
    return ExitCode.FINE;
  }

  private void row(Table table, Key key) {
    var caller = key.caller();
    var models = String.join(" ", key.models().stream().map(ModelId::toString).toList());
    var expires = key.expiresAt() == null ? null : key.expiresAt().toString();
    table.row(
        key.name(),
        caller.workflow(),
        plan(key),
        caller.task(),
        models.isEmpty() ? null : models,
        caller.pinsAllowed() ? "yes" : null,
        key.ratePerMinute(),
        key.concurrency(),
        dollars(key.budgets().dailyNanoUsd()),
        dollars(key.budgets().monthlyNanoUsd()),
        isExpired(key) ? expires + " (expired)" : expires,
        key.sha256().size());
  }

  private Map<String, @Nullable Object> document(Key key) {
    var caller = key.caller();
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("name", key.name());
    document.put("workflow", caller.workflow());
    document.put("plan", plan(key));
    document.put("task", caller.task());
    document.put("models", key.models().stream().map(ModelId::toString).toList());
    document.put("pin", caller.pinsAllowed());
    document.put("rate_per_minute", key.ratePerMinute());
    document.put("concurrency", key.concurrency());
    document.put("daily_budget_usd", usd(key.budgets().dailyNanoUsd()));
    document.put("monthly_budget_usd", usd(key.budgets().monthlyNanoUsd()));
    document.put("expires_at", key.expiresAt() == null ? null : key.expiresAt().toString());
    document.put("expired", isExpired(key));
    document.put("hashes", key.sha256().size());
    return document;
  }

  private static @Nullable String plan(Key key) {
    return key.caller().planFromRequest() ? FROM_REQUEST : key.caller().plan();
  }

  private boolean isExpired(Key key) {
    return key.expiresAt() != null && !outside.clock().instant().isBefore(key.expiresAt());
  }

  private static @Nullable String usd(@Nullable Long nanoUsd) {
    return nanoUsd == null ? null : Money.usd(nanoUsd);
  }

  private static @Nullable String dollars(@Nullable Long nanoUsd) {
    return nanoUsd == null ? null : "$" + Money.usd(nanoUsd).replaceFirst("\\.?0+$", "");
  }
}
