package io.faregate.cli;

import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Terminal;
import io.faregate.config.Reading;
import io.faregate.config.yaml.Problem;
import io.faregate.config.yaml.Problem.Severity;
import io.faregate.policy.Policy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate check`.
@Command(
    name = "check",
    description = {"Reads the configuration and tells everything that is wrong with it.", ""},
    footer = {"", "Example: faregate check --config prod.yaml --strict"})
final class CheckCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(names = "--strict", description = "End with 1 if there is a warning.")
  private boolean strict;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  CheckCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var reading = config.checked(outside);
    if (json) {
      outside.terminal().json(document(reading));
    } else {
      reading.problems().forEach(this::print);
      outside.terminal().data(summary(reading));
    }
    if (reading.configuration() == null) {
      return ExitCode.BAD_CONFIGURATION;
    }
    return strict && count(reading, Severity.WARNING) > 0 ? ExitCode.FINDING : ExitCode.FINE;
  }

  private void print(Problem problem) {
    var terminal = outside.terminal();
    var line = Terminal.plain(problem.toString());
    terminal.data(
        switch (problem.severity()) {
          case ERROR -> terminal.red(line);
          case WARNING -> terminal.yellow(line);
          case NOTE -> line;
        });
  }

  private String summary(Reading reading) {
    var problems =
        "%s, %s, %s"
            .formatted(
                counted(count(reading, Severity.ERROR), "error"),
                counted(count(reading, Severity.WARNING), "warning"),
                counted(count(reading, Severity.NOTE), "note"));
    var policy = policy(reading);
    return policy == null
        ? "%s: %s".formatted(config.path(), problems)
        : "%s: %s, %s, %s; %s; policy %s"
            .formatted(
                config.path(),
                counted(policy.tiers().size(), "tier"),
                counted(policy.tasks().size(), "task"),
                counted(policy.workflows().size(), "workflow"),
                problems,
                policy.version());
  }

  private Map<String, @Nullable Object> document(Reading reading) {
    var policy = policy(reading);
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("file", config.path().toString());
    document.put("policy_version", policy == null ? null : policy.version());
    document.put("tiers", policy == null ? null : policy.tiers().size());
    document.put("tasks", policy == null ? null : policy.tasks().size());
    document.put("workflows", policy == null ? null : policy.workflows().size());
    document.put("errors", count(reading, Severity.ERROR));
    document.put("warnings", count(reading, Severity.WARNING));
    document.put("notes", count(reading, Severity.NOTE));
    document.put("problems", reading.problems().stream().map(CheckCommand::document).toList());
    return document;
  }

  private static Map<String, @Nullable Object> document(Problem problem) {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("file", problem.file());
    document.put("line", problem.line() == 0 ? null : problem.line());
    document.put("column", problem.column() == 0 ? null : problem.column());
    document.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    document.put("message", problem.message());
    document.put("fix", problem.fix());
    return document;
  }

  private static @Nullable Policy policy(Reading reading) {
    var configuration = reading.configuration();
    return configuration == null ? null : configuration.policy();
  }

  private static long count(Reading reading, Severity severity) {
    return reading.problems().stream().filter(each -> each.severity() == severity).count();
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
