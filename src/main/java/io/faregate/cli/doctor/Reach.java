package io.faregate.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/// What can be reached from here: ports of this machine, hosts of others.
final class Reach {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private Reach() {}

  /// Whether a server could listen there now.
  static boolean isFree(String host, int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /// Why no connection to the host of the URL can be made; empty if one can.
  static Optional<String> failure(URI url) {
    var port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getByName(url.getHost()), port),
          (int) CONNECT.toMillis());
      return Optional.empty();
    } catch (UnknownHostException unknown) {
      return Optional.of("the name %s is not known here".formatted(url.getHost()));
    } catch (IOException refused) {
      return Optional.of(
          "no connection to %s:%d (%s)".formatted(url.getHost(), port, refused.getMessage()));
    }
  }
}
