package io.faregate.config;

import io.faregate.call.Peer;
import io.faregate.config.Settings.Admin;
import io.faregate.config.Settings.Callers;
import io.faregate.config.Settings.Journal;
import io.faregate.config.Settings.Server;
import io.faregate.config.Settings.Store;
import io.faregate.config.Settings.Tls;
import io.faregate.config.yaml.Item;
import io.faregate.config.yaml.Mapping;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `server`, `journal` and `store`: how the process runs.
final class ServerSection {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final String EVERYWHERE = "0.0.0.0";
  private static final int DATA_PORT = 8080;
  private static final int ADMIN_PORT = 8081;
  private static final int MOST_PORT = 65_535;
  private static final int LEAST_REFUSAL = 400;
  private static final int MOST_REFUSAL = 499;

  /// A hundred years.
  private static final String MOST_KEPT = "36500d";

  /// A machine that loses power may lose as much.
  private static final Function<Item, @Nullable Duration> FORCE = Item.duration("1m");

  private final References references;

  ServerSection(References references) {
    this.references = references;
  }

  /// @param open whether the file has no keys, so that everyone who reaches the data port may call
  Server server(Mapping root, boolean open) {
    var file = root.mapping("server");
    var hostItem = file.item("host");
    var host = file.read("host", Item::text, open ? LOOPBACK : EVERYWHERE);
    if (open && hostItem != null && !isLoopback(host)) {
      // No error, for a reload that takes the last key away has to be taken.
      hostItem.warn(
          "without keys nobody may call on %s, and `faregate serve` does not start"
              .formatted(Item.shown(host)),
          "add keys (`faregate keys new` makes one), or remove server.host");
    }
    var port = file.read("port", Item.integer(0, MOST_PORT), DATA_PORT);
    var tls = tls(file);
    var admin = admin(file, port);
    var callers = new Callers(peers(file), codexStatus(file));
    file.end();
    return new Server(host, port, tls, admin, callers);
  }

  /// All are understood but for those that are switched off.
  private static Set<Peer> peers(Mapping server) {
    var file = server.mapping("attribution");
    var peers = EnumSet.allOf(Peer.class);
    for (var peer : Peer.values()) {
      if (!file.read(peer.word(), Item::bool, true)) {
        peers.remove(peer);
      }
    }
    file.end();
    return peers;
  }

  private static int codexStatus(Mapping server) {
    var file = server.mapping("refusal_status");
    var usual = Callers.DEFAULT.codexStatus();
    var status = file.read("codex", Item.integer(LEAST_REFUSAL, MOST_REFUSAL), usual);
    file.end();
    return status;
  }

  Journal journal(Mapping root) {
    var file = root.mapping("journal");
    var journal =
        new Journal(
            file.read("force", ServerSection::force, Journal.DEFAULT.force()),
            file.read("max_bytes", Item::bytes, Journal.DEFAULT.maxBytes()));
    file.end();
    return journal;
  }

  Store store(Mapping root) {
    var file = root.mapping("store");
    var store =
        new Store(
            file.read("url", references::header), file.read("keep", Item.duration(MOST_KEPT)));
    file.later("url");
    file.end();
    return store;
  }

  private @Nullable Tls tls(Mapping server) {
    var item = server.item("tls");
    if (item == null) {
      return null;
    }
    var file = item.mapping();
    var cert = file.require("cert", references::existing, "name the PEM file of the certificate");
    var key = file.require("key", references::existing, "name the PEM file of its key");
    file.end();
    item.warn(
        "server.tls is read and checked, but not yet in effect in this version",
        "the data port speaks plain HTTP: put a proxy in front of it");
    return cert == null || key == null ? null : new Tls(cert, key);
  }

  private Admin admin(Mapping server, int dataPort) {
    var file = server.mapping("admin");
    var hostItem = file.item("host");
    var host = file.read("host", Item::text, LOOPBACK);
    var port = file.read("port", Item.integer(0, MOST_PORT), ADMIN_PORT);
    var token = file.read("token", references::secret);
    if (hostItem != null && !isLoopback(host) && !file.has("token")) {
      hostItem.error(
          "the admin port listens on %s only with a token".formatted(Item.shown(host)),
          "add token: \"${FAREGATE_ADMIN_TOKEN}\", or remove server.admin.host");
    }
    if (port == dataPort && port != 0) {
      var place = file.has("port") ? file.key("port") : server.item();
      place.error(
          "data port and admin port are both " + port, "choose another one for server.admin.port");
    }
    file.end();
    return new Admin(host, port, token);
  }

  private static @Nullable Duration force(Item item) {
    return "each".equals(item.text()) ? Duration.ZERO : FORCE.apply(item);
  }

  /// Whether only this machine can reach that. A name may lead anywhere, whatever it begins with.
  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || LOOPBACK_V4.matcher(host).matches();
  }
}
