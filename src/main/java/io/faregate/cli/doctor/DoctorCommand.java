package io.faregate.cli.doctor;

import io.faregate.audit.Document;
import io.faregate.cli.ConfigFile;
import io.faregate.cli.doctor.Finding.Level;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.terminal.Table;
import io.faregate.config.Configuration;
import io.faregate.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate doctor`.
@Command(
    name = "doctor",
    description = {
      "Looks for what commonly keeps a gateway from working.",
      "With --client, prints settings that work for it and makes its first call, through Faregate",
      "to a simulated provider.",
      ""
    },
    footer = {"", "Example: faregate doctor --client claude"})
public final class DoctorCommand implements Callable<Integer> {
  private static final String KEY = "YOUR-FAREGATE-KEY";
  private static final String ANY_KEY = "any";

  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "openai, anthropic, claude, codex, ai-sdk, langchain4j or spring-ai.")
  private @Nullable String client;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder of journal and store (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(names = "--offline", description = "Ask no other machine.")
  private boolean offline;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /// @param outside what the command knows of the world
  public DoctorCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    return client == null ? checkUp() : settle(named(client));
  }

  private static Client named(String word) {
    return Client.of(word)
        .orElseThrow(() ->
            new CliException(
                ExitCode.USAGE,
                "there are no settings for \"%s\"; known are %s".formatted(word, Client.words())));
  }

  private int checkUp() {
    if (!Files.exists(config.path())) {
      throw new CliException(
          ExitCode.BAD_CONFIGURATION,
          """
          there is no %s to look at; `faregate init` writes one, --config names another one, and \
          --client needs none\
          """
              .formatted(config.path()));
    }
    var findings = new Checkup(outside, data, offline).of(config.checked(outside), config.path());
    if (json) {
      outside.terminal().json(document(findings).fields());
    } else {
      print(findings);
    }
    return findings.stream().anyMatch(each -> each.level().compareTo(Level.WARNING) >= 0)
        ? ExitCode.FINDING
        : ExitCode.FINE;
  }

  private void print(List<Finding> findings) {
    var table = new Table().names("", "ABOUT").words("FOUND", "WHAT TO DO").optional("WHAT TO DO");
    for (var finding : findings) {
      var level = finding.level().name().toLowerCase(Locale.ROOT);
      table.row(level, finding.about(), finding.found(), finding.remedy());
    }
    table.print(outside.terminal());
  }

  private static Document document(List<Finding> findings) {
    return new Document()
        .put(
            "findings",
            findings.stream()
                .map(each ->
                    new Document()
                        .put("level", each.level().name().toLowerCase(Locale.ROOT))
                        .put("about", each.about())
                        .put("found", each.found())
                        .put("remedy", each.remedy()))
                .toList());
  }

  /// Prints the settings of a client, then makes its first call.
  private int settle(Client of) {
    var base = base();
    var settings = of.settings(base, KEY);
    if (!json) {
      outside.terminal().data(settings);
      of.notes().forEach(note -> outside.terminal().data("note: " + note));
      outside.terminal().note("trying it, through Faregate to a simulated provider ...");
    }
    try (var stage = outside.servers().stage()) {
      var trial = Trial.of(of.call(), stage, ANY_KEY);
      if (json) {
        var document = trial.document().put("client", of.word()).put("settings", settings);
        outside.terminal().json(document.fields());
      } else {
        outside.terminal().data("");
        trial.print(outside.terminal());
      }
      return trial.well() ? ExitCode.FINE : ExitCode.FINDING;
    }
  }

  /// Where this machine's Faregate is, as its file says.
  private String base() {
    Configuration configuration =
        Files.exists(config.path()) ? config.reading(outside).configuration() : null;
    if (configuration == null) {
      return "http://127.0.0.1:8080";
    }
    var server = configuration.settings().server();
    var scheme = server.tls() == null ? "http" : "https";
    var host = Settings.inUrl(server.host(), "THIS-MACHINE");
    return "%s://%s:%d".formatted(scheme, host, server.port());
  }
}
