package io.faregate.cli;

import io.faregate.call.Call;
import io.faregate.call.Caller;
import io.faregate.cli.port.Outside;
import io.faregate.cli.report.RouteText;
import io.faregate.cli.terminal.ExitCode;
import io.faregate.policy.Refusal;
import io.faregate.policy.Snapshot;
import io.faregate.policy.TokenScale;
import io.faregate.policy.route.RouteDocument;
import io.faregate.policy.route.Router;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `faregate route`.
@Command(
    name = "route",
    description = {
      "Decides where a call would go, without sending it: every rule, the chain, the cost.",
      "Ends with 1 if the call would be refused.",
      ""
    },
    footer = {"", "Example: faregate route --workflow support --step faq --input-tokens 3k"})
final class RouteCommand implements Callable<Integer> {
  private final Outside outside;

  @Mixin private final ConfigFile config = new ConfigFile();
  @Mixin private final ImaginedCall imagined = new ImaginedCall();

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
    if (json) {
      outside.terminal().json(RouteDocument.of(policy, routing, snapshot));
    } else {
      new RouteText(outside.terminal(), policy, snapshot).print(routing);
    }
    return routing instanceof Refusal ? ExitCode.FINDING : ExitCode.FINE;
  }
}
