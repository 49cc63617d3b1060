package io.faregate.cli.records;

import io.faregate.audit.CallReport;
import io.faregate.audit.Document;
import io.faregate.audit.LimitDocument;
import io.faregate.audit.Review;
import io.faregate.audit.RouteDocument;
import io.faregate.audit.RouteUse;
import io.faregate.cli.port.Outside;
import io.faregate.cli.terminal.CliException;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.cli.value.HttpUrl;
import io.faregate.ledger.Ledger;
import io.faregate.ledger.Span;
import io.faregate.worksheet.measured.Measured;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that say where recorded calls are, and the way to them: a server that is named, or
/// the one that runs on the data folder, or else the store itself.
public final class Records {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder of journal and store (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--admin",
      paramLabel = "URL",
      converter = HttpUrl.class,
      description = {
        "The admin port of a running server; otherwise the one that runs on --data.",
        "Its token is taken from FAREGATE_ADMIN_TOKEN."
      })
  private @Nullable URI admin;

  /// The review of a span.
  public Document review(Span span, Outside outside) {
    return ask("/api/v1/audit?from=%s&to=%s".formatted(span.from(), span.to()), outside)
        .orElseGet(() -> open(outside, ledger -> Review.of(ledger, span).document()));
  }

  /// The steps of a span, and the attempts that their calls led to.
  public List<Measured> routes(Span span, Outside outside) {
    return RouteDocument.read(
        ask("/api/v1/routes?from=%s&to=%s".formatted(span.from(), span.to()), outside)
            .orElseGet(() -> open(outside, ledger -> RouteUse.of(ledger, span))));
  }

  /// The report of a call.
  public Document call(String id, Outside outside) {
    requireId(id);
    return ask(RunningServer.CALLS + id, outside)
        .orElseGet(() ->
            open(
                outside,
                ledger ->
                    ledger
                        .call(id)
                        .map(stored -> CallReport.of(stored).document())
                        .orElseThrow(() -> unknown(id))));
  }

  /// Refuses what cannot be the id of a call.
  ///
  /// @throws CliException if that is none
  public static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new CliException(
          ExitCode.USAGE,
          "that is not the id of a call; it stands in the header x-faregate-call of the answer");
    }
  }

  /// The attempts of a span whose cost is not known for certain.
  public Document inDoubt(Span span, Outside outside) {
    return ask("/api/v1/limits/in-doubt?from=%s&to=%s".formatted(span.from(), span.to()), outside)
        .orElseGet(() -> open(outside, ledger -> LimitDocument.inDoubt(ledger, span)));
  }

  /// The server itself, for what no store knows.
  ///
  /// @param what it is that only a server knows
  public RunningServer server(String what, Outside outside) {
    return running(outside)
        .orElseThrow(() ->
            new CliException(
                ExitCode.UNREACHABLE,
                """
                no server runs on %s, and only a running one knows %s; start it with \
                `faregate serve`, name its folder with --data, or the server with --admin\
                """
                    .formatted(data, what)));
  }

  /// Whether a server was named, and not just the one that runs on the folder.
  public boolean namesServer() {
    return admin != null;
  }

  /// The limits that are set, as a running server has them; empty if none runs.
  public Optional<List<Document>> limits(Outside outside) {
    return running(outside).map(server -> server.list("/api/v1/limits"));
  }

  /// What the running server answers; empty if none runs.
  private Optional<Document> ask(String path, Outside outside) {
    return running(outside).map(server -> server.get(path));
  }

  /// The server that is named, or the one that runs on the folder; empty if none does.
  private Optional<RunningServer> running(Outside outside) {
    var token = token(outside);
    return admin != null
        ? Optional.of(new RunningServer(admin, token))
        : RunningServer.on(data, token).filter(RunningServer::alive);
  }

  private static @Nullable String token(Outside outside) {
    return outside.variables().get("FAREGATE_ADMIN_TOKEN");
  }

  private Document open(Outside outside, Function<Ledger, Document> report) {
    try (var ledger =
        outside
            .stores()
            .open(data)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.UNREACHABLE,
                    """
                    there is no store in %s, and no server runs on it; name the folder of \
                    `faregate serve` with --data, or a running server with --admin\
                    """
                        .formatted(data)))) {
      return report.apply(ledger);
    }
  }

  static CliException unknown(String id) {
    return new CliException(
        ExitCode.FINDING,
        """
        no call %s is recorded there; one that has just ended appears within seconds, and old \
        ones go after store.keep\
        """
            .formatted(id));
  }
}
