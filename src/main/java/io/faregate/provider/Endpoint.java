package io.faregate.provider;

import io.faregate.call.ModelId;
import io.faregate.gateway.Header;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Where and how a provider is reached. Any event loop may ask it.
public final class Endpoint {
  private final URI url;
  private final String host;
  private final int port;
  private final boolean ssl;
  private final String basePath;
  private final Manner manner;
  private final List<Supplier<String>> keys;
  private final List<Header> headers;
  private final AtomicInteger turn = new AtomicInteger();

  /// @param url the base, as configured: scheme, host, port and path
  /// @param manner in which it wants key and addresses
  /// @param keys used in turn; asked each time, since a file may hold a newer one
  /// @param headers sent with every request, in place of the client's of the same name
  public Endpoint(URI url, Manner manner, List<Supplier<String>> keys, List<Header> headers) {
    this.url = url;
    this.ssl = "https".equals(url.getScheme());
    this.host = url.getHost();
    this.port = url.getPort() >= 0 ? url.getPort() : ssl ? 443 : 80;
    var path = url.getRawPath() == null ? "" : url.getRawPath();
    this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    this.manner = manner;
    this.keys = List.copyOf(keys);
    this.headers = List.copyOf(headers);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean ssl() {
    return ssl;
  }

  /// The address of a request for a model.
  String address(String path, ModelId model) {
    return manner.address(basePath, path, model);
  }

  List<Header> headers() {
    return headers;
  }

  /// The headers that show who sends a request, with the key whose turn it is; none for a provider
  /// that wants none.
  List<Header> credentials(String address, byte[] body) {
    if (keys.isEmpty()) {
      return List.of();
    }
    var key = keys.get(Math.floorMod(turn.getAndIncrement(), keys.size())).get();
    return manner.credentials(key, () -> url.resolve(address), body);
  }
}
