package io.faregate.cli;

import io.faregate.audit.Document;
import io.faregate.audit.LimitDocument;
import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.cli.port.Outside;
import io.faregate.cli.records.Records;
import io.faregate.cli.report.LimitsText;
import io.faregate.cli.report.RouteText;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.policy.Decision;
import io.faregate.policy.Policy;
import io.faregate.policy.Refusal;
import io.faregate.policy.Routing;
import io.faregate.policy.Snapshot;
import io.faregate.policy.TokenScale;
import io.faregate.policy.route.RouteDocument;
import io.faregate.policy.route.Router;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate route`.
@Command(
    name = "route",
    description = {
      "Decides where a call would go, without sending it.",
      "Shows every rule, the chain, the cost, and the limits that it meets: what is left of them",
      "is known to a running server.",
      "With --config and without --admin, the file alone counts.",
      "Ends with 1 if the call would be refused.",
      ""
    },
    footer = {"", "Example: faregate route --workflow support --step faq --input-tokens 3k"})
final class RouteCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();
  @Mixin private final ImaginedCall imagined = new ImaginedCall();
  @Mixin private final Records records = new Records();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  RouteCommand(Outside outside) {
    this.outside = outside;
  }

  @Override
  public Integer call() {
    var policy = config.configuration(outside).policy();
    var said = imagined.read(outside.bodies());
    var now = outside.clock().instant();
    var call = new Call("route", now, Caller.IMPLICIT, said.work(), said.demand());
    var snapshot = new Snapshot(LocalDate.ofInstant(now, ZoneOffset.UTC), TokenScale.UNLEARNED);
    var routing = Router.decide(policy, call, snapshot);
    var limits = limits(policy, routing, now);
    if (json) {
      var fields = limits.stream().map(Document::fields).toList();
      outside.terminal().json(RouteDocument.of(policy, routing, snapshot, fields));
    } else {
      new RouteText(outside.terminal(), policy, snapshot).print(routing);
      new LimitsText(outside.terminal(), policy.zone()).printApplying(limits);
    }
    return routing instanceof Refusal ? ExitCode.FINDING : ExitCode.FINE;
  }

  private List<Document> limits(Policy policy, Routing routing, Instant now) {
    if (!(routing instanceof Decision decision)) {
      return List.of();
    }
    var asked = records.namesServer() || !config.isNamed();
    var running = asked ? records.limits(outside) : Optional.<List<Document>>empty();
    var all = running.orElseGet(() -> LimitDocument.stated(policy, now));
    return LimitDocument.applying(all, decision, Caller.IMPLICIT.key());
  }
}
