package io.faregate.cli.doctor;

import io.faregate.cli.port.Outside;
import io.faregate.cli.records.RunningServer;
import io.faregate.config.Configuration;
import io.faregate.config.ProviderSettings;
import io.faregate.config.Reading;
import io.faregate.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Looks at everything around a gateway that commonly keeps it from working. Source: CLIENTS §17.
final class Checkup {
  private static final long LEAST_FREE_BYTES = 1L << 30;

  /// There in every container of Docker.
  private static final Path CONTAINER = Path.of("/.dockerenv");

  private static final List<String> PROXIES =
      List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");

  private final Outside outside;
  private final Path data;
  private final boolean offline;
  private final LocalDate today;
  private final List<Finding> findings = new ArrayList<>();

  /// @param data folder of journal and store
  /// @param offline whether no other machine may be asked
  Checkup(Outside outside, Path data, boolean offline) {
    this.outside = outside;
    this.data = data;
    this.offline = offline;
    this.today = LocalDate.ofInstant(outside.clock().instant(), ZoneOffset.UTC);
  }

  /// All findings, in the order of the looks.
  List<Finding> of(Reading reading, Path file) {
    problems(reading.problems(), file);
    var configuration = reading.configuration();
    if (configuration != null) {
      ports(configuration);
      clock(configuration);
      prices(configuration);
      configuration.settings().providers().forEach(each -> provider(configuration, each));
    }
    disk();
    proxies();
    return List.copyOf(findings);
  }

  private void problems(List<Problem> problems, Path file) {
    var about = "configuration";
    var known = findings.size();
    for (var problem : problems) {
      switch (problem.severity()) {
        case ERROR -> findings.add(Finding.fault(about, problem.toString(), "mend that place"));
        case WARNING ->
            findings.add(Finding.warning(about, problem.toString(), "mend it, unless it is meant"));
        case NOTE -> {} // Told by `check`; the age of the prices is looked at below.
      }
    }
    if (findings.size() == known) {
      findings.add(Finding.ok(about, file + " has no errors"));
    }
  }

  private void ports(Configuration configuration) {
    var server = configuration.settings().server();
    var running = RunningServer.on(data, null).filter(RunningServer::alive);
    if (running.isPresent()) {
      findings.add(Finding.ok("ports", "a server runs on " + data + " already"));
      return;
    }
    port(server.host(), server.port(), "--port or server.port");
    port(server.admin().host(), server.admin().port(), "--admin-port or server.admin.port");
    var open = configuration.policy().keys().isEmpty();
    if (open && !server.isLoopback()) {
      findings.add(
          Finding.fault(
              "keys",
              "there are none, so nobody may call on %s and no server starts"
                  .formatted(server.host()),
              "make one: faregate keys new, or remove server.host"));
    } else if (open) {
      findings.add(
          Finding.note(
              "keys",
              "there are none, so only this machine can call",
              "before others may: faregate keys new"));
    } else {
      findings.add(
          Finding.ok("keys", configuration.policy().keys().size() + " are in the file, as hashes"));
    }
  }

  private void port(String host, int port, String option) {
    var about = port == 0 ? "port" : "port " + port;
    if (port == 0) {
      findings.add(Finding.ok(about, "any that is free on " + host));
    } else if (Reach.isFree(host, port)) {
      findings.add(Finding.ok(about, host + " is free for us"));
    } else {
      findings.add(
          Finding.fault(
              about,
              host + " cannot be listened on; most often another process has the port",
              "stop that, or choose another one with " + option));
    }
  }

  private void clock(Configuration configuration) {
    var policy = configuration.policy();
    if (today.isBefore(policy.prices().date())) {
      findings.add(
          Finding.fault(
              "clock",
              "it says %s, before the price list of %s was made"
                  .formatted(today, policy.prices().date()),
              "set the machine's clock: prices, limits and ids go by it"));
    } else {
      findings.add(Finding.ok("clock", today + " UTC"));
    }
    if (!policy.zone().normalized().equals(ZoneId.systemDefault().normalized())) {
      findings.add(
          Finding.note(
              "time zone",
              "days and months of limits are of %s, this machine's are of %s"
                  .formatted(policy.zone(), ZoneId.systemDefault()),
              "set `timezone` if limits should follow the machine"));
    }
  }

  private void prices(Configuration configuration) {
    var prices = configuration.policy().prices();
    if (prices.isOld(today)) {
      findings.add(
          Finding.note(
              "prices",
              "the list is of %s, %d days ago".formatted(prices.date(), prices.age(today)),
              "compare it with a newer one: faregate prices check, faregate prices import"));
    } else {
      findings.add(Finding.ok("prices", "the list is of " + prices.date()));
    }
  }

  private void provider(Configuration configuration, ProviderSettings provider) {
    if (offline) {
      return;
    }
    var about = "provider " + provider.name();
    var first = provider.proxy() == null ? provider.url() : provider.proxy();
    var unreachable = Reach.failure(first);
    if (unreachable.isPresent()) {
      findings.add(Finding.fault(about, unreachable.get(), remedy(first.getHost())));
      return;
    }
    var trouble = outside.providers().trouble(configuration, provider);
    findings.add(
        trouble
            .map(why -> Finding.fault(about, why, "look at its url, its key and its ca"))
            .orElseGet(() -> Finding.ok(about, provider.url().getHost() + " answers us")));
  }

  private static String remedy(String host) {
    return isThisMachine(host) && Files.exists(CONTAINER)
        ? host + " is this container; name the machine around it, often host.docker.internal"
        : "look at its url, at DNS, firewall and proxy";
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private void disk() {
    var folder = nearest(data);
    try {
      var free = Files.getFileStore(folder).getUsableSpace();
      var size = "%.1f GiB are free for %s".formatted(free / (double) (1L << 30), data);
      if (!Files.isWritable(folder)) {
        findings.add(
            Finding.fault("disk", folder + " cannot be written", "name another one with --data"));
      } else if (free < LEAST_FREE_BYTES) {
        findings.add(Finding.fault("disk", size, "make room: no call is taken without a journal"));
      } else {
        findings.add(Finding.ok("disk", size));
      }
    } catch (IOException unreadable) {
      findings.add(
          Finding.fault("disk", "%s cannot be looked at".formatted(folder), "look at its rights"));
    }
  }

  /// The folder itself, or the one in which it would be made.
  private static Path nearest(Path folder) {
    var at = folder.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private void proxies() {
    PROXIES.stream()
        .filter(name -> !outside.variables().getOrDefault(name, "").isBlank())
        .findFirst()
        .ifPresent(name ->
            findings.add(
                Finding.note(
                    "proxy",
                    name + " is set, and Faregate does not read it",
                    "write `proxy:` at each provider that is behind it; clients of a local "
                        + "Faregate need NO_PROXY=127.0.0.1,localhost")));
  }
}
