package io.faregate.config;

import io.faregate.call.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the process runs: ports, journal, store and providers.
public record Settings(
    Server server, Journal journal, Store store, List<ProviderSettings> providers) {
  public Settings {
    providers = List.copyOf(providers);
  }

  /// A host as it stands in a URL: IPv6 in brackets.
  ///
  /// @param everywhere takes the place of one that means every address
  public static String inUrl(String host, String everywhere) {
    return switch (host) {
      case "0.0.0.0", "::" -> everywhere;
      case String v6 when v6.contains(":") -> "[" + v6 + "]";
      default -> host;
    };
  }

  /// The data port, where calls arrive. Port 0 takes any free one.
  public record Server(String host, int port, @Nullable Tls tls, Admin admin, Callers callers) {
    /// Whether only this machine can call.
    public boolean isLoopback() {
      return ServerSection.isLoopback(host);
    }
  }

  /// How callers are understood, and spoken to.
  ///
  /// @param peers whose ways of saying who calls are understood
  /// @param codexStatus the status of a reached limit for Codex
  public record Callers(Set<Peer> peers, int codexStatus) {
    /// All are understood, and all hear 402 when a limit of spend is reached.
    public static final Callers DEFAULT = new Callers(EnumSet.allOf(Peer.class), 402);

    public Callers {
      peers = Set.copyOf(peers);
    }
  }

  /// The certificate of the data port and its key, PEM files.
  public record Tls(Path cert, Path key) {}

  /// The port of console, API and metrics; a token is asked for if there is one.
  public record Admin(String host, int port, @Nullable Secret token) {}

  /// How the journal is kept.
  ///
  /// @param force how long an entry may wait to be forced to disk; zero forces each before sending
  /// @param maxBytes at this size calls are refused until the store has caught up
  public record Journal(Duration force, long maxBytes) {
    /// Forced every 10 ms, 8 GiB at most.
    public static final Journal DEFAULT = new Journal(Duration.ofMillis(10), 8L << 30);

    /// Whether each entry is forced before its attempt is sent.
    public boolean forcesEach() {
      return force.isZero();
    }
  }

  /// Where rows are kept and for how long.
  ///
  /// @param url of a shared store, or null for the embedded one
  /// @param keep rows older than this are pruned; null keeps all
  public record Store(@Nullable Secret url, @Nullable Duration keep) {
    /// The embedded store, which keeps all.
    public static final Store DEFAULT = new Store(null, null);
  }
}
