package io.faregate.main;

import io.faregate.simulator.Bill;
import io.faregate.simulator.SimulatedProvider;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Providers that run in the process of the test.
public final class SimulatedProviders implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, SimulatedProvider> providers = new LinkedHashMap<>();

  /// @param names of the providers, whose answers depend on them
  public SimulatedProviders(List<String> names) {
    this(names, settings -> settings);
  }

  /// @param habits changes the settings of every provider
  SimulatedProviders(List<String> names, UnaryOperator<SimulatedProvider.Settings> habits) {
    for (var name : names) {
      var settings = habits.apply(SimulatedProvider.Settings.named(name));
      providers.put(name, Wiring.await(SimulatedProvider.start(vertx, settings)));
    }
  }

  /// The policy with the URL of each provider in place of `@name`, and the one above its `/v1` in
  /// place of `@name/..`.
  public String in(String policy) {
    var text = policy;
    for (var provider : providers.entrySet()) {
      var url = provider.getValue().url();
      text =
          text.replace("@" + provider.getKey() + "/..", url.substring(0, url.length() - 3))
              .replace("@" + provider.getKey(), url);
    }
    return text;
  }

  /// The provider of that name.
  public SimulatedProvider get(String name) {
    var provider = providers.get(name);
    if (provider == null) {
      throw new IllegalArgumentException("no provider " + name);
    }
    return provider;
  }

  /// What they bill, in the order of their names.
  List<Bill> bills() {
    return providers.values().stream().map(SimulatedProvider::bill).toList();
  }

  /// What they bill together, in nano-dollars.
  long billed() {
    return bills().stream().mapToLong(Bill::totalNanoUsd).sum();
  }

  /// Waits until no attempt is open.
  void awaitQuiet() {
    var end = System.nanoTime() + Lab.A_WHILE.toNanos();
    while (bills().stream().anyMatch(bill -> bill.attemptsOpen() > 0)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("attempts are still open at a provider");
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    providers.values().forEach(SimulatedProvider::close);
    var _ = Wiring.await(vertx.close());
  }
}
